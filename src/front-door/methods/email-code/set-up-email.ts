// Sets a private address up: it is typed, a code goes to it, and whoever types that code reads what is sent there.

import { z } from 'zod';
import { canonicalUserId } from '../../../protocol/user-id.js';
import type { MethodSetup, PendingSetup, SetupProblem, SetupStep } from '../method-setup.js';
import { keptOfKind, METHODS_PER_KIND_MAX, type MethodStore } from '../method-store.js';
import { typedCode } from '../proof-method.js';
import { digestOfCode, isSameDigest } from '../sent-code.js';
import { isAddress, type MailCodeDeps, mailCode } from './mail-code.js';

const KIND = 'email-code';
const pendingSchema = z.strictObject({ address: z.string(), digest: z.string() });

export interface EmailSetupDeps extends MailCodeDeps {
  readonly store: Pick<MethodStore, 'list' | 'add'>;
  readonly randomUuid: () => string;
}

export function emailSetup(deps: EmailSetupDeps): MethodSetup {
  const { store, clock, digestKey, randomUuid } = deps;
  const digestOf = (step: SetupStep, address: string) => (code: string) =>
    digestOfCode(digestKey, boundTo(step, address), code);
  return {
    kind: KIND,
    sends: 'code-mails',
    async begin(step, [typed = '']) {
      const address = typed.trim();
      // Shown again: on a phone nobody wants to type it a second time for one wrong letter.
      const refuse = (problem: SetupProblem) => ({ kind: 'refused', problem, chosen: [address] }) as const;
      if (address === '') return refuse('missing');
      if (!isAddress(address)) return refuse('malformed');
      if (step.workAddresses.includes(canonicalUserId(address) ?? '')) return refuse('not-private');
      const there = await keptOfKind(store, step.account, KIND);
      if (there.some((kept) => kept.address.toLowerCase() === address.toLowerCase())) return refuse('there-already');
      if (there.length >= METHODS_PER_KIND_MAX) return refuse('too-many');
      const sent = await mailCode(deps, { ...step, address }, digestOf(step, address));
      if (sent === undefined) return refuse('not-now');
      const { digest, ...open } = sent;
      return { kind: 'pending', pending: { ...open, prompt: address, data: JSON.stringify({ address, digest }) } };
    },
    async confirm(step, pending, typed) {
      if (isOver(pending, clock.nowMs())) return { kind: 'refused', problem: 'expired' };
      const code = typedCode(typed);
      if (code === undefined) return { kind: 'refused', problem: 'malformed' };
      const { address, digest } = pendingSchema.parse(JSON.parse(pending.data));
      if (!isSameDigest(digest, digestOf(step, address)(code))) return { kind: 'refused', problem: 'wrong' };
      const setUpAtMs = clock.nowMs();
      const row = { id: randomUuid(), kind: KIND, name: '', address, data: new Uint8Array(), setUpAtMs } as const;
      const added = await store.add(step.account, row);
      return added === 'added' ? { kind: 'done', id: row.id, shown: [] } : { kind: 'refused', problem: added };
    },
  };
}

function isOver({ triesLeft, expiresAtMs }: PendingSetup, nowMs: number): boolean {
  return triesLeft <= 0 || nowMs >= expiresAtMs;
}

function boundTo({ sessionHash, account }: SetupStep, address: string) {
  return ['set-up', KIND, sessionHash, account.tenantId, account.anchor, address.toLowerCase()];
}
