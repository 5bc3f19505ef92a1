// Proof by a code in a text message, to a phone whose whole number the person types first: six digits, five minutes, five tries, good for
// one session, one account and one gate. The code exists in the text alone; what is kept is a keyed hash.

import { phoneNumberIn } from '../../../protocol/phone-number.js';
import { keptOfKind, type MethodStore } from '../method-store.js';
import { type OpenProof, type ProofMethod, type ProofStep, type RegisteredMethod, typedCode } from '../proof-method.js';
import { digestOfCode, isSameDigest } from '../sent-code.js';
import { isServed } from './decide-send.js';
import { sendTextCode, type TextCodeDeps } from './send-text-code.js';
import { typedNumber } from './typed-number.js';

const KIND = 'text-message';
/** Numbers offered to one person; further ones are left out. */
const NUMBERS_OFFERED_MAX = 5;

export interface TextMessageDeps extends TextCodeDeps {
  readonly store: Pick<MethodStore, 'list'>;
}

export function textMessage(deps: TextMessageDeps): ProofMethod {
  const { store, clock, digestKey, rules } = deps;
  /** What is being sent: whoever presses a button twice is sent one text, and waits for it twice. */
  const underWay = new Map<string, Promise<OpenProof | undefined>>();
  const digestOf = (step: ProofStep, method: RegisteredMethod) => (code: string) =>
    digestOfCode(digestKey, boundTo(step, method), code);
  return {
    kind: KIND,
    sends: 'code-texts',
    addressCheck: {
      typed: typedNumber,
      matches: ({ address }, typed) => {
        // As digests: so far as time tells, every wrong number is as wrong as any other.
        const hashed = (number: string) => digestOfCode(digestKey, ['number'], number);
        return isSameDigest(hashed(address), hashed(typed));
      },
    },
    typed: typedCode,
    async registered(owner) {
      const own = (await keptOfKind(store, owner, KIND)).map(({ address }) => address);
      const numbers = [...owner.countedPhones, ...own].flatMap((text) => phoneNumberIn(text) ?? []);
      const served = [...new Set(numbers)].filter((number) => isServed(rules, number));
      return served
        .slice(0, NUMBERS_OFFERED_MAX)
        .map((address, index) => ({ id: `text-${index}`, kind: KIND, address }));
    },
    async start(step, method) {
      const key = JSON.stringify([step.sessionHash, step.gate, method.id]);
      const before = underWay.get(key);
      if (before !== undefined) return before;
      const { tenantId } = step.account;
      const to = { ...step, tenantId, number: method.address };
      const sending = sendTextCode(deps, to, digestOf(step, method)).then((sent) => sent && { ...sent, prompt: '' });
      underWay.set(key, sending);
      try {
        return await sending;
      } finally {
        underWay.delete(key);
      }
    },
    async verify(step, method, open, code) {
      if (open === undefined || open.triesLeft <= 0 || clock.nowMs() >= open.expiresAtMs) return 'expired';
      return isSameDigest(open.digest, digestOf(step, method)(code)) ? 'right' : 'wrong';
    },
  };
}

function boundTo({ sessionHash, account, gate }: ProofStep, { id, address }: RegisteredMethod) {
  return [KIND, sessionHash, account.tenantId, account.anchor, BigInt(gate), id, address];
}
