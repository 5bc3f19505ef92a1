// A change by the current password, a reset after a compromise, and the agent's own rules, from command to answer.

import { beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryAccount } from '../../../../src/agent/directory/directory-account.js';
import type { Disposition } from '../../../../src/protocol/dispositions.js';
import { anchorOfName } from '../../../../src/protocol/named-account.js';
import { openExplanation } from '../../../../src/protocol/opening-explanations.js';
import { ADA } from '../../../support/scripted-writer.js';
import { openDisposition, PASSWORD, WriteBackBench } from '../../../support/write-back-bench.js';

let bench: WriteBackBench;

beforeEach(async () => {
  bench = await WriteBackBench.make();
  bench.disposition = openToChange;
});

function openToChange(account: DirectoryAccount): Disposition {
  const disposition = openDisposition(account);
  return disposition.kind === 'write-back' ? { ...disposition, change: { kind: 'allowed' } } : disposition;
}

const change = async (options: Parameters<WriteBackBench['change']>[0] = {}) =>
  bench.start().handle(await bench.change(options), bench.never);

describe('a change', () => {
  it('writes the new password with the current one, and zeroes both', async () => {
    expect(await change()).toEqual({ kind: 'done', settledBy: 'answer' });
    expect(bench.writer.applied).toMatchObject([{ anchor: ADA, kind: 'change', password: PASSWORD, unlock: false }]);
    expect(bench.writer.seenPasswords).toHaveLength(2);
    expect(bench.writer.seenPasswords.flatMap((bytes) => [...bytes]).every((byte) => byte === 0)).toBe(true);
  });

  describe('sealed for a name', () => {
    const sealedForName = async (sealedName: string, userId: string) => {
      const request = await bench.change({ sealedFor: { anchor: anchorOfName(sealedName) } });
      return bench.start().handle({ ...request, userId }, bench.never);
    };

    it('is made where the account answers to it', async () => {
      const { samAccountName } = bench.writer.accounts.get(ADA) ?? { samAccountName: '' };
      const name = samAccountName.toLowerCase();
      expect(await sealedForName(name, name)).toEqual({ kind: 'done', settledBy: 'answer' });
    });

    it('is never tried with an account that does not answer to it, or under another name', async () => {
      const { samAccountName } = bench.writer.accounts.get(ADA) ?? { samAccountName: '' };
      expect(await sealedForName('eve', 'eve')).toEqual({ kind: 'no-such-account' });
      expect(await sealedForName('eve', samAccountName.toLowerCase())).toEqual({ kind: 'unsealing-failed' });
      expect(await sealedForName(samAccountName.toLowerCase(), 'eve')).toEqual({ kind: 'unsealing-failed' });
      expect(bench.writer.seenPasswords).toEqual([]);
    });
  });

  it('is not made where it is not turned on', async () => {
    bench.disposition = openDisposition;
    expect(await change()).toEqual({ kind: 'contact-administrator', reason: 'write-back-off' });
    expect(bench.writer.seenPasswords).toEqual([]);
  });

  it('says that the current password is wrong, and keeps that answer for its id', async () => {
    bench.writer.script.push({ kind: 'wrong-password', evidence: { ldapResultCode: 19, win32: '00000056' } });
    const request = await bench.change();
    const outcome = { kind: 'wrong-password', evidence: { ldapResultCode: 19, win32: '00000056' } };
    expect(await bench.start().handle(request, bench.never)).toEqual(outcome);
    expect(await bench.start().handle(request, bench.never)).toEqual(outcome);
    expect(bench.writer.seenPasswords).toHaveLength(2);
  });

  it('is not tried on a locked account', async () => {
    bench.writer.setState(ADA, { isLocked: true });
    expect(await change()).toEqual({ kind: 'account-locked' });
    expect(bench.writer.seenPasswords).toEqual([]);
  });

  it('is not tried where a wrong password would lock the account, and leaves the id open', async () => {
    bench.writer.lockout = {
      failures: 4,
      threshold: 5,
      lastFailureAtMs: bench.clock.nowMs() - 60_000,
      windowMs: 900_000,
    };
    const request = await bench.change();
    expect(await bench.start().handle(request, bench.never)).toEqual({ kind: 'over-limit', retryAfterMs: 840_000 });
    expect(bench.writer.seenPasswords).toEqual([]);
    bench.writer.lockout = { ...bench.writer.lockout, failures: 0 };
    expect(await bench.start().handle(request, bench.never)).toMatchObject({ kind: 'done' });
  });

  it('does not open what was sealed as a reset', async () => {
    const { sealed, flags, ...bound } = await bench.reset();
    expect(flags).toBeDefined();
    const request = { ...bound, kind: 'change' as const, sealed };
    expect(await bench.start().handle(request, bench.never)).toEqual({ kind: 'unsealing-failed' });
  });

  it('does not open without the current password', async () => {
    const anchor = ADA;
    const resetId = bench.newId();
    const { sealed, notAfterMs } = await bench.change({ resetId, currentPassword: '' });
    const request = { kind: 'change' as const, anchor, resetId, notAfterMs, sealed };
    expect(await bench.start().handle(request, bench.never)).toEqual({ kind: 'unsealing-failed' });
    expect(bench.writer.seenPasswords).toEqual([]);
  });
});

describe('a reset after a compromise', () => {
  const afterCompromise = { operation: 'reset-after-compromise' as const };

  it('hands a throw-away password over beside the new one, and zeroes both', async () => {
    expect(await bench.resetOnce(bench.start(), afterCompromise)).toMatchObject({ kind: 'done' });
    expect(bench.writer.applied).toMatchObject([{ kind: 'reset-after-compromise', password: PASSWORD }]);
    expect(bench.writer.seenPasswords).toHaveLength(2);
    expect(bench.writer.seenPasswords.flatMap((bytes) => [...bytes]).every((byte) => byte === 0)).toBe(true);
  });

  it('says that the old password was replaced when only the new one was refused', async () => {
    const evidence = { ldapResultCode: 19, win32: '0000052D' };
    bench.writer.script.push({ kind: 'refused-after-throw-away', rules: ['too-short'], evidence });
    expect(await bench.resetOnce(bench.start(), afterCompromise)).toEqual({
      kind: 'refused-by-policy',
      rules: ['too-short'],
      evidence,
      hasReplacedOldPassword: true,
    });
  });
});

describe("the agent's own rules", () => {
  it('refuse before the directory is asked, whatever the operation', async () => {
    bench.refusedFor = ['banned-word'];
    const outcome = { kind: 'refused-by-policy', rules: ['banned-word'] };
    expect(await bench.resetOnce(bench.start())).toEqual(outcome);
    expect(await change()).toEqual(outcome);
    expect(bench.writer.seenPasswords).toEqual([]);
  });

  it('say which word it was to whoever sealed the password, and in clear to nobody', async () => {
    bench.refusedFor = ['banned-word'];
    bench.explanation = { kind: 'common', words: ['harbour'] };
    const { request, explanationKey } = await bench.resetKeepingKey();
    const outcome = await bench.start().handle(request, bench.never);
    if (outcome.kind !== 'refused-by-policy' || outcome.explanation === undefined) throw new Error('it is explained');
    expect(await openExplanation(outcome.explanation, explanationKey)).toEqual(bench.explanation);
    const told = JSON.stringify([outcome, bench.ledger.find(request.resetId), bench.events, bench.journal]);
    expect(told).toContain(outcome.explanation.ciphertext);
    expect(told).not.toContain('harbour');
  });

  it('name the rule that a directory did not', async () => {
    const evidence = { ldapResultCode: 19, win32: '0000052D' };
    bench.writer.script.push({ kind: 'refused-by-policy', rules: ['some-directory-rule'], evidence });
    const passwordRules = { ...bench.passwordRules, meantBy: async () => ['not-complex' as const] };
    expect(await bench.resetOnce(bench.start({ passwordRules }))).toMatchObject({ rules: ['not-complex'] });
  });

  it('are not asked again about a rule that the directory named', async () => {
    const evidence = { ldapResultCode: 19, win32: '0000052D' };
    bench.writer.script.push({ kind: 'refused-by-policy', rules: ['in-history'], evidence });
    const passwordRules = { ...bench.passwordRules, meantBy: async () => ['too-short' as const] };
    expect(await bench.resetOnce(bench.start({ passwordRules }))).toMatchObject({ rules: ['in-history'] });
  });
});

describe('an invalidated password', () => {
  const invalidate = () => ({
    kind: 'invalidate-password' as const,
    resetId: bench.newId(),
    anchor: ADA,
    notAfterMs: bench.clock.nowMs() + 60_000,
  });

  it('is one that the agent makes itself, set after another such one; both are zeroed, and the lock stays', async () => {
    let made = 0;
    const makeThrowAway = () => new TextEncoder().encode(`Aa1-nobody-knows-${++made}`);
    expect(await bench.start({ makeThrowAway }).handle(invalidate(), bench.never)).toMatchObject({ kind: 'done' });
    expect(bench.writer.applied).toMatchObject([
      { kind: 'reset-after-compromise', password: 'Aa1-nobody-knows-1', unlock: false, mustChange: false },
    ]);
    expect(made).toBe(2);
    expect(bench.writer.seenPasswords).toHaveLength(2);
    expect(bench.writer.seenPasswords.flatMap((bytes) => [...bytes]).every((byte) => byte === 0)).toBe(true);
  });

  it('is no matter of the rules for what people choose', async () => {
    bench.refusedFor = ['banned-word'];
    expect(await bench.start().handle(invalidate(), bench.never)).toMatchObject({ kind: 'done' });
  });

  it('is none where resets are closed, or where the agent is held', async () => {
    const closed = { kind: 'closed', reason: 'not-enabled' } as const;
    const start = () =>
      bench.start({
        decideDisposition: () => ({
          kind: 'write-back',
          reset: closed,
          change: closed,
          unlock: closed,
          signIn: closed,
        }),
      });
    expect(await start().handle(invalidate(), bench.never)).toMatchObject({ kind: 'contact-administrator' });
    bench.gate.held = true;
    expect(await bench.start().handle(invalidate(), bench.never)).toEqual({ kind: 'try-later', reason: 'held' });
    expect(bench.writer.seenPasswords).toEqual([]);
  });

  it('has one effect, however often the same id is asked for', async () => {
    const [request, handler] = [invalidate(), bench.start()];
    expect(await handler.handle(request, bench.never)).toMatchObject({ kind: 'done' });
    expect(await handler.handle(request, bench.never)).toMatchObject({ kind: 'done' });
    expect(bench.writer.applied).toHaveLength(1);
  });
});
