// What is asked, narrowed by what the agent allows: the change that is made, or the answer that ends it.

import { describe, expect, it } from 'vitest';
import { decideChange } from '../../../../src/agent/write-back/decide-change.js';
import type { Disposition, OperationAllowance } from '../../../../src/protocol/dispositions.js';
import type { ResetRequest } from '../../../../src/protocol/frames.js';
import { ADA, ScriptedWriter } from '../../../support/scripted-writer.js';
import { WriteBackBench } from '../../../support/write-back-bench.js';

const allowed: OperationAllowance = { kind: 'allowed' };
const notEnabled: OperationAllowance = { kind: 'closed', reason: 'not-enabled' };
const notLocked: OperationAllowance = { kind: 'closed', reason: 'not-locked' };
const TO_ADMINISTRATOR = { kind: 'answer', outcome: { kind: 'contact-administrator', reason: 'write-back-off' } };

const bench = await WriteBackBench.make();
const sealedReset = await bench.reset();

function account(isLocked = false) {
  const writer = new ScriptedWriter();
  writer.setState(ADA, { isLocked });
  const found = writer.accounts.get(ADA);
  if (found === undefined) throw new Error('Ada is in every directory of these tests');
  return found;
}

function resetWith(flags: ResetRequest['flags']): ResetRequest {
  return { ...sealedReset, flags };
}

function writeBack(reset: OperationAllowance, unlock: OperationAllowance): Disposition {
  return { kind: 'write-back', reset, unlock, change: notEnabled, signIn: notEnabled };
}

describe('what is done for a reset', () => {
  const flags = { unlock: true, mustChange: true };

  it('is what was asked for, when all of it is allowed', () => {
    const decision = decideChange(resetWith(flags), account(true), writeBack(allowed, allowed));
    expect(decision).toEqual({ kind: 'reset', unlock: true, mustChange: true });
  });

  it('never unlocks unasked', () => {
    const asked = resetWith({ unlock: false, mustChange: false });
    expect(decideChange(asked, account(true), writeBack(allowed, allowed))).toEqual({
      kind: 'reset',
      unlock: false,
      mustChange: false,
    });
  });

  it('unlocks an account that is not locked yet, since it may be by the time of the write', () => {
    expect(decideChange(resetWith(flags), account(), writeBack(allowed, notLocked))).toMatchObject({ unlock: true });
  });

  it('does not unlock where unlocking is not enabled, and does not leave the person locked with a "done"', () => {
    const disposition = writeBack(allowed, notEnabled);
    expect(decideChange(resetWith(flags), account(false), disposition)).toMatchObject({ kind: 'reset', unlock: false });
    expect(decideChange(resetWith(flags), account(true), disposition)).toEqual(TO_ADMINISTRATOR);
  });

  it('is nothing where resetting is not enabled', () => {
    expect(decideChange(resetWith(flags), account(), writeBack(notEnabled, allowed))).toEqual(TO_ADMINISTRATOR);
  });
});

describe('what is done for an unlock', () => {
  it.each([
    [allowed, { kind: 'unlock' }],
    [notLocked, { kind: 'answer', outcome: { kind: 'done', settledBy: 'probe' } }],
    [notEnabled, TO_ADMINISTRATOR],
  ])('follows the allowance %o', (unlock, decision) => {
    expect(decideChange(bench.unlock(), account(), writeBack(allowed, unlock))).toEqual(decision);
  });
});

describe('a disposition that allows nothing', () => {
  it.each<[Disposition, object]>([
    [{ kind: 'not-managed-here' }, { kind: 'no-such-account' }],
    [
      { kind: 'contact-administrator', reason: 'protected-account' },
      { kind: 'contact-administrator', reason: 'protected-account' },
    ],
    [
      { kind: 'try-later', reason: 'held' },
      { kind: 'try-later', reason: 'held' },
    ],
  ])('ends every command with its reason: %o', (disposition, outcome) => {
    for (const request of [sealedReset, bench.unlock()]) {
      expect(decideChange(request, account(true), disposition)).toEqual({ kind: 'answer', outcome });
    }
  });
});

describe('what is done for a sign-in', () => {
  const allowing = (signIn: OperationAllowance): Disposition => ({
    kind: 'write-back',
    reset: allowed,
    unlock: allowed,
    change: allowed,
    signIn,
  });

  it('is to ask, where that alone is allowed', async () => {
    const disposition = { ...writeBack(notEnabled, notEnabled), signIn: allowed };
    expect(decideChange(await bench.signIn(), account(), disposition)).toEqual({ kind: 'sign-in' });
  });

  it('is nothing where everything else is allowed', async () => {
    expect(decideChange(await bench.signIn(), account(), allowing(notEnabled))).toEqual(TO_ADMINISTRATOR);
  });

  it('is nothing for an account that is locked', async () => {
    expect(decideChange(await bench.signIn(), account(true), allowing(allowed))).toEqual({
      kind: 'answer',
      outcome: { kind: 'account-locked' },
    });
  });
});
