// Tells a person, at every address we know, what was done to their account. A notice that cannot be handed over stops nothing.
// Says that something was done, never what the password is; and where to say that it was somebody else.

import { LIMITS } from '../../protocol/limits.js';
import type { Clock } from '../../timing/clock.js';
import type { News } from '../disowning/disown-links.js';
import { METHODS_PER_KIND_MAX, type MethodStore } from '../methods/method-store.js';
import { everyAddress } from '../notices/every-address.js';
import type { NoticeSettings } from '../notices/notice-settings.js';
import { writeDoneNotice } from '../notices/write-notices.js';
import type { Outbox } from '../outbox/outbox.js';
import { addressesFor } from '../tenants/contact-way.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ResetFlowDeps } from './reset-flow.js';

/** A notice is news for a day; after that it is not sent any more. */
export const NOTICE_LIFETIME_MS = 24 * 60 * 60_000;
/** All that there can be: what the directory names last or first must not keep the person's own from being told. */
export const ADDRESSES_TOLD_MAX = 2 * LIMITS.addressesMax + METHODS_PER_KIND_MAX;

export function doneTeller(deps: {
  readonly store: Pick<MethodStore, 'list'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly noticeSettings: NoticeSettings;
  /** Where the person can say that it was not them. */
  readonly disownAddress: (news: News) => Promise<string>;
}): ResetFlowDeps['tellDone'] {
  const { store, outbox, clock, noticeSettings, disownAddress } = deps;
  return async ({ tenant, flow, person, operation }) => {
    const doneAtMs = clock.nowMs();
    const administratorContact = contactOf(tenant);
    const { supportId } = flow;
    const account = { tenantId: person.tenantId, anchor: person.anchor };
    // One for all addresses: whichever of them is read first, it is said once.
    const disownHref = await disownAddress({ account, what: operation, addedId: undefined, doneAtMs, supportId });
    const notice = writeDoneNotice(
      { operation, account: flow.userId, doneAtMs, administratorContact, disownHref },
      noticeSettings({ tenantId: tenant.id, organisationName: tenant.name, ...flow }),
    );
    // One mail each: the person's addresses are nobody else's business, not even each other's.
    const addresses = everyAddress(person.noticeAddresses, await store.list(account));
    for (const address of addresses.slice(0, ADDRESSES_TOLD_MAX)) {
      const mail = { ...notice, to: [address], fromName: tenant.name, replyTo: undefined };
      await outbox.put(mail, doneAtMs + NOTICE_LIFETIME_MS);
    }
  };
}

/** How people reach the organisation's help desk, as it stands in a mail; undefined: nobody has said. */
export function contactOf({ contact }: Tenant): string | undefined {
  return contact?.kind === 'email' ? addressesFor('help-desk', contact).join(', ') : contact?.url;
}
