// Sends a code to an address, for whichever step asks for one, and says what is an address at all. Knows no step.

import type { Clock } from '../../../timing/clock.js';
import type { RandomBytes } from '../../captcha/random-draws.js';
import type { Language } from '../../languages/language.js';
import type { NoticeSettings } from '../../notices/notice-settings.js';
import { writeCodeNotice } from '../../notices/write-notices.js';
import type { Outbox } from '../../outbox/outbox.js';
import type { AccountRef } from '../method-store.js';
import { CODE_LIFETIME_MINUTES, CODE_LIFETIME_MS, CODE_TRIES_MAX, drawSentCode } from '../sent-code.js';

export interface MailCodeDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
  readonly noticeSettings: NoticeSettings;
}

/** Undefined when it could not be handed over just now. `digestOf`: what is kept of the code. */
export async function mailCode(
  { outbox, clock, random, noticeSettings }: MailCodeDeps,
  to: {
    readonly address: string;
    readonly account: AccountRef;
    readonly language: Language;
    readonly organisationName: string;
    readonly supportId: string;
  },
  digestOf: (code: string) => string,
) {
  const { address, account, language, organisationName, supportId } = to;
  const code = drawSentCode(random);
  const nowMs = clock.nowMs();
  const expiresAtMs = nowMs + CODE_LIFETIME_MS;
  const notice = writeCodeNotice(
    { code, validForMinutes: CODE_LIFETIME_MINUTES, askedAtMs: nowMs },
    noticeSettings({ tenantId: account.tenantId, organisationName, supportId, language }),
  );
  const mail = { ...notice, to: [address], fromName: organisationName, replyTo: undefined };
  if (!(await outbox.put(mail, expiresAtMs))) return undefined;
  return { digest: digestOf(code), issuedAtMs: nowMs, expiresAtMs, triesLeft: CODE_TRIES_MAX };
}

/** Strict on purpose: a directory's free text must not become a list, a header or a route through somebody's relay. */
export function isAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>()[\]\\,;:"%!\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"%!\p{Cc}]+\.[^\s@<>()[\]\\,;:"%!.\p{Cc}]+$/u.test(text)
  );
}
