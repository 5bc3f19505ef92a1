// Makes a question in plain words with exactly one right answer: for those who cannot, or would rather not, read the picture.
// It can be heard as well as read, and needs neither colour, nor sight, nor arithmetic beyond small sums.

import { drawBelow, drawOne, drawSome, type RandomBytes } from './random-draws.js';
import { GROUPS, NOT_BESIDE, numberInWords, ORDINALS, PLAIN_WORDS } from './words.js';

export interface WordChallenge {
  readonly kind: 'words';
  readonly question: string;
  /** Every accepted spelling of the one right answer. Compare with matchesAnswer. */
  readonly answers: readonly string[];
}

export function makeWordChallenge(random: RandomBytes): WordChallenge {
  return drawOne(random, [askGroup, askPlace, askSum, askLargest])(random);
}

/** "Which of these is an animal: sofa, otter, Tuesday, rain, violin?" */
function askGroup(random: RandomBytes): WordChallenge {
  const [name, group] = drawOne(random, Object.entries(GROUPS));
  const shunned = [name, ...(NOT_BESIDE[name] ?? [])];
  const others = Object.entries(GROUPS).filter(([other]) => !shunned.includes(other));
  const wrong = drawSome(random, others, 4).map(([, words]) => drawOne(random, words));
  const answer = drawOne(random, group);
  const words = drawSome(random, [answer, ...wrong], 5);
  return { kind: 'words', question: `Which of these is ${name}: ${words.join(', ')}?`, answers: [answer] };
}

/** "What is the third word here: amber, kettle, meadow, river, tower?" */
function askPlace(random: RandomBytes): WordChallenge {
  const words = drawSome(random, PLAIN_WORDS, 4 + drawBelow(random, 3));
  const place = drawBelow(random, words.length);
  const answer = words[place] ?? '';
  return {
    kind: 'words',
    question: `What is the ${ORDINALS[place]} word here: ${words.join(', ')}?`,
    answers: [answer],
  };
}

/** "How much is seven plus twelve? A number in digits or words will do." */
function askSum(random: RandomBytes): WordChallenge {
  const [first, second] = [2 + drawBelow(random, 18), 1 + drawBelow(random, 9)];
  const isSum = drawBelow(random, 2) === 0 || first <= second;
  const answer = isSum ? first + second : first - second;
  const words = `${numberInWords(first)} ${isSum ? 'plus' : 'minus'} ${numberInWords(second)}`;
  return { kind: 'words', question: `How much is ${words}? Digits or words will do.`, answers: spellings(answer) };
}

/** "Which number is the largest: forty-one, seven, nineteen, sixty? Digits or words will do." */
function askLargest(random: RandomBytes): WordChallenge {
  const numbers = drawSome(
    random,
    Array.from({ length: 98 }, (_, index) => index + 1),
    4,
  );
  const words = numbers.map(numberInWords).join(', ');
  return {
    kind: 'words',
    question: `Which number is the largest: ${words}? Digits or words will do.`,
    answers: spellings(Math.max(...numbers)),
  };
}

function spellings(number: number): string[] {
  return [String(number), numberInWords(number)];
}
