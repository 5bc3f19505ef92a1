// Hints while typing: what can be seen from the text alone, counted as the directory counts.

import { expect, test } from 'vitest';
import { markRule } from '../../../../src/front-door/passwords/password-hints.js';
import { rulesOfPolicy } from '../../../../src/front-door/passwords/rules-of-policy.js';
import { nameParts } from '../../../../src/protocol/password-complexity.js';
import type { PasswordPolicy } from '../../../../src/protocol/password-policy.js';

const policy: PasswordPolicy = {
  source: 'domain',
  lengthMin: 12,
  mustBeComplex: true,
  historyLength: 24,
  historyOnReset: 'enforced',
  ageMinMs: 86_400_000,
};

test('length is counted in UTF-16 code units', () => {
  expect(markRule({ kind: 'length-at-least', units: 4 }, '😀😀')).toBe('met');
  expect(markRule({ kind: 'length-at-least', units: 4 }, 'abc')).toBe('not-yet');
});

test('kinds of characters are counted', () => {
  expect(markRule({ kind: 'categories', atLeast: 3 }, 'abcD')).toBe('not-yet');
  expect(markRule({ kind: 'categories', atLeast: 3 }, 'abcD4')).toBe('met');
});

test('a name inside the password is seen in any case; short words of a name do not count', () => {
  const names = nameParts({ samAccountName: 'al', displayName: 'Ada de Example-Harbour' });
  expect(names).toEqual(['Ada', 'Example', 'Harbour']);
  expect(markRule({ kind: 'without-name', names }, 'xxHARBOURxx')).toBe('not-yet');
  expect(markRule({ kind: 'without-name', names }, 'meadow de al')).toBe('met');
});

test('what only the directory knows is left to it', () => {
  expect(markRule({ kind: 'not-recent', remembered: 24 }, 'x')).toBe('checked-later');
  expect(markRule({ kind: 'not-guessable' }, 'x')).toBe('checked-later');
  expect(markRule({ kind: 'without-name', names: [] }, 'x')).toBe('checked-later');
});

test('every rule the directory enforces is shown', () => {
  expect(rulesOfPolicy(policy, undefined).map(({ kind }) => kind)).toEqual([
    'length-at-least',
    'categories',
    'without-name',
    'not-recent',
    'age-at-least',
  ]);
});

test('no rule is shown that the directory would not enforce', () => {
  const lax: PasswordPolicy = { ...policy, lengthMin: 0, mustBeComplex: false, historyOnReset: 'not-enforced' };
  expect(rulesOfPolicy(lax, undefined)).toEqual([]);
});

test('no rule is shown when the policy that counts may not be read', () => {
  expect(rulesOfPolicy({ ...policy, source: 'fine-grained-unreadable' }, undefined)).toEqual([]);
  expect(rulesOfPolicy({ ...policy, source: 'unreadable' }, undefined)).toEqual([]);
});
