// What a person reads of an outcome: something for every one, nothing of the account, and never blame for what is not theirs.

import { expect, test } from 'vitest';
import { personWords } from '../../../../src/front-door/pages/outcome-words.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { OPERATIONS } from '../../../../src/protocol/operations.js';
import { OUTCOME_CODES, OUTCOME_MEANINGS, type OutcomeCode } from '../../../../src/protocol/outcome-codes.js';

test('there are words for every outcome of every operation, and each is whole', () => {
  const all = OPERATIONS.flatMap((operation) => OUTCOME_CODES.map((code) => personWords(code, operation, en)));
  expect(all.filter((words) => !/^[A-Z].{20,}\.$/s.test(words))).toEqual([]);
});

test('why an account is left to the administrator reads alike for all kinds of account', () => {
  const left = OUTCOME_CODES.filter((code) => OUTCOME_MEANINGS[code].eventNumber.toString().startsWith('4'));
  const words = new Set(
    left.filter((code) => code !== 'agent-not-permitted').map((code) => personWords(code, 'reset', en)),
  );
  expect(left).toHaveLength(10);
  expect(words.size).toBe(1);
});

test.each<OutcomeCode>(['not-permitted', 'agent-fault', 'directory-takes-no-writes', 'control-refused'])(
  '%s is not called the person’s fault',
  (code) => {
    expect(personWords(code, 'reset', en)).toContain('not your fault');
  },
);

test('an unlock that was done says nothing of a new password', () => {
  expect(personWords('done', 'unlock', en)).toBe(`${en.results.unlocked.heading}. ${en.results.unlocked.lead}`);
});
