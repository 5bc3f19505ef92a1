// A sign-in from command to answer: tried at most once, never where it could lock somebody, counted apart, and nothing kept of it.

import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DirectoryUnreachable, type SignInResult } from '../../../../src/agent/directory/ports.js';
import type { CommandHandlerDeps } from '../../../../src/agent/write-back/handle-command.js';
import { mayAttempt } from '../../../../src/agent/write-back/lockout-arithmetic.js';
import type { SignInRequest } from '../../../../src/protocol/frames.js';
import { anchorOfName } from '../../../../src/protocol/named-account.js';
import type { ResetOutcome } from '../../../../src/protocol/outcomes.js';
import { ADA, BOB } from '../../../support/scripted-writer.js';
import {
  GUARDRAILS,
  openDisposition,
  openToSignIn,
  PASSWORD,
  WriteBackBench,
} from '../../../support/write-back-bench.js';

const DONE = { kind: 'done', settledBy: 'answer' };
const WRONG: SignInResult = { kind: 'wrong-password', evidence: { ldapResultCode: 49, win32: '0000052E' } };

let bench: WriteBackBench;

beforeEach(async () => {
  bench = await WriteBackBench.make();
  bench.disposition = openToSignIn;
});

const ask = (request: SignInRequest, changes: Partial<CommandHandlerDeps> = {}) =>
  bench.start(changes).handle(request, bench.never);
const signIn = async (
  options: Parameters<WriteBackBench['signIn']>[0] = {},
  changes: Partial<CommandHandlerDeps> = {},
) => ask(await bench.signIn(options), changes);
const areZeroed = () => bench.writer.seenPasswords.flatMap((bytes) => [...bytes]).every((byte) => byte === 0);

describe('a sign-in', () => {
  it('asks with the password as it was sealed, writes nothing, and zeroes it', async () => {
    expect(await signIn()).toEqual(DONE);
    expect(bench.writer.signIns).toEqual([{ anchor: ADA, password: PASSWORD }]);
    expect(bench.writer.applied).toEqual([]);
    expect(areZeroed()).toBe(true);
    expect(bench.writer.intentsOpen).toBe(0);
  });

  it('asks nobody before it may, and never when it never may', async () => {
    const handler = bench.start();
    const mayWrite = Promise.withResolvers<boolean>();
    const outcome = handler.handle(await bench.signIn(), bench.never, mayWrite.promise);
    await expect.poll(() => bench.writer.intentsOpen).toBe(1);
    expect(bench.writer.signIns).toEqual([]);
    mayWrite.resolve(false);
    expect(await outcome).toMatchObject({ kind: 'try-later' });
    expect(bench.writer.signIns).toEqual([]);
  });

  it.each<[SignInResult, ResetOutcome]>([
    [
      { kind: 'right', next: 'must-change' },
      { kind: 'done', settledBy: 'answer', next: 'must-change' },
    ],
    [
      { kind: 'right', next: 'password-expired' },
      { kind: 'done', settledBy: 'answer', next: 'password-expired' },
    ],
    [WRONG, { kind: 'wrong-password', evidence: { ldapResultCode: 49, win32: '0000052E' } }],
    [
      { kind: 'account-locked', evidence: { ldapResultCode: 49 } },
      { kind: 'account-locked', evidence: { ldapResultCode: 49 } },
    ],
    [
      { kind: 'contact-administrator', reason: 'sign-in-restricted', evidence: undefined },
      { kind: 'contact-administrator', reason: 'sign-in-restricted' },
    ],
    [{ kind: 'no-such-account', evidence: undefined }, { kind: 'no-such-account' }],
    [
      { kind: 'agent-fault', evidence: { ldapResultCode: 80 } },
      { kind: 'agent-fault', evidence: { ldapResultCode: 80 } },
    ],
  ])('that is answered %j is %j, and so whenever its command comes again', async (result, outcome) => {
    bench.writer.signInScript.push(result);
    const request = await bench.signIn();
    expect(await ask(request)).toEqual(outcome);
    expect(await ask(request)).toEqual(outcome);
    expect(bench.writer.signIns).toHaveLength(1);
    expect(areZeroed()).toBe(true);
  });

  it.each<[string, SignInResult | Error]>([
    ['got no answer', { kind: 'no-answer' }],
    ['met a connection that broke', new DirectoryUnreachable('the connection broke')],
  ])('that %s is for later and never unknown, and may be tried again', async (_, trouble) => {
    bench.writer.signInScript.push(trouble);
    const request = await bench.signIn();
    expect(await ask(request)).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });
    expect(areZeroed()).toBe(true);
    expect(bench.ledger.find(request.resetId)).toMatchObject({ state: 'received' });
    expect(await ask(request)).toEqual(DONE);
  });

  it('that a process died over is for later as well, and nothing is read back for it', async () => {
    const request = await bench.signIn();
    bench.writer.writeGate = new Promise(() => undefined);
    void bench.start().handle(request, bench.never);
    await vi.waitUntil(() => bench.writer.signIns.length === 1, { interval: 1 });
    bench.writer.writeGate = undefined;
    bench.writer.canReadBack = false;

    const restarted = bench.start();
    expect(await restarted.recoverUnsettled(bench.never)).toEqual({ settled: 0, released: 1, unsettled: 0 });
    expect(bench.events.named('writeSettled')).toEqual([]);
    expect(await restarted.handle(request, bench.never)).toEqual(DONE);
  });

  it('is tried once when its command comes twice at the same time', async () => {
    const handler = bench.start();
    const request = await bench.signIn();
    bench.writer.signInScript.push(WRONG);
    const outcomes = await Promise.all([handler.handle(request, bench.never), handler.handle(request, bench.never)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['wrong-password', 'wrong-password']);
    expect(bench.writer.signIns).toHaveLength(1);
  });

  it('leaves a line in the journal that has what came of it and nothing of the password', async () => {
    bench.writer.signInScript.push({ kind: 'right', next: 'must-change' });
    await signIn();
    expect(bench.journal.entries.map(({ entry }) => entry.fields)).toEqual([
      {
        operation: 'sign-in',
        anchor: ADA,
        outcome: 'done',
        outcomeCode: 'done-must-change',
        eventNumber: '1004',
        settledBy: 'answer',
        next: 'must-change',
        source: 'directory',
        domainController: 'dc1.example.com',
      },
    ]);
    expect(JSON.stringify([bench.journal.entries, bench.events.told])).not.toContain(PASSWORD);
  });
});

describe('a sign-in is not tried', () => {
  const expectNotTried = () => {
    expect(bench.writer.signIns).toEqual([]);
    expect(areZeroed()).toBe(true);
  };

  it('where it is not turned on, whatever the front door asks', async () => {
    bench.disposition = openDisposition;
    expect(await signIn()).toEqual({ kind: 'contact-administrator', reason: 'write-back-off' });
    expectNotTried();
  });

  it('of an account that is left to the administrator, or not ours', async () => {
    bench.disposition = () => ({ kind: 'contact-administrator', reason: 'protected-account' });
    expect(await signIn()).toEqual({ kind: 'contact-administrator', reason: 'protected-account' });
    bench.disposition = () => ({ kind: 'not-managed-here' });
    expect(await signIn()).toEqual({ kind: 'no-such-account' });
    expectNotTried();
  });

  it('of a locked account', async () => {
    bench.writer.setState(ADA, { isLocked: true });
    expect(await signIn()).toEqual({ kind: 'account-locked' });
    expectNotTried();
  });

  it('where one more wrong password could lock the account, and leaves the id open', async () => {
    const lastFailureAtMs = bench.clock.nowMs() - 60_000;
    bench.writer.lockout = { failures: 4, threshold: 5, lastFailureAtMs, windowMs: 900_000 };
    const request = await bench.signIn();
    expect(await ask(request)).toEqual({ kind: 'over-limit', retryAfterMs: 840_000 });
    expectNotTried();
    bench.writer.lockout = { ...bench.writer.lockout, failures: 0 };
    expect(await ask(request)).toEqual(DONE);
  });

  it('while writes are held, or the agent stops', async () => {
    bench.gate.held = true;
    expect(await signIn()).toEqual({ kind: 'try-later', reason: 'held' });
    bench.gate.held = false;
    bench.gate.draining = true;
    expect(await signIn()).toEqual({ kind: 'try-later', reason: 'draining' });
    expectNotTried();
  });

  it('after its time', async () => {
    expect(await signIn({ notAfterMs: bench.clock.nowMs() - 1 })).toEqual({ kind: 'expired' });
    expectNotTried();
  });

  it('with what was sealed for somebody else, or for another operation', async () => {
    expect(await signIn({ sealedFor: { anchor: BOB } })).toEqual({ kind: 'unsealing-failed' });
    const { sealed, flags, ...bound } = await bench.reset();
    expect(flags).toEqual({ unlock: false, mustChange: false });
    expect(await ask({ ...bound, kind: 'sign-in', sealed })).toEqual({ kind: 'unsealing-failed' });
    expectNotTried();
  });

  it('with an account that does not answer to the name it was sealed for', async () => {
    const sealedFor = async (sealedName: string, userId: string) => {
      const request = await bench.signIn({ sealedFor: { anchor: anchorOfName(sealedName) } });
      return ask({ ...request, userId });
    };
    expect(await sealedFor('eve', 'eve')).toEqual({ kind: 'no-such-account' });
    expect(await sealedFor('eve', 'ada')).toEqual({ kind: 'unsealing-failed' });
    expectNotTried();
    expect(await sealedFor('ada', 'ada')).toEqual(DONE);
  });

  it('with bytes that are no text', async () => {
    expect(await ask(bench.signInWith(Uint8Array.of(0x4c, 0xff, 0xfe)))).toEqual({ kind: 'unsealing-failed' });
    expectNotTried();
    expect(await ask(bench.signInWith(new TextEncoder().encode(PASSWORD)))).toEqual(DONE);
  });

  it('and what was sealed for a sign-in resets nothing', async () => {
    bench.disposition = openDisposition;
    const { kind, ...bound } = await bench.signIn();
    expect(kind).toBe('sign-in');
    const request = { ...bound, kind: 'reset' as const, flags: { unlock: false, mustChange: false } };
    expect(await bench.start().handle(request, bench.never)).toEqual({ kind: 'unsealing-failed' });
    expect(bench.writer.applied).toEqual([]);
  });

  it('whoever would have another id for something else', async () => {
    const resetId = bench.newId();
    await signIn({ resetId });
    expect(await signIn({ resetId, password: 'Another-Quay-58' })).toEqual({ kind: 'reset-id-reused' });
    expect(bench.writer.signIns).toHaveLength(1);
  });
});

it('a password that no rule of ours would admit any more is the directory’s to judge', async () => {
  bench.refusedFor = ['banned-word'];
  // Not in NFC, with a control character and far longer than what is admitted as a new one.
  const password = `e\u0301\t${'x'.repeat(300)}`;
  expect(await signIn({ password })).toEqual(DONE);
  expect(bench.writer.signIns).toEqual([{ anchor: ADA, password }]);
});

describe('the guardrails of sign-ins', () => {
  const few = { ...GUARDRAILS, perAccountPerHour: 1, signInsPerAccountPerHour: 2, signInsPerMinute: 3 };

  it('hold for one account and for the agent, say when to come back, and count what was right as well', async () => {
    expect(await signIn({}, { guardrails: few })).toEqual(DONE);
    await bench.clock.advance(10_000);
    expect(await signIn({}, { guardrails: few })).toEqual(DONE);
    expect(await signIn({}, { guardrails: few })).toEqual({ kind: 'over-limit', retryAfterMs: 3_590_000 });
    expect(await signIn({ anchor: BOB }, { guardrails: few })).toEqual(DONE);
    expect(await signIn({ anchor: BOB }, { guardrails: few })).toEqual({ kind: 'over-limit', retryAfterMs: 50_000 });
    expect(bench.writer.signIns).toHaveLength(3);
  });

  it('hold against many at the same time', async () => {
    const handler = bench.start({ guardrails: { ...GUARDRAILS, signInsPerMinute: 1 } });
    const requests = [await bench.signIn(), await bench.signIn({ anchor: BOB })];
    const outcomes = await Promise.all(requests.map((request) => handler.handle(request, bench.never)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'over-limit']);
    expect(bench.writer.signIns).toHaveLength(1);
  });

  it('take no place of a write, and writes none of theirs', async () => {
    bench.disposition = (account) => ({ ...openDisposition(account), ...{ signIn: { kind: 'allowed' } } });
    const handler = bench.start({ guardrails: few });
    const asked = async () => (await handler.handle(await bench.signIn(), bench.never)).kind;
    expect([await asked(), await asked(), await asked()]).toEqual(['done', 'done', 'over-limit']);
    expect(await bench.resetOnce(handler)).toEqual(DONE);
    expect(await bench.resetOnce(handler)).toMatchObject({ kind: 'over-limit' });
    expect(bench.writer.signIns).toHaveLength(2);
  });
});

it('however many passwords are tried, the agent is never what locks the account', async () => {
  await fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), (threshold, before) => {
      let failures = Math.min(before, threshold - 1);
      for (let tries = 0; tries < 2 * threshold; tries += 1) {
        const facts = { failures, threshold, lastFailureAtMs: 0, windowMs: 900_000 };
        if (mayAttempt(facts, 1_000).kind === 'allowed') failures += 1;
      }
      expect(failures).toBeLessThan(threshold);
    }),
  );
});
