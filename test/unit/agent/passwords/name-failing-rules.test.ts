// A directory said "one of my rules": which it was, or which it may have been.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DirectoryRuleFacts } from '../../../../src/agent/passwords/directory-rules.js';
import { nameFailingRules, rulesToTell } from '../../../../src/agent/passwords/name-failing-rules.js';
import type { PolicyRule } from '../../../../src/protocol/outcomes.js';
import { DAY_MS, DOMAIN_POLICY } from '../../../support/password-checks.js';

function named(changes: Partial<DirectoryRuleFacts> & { readonly said?: readonly PolicyRule[] } = {}) {
  return nameFailingRules({
    password: '7 Otters sing a song',
    operation: 'reset',
    account: { samAccountName: 'aexample', displayName: 'Ada Example' },
    policy: DOMAIN_POLICY,
    passwordAge: { kind: 'set', ageMs: 7 * DAY_MS },
    said: ['some-directory-rule'],
    ...changes,
  });
}

const suspectsOf = (changes: Parameters<typeof named>[0]) => named(changes).suspects.map(({ rule }) => rule);

describe('a refusal without a reason', () => {
  it('is for the rules the password is seen to fail, and no others are suspected', () => {
    expect(named({ password: 'ada' })).toEqual({
      failing: ['too-short', 'not-complex', 'contains-name'],
      suspects: [],
    });
    expect(named({ password: '7 otters' })).toEqual({ failing: ['too-short', 'not-complex'], suspects: [] });
    expect(rulesToTell(named({ password: '7 Otters!' }))).toEqual(['too-short']);
  });

  it('of a password that fails nothing to be seen may be for history or a password filter', () => {
    expect(named()).toEqual({
      failing: [],
      suspects: [
        { rule: 'in-history', why: 'only-the-directory-knows' },
        { rule: 'password-filter', why: 'only-the-directory-knows' },
      ],
    });
    expect(rulesToTell(named())).toEqual(['some-directory-rule']);
  });

  it('is not for history where the domain controller does not hold a reset to it', () => {
    expect(suspectsOf({ policy: { ...DOMAIN_POLICY, historyOnReset: 'not-enforced' } })).toEqual(['password-filter']);
    expect(suspectsOf({ policy: { ...DOMAIN_POLICY, historyOnReset: 'not-enforced' }, operation: 'change' })).toEqual([
      'in-history',
      'password-filter',
    ]);
  });

  it('of a young password is for its age on a change, and may be on a reset, which is told beside', () => {
    const passwordAge = { kind: 'set', ageMs: DAY_MS / 2 } as const;
    expect(named({ passwordAge, operation: 'change' }).failing).toEqual(['too-young']);
    expect(suspectsOf({ passwordAge })).toEqual(['too-young', 'in-history', 'password-filter']);
    expect(rulesToTell(named({ passwordAge }))).toEqual(['too-young', 'some-directory-rule']);
  });

  it('may be for anything when the policy that counts cannot be read, and nothing is named', () => {
    const policy = { ...DOMAIN_POLICY, source: 'fine-grained-unreadable' as const };
    expect(named({ policy, password: 'ada' }).failing).toEqual([]);
    expect(suspectsOf({ policy })).toHaveLength(6);
    expect(rulesToTell(named({ policy }))).toEqual(['some-directory-rule']);
  });
});

it('what the directory said by itself is believed, and not judged again', () => {
  expect(named({ said: ['in-history'] })).toEqual({ failing: ['in-history'], suspects: [] });
  expect(rulesToTell(named({ said: ['too-young'], password: 'ada' }))).toEqual(['too-young']);
});

it('there is always something to tell, and never a rule that is only suspected of history', () => {
  const facts = fc.record({
    password: fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 130 }),
    operation: fc.constantFrom('reset' as const, 'change' as const),
    policy: fc.constantFrom(undefined, DOMAIN_POLICY, { ...DOMAIN_POLICY, historyOnReset: 'not-enforced' as const }),
    passwordAge: fc.constantFrom({ kind: 'unknown' } as const, { kind: 'set', ageMs: 1 } as const),
  });
  fc.assert(
    fc.property(facts, (changes) => {
      const rules = rulesToTell(named(changes));
      expect(rules.length).toBeGreaterThan(0);
      expect(rules.length).toBeLessThanOrEqual(8);
      expect(rules).not.toContain('in-history');
    }),
  );
});
