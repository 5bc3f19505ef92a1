// Answers the front door's questions in words, as a person would: it knows what an otter is from the same list.
// That a program can do this is no secret: the questions keep out the lazy, the throttles keep out the rest.

import { questionWordsInEnglish as english } from '../../src/front-door/captcha/question-words-en.js';

/** Throws a RangeError for a question of a kind it has not seen. */
export function answerQuestion(question: string): string {
  const group = /^Which of these is (an? .+|something .+): (.+)\?$/.exec(question);
  if (group?.[1] !== undefined) return wordOfGroup(group[1], wordsIn(group[2]));
  const place = /^What is the (\w+) word here: (.+)\?$/.exec(question);
  if (place !== null) return wordsIn(place[2])[ordinals.indexOf(place[1] ?? '')] ?? '';
  const sum = /^How much is ([\w-]+) (plus|minus) ([\w-]+)\?/.exec(question);
  if (sum !== null) {
    const [first, second] = [numberOf(sum[1]), numberOf(sum[3])];
    return String(sum[2] === 'plus' ? first + second : first - second);
  }
  const largest = /^Which number is the largest: (.+)\? /.exec(question);
  if (largest !== null) return String(Math.max(...wordsIn(largest[1]).map(numberOf)));
  throw new RangeError(`no answer to this kind of question: ${question}`);
}

const ordinals: readonly string[] = english.ordinals;
const NUMBERS = new Map(english.numbers.map((words, number) => [words, number]));

function wordOfGroup(name: string, words: readonly string[]): string {
  const group = Object.values(english.groups).find((each) => each.name === name)?.words ?? [];
  return words.find((word) => group.includes(word)) ?? '';
}

const wordsIn = (list = '') => list.split(', ');
const numberOf = (words = '') => NUMBERS.get(words) ?? Number.NaN;
