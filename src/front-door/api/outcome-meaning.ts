// What an outcome means, for a caller that shows it to somebody or watches over it: code, event number, and words for three readers.

import type { Operation } from '../../protocol/operations.js';
import { OUTCOME_MEANINGS, outcomeCodeOf } from '../../protocol/outcome-codes.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { personWords } from '../pages/outcome-words.js';
import { en } from '../pages/texts/en.js';
import type { ResetAnswer } from './api-documents.js';

export function meaningOf(outcome: ResetOutcome, operation: Operation): NonNullable<ResetAnswer['meaning']> {
  const code = outcomeCodeOf(outcome);
  return { code, ...OUTCOME_MEANINGS[code], person: personWords(code, operation, en) };
}
