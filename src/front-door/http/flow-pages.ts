// From a flow to the page it is at. Pure but for the list of live agents; every fact comes out of the flow.
// A stranger's page takes nothing from the account; what is told of a reason is general.

import { AssertionFailed, assertNever } from '../../failure/assert.js';
import { faceOfNone, methodOf } from '../methods/every-method.js';
import { shownAddresses } from '../methods/shown-addresses.js';
import { contactPage } from '../pages/contact-pages.js';
import type { FormTarget } from '../pages/form-parts.js';
import type { Surroundings } from '../pages/layout.js';
import { methodPage } from '../pages/method-page.js';
import { newPasswordPage, type SealingBlock } from '../pages/new-password-page.js';
import type { WhyContact } from '../pages/page-words.js';
import {
  expiredPage,
  notPermittedPage,
  passwordChangedPage,
  unknownOutcomePage,
  unlockedPage,
} from '../pages/result-pages.js';
import { blockedPage, cannotVerifyPage, endedElsewherePage, tryLaterPage } from '../pages/stop-pages.js';
import { troublePage } from '../pages/trouble-page.js';
import { unlockPage } from '../pages/unlock-page.js';
import { rulesOfPolicy } from '../passwords/rules-of-policy.js';
import { RESET_FLAGS } from '../resets/carry-out.js';
import { type Flow, type FlowResult, type FlowStop, gateOf, methodsOf } from '../resets/flow.js';
import type { Finish } from '../resets/reset-flow.js';
import type { AddressHints, Tenant } from '../tenants/tenant.js';
import { blockEndOf } from './block-end.js';
import type { BrowserSession } from './browser-session.js';
import { contactWay } from './contact-routes.js';
import type { PageKit } from './page-kit.js';
import { PATHS, pathOf } from './paths.js';

export function flowPage(kit: PageKit, session: BrowserSession, flow: Flow, problem: 'missing' | undefined): string {
  const tenant = kit.tenantShown(flow);
  const surroundings = kit.surroundings({ tenant, supportId: flow.supportId, language: session.language });
  const form = (action: string) => ({ action, csrfToken: session.csrfToken });
  const { stage } = flow;
  switch (stage.kind) {
    case 'stopped':
      return stopPage(kit, session, flow, stage.stop, surroundings);
    case 'choosing-operation':
      return troublePage({ form: form(PATHS.trouble), tellsLocked: false, chosen: undefined, problem }, surroundings);
    case 'choosing-method':
    case 'answering':
      return proofPage(kit, session, {
        flow,
        forms: { method: form(PATHS.method), code: form(PATHS.code) },
        problem,
        addressHints: kit.tenantOf(flow.tenantId)?.addressHints,
      });
    case 'submitted':
      // Nobody waits for the answer any more: this process was restarted in between.
      return resultPage({ kind: 'unknown' }, flow, tenant, surroundings);
    case 'ended':
      return resultPage(stage.result, flow, tenant, surroundings);
    case 'proven':
      throw new AssertionFailed('the last page is made from a Finish');
    default:
      return assertNever(stage);
  }
}

/** The steps between choosing a way and having passed its gate, whatever they lead to. */
export function proofPage(
  kit: PageKit,
  session: Pick<BrowserSession, 'language'>,
  proof: {
    readonly flow: Flow;
    readonly forms: { readonly method: FormTarget; readonly code: FormTarget };
    readonly problem: 'missing' | undefined;
    /** Default: they are shown, as to whoever has signed in with the password. */
    readonly addressHints?: AddressHints | undefined;
    /** Where it leads no further than to seeing that the way works. */
    readonly tried?: Surroundings['tried'];
  },
): string {
  const { flow, forms, problem, tried, addressHints } = proof;
  const { language } = session;
  const about = { tenant: kit.tenantShown(flow), supportId: flow.supportId, language };
  const surroundings = { ...kit.surroundings(about), tried };
  const { stage } = flow;
  const methods = methodsOf(flow);
  const shown = shownAddresses(methods, flow.passed.length > 0 ? 'shown' : addressHints);
  if (stage.kind !== 'answering') {
    const choices = methods.map(({ id, kind }, at) => ({
      value: id,
      ...methodOf(kind).face.choice(shown[at] ?? '', surroundings.texts),
    }));
    const view = { form: forms.method, ...gates(flow), methods: choices, chosen: undefined };
    const notice = stage.kind === 'choosing-method' ? stage.notice : undefined;
    return methodPage({ ...view, problem: problem ?? notice }, surroundings);
  }
  const method = methods.find(({ id }) => id === stage.methodId);
  const view = {
    form: forms.code,
    ...gates(flow),
    hasOtherMethod: methods.length > 1,
    address: (method && shown[methods.indexOf(method)]) ?? '',
    open: flow.openCodes[stage.methodId],
    notice: stage.notice,
    language,
    tenant: kit.tenantOf(flow.tenantId),
    scriptSrc: method && kit.deps.assets.methodScripts.get(method.kind),
  };
  return (method === undefined ? faceOfNone : methodOf(method.kind).face).proofPage(view, surroundings);
}

export function finishPage(kit: PageKit, session: BrowserSession, finish: Finish): string {
  const { flow, person, operation, policy, names } = finish;
  const { csrfToken, language } = session;
  const surroundings = kit.surroundings({ tenant: kit.tenantOf(flow.tenantId), supportId: flow.supportId, language });
  if (operation === 'unlock') {
    const isAway = flow.stage.kind === 'proven' && flow.stage.refusals.includes('directory-away');
    const form = { action: PATHS.unlock, csrfToken };
    return unlockPage({ form, account: flow.userId, problem: isAway ? 'directory-away' : undefined }, surroundings);
  }
  return newPasswordPage(
    {
      form: { action: PATHS.password, csrfToken },
      account: flow.userId,
      rules: rulesOfPolicy(policy, { operation: 'reset', names }),
      sealing: sealingOf(kit, finish),
      sealedFor: person.kind === 'cloud-only' ? 'front-door' : 'organisation',
      problems: flow.stage.kind === 'proven' ? flow.stage.refusals : [],
      explanation: flow.stage.kind === 'proven' ? flow.stage.explanation : undefined,
      scriptSrc: kit.deps.assets.newPasswordSrc,
    },
    surroundings,
  );
}

/** Agent or directory are away at the last step: nothing is lost, and the same step can be tried again. */
export function awayPage(kit: PageKit, { language }: BrowserSession, flow: Flow): string {
  const surroundings = kit.surroundings({ tenant: kit.tenantOf(flow.tenantId), supportId: flow.supportId, language });
  return tryLaterPage({ stage: 'at-the-end', againHref: pathOf(flow) }, surroundings);
}

/** What the browser seals for and to. */
export function sealingOf(kit: PageKit, { person, command }: Finish): SealingBlock {
  const { tenantId, anchor } = person;
  return {
    recipients: kit.deps.recipients(person),
    context: { tenantId, anchor, ...command, operation: 'reset', flags: RESET_FLAGS },
  };
}

function stopPage(
  kit: PageKit,
  session: BrowserSession,
  flow: Flow,
  stop: FlowStop,
  surroundings: Surroundings,
): string {
  switch (stop.kind) {
    case 'blocked': {
      const until = blockEndOf(stop.untilMs, surroundings.texts.locale, kit.deps.timeZone);
      return blockedPage({ until }, surroundings);
    }
    case 'contact-administrator':
      return contactPage(
        { why: whyContact(stop.reason), way: contactWay(kit, session, kit.tenantOf(flow.tenantId), flow.userId) },
        surroundings,
      );
    case 'cannot-verify':
      return cannotVerifyPage(surroundings);
    case 'ended-elsewhere':
      return endedElsewherePage(surroundings);
    case 'try-later':
      return tryLaterPage({ stage: flow.passed.length === 0 ? 'before-proof' : 'at-the-end' }, surroundings);
    default:
      return assertNever(stop);
  }
}

/** What a person is told of why: general, since nothing was proved yet. */
export function whyContact(reason: string): WhyContact {
  if (reason === 'tenant-off') return 'reset-not-turned-on';
  if (reason === 'person-not-enabled') return 'person-not-enabled';
  return reason === 'agent-not-permitted' ? 'not-permitted' : 'managed-on-premises';
}

/** Whether a mail about what was done to their password is on its way: never said where it may not be so. */
export function isPersonTold(
  tenant: Pick<Tenant, 'notify'> | undefined,
  person: { readonly noticeAddresses: readonly string[] } | undefined,
): boolean {
  return tenant?.notify === true && person !== undefined && person.noticeAddresses.length > 0;
}

function resultPage(result: FlowResult, flow: Flow, tenant: Tenant | undefined, surroundings: Surroundings): string {
  const signInHref = tenant?.signInUrl;
  switch (result.kind) {
    case 'changed': {
      const isTold = isPersonTold(tenant, flow.person);
      return passwordChangedPage({ signInHref, unlockedToo: flow.isLocked, isTold }, surroundings);
    }
    case 'unlocked':
      return unlockedPage({ signInHref, wasLocked: result.wasLocked }, surroundings);
    case 'unknown':
      return unknownOutcomePage({ signInHref, operation: flow.operation ?? 'reset' }, surroundings);
    case 'expired':
      return expiredPage(surroundings);
    case 'not-permitted':
      return notPermittedPage(surroundings);
    default:
      return assertNever(result);
  }
}

function gates(flow: Flow) {
  return { operation: flow.operation, gate: gateOf(flow), gates: flow.person?.gates ?? 1 } as const;
}
