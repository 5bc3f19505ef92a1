// The question in words: always exactly one right answer, from a space too large to collect.

import { expect, test } from 'vitest';
import { matchesAnswer, normaliseAnswer } from '../../../../src/front-door/captcha/answers.js';
import { drawBelow } from '../../../../src/front-door/captcha/random-draws.js';
import { makeWordChallenge } from '../../../../src/front-door/captcha/word-challenge.js';
import { GROUPS, numberInWords, ORDINALS, PLAIN_WORDS } from '../../../../src/front-door/captcha/words.js';
import { seededRandom } from './seeded-random.js';

const challenges = Array.from({ length: 2000 }, (_, seed) => makeWordChallenge(seededRandom(seed)));

function offered(question: string): string[] {
  return (/: (.+?)\?/.exec(question)?.[1] ?? '').split(', ');
}

test('no word stands in two groups, or twice in one', () => {
  const words = Object.values(GROUPS).flat().map(normaliseAnswer);
  expect(new Set(words).size).toBe(words.length);
  expect(new Set(PLAIN_WORDS).size).toBe(PLAIN_WORDS.length);
});

test('a question about a group offers exactly one word of that group, and it is the answer', () => {
  const asked = challenges.filter(({ question }) => question.startsWith('Which of these'));
  expect(asked.length).toBeGreaterThan(100);
  for (const { question, answers } of asked) {
    const group = Object.entries(GROUPS).find(([name]) => question.includes(`is ${name}:`))?.[1] ?? [];
    expect(offered(question).filter((word) => group.includes(word))).toEqual(answers);
  }
});

test('a question about a place is answered by the word in that place and by no other', () => {
  const asked = challenges.filter(({ question }) => question.startsWith('What is the'));
  expect(asked.length).toBeGreaterThan(100);
  for (const { question, answers } of asked) {
    const place = ORDINALS.findIndex((ordinal) => question.includes(` ${ordinal} `));
    const words = offered(question);
    expect(answers).toEqual([words[place]]);
    expect(words.filter((word) => matchesAnswer(answers, word))).toHaveLength(1);
  }
});

test('a sum and the largest number are right in digits and in words, and nothing else is', () => {
  const inWords = new Map(Array.from({ length: 100 }, (_, number) => [numberInWords(number), number]));
  const asked = challenges.filter(({ question }) => /How much|largest/.test(question));
  expect(asked.length).toBeGreaterThan(200);
  for (const { question, answers } of asked) {
    const sum = /is (\S+) (plus|minus) (\S+)\?/.exec(question);
    const numbers = (sum ? [sum[1] ?? '', sum[3] ?? ''] : offered(question)).map(
      (word) => inWords.get(word) ?? Number.NaN,
    );
    const [first = Number.NaN, second = Number.NaN] = numbers;
    const right = sum ? (sum[2] === 'plus' ? first + second : first - second) : Math.max(...numbers);
    for (let number = 0; number < 100; number += 1) {
      expect(matchesAnswer(answers, String(number))).toBe(number === right);
      expect(matchesAnswer(answers, numberInWords(number).replace('-', ' ').toUpperCase())).toBe(number === right);
    }
  }
});

test('the same question hardly ever comes twice', () => {
  const withoutSums = challenges.map(({ question }) => question).filter((question) => !question.startsWith('How'));
  expect(new Set(withoutSums).size).toBeGreaterThan(withoutSums.length * 0.99);
});

test('a draw is fair: a byte source at the very end of its range is drawn again, not folded back', () => {
  const draws = [Uint8Array.of(255, 255, 255, 255), Uint8Array.of(0, 0, 0, 2)];
  expect(drawBelow(() => draws.shift() ?? Uint8Array.of(0, 0, 0, 0), 3)).toBe(2);
});
