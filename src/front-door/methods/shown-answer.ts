// What the pages show that take a code, or other answers that are typed: the problem with the last one, and the tries left. Pure.

import type { CodeProblem } from '../pages/page-words.js';
import type { ProofView } from './method-face.js';

export function shownAnswer({ form, operation, gate, gates, hasOtherMethod, open, notice }: ProofView) {
  return {
    form,
    operation,
    gate,
    gates,
    hasOtherMethod,
    problem: problemOf(notice),
    attemptsLeft: notice === 'wrong' ? open?.triesLeft : undefined,
    wasSentAgain: notice === 'sent-again',
  };
}

function problemOf(notice: ProofView['notice']): CodeProblem | undefined {
  if (notice === 'sent-again') return undefined;
  // Nothing that is typed is counted.
  return notice === 'counter-back' ? 'wrong' : notice;
}
