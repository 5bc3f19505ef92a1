// "Contact your administrator": a form that is mailed to the organisation's help desk, and to its ticket system where it has named one,
// or the way to its portal. Throttled.
// Says nothing of whether anybody of the typed name exists. "Sent" is only said of what was sent: a message that fits no
// organisation, or one that takes none, is said to go to nobody, whichever it was. That we serve a domain is no secret, and
// shows here; see docs/threat-model.md. Whose the page is, is what the flow knew, never what was typed into the form.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { assertNever } from '../../failure/assert.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import { writeContactNotice } from '../notices/write-notices.js';
import { type ContactForm, type ContactView, contactPage, contactSentPage } from '../pages/contact-pages.js';
import { FIELD_LIMITS, FIELD_NAMES } from '../pages/field-names.js';
import type { WhyContact } from '../pages/page-words.js';
import type { Flow } from '../resets/flow.js';
import { chooseTenant } from '../tenants/choose-tenant.js';
import { addressesFor } from '../tenants/contact-way.js';
import type { Tenant } from '../tenants/tenant.js';
import { TICKET_LIFETIME_MS } from '../tickets/deliver-tickets.js';
import { helpWanted } from '../tickets/write-ticket.js';
import type { BrowserSession } from './browser-session.js';
import { addressKeyOf } from './client-address.js';
import { whyContact } from './flow-pages.js';
import { fieldOf } from './form-fields.js';
import { goTo, NOBODYS, type PageKit, sendPage } from './page-kit.js';
import { PATHS } from './paths.js';

/** A message an administrator has not got within three days is of no use any more. */
const MESSAGE_LIFETIME_MS = 3 * 24 * 60 * 60_000;

const NO_PROBLEMS: ContactForm['problems'] = {
  account: undefined,
  reply: undefined,
  message: undefined,
  form: undefined,
};

/** How this organisation is reached, with an empty form for those that are reached by mail. */
export function contactWay(
  kit: PageKit,
  session: BrowserSession,
  tenant: Tenant | undefined,
  account: string,
): ContactView['way'] {
  if (tenant?.contact?.kind === 'portal') return { kind: 'portal', href: tenant.contact.url };
  // With several organisations, whose it is shows only in what is typed: the form is offered to everybody.
  if (tenant?.contact === undefined && kit.deps.tenants.length <= 1) return { kind: 'none' };
  return {
    kind: 'form',
    form: { action: PATHS.contact, csrfToken: session.csrfToken },
    values: { account, reply: '', message: '' },
    problems: NO_PROBLEMS,
  };
}

export function contactRoutes(app: FastifyInstance, kit: PageKit): void {
  const { deps, sessions } = kit;
  const { throttles, outbox, tickets, clock, audit } = deps;

  app.get(PATHS.contact, async (request, reply) => {
    const session = sessions.read(request) ?? sessions.make(reply);
    const { userId, why, ...about } = await aboutFlow(session);
    const { tenant } = about;
    const view = { why, way: contactWay(kit, session, tenant, userId) };
    return sendPage(reply, contactPage(view, kit.surroundings(about)));
  });

  app.get(PATHS.contactSent, async (request, reply) => {
    const session = sessions.read(request);
    const about = session === undefined ? { ...NOBODYS, language: kit.languageOf(request) } : await aboutFlow(session);
    return sendPage(reply, contactSentPage(kit.surroundings(about)));
  });

  app.post(PATHS.contact, async (request, reply) => {
    const session = kit.acceptForm(request, reply);
    if (session === undefined) return reply;
    const { csrfToken } = session;
    const about = await aboutFlow(session);
    const { supportId } = about;
    const values = {
      account: fieldOf(request.body, FIELD_NAMES.account).trim(),
      reply: fieldOf(request.body, FIELD_NAMES.reply).trim(),
      message: fieldOf(request.body, FIELD_NAMES.message).trim(),
    };
    const tenant = about.tenant ?? chooseTenant(deps.tenants, canonicalUserId(values.account) ?? '');
    const problems = problemsOf(values);
    const isWhole = Object.values(problems).every((problem) => problem === undefined);
    if (!isWhole) return askAgain(422, problems);
    const result = await send();
    switch (result) {
      case 'sent':
        return goTo(reply, PATHS.contactSent);
      case 'portal': {
        const view = { why: about.why, way: contactWay(kit, session, tenant, values.account) };
        return sendPage(reply, contactPage(view, kit.surroundings({ ...about, tenant })));
      }
      case 'nobody':
        return askAgain(422, { ...problems, account: 'account-of-nobody' });
      case 'not-now':
        return askAgain(503, { ...problems, form: 'not-sent' });
      default:
        return assertNever(result);
    }

    function askAgain(status: 422 | 503, shown: ContactForm['problems']): FastifyReply {
      const form = { action: PATHS.contact, csrfToken };
      const way: ContactForm = { kind: 'form', form, values, problems: shown };
      // In the name the form was asked for under: what was typed since must not put another one there.
      const html = contactPage({ why: about.why, way }, kit.surroundings(about));
      return sendPage(reply.code(status), html);
    }

    async function send(): Promise<'sent' | 'portal' | 'nobody' | 'not-now'> {
      const ofAddress = { name: 'contacts-from-address', key: addressKeyOf(request) } as const;
      if (!(await throttles.attempt([ofAddress]))) return 'not-now';
      if (tenant?.contact?.kind === 'portal') return 'portal';
      if (tenant?.contact === undefined) return 'nobody';
      if (!(await throttles.attempt([{ name: 'contacts-of-tenant', key: tenant.id }]))) return 'not-now';
      const writtenAtMs = clock.nowMs();
      const why = about.why && deps.wording.pages(tenant.id, tenant.language).contact.why[about.why];
      const of = { tenantId: tenant.id, language: tenant.language };
      const notice = writeContactNotice(
        { ...values, why, writtenAtMs },
        deps.noticeSettings({ ...of, organisationName: tenant.name, supportId }),
      );
      const mail = {
        ...notice,
        to: addressesFor('help-desk', tenant.contact),
        fromName: tenant.name,
        replyTo: undefined,
      };
      const isMailed = await outbox.put(mail, writtenAtMs + MESSAGE_LIFETIME_MS);
      const { account, reply: reach, message } = values;
      const ticketAbout = { tenant, messageId: deps.randomUuid(), atMs: writtenAtMs, supportId };
      const isTicket =
        tenant.contact.opensTickets === true &&
        (await tickets.put(
          helpWanted(ticketAbout, { account, reach, message, why }),
          writtenAtMs + TICKET_LIFETIME_MS,
        ));
      // One of the two is enough to say so: whichever comes through, an administrator reads it.
      if (!isMailed && !isTicket) return 'not-now';
      await audit.append({ event: 'administrator-contacted', fields: { tenantId: tenant.id, supportId } });
      return 'sent';
    }
  });

  async function aboutFlow(session: BrowserSession) {
    const state = await deps.flow.current(session.hash);
    const flow = state.kind === 'here' ? state.flow : undefined;
    return {
      tenant: flow === undefined ? kit.tenantOf(undefined) : kit.tenantShown(flow),
      userId: flow?.userId ?? '',
      supportId: flow?.supportId ?? session.supportId,
      language: session.language,
      why: flow && whyHere(flow),
    };
  }
}

function whyHere({ stage }: Flow): WhyContact | undefined {
  if (stage.kind === 'choosing-method') return 'cannot-use-methods';
  if (stage.kind !== 'stopped') return undefined;
  const { stop } = stage;
  switch (stop.kind) {
    case 'contact-administrator':
      return whyContact(stop.reason);
    case 'cannot-verify':
      return 'not-verified';
    case 'blocked':
      return 'blocked';
    case 'try-later':
    case 'ended-elsewhere':
      return undefined;
    default:
      return assertNever(stop);
  }
}

function problemsOf(values: ContactForm['values']): ContactForm['problems'] {
  const { account, reply, message } = values;
  return {
    account:
      account === '' ? 'account-missing' : account.length > FIELD_LIMITS.account ? 'account-too-long' : undefined,
    reply: reply === '' ? 'reply-missing' : reply.length > FIELD_LIMITS.reply ? 'reply-too-long' : undefined,
    message: message.length > FIELD_LIMITS.message ? 'message-too-long' : undefined,
    form: undefined,
  };
}
