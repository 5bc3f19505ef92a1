// Hints while typing: what can be seen from the text alone, counted as the directory counts.

import { expect, test } from 'vitest';
import { markRule } from '../../../../src/front-door/passwords/password-hints.js';
import { type NewPasswordFor, rulesOfPolicy } from '../../../../src/front-door/passwords/rules-of-policy.js';
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

const LAX: PasswordPolicy = { ...policy, lengthMin: 0, mustBeComplex: false, historyOnReset: 'not-enforced' };

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

const kindsShown = (shown: PasswordPolicy, operation: NewPasswordFor['operation']) =>
  rulesOfPolicy(shown, { operation, names: undefined }).map(({ kind }) => kind);

test('every rule that directory and agent enforce is shown', () => {
  expect(kindsShown({ ...policy, bannedWords: 'enforced' }, 'reset')).toEqual([
    'length-at-least',
    'categories',
    'without-name',
    'not-guessable',
    'not-recent',
    'age-at-least',
  ]);
});

test('no rule is shown that would not be enforced', () => {
  expect(kindsShown(policy, 'reset')).not.toContain('not-guessable');
  expect(kindsShown(LAX, 'reset')).toEqual([]);
  expect(kindsShown({ ...LAX, historyLength: 0, ageMinMs: 0 }, 'change')).toEqual([]);
});

test('a change by the current password is held to history and minimum age whatever a reset is held to', () => {
  expect(kindsShown(LAX, 'change')).toEqual(['not-recent', 'age-at-least']);
});

test('whoever must change their password is not told how old it has to be', () => {
  expect(kindsShown(LAX, 'due-change')).toEqual(['not-recent']);
});

test.each(['fine-grained-unreadable', 'unreadable'] as const)(
  'no rule is shown when the policy that counts may not be read: %s',
  (source) => {
    expect(kindsShown({ ...policy, source, bannedWords: 'enforced' }, 'reset')).toEqual([]);
    expect(kindsShown({ ...policy, source, bannedWords: 'enforced' }, 'change')).toEqual([]);
  },
);
