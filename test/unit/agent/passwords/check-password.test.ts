// Every rule says pass, fail or cannot tell, and only what is known to fail and is enforced refuses.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPassword, type PasswordCheck } from '../../../../src/agent/passwords/check-password.js';
import {
  CHECKED_RULES,
  type CheckedRule,
  DEFAULT_RULE_MODES,
  decidePassword,
  explanationOf,
  policyRulesOf,
} from '../../../../src/agent/passwords/rule-verdicts.js';
import { sayVerdict } from '../../../../src/agent/passwords/say-verdict.js';
import { POLICY_RULES } from '../../../../src/protocol/outcomes.js';
import { ALL_ENFORCED, DAY_MS, DOMAIN_POLICY, passwordCheck } from '../../../support/password-checks.js';

type Change = Partial<PasswordCheck> & { readonly password?: string };

function verdictOf(rule: CheckedRule, change: Change) {
  const found = checkPassword(passwordCheck(change)).find((verdict) => verdict.rule === rule);
  if (found === undefined) throw new Error(`no verdict on ${rule}`);
  return found;
}

/** `pass`, `fail`, or why it cannot be told. */
function gist(rule: CheckedRule, change: Change): string {
  const verdict = verdictOf(rule, change);
  return verdict.kind === 'cannot-tell' ? verdict.why : verdict.kind;
}

const refusals = (change: Change) => policyRulesOf(decidePassword(checkPassword(passwordCheck(change))).refusedFor);

it('the rules are those of an outcome, but for the one that names none', () => {
  expect([...CHECKED_RULES, 'some-directory-rule'].toSorted()).toEqual([...POLICY_RULES].toSorted());
});

it('a good password passes every rule but history, which only the directory knows', () => {
  const verdicts = checkPassword(passwordCheck());
  expect(verdicts.map(({ rule }) => rule)).toEqual(CHECKED_RULES);
  expect(verdicts.filter(({ kind }) => kind !== 'pass')).toEqual([
    { rule: 'in-history', mode: 'enforce', kind: 'cannot-tell', why: 'only-the-directory-knows' },
  ]);
  expect(refusals({})).toEqual([]);
});

describe('what each rule says', () => {
  const unreadable: Change = { policy: { ...DOMAIN_POLICY, source: 'fine-grained-unreadable' } };
  const simple: Change = { policy: { ...DOMAIN_POLICY, mustBeComplex: false } };
  const unenforced: Change = { operation: 'reset', policy: { ...DOMAIN_POLICY, historyOnReset: 'not-enforced' } };
  const young: Change = { passwordAge: { kind: 'set', ageMs: DAY_MS / 2 } };

  it.each<[CheckedRule, string, Change, string]>([
    ['too-short', 'eleven units', { password: 'Seven otter' }, 'fail'],
    ['too-short', 'twelve units', { password: 'Seven otters' }, 'pass'],
    ['too-short', 'six emoji are twelve units', { password: '🚲🚲🚲🚲🚲🚲' }, 'pass'],
    ['too-short', 'the policy unreadable', unreadable, 'policy-unreadable'],
    ['too-short', 'no policy read', { policy: undefined }, 'policy-unreadable'],
    ['not-complex', 'two kinds', { password: 'sevenottersSing' }, 'fail'],
    ['not-complex', 'two kinds and no such rule', { ...simple, password: 'sevenottersSing' }, 'pass'],
    ['not-complex', 'three kinds', { password: 'sevenotters7Sing' }, 'pass'],
    ['not-complex', 'the policy unreadable', unreadable, 'policy-unreadable'],
    ['contains-name', 'the user name', { password: '7 otters of AExample' }, 'fail'],
    ['contains-name', 'a word of the display name', { password: '7 otters for SALES)x' }, 'pass'],
    ['contains-name', 'a word of it as it stands', { password: '7 otters for (SALES)' }, 'fail'],
    ['contains-name', 'a short given name', { password: '7 otters of aDa' }, 'fail'],
    ['contains-name', 'a name and no such rule', { ...simple, password: '7 otters of aDa' }, 'pass'],
    ['too-young', 'half a day old', young, 'fail'],
    ['too-young', 'as old as it must be', { passwordAge: { kind: 'set', ageMs: DAY_MS } }, 'pass'],
    ['too-young', 'to be changed at next logon', { passwordAge: { kind: 'must-change' } }, 'pass'],
    ['too-young', 'of unknown age', { passwordAge: { kind: 'unknown' } }, 'age-unknown'],
    ['too-young', 'a young one reset with policy hints', { ...young, operation: 'reset' }, 'unclear-on-reset'],
    ['too-young', 'a young one reset without', { ...young, ...unenforced }, 'not-enforced-on-reset'],
    ['too-young', 'no minimum age', { ...young, policy: { ...DOMAIN_POLICY, ageMinMs: 0 } }, 'pass'],
    ['in-history', 'a reset without policy hints', unenforced, 'not-enforced-on-reset'],
    ['in-history', 'a reset with them', { operation: 'reset' }, 'only-the-directory-knows'],
    ['in-history', 'no history', { policy: { ...DOMAIN_POLICY, historyLength: 0 } }, 'pass'],
    ['banned-word', 'a common word', { password: 'Passw0rd2024' }, 'fail'],
    ['banned-word', "a word of the organisation's own list", { password: 'F@brikam1!' }, 'fail'],
    ['banned-word', "the organisation's name", { password: '7 otters of C0ntoso' }, 'fail'],
    ['banned-word', 'the part before the @', { password: '7 otters of ada.example' }, 'fail'],
    ['breached', 'seen', { breach: { kind: 'answered', timesSeen: 3 } }, 'fail'],
    ['breached', 'no list', { breach: { kind: 'no-list' } }, 'no-breach-list'],
    ['breached', 'a list that cannot be used', { breach: { kind: 'unusable' } }, 'breach-list-unusable'],
    ['inadmissible-characters', 'a NUL', { password: 'Seven\u0000otters' }, 'fail'],
    ['inadmissible-characters', 'not NFC', { password: 'Seven otte\u0301rs' }, 'fail'],
    ['inadmissible-characters', 'a scheme, for Active Directory', { password: '{SSHA}Otters7 sing' }, 'pass'],
    ['inadmissible-characters', 'a scheme', { password: '{SSHA}Otters7 sing', schemePrefix: 'refused' }, 'fail'],
    ['too-long', '128 units', { password: 'Seven otters 7 '.repeat(9).slice(0, 128) }, 'fail'],
    ['too-long', '127 units', { password: 'Seven otters 7 '.repeat(9).slice(0, 127) }, 'pass'],
  ])('%s, %s: %4$s', (rule, _name, change, expected) => {
    expect(gist(rule, change)).toBe(expected);
  });

  it('a text that can be no password is refused in every mode, and nothing else is said of it', () => {
    const verdicts = checkPassword(passwordCheck({ password: '', modes: { ...ALL_ENFORCED, 'too-short': 'off' } }));
    expect(policyRulesOf(decidePassword(verdicts).refusedFor)).toEqual(['too-short']);
    expect(verdicts.filter(({ kind }) => kind === 'cannot-tell')).toHaveLength(CHECKED_RULES.length - 1);
  });
});

describe('what the person is told of a refusal', () => {
  const told = (change: Change) => explanationOf(decidePassword(checkPassword(passwordCheck(change))).refusedFor);

  it('is the term as the list has it, not as it was spelt', () => {
    expect(told({ password: 'p@ssword' })).toEqual({ kind: 'common', words: ['password'] });
  });

  it('is the name that is in it', () => {
    expect(told({ password: 'Xy7-example-9q-and-more' })).toEqual({ kind: 'name', words: ['Example'] });
  });

  it('is that it is short, where it is nothing but short', () => {
    expect(told({ password: 'xq7w' })).toEqual({ kind: 'short', words: [] });
  });

  it('is nothing beside the rule where another rule refuses it, or where it is only audited', () => {
    const stolen = { breach: { kind: 'answered', timesSeen: 3 } } as const;
    expect(told({ password: 'mQ8-vexing-lanterns-4-jury', ...stolen })).toBeUndefined();
    expect(told({ password: 'p@ssword', modes: { ...DEFAULT_RULE_MODES, 'banned-word': 'audit' } })).toBeUndefined();
  });
});

describe('what refuses', () => {
  const bad: Change = { password: 'p@ssword', breach: { kind: 'answered', timesSeen: 9_000_000 } };

  it('is what fails and is enforced, told in one order', () => {
    expect(refusals(bad)).toEqual(['too-short', 'not-complex', 'banned-word', 'breached']);
  });

  it('is not what is only audited, which is told beside', () => {
    const decision = decidePassword(
      checkPassword(passwordCheck({ ...bad, modes: { ...DEFAULT_RULE_MODES, breached: 'audit' } })),
    );
    expect(policyRulesOf(decision.refusedFor)).toEqual(['banned-word']);
    expect(policyRulesOf(decision.told)).toContain('breached');
  });

  it('is not what is switched off, which is told nowhere', () => {
    const off = {
      ...DEFAULT_RULE_MODES,
      'banned-word': 'off',
      breached: 'off',
      'too-short': 'off',
      'not-complex': 'off',
    } as const;
    const decision = decidePassword(checkPassword(passwordCheck({ ...bad, modes: off })));
    expect(decision).toEqual({ refusedFor: [], told: [] });
    expect(gist('banned-word', { ...bad, modes: off })).toBe('switched-off');
  });

  it('is never what cannot be told', () => {
    expect(refusals({ policy: undefined, breach: { kind: 'unusable' }, passwordAge: { kind: 'unknown' } })).toEqual([]);
  });

  it('is told as a name where the rule on banned words found one', () => {
    expect(refusals({ password: '7 otters of C0ntoso' })).toEqual(['contains-name']);
    expect(refusals({ password: '7 otters of AExample' })).toEqual(['contains-name']);
  });
});

describe('for every text', () => {
  const units = fc.oneof(
    fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('a', 'A', '7', '!', ' ', 'password', 'Contoso', 'ada', '\u0000', '\uD800', 'e\u0301'),
  );
  const passwords = fc.string({ unit: units, maxLength: 150 });
  const changes = fc.record({
    operation: fc.constantFrom('reset', 'change'),
    policy: fc.constantFrom(undefined, DOMAIN_POLICY, { ...DOMAIN_POLICY, source: 'fine-grained-unreadable' as const }),
    schemePrefix: fc.constantFrom('refused', 'taken-as-text'),
    breach: fc.constantFrom<PasswordCheck['breach']>({ kind: 'answered', timesSeen: 1 }, { kind: 'unusable' }),
    modes: fc.constantFrom(ALL_ENFORCED, DEFAULT_RULE_MODES),
  });

  it('there is one verdict for each rule, words for each, and nothing throws', () => {
    fc.assert(
      fc.property(passwords, changes, (password, change) => {
        const verdicts = checkPassword(passwordCheck({ password, ...change }));
        expect(verdicts.map(({ rule }) => rule)).toEqual(CHECKED_RULES);
        for (const verdict of verdicts) expect(sayVerdict(verdict) === '').toBe(verdict.kind === 'pass');
      }),
      { numRuns: 500 },
    );
  });

  it('no verdict and no word of one holds the password', () => {
    const secrets = fc.stringMatching(/^[b-z]{6}[0-9]{3}[A-Z]{4}$/);
    fc.assert(
      fc.property(secrets, changes, (secret, change) => {
        const verdicts = checkPassword(passwordCheck({ password: `Passw0rd${secret}Contoso`, ...change }));
        const said = JSON.stringify(verdicts) + verdicts.map(sayVerdict).join();
        expect(said).not.toContain(secret);
        expect(said).not.toContain('Passw0rd');
      }),
      { numRuns: 200 },
    );
  });
});

describe('words of a verdict', () => {
  it.each<[CheckedRule, Change, RegExp]>([
    ['banned-word', { password: 'Passw0rd2' }, /hardly more than "password2?"|made of "password"/],
    ['banned-word', { password: 'F@brikam1!' }, /made of "Fabrikam" .* the organisation has banned$/],
    ['banned-word', { password: '7 otters of C0ntoso' }, /contains "Contoso"/],
    ['contains-name', { password: '7 otters of AExample' }, /contains "aexample"/],
    ['not-complex', { password: 'sevenottersSing' }, /has no digits, no symbols/],
    ['too-young', { passwordAge: { kind: 'set', ageMs: DAY_MS - 60_000 } }, /wait 1 minute$/],
    ['breached', { breach: { kind: 'answered', timesSeen: 3 } }, /3 times$/],
  ])('%s names what was found', (rule, change, words) => {
    expect(sayVerdict(verdictOf(rule, change))).toMatch(words);
  });
});
