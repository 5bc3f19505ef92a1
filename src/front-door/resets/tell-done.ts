// Tells a person, at every address we know, what was done to their account. A notice that cannot be handed over stops nothing.
// Says that something was done, never what the password is.

import type { Clock } from '../../timing/clock.js';
import type { Language } from '../languages/language.js';
import type { NoticeWords } from '../notices/words-en.js';
import { writeDoneNotice } from '../notices/write-notices.js';
import type { Outbox } from '../outbox/outbox.js';
import type { ResetFlowDeps } from './reset-flow.js';

/** A notice is news for a day; after that it is not sent any more. */
const NOTICE_LIFETIME_MS = 24 * 60 * 60_000;
const ADDRESSES_TOLD_MAX = 16;

export function doneTeller(deps: {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly words: Readonly<Record<Language, NoticeWords>>;
  readonly timeZone: string;
}): ResetFlowDeps['tellDone'] {
  const { outbox, clock, words, timeZone } = deps;
  return async ({ tenant, flow, person, operation }) => {
    const doneAtMs = clock.nowMs();
    const { contact } = tenant;
    const administratorContact = contact?.kind === 'email' ? contact.addresses.join(', ') : contact?.url;
    const notice = writeDoneNotice(
      { operation, account: flow.userId, doneAtMs, administratorContact },
      { words: words[flow.language], organisationName: tenant.name, supportId: flow.supportId, timeZone },
    );
    // One mail each: the person's addresses are nobody else's business, not even each other's.
    for (const address of person.noticeAddresses.slice(0, ADDRESSES_TOLD_MAX)) {
      const mail = { ...notice, to: [address], fromName: tenant.name, replyTo: undefined };
      await outbox.put(mail, doneAtMs + NOTICE_LIFETIME_MS);
    }
  };
}
