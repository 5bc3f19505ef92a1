// Proof by a code in an e-mail: six digits, five minutes, five tries, good for one session, one account and one gate.
// The code exists in the mail alone; what is kept is a keyed hash.

import { keptOfKind, type MethodStore } from '../method-store.js';
import { type ProofMethod, type ProofStep, type RegisteredMethod, typedCode } from '../proof-method.js';
import { digestOfCode, isSameDigest } from '../sent-code.js';
import { isAddress, type MailCodeDeps, mailCode } from './mail-code.js';

const KIND = 'email-code';
/** Addresses offered to one person; further ones are left out. */
const ADDRESSES_OFFERED_MAX = 5;

export interface EmailCodeDeps extends MailCodeDeps {
  readonly store: Pick<MethodStore, 'list'>;
}

export function emailCode(deps: EmailCodeDeps): ProofMethod {
  const { store, clock } = deps;
  const digestOf = (step: ProofStep, method: RegisteredMethod) => (code: string) =>
    digestOfCode(deps.digestKey, boundTo(step, method), code);
  return {
    kind: KIND,
    sends: 'code-mails',
    typed: typedCode,
    async registered(owner) {
      const own = (await keptOfKind(store, owner, KIND)).map(({ address }) => address);
      const all = [...owner.countedAddresses, ...own].map((address) => address.trim());
      const distinct = [...new Map(all.filter(isAddress).map((address) => [address.toLowerCase(), address])).values()];
      return distinct
        .slice(0, ADDRESSES_OFFERED_MAX)
        .map((address, index) => ({ id: `email-${index}`, kind: KIND, address }));
    },
    async start(step, method) {
      const sent = await mailCode(deps, { ...step, address: method.address }, digestOf(step, method));
      return sent && { ...sent, prompt: '' };
    },
    async verify(step, method, open, code) {
      if (open === undefined || open.triesLeft <= 0 || clock.nowMs() >= open.expiresAtMs) return 'expired';
      return isSameDigest(open.digest, digestOf(step, method)(code)) ? 'right' : 'wrong';
    },
  };
}

function boundTo({ sessionHash, account, gate }: ProofStep, method: RegisteredMethod) {
  const address = method.address.toLowerCase();
  return [KIND, sessionHash, account.tenantId, account.anchor, BigInt(gate), method.id, address];
}
