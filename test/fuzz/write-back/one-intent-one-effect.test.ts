// Whatever order commands, repeats, lost answers, crashes and recoveries come in: one id has one effect, and no answer lies.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandHandler } from '../../../src/agent/write-back/handle-command.js';
import type { ResetRequest } from '../../../src/protocol/frames.js';
import type { ResetOutcome } from '../../../src/protocol/outcomes.js';
import { ADA, BOB, type Step } from '../../support/scripted-writer.js';
import { WriteBackBench } from '../../support/write-back-bench.js';

const evidence = { ldapResultCode: 19 };
const steps: readonly Step[] = [
  { kind: 'applied' },
  { kind: 'refused-by-policy', rules: ['too-short'], evidence },
  { kind: 'not-sent' },
  { kind: 'lost-after-applying' },
  { kind: 'lost-before-applying' },
  { kind: 'throws-after-applying' },
];

type Move =
  | { readonly kind: 'ask'; readonly which: number; readonly step: Step }
  | { readonly kind: 'ask-twice-at-once'; readonly which: number; readonly step: Step }
  | { readonly kind: 'restart' | 'recover' | 'read-back-fails' | 'read-back-works' }
  | { readonly kind: 'wait'; readonly forMs: number };

const which = fc.nat({ max: 3 });
const step = fc.constantFrom(...steps);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ask' as const), which, step }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask-twice-at-once' as const), which, step }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'restart' as const,
        'recover' as const,
        'read-back-fails' as const,
        'read-back-works' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), forMs: fc.nat({ max: 30 * 60_000 }) }) },
);

const FINAL: readonly ResetOutcome['kind'][] = ['done', 'refused-by-policy'];
const NOTHING_WRITTEN: readonly ResetOutcome['kind'][] = ['refused-by-policy', 'try-later', 'expired', 'over-limit'];

describe('write-back under every order of trouble', () => {
  it('has one effect per id, keeps its final answers, and never says what is not so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 24 }), async (moves) => {
        const bench = await WriteBackBench.make();
        const requests: ResetRequest[] = [];
        for (const [index, anchor] of [ADA, ADA, BOB, BOB].entries()) {
          requests.push(await bench.reset({ anchor, password: passwordOf(index) }));
        }
        const final = new Map<number, ResetOutcome>();
        let handler = bench.start();
        for (const one of moves) {
          handler = await play(bench, handler, requests, one, (index, outcome) => {
            const effects = bench.writer.applied.filter(({ password }) => password === passwordOf(index)).length;
            expect(effects).toBeLessThanOrEqual(1);
            if (outcome.kind === 'done') expect(effects).toBe(1);
            if (NOTHING_WRITTEN.includes(outcome.kind)) expect(effects).toBe(0);
            expect(final.get(index) ?? outcome).toEqual(outcome);
            if (FINAL.includes(outcome.kind)) final.set(index, outcome);
          });
        }
        expect(bench.journal.verify().kind).toBe('intact');
        expect(bench.writer.intentsOpen).toBe(0);
        expect(bench.writer.seenPasswords.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
        expect(bench.events.named('commandFailed')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

async function play(
  bench: WriteBackBench,
  handler: CommandHandler,
  requests: readonly ResetRequest[],
  one: Move,
  check: (index: number, outcome: ResetOutcome) => void,
): Promise<CommandHandler> {
  switch (one.kind) {
    case 'ask':
    case 'ask-twice-at-once': {
      const request = requests[one.which];
      if (request === undefined) return handler;
      bench.writer.script.splice(0, Number.POSITIVE_INFINITY, one.step);
      const times = one.kind === 'ask' ? 1 : 2;
      const answers = Array.from({ length: times }, () => handler.handle(request, bench.never));
      for (const outcome of await Promise.all(answers)) check(one.which, outcome);
      return handler;
    }
    case 'restart':
      return bench.start();
    case 'recover':
      await handler.recoverUnsettled(bench.never);
      return handler;
    case 'read-back-fails':
    case 'read-back-works':
      bench.writer.canReadBack = one.kind === 'read-back-works';
      return handler;
    case 'wait':
      await bench.clock.advance(one.forMs);
      return handler;
  }
}

function passwordOf(index: number): string {
  return `Password-number-${index}`;
}
