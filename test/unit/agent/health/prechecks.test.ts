// The runner ends what hangs and goes on; a directory is shut by what was seen alone; a warning is told once.

import { describe, expect, test } from 'vitest';
import { DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import type { Check, Finding, Precheck } from '../../../../src/agent/health/precheck.js';
import { precheckOf, worstStatus } from '../../../../src/agent/health/precheck.js';
import { shutBecause } from '../../../../src/agent/health/readiness.js';
import { CHECK_DEADLINE_MS, runChecks } from '../../../../src/agent/health/run-checks.js';
import { WarningSet } from '../../../../src/agent/health/warnings.js';
import { FakeClock } from '../../../support/fake-clock.js';

const found = (changes: Partial<Finding> = {}): Finding => ({
  code: 'bind',
  status: 'pass',
  target: 'ldaps://dc1',
  detail: 'seen',
  ...changes,
});
const check = (changes: Partial<Check> & Pick<Check, 'look'>): Check => ({
  codes: ['bind'],
  target: 'ldaps://dc1',
  ...changes,
});

async function run(checks: readonly Check[], act: (clock: FakeClock) => Promise<void> = async () => undefined) {
  const clock = new FakeClock();
  const done = runChecks({ directoryId: 'corp', checks, clock, signal: new AbortController().signal });
  await act(clock);
  return (await done).map(({ code, status, detail }) => `${status} ${code}: ${detail}`);
}

describe('the runner', () => {
  test('ends a check that hangs, whether it listens or not, and asks the next', async () => {
    const hanging = check({ codes: ['tls', 'certificate-name'], look: () => new Promise(() => undefined) });
    const prechecks = run([hanging, check({ look: async () => [found()] })], (clock) =>
      clock.advance(CHECK_DEADLINE_MS),
    );

    expect(await prechecks).toEqual([
      'cannot-tell tls: waited 30000 ms for the check tls, certificate-name in vain',
      'cannot-tell certificate-name: waited 30000 ms for the check tls, certificate-name in vain',
      'pass bind: seen',
    ]);
  });

  test('takes a failure, and even a mistake of ours, as an end of that check alone', async () => {
    const away = check({
      look: async () => {
        throw new DirectoryUnreachable('nobody answers');
      },
    });
    const broken = check({
      codes: ['clock'],
      look: async () => {
        throw new TypeError('ours');
      },
    });

    expect(await run([away, broken, check({ look: async () => [found()] })])).toEqual([
      'cannot-tell bind: nobody answers',
      'cannot-tell clock: a mistake of ours: TypeError',
      'pass bind: seen',
    ]);
  });

  test('does not ask what needs something that has not passed', async () => {
    const failed = check({ look: async () => [found({ status: 'fail' })] });
    const never = check({
      codes: ['base-dn'],
      needs: { code: 'bind', of: 'any-target' },
      look: async () => [found({ code: 'base-dn' })],
    });

    expect(await run([failed, never])).toEqual([
      'fail bind: seen',
      'cannot-tell base-dn: cannot be looked at before this passes: sign-in',
    ]);
    expect(await run([check({ look: async () => [found({ status: 'warn' })] }), never])).toContain(
      'pass base-dn: seen',
    );
  });

  test('where it has to be the same server, another one does not do', async () => {
    const other = check({ look: async () => [found({ code: 'tls', target: 'ldaps://dc2' })] });
    const bind = check({ needs: { code: 'tls', of: 'same-target' }, look: async () => [found()] });

    expect(await run([other, bind])).toContain('cannot-tell bind: cannot be looked at before this passes: TLS');
  });

  test('ends with the signal', async () => {
    const stop = new AbortController();
    const hanging = check({ look: () => new Promise(() => undefined) });
    const done = runChecks({ directoryId: 'corp', checks: [hanging], clock: new FakeClock(), signal: stop.signal });
    stop.abort(new Error('stopped'));

    await expect(done).rejects.toThrow('stopped');
  });
});

test('advice comes from the catalogue where the check has none, and only where something is to be done', () => {
  expect(precheckOf('corp', found({ status: 'fail' })).advice).toContain('bindName');
  expect(precheckOf('corp', found({ status: 'warn', advice: 'do this' })).advice).toBe('do this');
  expect(precheckOf('corp', found()).advice).toBeUndefined();
  expect(precheckOf('corp', found({ advice: 'do this' })).advice).toBeUndefined();
  expect(precheckOf('corp', found({ status: 'cannot-tell' })).advice).toBeUndefined();
  expect(precheckOf('corp', found({ status: 'cannot-tell', advice: 'ask there' })).advice).toBe('ask there');
});

const prechecks = (...findings: Partial<Finding>[]): Precheck[] =>
  findings.map((finding) => precheckOf('corp', found(finding)));

test('the worst status is a failure, then a warning, then what cannot be told', () => {
  expect(worstStatus([])).toBe('pass');
  expect(worstStatus(prechecks({}, { status: 'cannot-tell' }))).toBe('cannot-tell');
  expect(worstStatus(prechecks({ status: 'warn' }, { status: 'cannot-tell' }))).toBe('warn');
  expect(worstStatus(prechecks({ status: 'warn' }, { status: 'fail' }))).toBe('fail');
});

describe('a directory is shut', () => {
  test.each<[string, Partial<Finding>[]]>([
    ['when nobody can sign in anywhere', [{ status: 'fail' }]],
    ['when its base is not there', [{}, { code: 'base-dn', status: 'fail' }]],
  ])('%s: for the moment', (_, findings) => {
    expect(shutBecause(prechecks(...findings))).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });
  });

  test('when in no scope a password may be reset: for the administrator', () => {
    const lacking = { code: 'right-reset-password', status: 'fail' } as const;
    expect(shutBecause(prechecks({}, lacking, { ...lacking, target: 'OU=Other' }))).toEqual({
      kind: 'contact-administrator',
      reason: 'agent-not-permitted',
    });
  });

  test.each<[string, Partial<Finding>[]]>([
    ['one of several servers takes us', [{ status: 'fail' }, { target: 'ldaps://dc2' }]],
    [
      'a right is held in one of the scopes',
      [
        { code: 'right-reset-password', status: 'fail' },
        { code: 'right-reset-password', target: 'OU=Other' },
      ],
    ],
    ['it is missing on some accounts', [{ code: 'right-reset-password', status: 'warn' }]],
    ['it could not be looked at', [{ status: 'cannot-tell' }, { code: 'right-reset-password', status: 'cannot-tell' }]],
    ['nothing was looked at', []],
  ])('but not when %s', (_, findings) => {
    expect(shutBecause(prechecks(...findings))).toBeUndefined();
  });
});

describe('a warning', () => {
  const codes = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code);
  const ends = (status: Finding['status'], advice: string, detail: string): Partial<Finding> => ({
    code: 'certificate-expiry',
    status,
    advice,
    detail,
  });

  test('is raised once and cleared once', () => {
    const set = new WarningSet();
    const bad = prechecks({ status: 'fail' });

    expect(codes(set.update(bad).raised)).toEqual(['bind']);
    expect(set.update(bad)).toEqual({ raised: [], cleared: [] });
    expect(set.current).toMatchObject([{ code: 'bind', severity: 'broken', title: 'sign-in' }]);
    expect(codes(set.update(prechecks({})).cleared)).toEqual(['bind']);
    expect(set.update(prechecks({}))).toEqual({ raised: [], cleared: [] });
  });

  test('is raised anew when something else is to be done, not when a number changes', () => {
    const set = new WarningSet();

    expect(codes(set.update(prechecks(ends('warn', 'this month', 'in 29 days'))).raised)).toEqual([
      'certificate-expiry',
    ]);
    expect(set.update(prechecks(ends('warn', 'this month', 'in 28 days'))).raised).toEqual([]);
    expect(set.current).toMatchObject([{ detail: 'in 28 days' }]);
    expect(codes(set.update(prechecks(ends('fail', 'now', 'in 6 days'))).raised)).toEqual(['certificate-expiry']);
  });

  test('stays while its check cannot be made', () => {
    const set = new WarningSet();
    set.update(prechecks({ code: 'inheritance', status: 'warn', target: 'OU=Staff' }));

    expect(set.update(prechecks({ code: 'inheritance', status: 'cannot-tell', target: 'elsewhere' }))).toEqual({
      raised: [],
      cleared: [],
    });
    expect(codes(set.current)).toEqual(['inheritance']);
  });

  test('of what is no longer looked at is cleared', () => {
    const set = new WarningSet();
    set.update(prechecks({ code: 'scope-dn', status: 'fail', target: 'OU=Gone' }));

    expect(codes(set.update([]).cleared)).toEqual(['scope-dn']);
  });
});
