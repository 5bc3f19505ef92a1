// Makes a question in plain words with exactly one right answer: for those who cannot, or would rather not, read the picture.
// It can be heard as well as read, and needs neither colour, nor sight, nor arithmetic beyond small sums. Knows no language.

import { NOT_BESIDE, type QuestionWords, WORD_GROUPS } from './question-words.js';
import { drawBelow, drawOne, drawSome, type RandomBytes } from './random-draws.js';

export interface WordChallenge {
  readonly kind: 'words';
  readonly question: string;
  /** Every accepted spelling of the one right answer. Compare with matchesAnswer. */
  readonly answers: readonly string[];
}

export function makeWordChallenge(random: RandomBytes, words: QuestionWords): WordChallenge {
  return drawOne(random, [askGroup, askPlace, askSum, askLargest])(random, words);
}

/** "Which of these is an animal: sofa, otter, Tuesday, rain, violin?" */
function askGroup(random: RandomBytes, { groups, questions, separator }: QuestionWords): WordChallenge {
  const asked = drawOne(random, WORD_GROUPS);
  const shunned = [asked, ...(NOT_BESIDE[asked] ?? [])];
  const others = WORD_GROUPS.filter((other) => !shunned.includes(other));
  const wrong = drawSome(random, others, 4).map((other) => drawOne(random, groups[other].words));
  const answer = drawOne(random, groups[asked].words);
  const offered = drawSome(random, [answer, ...wrong], 5);
  return {
    kind: 'words',
    question: questions.group(groups[asked].name, offered.join(separator)),
    answers: [answer],
  };
}

/** "What is the third word here: amber, kettle, meadow, river, tower?" */
function askPlace(random: RandomBytes, { plainWords, ordinals, questions, separator }: QuestionWords): WordChallenge {
  const words = drawSome(random, plainWords, 4 + drawBelow(random, 3));
  const place = drawBelow(random, words.length);
  return {
    kind: 'words',
    question: questions.place(ordinals[place] ?? '', words.join(separator)),
    answers: [words[place] ?? ''],
  };
}

/** "How much is seven plus twelve? A number in digits or words will do." */
function askSum(random: RandomBytes, words: QuestionWords): WordChallenge {
  const { numbers, questions } = words;
  const [first, second] = [2 + drawBelow(random, 18), 1 + drawBelow(random, 9)];
  const isSum = drawBelow(random, 2) === 0 || first <= second;
  const answer = isSum ? first + second : first - second;
  const ask = isSum ? questions.sum : questions.difference;
  return {
    kind: 'words',
    question: ask(numbers[first] ?? '', numbers[second] ?? ''),
    answers: spellings(answer, words),
  };
}

/** "Which number is the largest: forty-one, seven, nineteen, sixty? Digits or words will do." */
function askLargest(random: RandomBytes, words: QuestionWords): WordChallenge {
  const { numbers, questions, separator } = words;
  const all = Array.from({ length: 98 }, (_, index) => index + 1);
  const drawn = drawSome(random, all, 4);
  return {
    kind: 'words',
    question: questions.largest(drawn.map((number) => numbers[number]).join(separator)),
    answers: spellings(Math.max(...drawn), words),
  };
}

function spellings(number: number, { numbers, otherNumbers = [] }: QuestionWords): string[] {
  const others = otherNumbers.flatMap(([value, words]) => (value === number ? [words] : []));
  return [String(number), numbers[number] ?? '', ...others];
}
