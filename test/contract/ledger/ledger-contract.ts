// What every ledger must do, run against the one in memory and the one in SQLite.

import { describe, expect, it } from 'vitest';
import {
  type Counted,
  GUARDRAIL_MEMORY_MS,
  LEDGER_RETENTION_MS,
  type Ledger,
  type LedgerCommand,
} from '../../../src/agent/write-back/ledger.js';
import { parseAccountAnchor, parseResetId } from '../../../src/protocol/identifiers.js';
import type { ResetOutcome } from '../../../src/protocol/outcomes.js';

const NOW = Date.UTC(2026, 0, 15, 12);
const FACTS = {
  sentAtMs: NOW + 5,
  domainController: 'dc1.example.com',
  passwordLastSetBefore: 133_801_234_567_890_123n,
  revisionBefore: '8765',
  mustChange: true,
};
const DONE: ResetOutcome = { kind: 'done', settledBy: 'answer' };

function command(number: number, changes: Partial<LedgerCommand> = {}): LedgerCommand {
  return {
    resetId: parseResetId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`),
    fingerprint: `fingerprint-${number}`,
    operation: 'reset',
    anchor: parseAccountAnchor('anchor-of-ada'),
    notAfterMs: NOW + 120_000,
    ...changes,
  };
}

function sent(ledger: Ledger, one: LedgerCommand, sentAtMs = FACTS.sentAtMs): LedgerCommand {
  ledger.receive(one, NOW);
  ledger.markSent(one.resetId, { ...FACTS, sentAtMs });
  return one;
}

export function describeLedger(name: string, open: (options: { readonly rowsMax: number }) => Ledger): void {
  const make = (rowsMax = 1000) => open({ rowsMax });

  describe(`a ledger ${name}`, () => {
    it('knows nothing of an id it never received', () => {
      expect(make().find(command(1).resetId)).toBeUndefined();
    });

    it('keeps what it needs of a command, and no more', () => {
      const ledger = make();
      expect(ledger.receive(command(1), NOW)).toBe('received');
      expect(ledger.find(command(1).resetId)).toEqual({ ...command(1), state: 'received' });
    });

    it('keeps where and when a command was sent, with the exact time of the password before', () => {
      const ledger = make();
      const one = sent(ledger, command(1));
      expect(ledger.find(one.resetId)).toEqual({ ...one, ...FACTS, state: 'sent' });
      expect(ledger.unsettled()).toEqual([{ ...one, ...FACTS, state: 'sent' }]);
    });

    it('keeps the outcome as it was given', () => {
      const ledger = make();
      const one = sent(ledger, command(1));
      const outcome: ResetOutcome = {
        kind: 'refused-by-policy',
        rules: ['too-short', 'not-complex'],
        evidence: { ldapResultCode: 19, win32: '0000052D' },
      };
      ledger.settle(one.resetId, outcome, NOW + 10);
      expect(ledger.find(one.resetId)).toEqual({ ...one, state: 'settled', outcome });
      expect(ledger.unsettled()).toEqual([]);
    });

    it('never changes an outcome once it is settled', () => {
      const ledger = make();
      const one = sent(ledger, command(1));
      ledger.settle(one.resetId, DONE, NOW + 10);
      ledger.settle(one.resetId, { kind: 'unknown' }, NOW + 11);
      ledger.release(one.resetId);
      expect(ledger.find(one.resetId)).toMatchObject({ state: 'settled', outcome: DONE });
    });

    it('opens a released id again, and remembers its fingerprint', () => {
      const ledger = make();
      const one = sent(ledger, command(1));
      ledger.release(one.resetId);
      expect(ledger.find(one.resetId)).toEqual({ ...one, state: 'received' });
      ledger.markSent(one.resetId, FACTS);
      expect(ledger.find(one.resetId)).toMatchObject({ state: 'sent' });
    });

    it('refuses to send what it did not receive, or what was sent or settled before', () => {
      const ledger = make();
      expect(() => ledger.markSent(command(9).resetId, FACTS)).toThrow();
      const one = sent(ledger, command(1));
      expect(() => ledger.markSent(one.resetId, FACTS)).toThrow();
      ledger.settle(one.resetId, DONE, NOW);
      expect(() => ledger.markSent(one.resetId, FACTS)).toThrow();
    });

    it('refuses to receive one id twice', () => {
      const ledger = make();
      ledger.receive(command(1), NOW);
      expect(() => ledger.receive(command(1, { fingerprint: 'another' }), NOW)).toThrow();
      expect(ledger.find(command(1).resetId)).toMatchObject({ fingerprint: 'fingerprint-1' });
    });

    it('gives up telling what became of an earlier write once the same account is written to again', () => {
      const ledger = make();
      const earlier = sent(ledger, command(1));
      const other = sent(ledger, command(2, { anchor: parseAccountAnchor('anchor-of-bob') }));
      const later = sent(ledger, command(3));
      expect(ledger.find(earlier.resetId)).toMatchObject({ state: 'settled', outcome: { kind: 'unknown' } });
      expect(ledger.unsettled().map((row) => row.resetId)).toEqual([other.resetId, later.resetId]);
    });

    it('tells when the nth newest was sent, of one account and of all, and forgets released ones', () => {
      const ledger = make();
      const bob = parseAccountAnchor('anchor-of-bob');
      const ada = command(1).anchor;
      sent(ledger, command(1), NOW + 30);
      sent(ledger, command(2, { anchor: bob }), NOW + 10);
      ledger.settle(sent(ledger, command(3), NOW + 20).resetId, DONE, NOW + 40);
      ledger.release(sent(ledger, command(4, { anchor: bob }), NOW + 25).resetId);
      ledger.receive(command(5), NOW);
      const nthNewest = (anchor: typeof ada | undefined) =>
        [1, 2, 3, 4].map((nth) => ledger.nthNewestSentMs({ nth, of: 'writes', anchor }));
      expect(nthNewest(undefined)).toEqual([NOW + 30, NOW + 20, NOW + 10, undefined]);
      expect(nthNewest(ada)).toEqual([NOW + 30, NOW + 20, undefined, undefined]);
      expect(nthNewest(bob)).toEqual([NOW + 10, undefined, undefined, undefined]);
    });

    it('counts writes and sign-ins apart', () => {
      const ledger = make();
      const { anchor } = command(1);
      sent(ledger, command(1), NOW + 10);
      ledger.settle(sent(ledger, command(2, { operation: 'sign-in' }), NOW + 20).resetId, DONE, NOW + 21);
      ledger.settle(sent(ledger, command(3, { operation: 'sign-in' }), NOW + 30).resetId, DONE, NOW + 31);
      sent(ledger, command(4, { operation: 'sign-in', anchor: parseAccountAnchor('anchor-of-bob') }), NOW + 40);
      const newest = (of: Counted, whose: typeof anchor | undefined) =>
        [1, 2, 3, 4].flatMap((nth) => ledger.nthNewestSentMs({ nth, of, anchor: whose }) ?? []);
      expect(newest('writes', undefined)).toEqual([NOW + 10]);
      expect(newest('writes', anchor)).toEqual([NOW + 10]);
      expect(newest('sign-ins', undefined)).toEqual([NOW + 40, NOW + 30, NOW + 20]);
      expect(newest('sign-ins', anchor)).toEqual([NOW + 30, NOW + 20]);
    });

    it('does not give up on a write for a sign-in, nor on a sign-in for a write', () => {
      const ledger = make();
      const write = sent(ledger, command(1));
      const signIn = sent(ledger, command(2, { operation: 'sign-in' }));
      expect(ledger.unsettled().map((row) => row.resetId)).toEqual([write.resetId, signIn.resetId]);
      const later = sent(ledger, command(3));
      expect(ledger.find(write.resetId)).toMatchObject({ state: 'settled', outcome: { kind: 'unknown' } });
      expect(ledger.unsettled().map((row) => row.resetId)).toEqual([signIn.resetId, later.resetId]);
    });

    it('answers for an id until a day after its time, and then forgets it', () => {
      const ledger = make();
      ledger.settle(sent(ledger, command(1)).resetId, DONE, NOW);
      const endMs = command(1).notAfterMs + LEDGER_RETENTION_MS;
      expect(ledger.prune(endMs)).toBe(0);
      expect(ledger.find(command(1).resetId)).toBeDefined();
      expect(ledger.prune(endMs + 1)).toBe(1);
      expect(ledger.find(command(1).resetId)).toBeUndefined();
    });

    it('never forgets a command that is not settled', () => {
      const ledger = make();
      sent(ledger, command(1));
      expect(ledger.prune(NOW + 400 * LEDGER_RETENTION_MS)).toBe(0);
      expect(ledger.unsettled()).toHaveLength(1);
    });

    describe('that is full', () => {
      it('takes nothing new while every row may still be asked for or carried out', () => {
        const ledger = make(2);
        ledger.receive(command(1), NOW);
        ledger.settle(sent(ledger, command(2)).resetId, DONE, NOW);
        expect(ledger.receive(command(3), NOW)).toBe('full');
        expect(ledger.find(command(3).resetId)).toBeUndefined();
        expect(ledger.find(command(1).resetId)).toBeDefined();
        expect(ledger.find(command(2).resetId)).toBeDefined();
      });

      it('forgets what is out of time and counts for no guardrail, and takes the new', () => {
        const ledger = make(2);
        ledger.receive(command(1), NOW);
        ledger.receive(command(2, { notAfterMs: NOW + 10 * GUARDRAIL_MEMORY_MS }), NOW);
        expect(ledger.receive(command(3), command(1).notAfterMs + 1)).toBe('received');
        expect(ledger.find(command(1).resetId)).toBeUndefined();
        expect(ledger.find(command(2).resetId)).toBeDefined();
      });

      it('does not let a flood push out what a guardrail has to count', () => {
        const ledger = make(1);
        ledger.settle(sent(ledger, command(1)).resetId, DONE, NOW);
        expect(ledger.receive(command(2), command(1).notAfterMs + 1)).toBe('full');
        expect(ledger.receive(command(2), FACTS.sentAtMs + GUARDRAIL_MEMORY_MS + 1)).toBe('received');
      });

      it('never forgets what is not settled', () => {
        const ledger = make(1);
        sent(ledger, command(1));
        expect(ledger.receive(command(2), NOW + 1000 * GUARDRAIL_MEMORY_MS)).toBe('full');
      });
    });
  });
}
