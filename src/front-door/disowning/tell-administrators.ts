// The mail to an organisation's administrators after a person has said "this wasn't me": in the organisation's language, to the
// addresses of its security role, which an organisation with a portal may have too; and to its ticket system, where there is one.
// Knows no mail server.

import { shownName } from '../../protocol/account-names.js';
import type { AccountRef } from '../methods/method-store.js';
import type { NoticeSettings } from '../notices/notice-settings.js';
import { writeDisownedNotice } from '../notices/write-disowned-notice.js';
import type { Outbox } from '../outbox/outbox.js';
import type { AccountMirror } from '../people/account-mirror.js';
import type { CloudAccounts } from '../people/cloud-accounts.js';
import { addressesFor } from '../tenants/contact-way.js';
import { THROTTLE_RULES } from '../throttles/throttle-rules.js';
import { TICKET_LIFETIME_MS, type TicketOutbox } from '../tickets/deliver-tickets.js';
import { accountDisowned } from '../tickets/write-ticket.js';
import type { DisowningDeps } from './disown.js';

/** Administrators have weekends. */
const MESSAGE_LIFETIME_MS = 3 * 24 * 60 * 60_000;

export function administratorTeller(deps: {
  readonly outbox: Outbox;
  readonly tickets: TicketOutbox;
  readonly randomUuid: () => string;
  readonly mirror: Pick<AccountMirror, 'read'>;
  readonly cloudAccounts: Pick<CloudAccounts, 'read'>;
  readonly noticeSettings: NoticeSettings;
}): DisowningDeps['tellAdministrators'] {
  const { outbox, tickets, noticeSettings } = deps;
  return async ({ tenant, link, saidAtMs, password, waysRemoved, outcomeCode }) => {
    const { contact } = tenant;
    const to = addressesFor('security', contact);
    if (to.length === 0) return false;
    const { what, doneAtMs, supportId } = link;
    const account = await nameOf(link.account);
    const notice = writeDisownedNotice(
      {
        tenantId: tenant.id,
        what,
        account,
        doneAtMs,
        saidAtMs,
        password,
        waysRemoved,
        outcomeCode,
        blockMs: THROTTLE_RULES.disowned.blockMs,
      },
      noticeSettings({ tenantId: tenant.id, organisationName: tenant.name, language: tenant.language, supportId }),
    );
    const mail = { ...notice, to, fromName: tenant.name, replyTo: undefined };
    const isMailed = await outbox.put(mail, saidAtMs + MESSAGE_LIFETIME_MS);
    if (contact?.kind !== 'email' || contact.opensTickets !== true) return isMailed;
    const about = { tenant, messageId: deps.randomUuid(), atMs: saidAtMs, supportId };
    const ticket = accountDisowned(about, { account, what, doneAtMs, password, waysRemoved, outcomeCode });
    return (await tickets.put(ticket, saidAtMs + TICKET_LIFETIME_MS)) || isMailed;
  };

  /** As administrators know it now; where it is gone, by its anchor, which directories can be searched for. */
  async function nameOf({ tenantId, anchor }: AccountRef): Promise<string> {
    const account = await deps.mirror.read(tenantId, anchor);
    if (account !== undefined) return shownName(account);
    const own = await deps.cloudAccounts.read(tenantId, anchor);
    return own?.userIds[0] ?? own?.displayName ?? anchor;
  }
}
