// Reads the organisation's own list of banned terms: one a line, a line that begins with # is a remark, blank lines are nothing.
// Pure: text in, terms out. Every problem is reported at once with its line; a list with one is not used at all.

import { OperatorMistake } from '../../failure/failure.js';
import { admitTypedPassword } from '../../protocol/password-text.js';
import { TERM_CHARACTERS_MAX, TERM_CHARACTERS_MIN } from './banned-words.js';
import { normalise } from './normalise.js';

/** As many as Microsoft takes; a longer list is refused, not cut. */
export const CUSTOM_TERMS_MAX = 1000;
/** A longer text cannot be such a list and is refused unread. */
export const CUSTOM_LIST_UNITS_MAX = 256 * 1024;

export interface TermProblem {
  /** 1-based. */
  readonly line: number;
  readonly problem: string;
}

/** The list cannot be used. The message tells the first 50 problems, one a line; `problems` holds every one. */
export class BannedTermsRefused extends OperatorMistake {
  readonly code = 'banned-terms-refused';
  readonly retry = { mayRetry: false, why: 'the same list is refused again' };
  readonly problems: readonly TermProblem[];

  constructor(source: string, problems: readonly TermProblem[]) {
    const shown = problems.slice(0, PROBLEMS_SHOWN_MAX).map(({ line, problem }) => `  line ${line}: ${problem}`);
    const left = problems.length - shown.length;
    super([`${source} cannot be used:`, ...shown, ...(left > 0 ? [`  and ${left} more`] : [])].join('\n'));
    this.problems = problems;
  }
}

const PROBLEMS_SHOWN_MAX = 50;

/**
 * The terms in NFC, without blanks at their edges. The same term again, also in other case or with a substitution, is left out:
 * lists are merged. `source` names the file in a refusal. Throws BannedTermsRefused.
 */
export function readBannedTerms(source: string, text: string): string[] {
  if (text.length > CUSTOM_LIST_UNITS_MAX) {
    throw new BannedTermsRefused(source, [{ line: 1, problem: `is longer than ${CUSTOM_LIST_UNITS_MAX} characters` }]);
  }
  const terms = new Map<string, string>();
  const problems: TermProblem[] = [];
  let tooMany = 0;
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) continue;
    const problem = problemOf(line);
    const term = line.normalize('NFC');
    const key = normalise(term).join();
    if (problem !== undefined) problems.push({ line: index + 1, problem });
    else if (terms.size < CUSTOM_TERMS_MAX || terms.has(key)) terms.set(key, terms.get(key) ?? term);
    else if (tooMany === 0) tooMany = index + 1;
  }
  if (tooMany > 0)
    problems.push({ line: tooMany, problem: `is more than the ${CUSTOM_TERMS_MAX} terms a list may have` });
  if (problems.length > 0) throw new BannedTermsRefused(source, problems);
  return [...terms.values()];
}

function problemOf(line: string): string | undefined {
  if (line.includes('\uFFFD')) return 'is not in UTF-8';
  const admitted = admitTypedPassword(line);
  if (admitted.kind === 'refused' && admitted.fault !== 'too-long') {
    return 'has a character that no password may have, so it would never be found';
  }
  const characters = Array.from(line.normalize('NFC')).length;
  if (characters < TERM_CHARACTERS_MIN) {
    return `is shorter than ${TERM_CHARACTERS_MIN} characters: too many good passwords would contain it`;
  }
  return characters > TERM_CHARACTERS_MAX ? `is longer than ${TERM_CHARACTERS_MAX} characters` : undefined;
}
