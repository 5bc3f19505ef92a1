// Tells a person, at the addresses they had before, that one of their ways of proving who they are was added or removed: whoever did it
// may not have been them. A notice that cannot be handed over stops nothing.

import type { TenantId } from '../../protocol/identifiers.js';
import type { Clock } from '../../timing/clock.js';
import type { News } from '../disowning/disown-links.js';
import type { Language } from '../languages/language.js';
import type { MethodKind } from '../methods/every-method.js';
import type { NoticeSettings } from '../notices/notice-settings.js';
import { writeMethodNotice } from '../notices/write-notices.js';
import type { Outbox } from '../outbox/outbox.js';
import { ADDRESSES_TOLD_MAX, contactOf, NOTICE_LIFETIME_MS } from '../resets/tell-done.js';
import type { SecurityInfoDeps } from './security-info.js';

export function changeTeller(deps: {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly noticeSettings: NoticeSettings;
  /** What each way is called on the pages of an organisation. */
  readonly methodNames: (tenantId: TenantId, language: Language) => Readonly<Record<MethodKind, string>>;
  /** Where the person can say that it was not them. */
  readonly disownAddress: (news: News) => Promise<string>;
}): SecurityInfoDeps['tellChanged'] {
  const { outbox, clock, noticeSettings, methodNames, disownAddress } = deps;
  return async ({ tenant, visit, account, addresses, method, change, addedId }) => {
    const { language, supportId, userId } = visit;
    const changedAtMs = clock.nowMs();
    const what = { what: `method-${change}`, addedId } as const;
    const notice = writeMethodNotice(
      {
        change,
        method: methodNames(tenant.id, language)[method],
        account: userId,
        changedAtMs,
        administratorContact: contactOf(tenant),
        disownHref: await disownAddress({ account, ...what, doneAtMs: changedAtMs, supportId }),
      },
      noticeSettings({ tenantId: tenant.id, organisationName: tenant.name, supportId, language }),
    );
    // One mail each: the person's addresses are nobody else's business, not even each other's.
    const distinct = new Map(addresses.map((address) => [address.toLowerCase(), address]));
    for (const address of [...distinct.values()].slice(0, ADDRESSES_TOLD_MAX)) {
      const mail = { ...notice, to: [address], fromName: tenant.name, replyTo: undefined };
      await outbox.put(mail, changedAtMs + NOTICE_LIFETIME_MS);
    }
  };
}
