// How every directory of ours answers a person who signs in: part of the contract, run within it before anything is changed.

import { beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import type { DirectoryReader, DirectoryWriter, SignInResult } from '../../../src/agent/directory/ports.js';
import type { CommandHandler } from '../../../src/agent/write-back/handle-command.js';
import type { ResetOutcome } from '../../../src/protocol/outcomes.js';
import { systemClock } from '../../../src/timing/clock.js';
import { openToSignIn, WriteBackBench } from '../../support/write-back-bench.js';

type Asked = DirectoryReader & DirectoryWriter;

/** In what directories differ about sign-ins. */
export interface SignInManners {
  /**
   * What is said to the right password of an account that has come to its end. Not every kind knows such, and OpenLDAP tells
   * nobody: the agent has decided before.
   */
  readonly expired: SignInResult['kind'] | 'not-in-it';
}

const WRONG = 'Lantern-Quay-00';

export function describeSignIns(manners: SignInManners, open: () => Asked): void {
  const signal = () => AbortSignal.timeout(20_000);

  async function intentFor(samAccountName: string) {
    const found = await open().find(samAccountName, signal());
    const intent = found.kind === 'found' ? await open().prepare(found.account.anchor, signal()) : undefined;
    if (intent === undefined) throw new Error(`${samAccountName} is not there`);
    return intent;
  }

  async function signIn(samAccountName: string, password: string): Promise<SignInResult> {
    await using intent = await intentFor(samAccountName);
    return await intent.signIn(new TextEncoder().encode(password), signal());
  }

  async function failuresOf(samAccountName: string): Promise<number> {
    await using intent = await intentFor(samAccountName);
    return (await intent.readLockout(signal())).failures;
  }

  const isLocked = async (samAccountName: string) => {
    await using intent = await intentFor(samAccountName);
    return intent.account.state.isLocked;
  };

  describe('says to a person who signs in', () => {
    test('that the password is right, or that it is another; a right one ends the count of wrong ones', async () => {
      expect(await signIn('ada', SAMPLE_PASSWORD)).toEqual({ kind: 'right', next: undefined });

      expect(await signIn('ada', WRONG)).toMatchObject({ kind: 'wrong-password' });
      expect(await failuresOf('ada')).toBe(1);

      expect(await signIn('ada', SAMPLE_PASSWORD)).toEqual({ kind: 'right', next: undefined });
      await expect.poll(() => failuresOf('ada')).toBe(0);
    });

    test('nothing over the connections of the service account, which go on being its own', async () => {
      await signIn('ada', SAMPLE_PASSWORD);
      await using intent = await intentFor('vera');

      // What Ada has no right to.
      expect(await intent.apply({ kind: 'unlock' }, signal())).toEqual({ kind: 'applied' });
    });

    test('that another password has to be chosen first, but only to whoever has the right one', async () => {
      expect(await signIn('cleo', WRONG)).toMatchObject({ kind: 'wrong-password' });
      expect(await signIn('cleo', SAMPLE_PASSWORD)).toEqual({ kind: 'right', next: 'must-change' });
    });

    test('that the password has expired, but only to whoever has the right one', async () => {
      expect(await signIn('mona', WRONG)).toMatchObject({ kind: 'wrong-password' });
      expect(await signIn('mona', SAMPLE_PASSWORD)).toEqual({ kind: 'right', next: 'password-expired' });
    });

    test('that the account is locked, whatever the password', async () => {
      for (const password of [SAMPLE_PASSWORD, WRONG]) {
        expect(await signIn('bert', password)).toMatchObject({ kind: 'account-locked' });
      }
    });

    test('that the account is disabled', async () => {
      expect(await signIn('dora', SAMPLE_PASSWORD)).toMatchObject({
        kind: 'contact-administrator',
        reason: 'disabled',
      });
    });

    test('that the account has come to its end, where accounts do', async () => {
      if (manners.expired === 'not-in-it') {
        expect(await open().find('emil', signal())).toEqual({ kind: 'not-found' });
        return;
      }
      expect(await signIn('emil', SAMPLE_PASSWORD)).toMatchObject({ kind: manners.expired });
    });

    test('nothing to whoever has stopped waiting, and counts nothing', async () => {
      await using intent = await intentFor('ada');
      const before = await failuresOf('ada');

      expect(await intent.signIn(new TextEncoder().encode(WRONG), AbortSignal.abort())).toEqual({ kind: 'no-answer' });
      expect(await failuresOf('ada')).toBe(before);
    });
  });

  describe('is asked by a command', () => {
    let bench: WriteBackBench;
    let handler: CommandHandler;
    beforeAll(async () => {
      bench = await WriteBackBench.make();
      bench.disposition = openToSignIn;
      handler = bench.start({ writer: open(), clock: systemClock });
    });

    const requestFor = async (samAccountName: string, password: string) => {
      await using intent = await intentFor(samAccountName);
      return bench.signIn({ anchor: intent.account.anchor, password, notAfterMs: systemClock.nowMs() + 60_000 });
    };
    const ask = async (samAccountName: string, password: string): Promise<ResetOutcome> =>
      handler.handle(await requestFor(samAccountName, password), signal());

    test('once, however often the command comes', async () => {
      const request = await requestFor('vera', WRONG);
      const first = await handler.handle(request, signal());

      expect(first).toMatchObject({ kind: 'wrong-password', evidence: { ldapResultCode: expect.any(Number) } });
      expect(await handler.handle(request, signal())).toEqual(first);
      expect(await bench.start({ writer: open(), clock: systemClock }).handle(request, signal())).toEqual(first);
      expect(await failuresOf('vera')).toBe(1);

      expect(await ask('vera', SAMPLE_PASSWORD)).toEqual({ kind: 'done', settledBy: 'answer' });
      await expect.poll(() => failuresOf('vera')).toBe(0);
    });

    test('not at all where one more wrong password could lock the account', async () => {
      for (const failures of [1, 2, 3, 4]) {
        expect(await ask('vera', WRONG)).toMatchObject({ kind: 'wrong-password' });
        expect(await failuresOf('vera')).toBe(failures);
      }

      for (const password of [WRONG, SAMPLE_PASSWORD]) {
        expect(await ask('vera', password)).toMatchObject({ kind: 'over-limit', retryAfterMs: expect.any(Number) });
      }
      expect(await failuresOf('vera')).toBe(4);
      expect(await isLocked('vera')).toBe(false);
    });

    test('and not of an account that is locked', async () => {
      const before = await failuresOf('bert');

      expect(await ask('bert', SAMPLE_PASSWORD)).toEqual({ kind: 'account-locked' });
      expect(await failuresOf('bert')).toBe(before);
    });
  });
}
