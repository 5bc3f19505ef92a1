// The question in words: always exactly one right answer, in every language, from a space too large to collect.

import { describe, expect, test } from 'vitest';
import { matchesAnswer, normaliseAnswer } from '../../../../src/front-door/captcha/answers.js';
import { type QuestionWords, WORD_GROUPS } from '../../../../src/front-door/captcha/question-words.js';
import { QUESTION_WORDS } from '../../../../src/front-door/captcha/question-words-by-language.js';
import { drawBelow } from '../../../../src/front-door/captcha/random-draws.js';
import { makeWordChallenge } from '../../../../src/front-door/captcha/word-challenge.js';
import { LANGUAGES } from '../../../../src/front-door/languages/language.js';
import { seededRandom } from './seeded-random.js';

/** Every question that words can make has what it was made of between marks, so that it can be taken apart in any language. */
function marked({ groups, ...words }: QuestionWords): QuestionWords {
  return {
    ...words,
    groups: { ...groups },
    separator: '|',
    questions: {
      group: (name, list) => `group~${name}~${list}`,
      place: (ordinal, list) => `place~${ordinal}~${list}`,
      sum: (first, second) => `sum~${first}~${second}`,
      difference: (first, second) => `difference~${first}~${second}`,
      largest: (list) => `largest~${list}`,
    },
  };
}

function asked(words: QuestionWords, kind: string) {
  const all = Array.from({ length: 1500 }, (_, seed) => makeWordChallenge(seededRandom(seed), marked(words)));
  return all
    .map(({ question, answers }) => ({ parts: question.split('~'), answers }))
    .filter(({ parts }) => parts[0] === kind);
}

describe.each(LANGUAGES)('questions in words (%s)', (language) => {
  const words = QUESTION_WORDS[language];
  const { groups, plainWords, ordinals, numbers, questions } = words;

  test('no word stands in two groups, nor twice in one, nor among the plain ones', () => {
    const all = [...Object.values(groups).flatMap((group) => group.words), ...plainWords].map(normaliseAnswer);
    expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
    expect(all).not.toContain('');
  });

  test('a hundred numbers are told apart, and so are six places', () => {
    expect(new Set(numbers.map(normaliseAnswer)).size).toBe(100);
    expect(numbers).toHaveLength(100);
    expect(new Set(ordinals).size).toBe(6);
  });

  test('a question about a group offers exactly one word of that group, and it is the answer', () => {
    const all = asked(words, 'group');
    expect(all.length).toBeGreaterThan(100);
    for (const { parts, answers } of all) {
      const group = WORD_GROUPS.find((each) => groups[each].name === parts[1]);
      expect(group).toBeDefined();
      const offered = parts[2]?.split('|') ?? [];
      expect(offered).toHaveLength(5);
      expect(offered.filter((word) => group && groups[group].words.includes(word))).toEqual(answers);
    }
  });

  test('a question about a place is answered by the word in that place and by no other', () => {
    const all = asked(words, 'place');
    expect(all.length).toBeGreaterThan(100);
    for (const { parts, answers } of all) {
      const offered = parts[2]?.split('|') ?? [];
      expect(answers).toEqual([offered[ordinals.indexOf(parts[1] ?? '')]]);
      expect(offered.filter((word) => matchesAnswer(answers, word))).toHaveLength(1);
    }
  });

  test('a sum and the largest number are right in digits and in words, and nothing else is', () => {
    const numberOf = (text = '') => numbers.indexOf(text);
    const sums = asked(words, 'sum').map(({ parts, answers }) => ({
      right: numberOf(parts[1]) + numberOf(parts[2]),
      answers,
    }));
    const differences = asked(words, 'difference').map(({ parts, answers }) => ({
      right: numberOf(parts[1]) - numberOf(parts[2]),
      answers,
    }));
    const largest = asked(words, 'largest').map(({ parts, answers }) => ({
      right: Math.max(...(parts[1]?.split('|') ?? []).map(numberOf)),
      answers,
    }));
    const all = [...sums, ...differences, ...largest];
    expect(Math.min(sums.length, differences.length, largest.length)).toBeGreaterThan(20);
    for (const { right, answers } of all)
      for (const [number, inWords] of numbers.entries()) {
        expect(matchesAnswer(answers, String(number))).toBe(number === right);
        expect(matchesAnswer(answers, ` ${inWords.replaceAll('-', ' ').toUpperCase()}`)).toBe(number === right);
      }
  });

  test('another spelling of a number is right for that number, and for no other', () => {
    for (const [value, spelt] of words.otherNumbers ?? [])
      for (const [number, inWords] of numbers.entries())
        expect(matchesAnswer([inWords], spelt), spelt).toBe(
          number === value && normaliseAnswer(inWords) === normaliseAnswer(spelt),
        );
    const right = new Map((words.otherNumbers ?? []).map(([value, spelt]) => [normaliseAnswer(spelt), value]));
    expect(right.size).toBe((words.otherNumbers ?? []).length);
  });

  test('its sentences have in them what they ask about', () => {
    for (const group of WORD_GROUPS) expect(questions.group(groups[group].name, 'A, B')).toContain('A, B');
    for (const group of WORD_GROUPS) expect(questions.group(groups[group].name, '')).toContain(groups[group].name);
    for (const ordinal of ordinals) expect(questions.place(ordinal, 'A, B')).toMatch(new RegExp(`${ordinal}.*A, B`));
    for (const ask of [questions.sum, questions.difference]) expect(ask('AAA', 'BBB')).toMatch(/AAA.*BBB/);
    expect(questions.sum('A', 'B')).not.toBe(questions.difference('A', 'B'));
    expect(questions.largest('A, B')).toContain('A, B');
  });

  test('the same question hardly ever comes twice', () => {
    const all = ['group', 'place', 'largest'].flatMap((kind) => asked(words, kind).map(({ parts }) => parts.join()));
    expect(new Set(all).size).toBeGreaterThan(all.length * 0.99);
  });
});

test.each([
  ['٤٢', '42'],
  ['۴۲', '42'],
  ['４２', '42'],
])('a number may be typed in the digits of the person’s own keyboard: %s', (typed, answer) => {
  expect(matchesAnswer([answer], typed)).toBe(true);
});

test.each([
  ['cafe', 'Café'],
  ['DREISSIG', 'dreißig'],
  ['trente deux', 'trente-deux'],
  ['سياره', 'سيارة'],
  ['FUENF', 'fünf'],
  ['احد', 'الأحد'],
  ['كلب\u200f', 'كلب'],
  ['كـلب', 'كلب'],
])('an answer is right without the accents that a keyboard may not have: %s', (typed, answer) => {
  expect(matchesAnswer([answer], typed)).toBe(true);
});

test('a draw is fair: a byte source at the very end of its range is drawn again, not folded back', () => {
  const draws = [Uint8Array.of(255, 255, 255, 255), Uint8Array.of(0, 0, 0, 2)];
  expect(drawBelow(() => draws.shift() ?? Uint8Array.of(0, 0, 0, 0), 3)).toBe(2);
});
