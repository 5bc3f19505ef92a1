// Proof by a code in an e-mail: six digits, five minutes, five tries, good for one session, one account and one gate.
// The code exists in the mail alone; what is kept is a keyed hash.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalBytes } from '../../protocol/canonical-bytes.js';
import type { Clock } from '../../timing/clock.js';
import { drawBelow, type RandomBytes } from '../captcha/random-draws.js';
import type { Language } from '../languages/language.js';
import type { NoticeWords } from '../notices/words-en.js';
import { writeCodeNotice } from '../notices/write-notices.js';
import type { Outbox } from '../outbox/outbox.js';
import type { MethodStore } from './method-store.js';
import { type ProofMethod, type ProofStep, type RegisteredMethod, typedCode } from './proof-method.js';

export const CODE_LIFETIME_MS = 5 * 60_000;
export const CODE_TRIES_MAX = 5;
/** Addresses offered to one person; further ones are left out. */
const ADDRESSES_OFFERED_MAX = 5;
const CODES = 1_000_000;

export interface EmailCodeDeps {
  readonly store: Pick<MethodStore, 'addresses'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
  readonly words: Readonly<Record<Language, NoticeWords>>;
  /** IANA name of the zone times are written in. */
  readonly timeZone: string;
}

export function emailCode(deps: EmailCodeDeps): ProofMethod {
  const { store, outbox, clock, random, digestKey, words, timeZone } = deps;
  return {
    kind: 'email-code',
    typed: typedCode,
    async registered(owner) {
      const all = [...owner.addresses, ...(await store.addresses(owner))].map((address) => address.trim());
      const distinct = [...new Map(all.filter(isAddress).map((address) => [address.toLowerCase(), address])).values()];
      return distinct
        .slice(0, ADDRESSES_OFFERED_MAX)
        .map((address, index) => ({ id: `email-${index}`, kind: 'email-code', address }));
    },
    async start(step, method) {
      const code = String(drawBelow(random, CODES)).padStart(6, '0');
      const nowMs = clock.nowMs();
      const expiresAtMs = nowMs + CODE_LIFETIME_MS;
      const notice = writeCodeNotice(
        { code, validForMinutes: CODE_LIFETIME_MS / 60_000, askedAtMs: nowMs },
        { words: words[step.language], organisationName: step.organisationName, supportId: step.supportId, timeZone },
      );
      const mail = { ...notice, to: [method.address], fromName: step.organisationName, replyTo: undefined };
      const isTaken = await outbox.put(mail, expiresAtMs);
      if (!isTaken) return undefined;
      const digest = digestOf(digestKey, step, method, code).toString('base64url');
      return { digest, issuedAtMs: nowMs, expiresAtMs, triesLeft: CODE_TRIES_MAX };
    },
    async verify(step, method, open, code) {
      if (open === undefined || open.triesLeft <= 0 || clock.nowMs() >= open.expiresAtMs) return 'expired';
      const expected = Buffer.from(open.digest, 'base64url');
      const given = digestOf(digestKey, step, method, code);
      return expected.length === given.length && timingSafeEqual(expected, given) ? 'right' : 'wrong';
    },
  };
}

function digestOf(key: Uint8Array, step: ProofStep, method: RegisteredMethod, code: string): Buffer {
  const { sessionHash, account, gate } = step;
  const bound = canonicalBytes('drawbridge/email-code/1', [
    sessionHash,
    account.tenantId,
    account.anchor,
    BigInt(gate),
    method.id,
    method.address.toLowerCase(),
    code,
  ]);
  return createHmac('sha256', key).update(bound).digest();
}

/** Strict on purpose: a directory's free text must not become a list, a header or a route through somebody's relay. */
function isAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>()[\]\\,;:"%!\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"%!\p{Cc}]+\.[^\s@<>()[\]\\,;:"%!.\p{Cc}]+$/u.test(text)
  );
}
