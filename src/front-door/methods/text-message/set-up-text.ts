// Sets a phone up: its number is typed, a code goes to it, and whoever types that code reads what is sent there.

import { z } from 'zod';
import type { MethodSetup, PendingSetup, SetupProblem, SetupStep } from '../method-setup.js';
import { keptOfKind, METHODS_PER_KIND_MAX, type MethodStore } from '../method-store.js';
import { typedCode } from '../proof-method.js';
import { digestOfCode, isSameDigest } from '../sent-code.js';
import { isServed } from './decide-send.js';
import { sendTextCode, type TextCodeDeps } from './send-text-code.js';
import { typedNumber } from './typed-number.js';

const KIND = 'text-message';
const pendingSchema = z.strictObject({ number: z.string(), digest: z.string() });

export interface TextSetupDeps extends TextCodeDeps {
  readonly store: Pick<MethodStore, 'list' | 'add'>;
  readonly randomUuid: () => string;
}

export function textSetup(deps: TextSetupDeps): MethodSetup {
  const { store, clock, digestKey, rules, randomUuid } = deps;
  const digestOf = (step: SetupStep, number: string) => (code: string) =>
    digestOfCode(digestKey, boundTo(step, number), code);
  return {
    kind: KIND,
    sends: 'code-texts',
    async begin(step, typed) {
      // Shown again: on a phone nobody wants to type it a second time for one wrong digit.
      const refuse = (problem: SetupProblem) => ({ kind: 'refused', problem, chosen: typed.slice(0, 1) }) as const;
      if (typed.every((field) => field.trim() === '')) return refuse('missing');
      const number = typedNumber(typed);
      if (number === undefined) return refuse('malformed');
      if (!isServed(rules, number)) return refuse('not-served');
      const there = await keptOfKind(store, step.account, KIND);
      if (there.some((kept) => kept.address === number)) return refuse('there-already');
      if (there.length >= METHODS_PER_KIND_MAX) return refuse('too-many');
      const { tenantId } = step.account;
      const sent = await sendTextCode(deps, { ...step, tenantId, number }, digestOf(step, number));
      if (sent === undefined) return refuse('not-now');
      const { digest, ...open } = sent;
      return { kind: 'pending', pending: { ...open, prompt: number, data: JSON.stringify({ number, digest }) } };
    },
    async confirm(step, pending, typed) {
      if (isOver(pending, clock.nowMs())) return { kind: 'refused', problem: 'expired' };
      const code = typedCode(typed);
      if (code === undefined) return { kind: 'refused', problem: 'malformed' };
      const { number, digest } = pendingSchema.parse(JSON.parse(pending.data));
      if (!isSameDigest(digest, digestOf(step, number)(code))) return { kind: 'refused', problem: 'wrong' };
      const setUpAtMs = clock.nowMs();
      const row = {
        id: randomUuid(),
        kind: KIND,
        name: '',
        address: number,
        data: new Uint8Array(),
        setUpAtMs,
      } as const;
      const added = await store.add(step.account, row);
      return added === 'added' ? { kind: 'done', id: row.id, shown: [] } : { kind: 'refused', problem: added };
    },
  };
}

function isOver({ triesLeft, expiresAtMs }: PendingSetup, nowMs: number): boolean {
  return triesLeft <= 0 || nowMs >= expiresAtMs;
}

function boundTo({ sessionHash, account }: SetupStep, number: string) {
  return ['set-up', KIND, sessionHash, account.tenantId, account.anchor, number];
}
