// One command from its arrival to its answer: what is written, what is told, what is kept, whatever goes wrong on the way.
// The ledger outlives the handler here, as it outlives the process; passwords are sealed for real.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WriteResult } from '../../../../src/agent/directory/ports.js';
import { COMMANDS_IN_FLIGHT_MAX, WAITING_PER_ACCOUNT_MAX } from '../../../../src/agent/write-back/handle-command.js';
import type { UnsealingKeys } from '../../../../src/agent/write-back/open-password.js';
import { SETTLE_WITHIN_MS } from '../../../../src/agent/write-back/settle-write.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { ResetOutcome } from '../../../../src/protocol/outcomes.js';
import { MemoryLedger } from '../../../support/memory-ledger.js';
import { ADA, BOB } from '../../../support/scripted-writer.js';
import { GUARDRAILS, PASSWORD, WriteBackBench } from '../../../support/write-back-bench.js';

const DONE: ResetOutcome = { kind: 'done', settledBy: 'answer' };
const DONE_BY_PROBE: ResetOutcome = { kind: 'done', settledBy: 'probe' };
const UNREACHABLE: ResetOutcome = { kind: 'try-later', reason: 'directory-unreachable' };

let bench: WriteBackBench;

beforeEach(async () => {
  bench = await WriteBackBench.make();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a reset', () => {
  it('writes the password that was sealed, to the byte, and says done', async () => {
    const flags = { unlock: true, mustChange: true };
    expect(await bench.resetOnce(bench.start(), { flags })).toEqual(DONE);
    expect(bench.writer.applied).toEqual([{ anchor: ADA, kind: 'reset', password: PASSWORD, ...flags }]);
  });

  it('leaves a trace and an event with the outcome, and the password in none of them', async () => {
    const request = await bench.reset();
    await bench.start().handle(request, bench.never);
    expect(bench.journal.entries.map(({ entry }) => entry)).toMatchObject([
      {
        requestId: request.resetId,
        fields: { outcome: 'done', source: 'directory', domainController: 'dc1.example.com' },
      },
    ]);
    expect(bench.events.named('resetAnswered')).toMatchObject([{ outcome: DONE, source: 'directory' }]);
    const kept = JSON.stringify([bench.journal.entries, bench.events.told]) + JSON.stringify(rowText(request.resetId));
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain(request.sealed.ciphertext);
  });

  it.each([
    { kind: 'applied' },
    { kind: 'lost-before-applying' },
    { kind: 'throws-after-applying' },
    { kind: 'refused-by-policy', rules: ['too-short'], evidence: { ldapResultCode: 19 } },
  ] as const)('zeroes the password when the write ends as $kind', async (step) => {
    bench.writer.script.push(step);
    await bench.resetOnce(bench.start());
    expect(bench.writer.seenPasswords).toHaveLength(1);
    expect(bench.writer.seenPasswords[0]?.every((byte) => byte === 0)).toBe(true);
  });

  it('gives the connection back on every way out', async () => {
    const handler = bench.start();
    bench.writer.script.push({ kind: 'throws-after-applying' });
    await bench.resetOnce(handler);
    bench.disposition = () => ({ kind: 'contact-administrator', reason: 'disabled' });
    await bench.resetOnce(handler);
    expect(bench.writer.intentsOpen).toBe(0);
  });

  it('stays done when the connection cannot be given back', async () => {
    const { writer } = bench;
    const prepare = writer.prepare.bind(writer);
    const handler = bench.start({
      writer: {
        settle: writer.settle.bind(writer),
        prepare: async (anchor, signal) => {
          const intent = await prepare(anchor, signal);
          return intent && { ...intent, [Symbol.asyncDispose]: () => Promise.reject(new Error('broken pipe')) };
        },
      },
    });
    expect(await bench.resetOnce(handler)).toEqual(DONE);
  });
});

describe('what the directory answers', () => {
  const evidence = { ldapResultCode: 19, win32: '0000052D' };

  it.each<WriteResult>([
    { kind: 'refused-by-policy', rules: ['in-history'], evidence },
    { kind: 'not-permitted', evidence },
    { kind: 'agent-fault', evidence },
  ])('becomes the outcome $kind with its evidence, and is final', async (result) => {
    const request = await bench.reset();
    const handler = bench.start();
    bench.writer.script.push(result);
    expect(await handler.handle(request, bench.never)).toEqual(result);
    expect(await handler.handle(request, bench.never)).toEqual(result);
    expect(bench.writer.applied).toEqual([]);
  });

  it('names no rule it was not given', async () => {
    bench.writer.script.push({ kind: 'refused-by-policy', rules: [], evidence });
    expect(await bench.resetOnce(bench.start())).toMatchObject({ rules: ['some-directory-rule'] });
  });

  it('that an account is gone is said before and after the write', async () => {
    const handler = bench.start();
    expect(await bench.resetOnce(handler, { anchor: parseAccountAnchor('gone') })).toEqual({ kind: 'no-such-account' });
    bench.writer.script.push({ kind: 'no-such-account', evidence: { ldapResultCode: 32 } });
    expect(await bench.resetOnce(handler)).toEqual({ kind: 'no-such-account' });
  });

  it('not sent means nothing was written, and the same command may be tried again', async () => {
    const request = await bench.reset();
    const handler = bench.start();
    bench.writer.script.push({ kind: 'not-sent' });
    expect(await handler.handle(request, bench.never)).toEqual(UNREACHABLE);
    expect(await handler.handle(request, bench.never)).toEqual(DONE);
    expect(bench.writer.applied).toHaveLength(1);
  });
});

describe('the same id', () => {
  it('has one effect, and gets the same answer from the ledger', async () => {
    const request = await bench.reset();
    const handler = bench.start();
    await handler.handle(request, bench.never);
    expect(await handler.handle(request, bench.never)).toEqual(DONE);
    expect(bench.writer.applied).toHaveLength(1);
    expect(bench.events.named('resetAnswered').at(-1)).toMatchObject({ source: 'ledger' });
    expect(bench.journal.entries).toHaveLength(2);
  });

  it('asked while it is under way joins what is under way', async () => {
    const request = await bench.reset();
    const handler = bench.start();
    const answers = [handler.handle(request, bench.never), handler.handle(request, bench.never)];
    expect(handler.inFlight).toBe(1);
    expect(await Promise.all(answers)).toEqual([DONE, DONE]);
    expect(bench.writer.applied).toHaveLength(1);
    expect(handler.inFlight).toBe(0);
  });

  it('with anything else in it is refused, under way or settled', async () => {
    const first = await bench.reset();
    const other = await bench.reset({ resetId: first.resetId });
    const handler = bench.start();
    const answers = await Promise.all([handler.handle(first, bench.never), handler.handle(other, bench.never)]);
    expect(answers).toEqual([DONE, { kind: 'reset-id-reused' }]);
    const unlock = bench.unlock({ resetId: first.resetId });
    expect(await handler.handle(unlock, bench.never)).toEqual({ kind: 'reset-id-reused' });
    expect(bench.writer.applied).toHaveLength(1);
  });

  it('is answered from the ledger after a restart, and after its time', async () => {
    const request = await bench.reset();
    await bench.start().handle(request, bench.never);
    await bench.clock.advance(10 * 60_000);
    expect(await bench.start().handle(request, bench.never)).toEqual(DONE);
    expect(bench.writer.applied).toHaveLength(1);
  });
});

describe('a command is refused before anything is read', () => {
  it.each([
    ['past its time', -1],
    ['valid for longer than any sender makes it', LIMITS.commandLifetimeMs + LIMITS.clockSkewMaxMs + 1],
  ])('when it is %s', async (_, fromNowMs) => {
    const notAfterMs = bench.clock.nowMs() + fromNowMs;
    expect(await bench.resetOnce(bench.start(), { notAfterMs })).toEqual({ kind: 'expired' });
    expect(bench.writer.reads).toBe(0);
  });

  it('before it may, although the account was read by then', async () => {
    const mayWrite = Promise.withResolvers<boolean>();
    const outcome = bench.start().handle(await bench.reset(), bench.never, mayWrite.promise);
    await expect.poll(() => bench.writer.intentsOpen).toBe(1);
    await bench.clock.advance(1_000);
    expect(bench.writer.applied).toEqual([]);
    mayWrite.resolve(true);
    expect(await outcome).toEqual(DONE);
    expect(bench.writer.applied).toHaveLength(1);
  });

  it('when it never may, and the id is still open', async () => {
    const request = await bench.reset();
    const handler = bench.start();
    expect(await handler.handle(request, bench.never, Promise.resolve(false))).toMatchObject({ kind: 'try-later' });
    expect(bench.writer.applied).toEqual([]);
    expect(bench.writer.intentsOpen).toBe(0);
    expect(await handler.handle(request, bench.never)).toEqual(DONE);
  });

  it('when whoever asked goes without saying that it may, or never says it', async () => {
    const handler = bench.start();
    const gone = new AbortController();
    const silence = new Promise<boolean>(() => undefined);
    const left = handler.handle(await bench.reset(), gone.signal, silence);
    await expect.poll(() => bench.writer.intentsOpen).toBe(1);
    gone.abort();
    expect(await left).toEqual({ kind: 'try-later', reason: 'draining' });
    const kept = handler.handle(await bench.reset(), bench.never, silence);
    await expect.poll(() => bench.writer.intentsOpen).toBe(1);
    await bench.clock.advance(15_000);
    expect(await kept).toEqual(UNREACHABLE);
    expect(bench.events.named('directoryFailed')).toEqual([]);
    expect(bench.writer.applied).toEqual([]);
    expect(bench.writer.intentsOpen).toBe(0);
  });

  it.each(['held', 'draining'] as const)('while the agent is %s, and may be tried again after', async (reason) => {
    const request = await bench.reset();
    const handler = bench.start();
    bench.gate[reason] = true;
    expect(await handler.handle(request, bench.never)).toEqual({ kind: 'try-later', reason });
    expect(bench.writer.reads).toBe(0);
    bench.gate[reason] = false;
    expect(await handler.handle(request, bench.never)).toEqual(DONE);
  });

  it('when the ledger is full', async () => {
    const full = await WriteBackBench.make(new MemoryLedger({ rowsMax: 0 }));
    expect(await full.resetOnce(full.start())).toMatchObject({ kind: 'over-limit' });
    expect(full.writer.reads).toBe(0);
  });
});

describe('a seal', () => {
  const UNSEALING_FAILED: ResetOutcome = { kind: 'unsealing-failed' };

  it.each([
    ['another account', { anchor: BOB }],
    ['another tenant', { tenantId: parseTenantId('other-example') }],
    ['another instant', { notAfterMs: 1 }],
  ])('for %s does not open, and nothing is written', async (_, sealedFor) => {
    expect(await bench.resetOnce(bench.start(), { sealedFor })).toEqual(UNSEALING_FAILED);
    expectNothingOfIt();
  });

  it('to a key this agent does not have does not open', async () => {
    const handler = bench.start({ keys: { keyPairOf: () => undefined } });
    expect(await bench.resetOnce(handler)).toEqual(UNSEALING_FAILED);
    expectNothingOfIt();
  });

  it.each([
    ['a control character', 'nul\u0000inside', 'inadmissible-characters'],
    ['a byte order mark in front', '\uFEFFPassw0rd-of-Ada', 'inadmissible-characters'],
    ['text that is not in normal form', 'U\u0308bung-7-Meister', 'inadmissible-characters'],
    ['more than 127 units', 'Aa1-'.repeat(32), 'too-long'],
  ])('around a password with %s is opened for nothing', async (_, password, rule) => {
    expect(await bench.resetOnce(bench.start(), { password })).toEqual({ kind: 'refused-by-policy', rules: [rule] });
    expectNothingOfIt();
  });

  it('is opened while the directory reads the account, and not before it was asked', async () => {
    const release = closeReadGate();
    let readsWhenOpened: number | undefined;
    const keyPairOf: UnsealingKeys['keyPairOf'] = (keyId) => {
      readsWhenOpened = bench.writer.reads;
      return bench.keys.keyPairOf(keyId);
    };
    const { writer } = bench;
    const prepare = async (...asked: Parameters<typeof writer.prepare>) => {
      // An adapter comes to its question from promise to promise.
      for (let hop = 0; hop < 50; hop += 1) await Promise.resolve();
      return writer.prepare(...asked);
    };
    const settle = writer.settle.bind(writer);
    const answer = bench.resetOnce(bench.start({ keys: { keyPairOf }, writer: { prepare, settle } }));
    await until(() => readsWhenOpened !== undefined);
    expect(readsWhenOpened).toBe(1);
    release();
    expect(await answer).toEqual(DONE);
  });

  it('that does not open is answered while the read hangs, and the connection comes back when it ends', async () => {
    const release = closeReadGate();
    const handler = bench.start();
    expect(await bench.resetOnce(handler, { sealedFor: { anchor: BOB } })).toEqual(UNSEALING_FAILED);
    expect(handler.inFlight).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
    release();
    await until(() => bench.writer.intentsLent === 1);
    await until(() => bench.writer.intentsOpen === 0);
    expectNothingOfIt();
    expect(await bench.resetOnce(handler)).toEqual(DONE);
  });

  it("that does not open is the answer where the read fails too, and the failure is nobody's trouble", async () => {
    bench.writer.isReachable = false;
    expect(await bench.resetOnce(bench.start(), { sealedFor: { anchor: BOB } })).toEqual(UNSEALING_FAILED);
    expect(bench.events.named('directoryFailed')).toEqual([]);
  });

  it('that was opened is zeroed where the read fails, or hangs until nobody waits any more', async () => {
    const opened = watchOpenedPasswords();
    bench.writer.isReachable = false;
    expect(await bench.resetOnce(bench.start())).toEqual(UNREACHABLE);
    bench.writer.isReachable = true;
    closeReadGate();
    const hanging = bench.resetOnce(bench.start());
    await until(() => opened().length === 2);
    expect(opened().map(isZeroed)).toEqual([true, false]);
    await bench.clock.advance(20_000);
    expect(await hanging).toEqual(UNREACHABLE);
    expect(opened().map(isZeroed)).toEqual([true, true]);
    expect(bench.writer.applied).toEqual([]);
  });

  it('that opens with a fault of our own ends this request and gives the connection back', async () => {
    const keyPairOf = () => {
      throw new RangeError('no such thing');
    };
    expect(await bench.resetOnce(bench.start({ keys: { keyPairOf } }))).toEqual({ kind: 'agent-fault' });
    await until(() => bench.writer.intentsOpen === 0);
    expect(bench.writer.intentsLent).toBe(1);
  });

  it('of a command that waits for its turn stays closed', async () => {
    const release = closeWriteGate();
    const opened = watchOpenedPasswords();
    const handler = bench.start();
    const first = bench.resetOnce(handler);
    await until(() => bench.writer.writesUnderWay === 1);
    const timers = bench.clock.pendingTimers;
    const second = bench.resetOnce(handler);
    await until(() => bench.clock.pendingTimers > timers);
    expect(opened()).toHaveLength(1);
    release();
    expect(await Promise.all([first, second])).toEqual([DONE, DONE]);
    expect(opened()).toHaveLength(2);
  });

  function expectNothingOfIt(): void {
    expect(bench.writer.applied).toEqual([]);
    expect(bench.ledger.unsettled()).toEqual([]);
  }
});

describe('the switch that holds all writes', () => {
  it('also stops a command that was already waiting for its turn', async () => {
    const handler = bench.start({ writesPerDomainControllerMax: 1 });
    const release = closeWriteGate();
    const first = bench.resetOnce(handler);
    await until(() => bench.writer.writesUnderWay === 1);
    const second = bench.resetOnce(handler, { anchor: BOB });
    await until(() => bench.writer.reads === 2);
    bench.gate.held = true;
    release();
    expect(await first).toEqual(DONE);
    expect(await second).toEqual({ kind: 'try-later', reason: 'held' });
    expect(bench.writer.applied.map(({ anchor }) => anchor)).toEqual([ADA]);
  });
});

describe('the guardrails', () => {
  it('stop writing to one account after so many, say when to come back, and leave others alone', async () => {
    const handler = bench.start({ guardrails: { ...GUARDRAILS, perAccountPerHour: 2, perMinute: 100 } });
    await bench.resetOnce(handler);
    await bench.clock.advance(60_000);
    await bench.resetOnce(handler);
    const request = await bench.reset({ notAfterMs: bench.clock.nowMs() + 120_000 });
    const retryAfterMs = 59 * 60_000;
    expect(await handler.handle(request, bench.never)).toEqual({ kind: 'over-limit', retryAfterMs });
    expect(await bench.resetOnce(handler, { anchor: BOB })).toEqual(DONE);
    await bench.clock.advance(retryAfterMs + 1);
    expect(await bench.resetOnce(handler)).toEqual(DONE);
  });

  it('hold across a restart, since the ledger counts', async () => {
    const guardrails = { ...GUARDRAILS, perAccountPerHour: 1, perMinute: 100 };
    await bench.resetOnce(bench.start({ guardrails }));
    expect(await bench.resetOnce(bench.start({ guardrails }))).toMatchObject({ kind: 'over-limit' });
  });

  it('hold against many at the same time', async () => {
    const handler = bench.start({ guardrails: { ...GUARDRAILS, perAccountPerHour: 100, perMinute: 3 } });
    const outcomes = await Promise.all(
      [ADA, BOB, ADA, BOB, ADA, BOB].map((anchor) => bench.resetOnce(handler, { anchor })),
    );
    expect(outcomes.filter((outcome) => outcome.kind === 'done')).toHaveLength(3);
    expect(bench.writer.applied).toHaveLength(3);
  });

  it('count what the directory refused, too', async () => {
    const handler = bench.start({ guardrails: { ...GUARDRAILS, perAccountPerHour: 1, perMinute: 100 } });
    bench.writer.script.push({ kind: 'refused-by-policy', rules: ['too-short'], evidence: { ldapResultCode: 19 } });
    await bench.resetOnce(handler);
    expect(await bench.resetOnce(handler)).toMatchObject({ kind: 'over-limit' });
  });
});

describe('turns', () => {
  it('write to one account one after the other, in the order they came', async () => {
    const handler = bench.start();
    const release = closeWriteGate();
    const passwords = ['First-1-password', 'Second-2-password', 'Third-3-password'];
    const requests = [];
    for (const password of passwords) requests.push(await bench.reset({ password }));
    const answers = [];
    for (const request of requests) {
      const timers = bench.clock.pendingTimers;
      answers.push(handler.handle(request, bench.never));
      // It waits in line once its own deadline runs.
      await until(() => bench.clock.pendingTimers > timers);
    }
    release();
    expect(await Promise.all(answers)).toEqual([DONE, DONE, DONE]);
    expect(bench.writer.writesUnderWayMax).toBe(1);
    expect(bench.writer.applied.map(({ password }) => password)).toEqual(passwords);
  });

  it('let only so many wait for one account', async () => {
    const handler = bench.start({ guardrails: { ...GUARDRAILS, perAccountPerHour: 100, perMinute: 100 } });
    const release = closeWriteGate();
    const answers = Array.from({ length: WAITING_PER_ACCOUNT_MAX + 2 }, () => bench.resetOnce(handler));
    await until(() => bench.events.named('resetAnswered').length === 1);
    release();
    const outcomes = await Promise.all(answers);
    expect(outcomes.filter((outcome) => outcome.kind === 'over-limit')).toHaveLength(1);
    expect(bench.writer.applied).toHaveLength(WAITING_PER_ACCOUNT_MAX + 1);
  });

  it('let only so many write to one domain controller at the same time', async () => {
    for (let number = 0; number < 6; number += 1) {
      const anchor = parseAccountAnchor(`account-${number}`);
      const account = bench.writer.accounts.get(ADA);
      if (account !== undefined) bench.writer.accounts.set(anchor, { ...account, anchor });
    }
    const handler = bench.start();
    const release = closeWriteGate();
    const answers = [...bench.writer.accounts.keys()].map((anchor) => bench.resetOnce(handler, { anchor }));
    await until(() => bench.writer.reads === answers.length && bench.writer.writesUnderWay >= 2);
    release();
    await Promise.all(answers);
    expect(bench.writer.writesUnderWayMax).toBe(2);
    expect(bench.writer.applied).toHaveLength(answers.length);
  });

  it('take no more commands than the agent works on at a time', async () => {
    const handler = bench.start();
    const release = closeWriteGate();
    const requests = Array.from({ length: COMMANDS_IN_FLIGHT_MAX + 1 }, () => bench.unlock());
    bench.writer.setState(ADA, { isLocked: true });
    const answers = requests.map((request) => handler.handle(request, bench.never));
    expect(await answers.at(-1)).toMatchObject({ kind: 'over-limit' });
    expect(bench.ledger.find(requests.at(-1)?.resetId ?? bench.newId())).toBeUndefined();
    release();
    await handler.whenIdle();
    expect(handler.inFlight).toBe(0);
  });

  it('end for a command that waits in vain, with nothing written', async () => {
    const handler = bench.start();
    const release = closeWriteGate();
    const first = bench.resetOnce(handler);
    await until(() => bench.writer.writesUnderWay === 1);
    const request = await bench.reset();
    const timers = bench.clock.pendingTimers;
    const second = handler.handle(request, bench.never);
    await until(() => bench.clock.pendingTimers > timers);
    await bench.clock.advance(20_000);
    expect(await second).toEqual(UNREACHABLE);
    release();
    expect(await first).toEqual(DONE);
    expect(bench.writer.applied).toHaveLength(1);
  });

  it('end for a command whose time passes meanwhile', async () => {
    const handler = bench.start();
    const release = closeWriteGate();
    const first = bench.resetOnce(handler);
    await until(() => bench.writer.writesUnderWay === 1);
    const second = bench.resetOnce(handler, { notAfterMs: bench.clock.nowMs() + 5_000 });
    await bench.clock.advance(10_000);
    release();
    expect(await first).toEqual(DONE);
    expect(await second).toEqual({ kind: 'expired' });
    expect(bench.writer.applied).toHaveLength(1);
  });

  it('are given up when the one who asked goes away, but a write that began is seen to its end', async () => {
    const handler = bench.start();
    const release = closeWriteGate();
    const gone = new AbortController();
    const begun = await bench.reset();
    const first = handler.handle(begun, gone.signal);
    await until(() => bench.writer.writesUnderWay === 1);
    const waiting = await bench.reset();
    const second = handler.handle(waiting, gone.signal);
    gone.abort();
    expect(await second).toEqual({ kind: 'try-later', reason: 'draining' });
    release();
    expect(await first).toEqual(DONE);
    expect(await handler.handle(waiting, bench.never)).toEqual(DONE);
    expect(bench.writer.applied).toHaveLength(2);
  });
});

describe('an answer that was lost', () => {
  it.each(['lost-after-applying', 'throws-after-applying'] as const)(
    'is done when reading back shows it (%s), and not written twice',
    async (kind) => {
      const request = await bench.reset();
      const handler = bench.start();
      bench.writer.script.push({ kind });
      expect(await handler.handle(request, bench.never)).toEqual(DONE_BY_PROBE);
      expect(await handler.handle(request, bench.never)).toEqual(DONE_BY_PROBE);
      expect(bench.writer.applied).toHaveLength(1);
    },
  );

  it('is open to another try when reading back shows that nothing was written', async () => {
    const request = await bench.reset();
    const handler = bench.start();
    bench.writer.script.push({ kind: 'lost-before-applying' });
    expect(await handler.handle(request, bench.never)).toEqual(UNREACHABLE);
    expect(await handler.handle(request, bench.never)).toEqual(DONE);
  });

  it('is unknown while it cannot be read back, and told truly once it can', async () => {
    const request = await bench.reset();
    const handler = bench.start();
    bench.writer.script.push({ kind: 'lost-after-applying' });
    bench.writer.canReadBack = false;
    expect(await handler.handle(request, bench.never)).toEqual({ kind: 'unknown' });
    expect(await handler.handle(request, bench.never)).toEqual({ kind: 'unknown' });
    bench.writer.canReadBack = true;
    expect(await handler.handle(request, bench.never)).toEqual(DONE_BY_PROBE);
    expect(bench.writer.applied).toHaveLength(1);
  });

  it('stays unknown for good once the account was written to again', async () => {
    const lost = await bench.reset();
    const handler = bench.start();
    bench.writer.script.push({ kind: 'lost-before-applying' });
    bench.writer.canReadBack = false;
    await handler.handle(lost, bench.never);
    bench.writer.canReadBack = true;
    expect(await bench.resetOnce(handler)).toEqual(DONE);
    expect(await handler.handle(lost, bench.never)).toEqual({ kind: 'unknown' });
  });

  it('that hangs in the adapter does not hold the account for ever', async () => {
    const handler = bench.start();
    closeWriteGate();
    const answer = bench.resetOnce(handler);
    await until(() => bench.writer.writesUnderWay === 1);
    await bench.clock.advance(200_000);
    expect(await answer).toEqual(UNREACHABLE);
    expect(handler.inFlight).toBe(0);
  });
});

describe('after a restart', () => {
  async function leaveUnsettled(kind: 'lost-after-applying' | 'lost-before-applying') {
    const request = await bench.reset();
    bench.writer.script.push({ kind });
    bench.writer.canReadBack = false;
    await bench.start().handle(request, bench.never);
    bench.writer.canReadBack = true;
    return request;
  }

  it('what was sent and applied is found out and answered', async () => {
    const request = await leaveUnsettled('lost-after-applying');
    const handler = bench.start();
    expect(await handler.recoverUnsettled(bench.never)).toEqual({ settled: 1, released: 0, unsettled: 0 });
    expect(await handler.handle(request, bench.never)).toEqual(DONE_BY_PROBE);
    expect(bench.writer.applied).toHaveLength(1);
  });

  it('what was sent and not applied is open again until it expires', async () => {
    const request = await leaveUnsettled('lost-before-applying');
    const handler = bench.start();
    expect(await handler.recoverUnsettled(bench.never)).toEqual({ settled: 0, released: 1, unsettled: 0 });
    await bench.clock.advance(5 * 60_000);
    expect(await handler.handle(request, bench.never)).toEqual({ kind: 'expired' });
    expect(bench.writer.applied).toEqual([]);
  });

  it('it stays unsettled while the domain controller cannot be read', async () => {
    await leaveUnsettled('lost-after-applying');
    bench.writer.canReadBack = false;
    const handler = bench.start();
    expect(await handler.recoverUnsettled(bench.never)).toEqual({ settled: 0, released: 0, unsettled: 1 });
    bench.writer.canReadBack = true;
    expect(await handler.recoverUnsettled(bench.never)).toEqual({ settled: 1, released: 0, unsettled: 0 });
  });

  it('it is unknown when so long ago that another could have set the password since', async () => {
    const request = await leaveUnsettled('lost-after-applying');
    await bench.clock.advance(SETTLE_WITHIN_MS + 1);
    const handler = bench.start();
    expect(await handler.recoverUnsettled(bench.never)).toEqual({ settled: 1, released: 0, unsettled: 0 });
    expect(await handler.handle(request, bench.never)).toEqual({ kind: 'unknown' });
  });

  it('recovering and being asked at the same time give one true answer', async () => {
    const request = await leaveUnsettled('lost-before-applying');
    const handler = bench.start();
    const [, answer] = await Promise.all([handler.recoverUnsettled(bench.never), handler.handle(request, bench.never)]);
    expect(answer).toEqual(DONE);
    expect(bench.writer.applied).toHaveLength(1);
  });
});

describe('when something breaks', () => {
  it('in the ledger before the write, nothing is written and the agent goes on', async () => {
    const { ledger } = bench;
    const broken = bench.start({ ledger: withMethod(ledger, 'markSent') });
    const request = await bench.reset();
    expect(await broken.handle(request, bench.never)).toEqual({ kind: 'agent-fault' });
    expect(bench.writer.applied).toEqual([]);
    expect(bench.events.named('commandFailed')).toMatchObject([{ step: 'carry-out' }]);
    expect(await bench.start().handle(request, bench.never)).toEqual(DONE);
  });

  it('in the ledger after the write, the answer is still true and is found out again later', async () => {
    const request = await bench.reset();
    const broken = bench.start({ ledger: withMethod(bench.ledger, 'settle') });
    expect(await broken.handle(request, bench.never)).toEqual(DONE);
    expect(bench.events.named('commandFailed')).toMatchObject([{ step: 'settle-ledger' }]);
    expect(await bench.start().handle(request, bench.never)).toEqual(DONE_BY_PROBE);
    expect(bench.writer.applied).toHaveLength(1);
  });

  it('in the journal, the answer is given and the missing trace is told', async () => {
    bench.journal.isBroken = true;
    expect(await bench.resetOnce(bench.start())).toEqual(DONE);
    expect(bench.events.named('commandFailed')).toMatchObject([{ step: 'audit' }]);
  });

  it('in our own decision, that request ends and the next is served', async () => {
    const handler = bench.start();
    bench.disposition = () => {
      throw new TypeError('our mistake');
    };
    expect(await bench.resetOnce(handler)).toEqual({ kind: 'agent-fault' });
    bench.disposition = () => ({ kind: 'not-managed-here' });
    expect(await bench.resetOnce(handler)).toEqual({ kind: 'no-such-account' });
    expect(bench.writer.applied).toEqual([]);
    expect(bench.writer.intentsOpen).toBe(0);
  });

  it('in the directory, the command may be tried again when it is back', async () => {
    const request = await bench.reset();
    const handler = bench.start();
    bench.writer.isReachable = false;
    expect(await handler.handle(request, bench.never)).toEqual(UNREACHABLE);
    bench.writer.isReachable = true;
    expect(await handler.handle(request, bench.never)).toEqual(DONE);
  });
});

describe('an unlock', () => {
  it('is written for a locked account', async () => {
    bench.writer.setState(ADA, { isLocked: true });
    expect(await bench.start().handle(bench.unlock(), bench.never)).toEqual(DONE);
    expect(bench.writer.applied).toMatchObject([{ kind: 'unlock', password: undefined }]);
  });

  it('of an account that is not locked is done without a write', async () => {
    expect(await bench.start().handle(bench.unlock(), bench.never)).toEqual(DONE_BY_PROBE);
    expect(bench.writer.applied).toEqual([]);
  });
});

function rowText(resetId: Parameters<MemoryLedger['find']>[0]) {
  const row = bench.ledger.find(resetId);
  return row === undefined ? undefined : { ...row, passwordLastSetBefore: undefined };
}

/** Keeps every write from ending until the returned function is called. */
function closeReadGate(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  bench.writer.readGate = promise;
  return resolve;
}

/** The very bytes of every password that came out of its seal since, whatever became of them: they are copied out of it. */
function watchOpenedPasswords(): () => Uint8Array[] {
  const copied = vi.spyOn(Uint8Array, 'from');
  const isPassword = ({ length }: Uint8Array) => length === Buffer.byteLength(PASSWORD);
  return () => copied.mock.results.flatMap(({ value }) => (isPassword(value) ? [value] : []));
}

function isZeroed(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function closeWriteGate(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  bench.writer.writeGate = promise;
  return resolve;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; !isSo(); turn += 1) {
    if (turn > 500_000) throw new Error('waited in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same ledger, with one method that fails. */
function withMethod(ledger: WriteBackBench['ledger'], name: 'markSent' | 'settle'): WriteBackBench['ledger'] {
  return new Proxy(ledger, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (property !== name) return typeof value === 'function' ? value.bind(target) : value;
      return () => {
        throw new Error('the disk is full');
      };
    },
  });
}
