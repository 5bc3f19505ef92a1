// The demo's person can answer every question in words that the front door asks.

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { answerQuestion } from '../../../../scripts/demonstration/answer-question.js';
import { matchesAnswer } from '../../../../src/front-door/captcha/answers.js';
import { questionWordsInEnglish } from '../../../../src/front-door/captcha/question-words-en.js';
import { makeWordChallenge } from '../../../../src/front-door/captcha/word-challenge.js';

test('every question in words can be answered from its words alone', () => {
  for (let count = 0; count < 500; count += 1) {
    const { question, answers } = makeWordChallenge((bytes) => randomBytes(bytes), questionWordsInEnglish);
    expect({ question, isRight: matchesAnswer(answers, answerQuestion(question)) }).toEqual({
      question,
      isRight: true,
    });
  }
});
