// Words for one verdict, for the terminal of whoever typed the password themselves. English; a table of sentences, no decisions.
// Names the word, the name or the number, never the rest of the password. Not for logs, since the words say what is in it.

import { assertNever } from '../../failure/assert.js';
import type { CharacterKind } from '../../protocol/password-complexity.js';
import type { BannedTerm, GuessableWhy } from './banned-words.js';
import type { CannotTellWhy, FailDetail, RuleVerdict } from './rule-verdicts.js';

/** One sentence without its full stop, or "" for a rule that is met. */
export function sayVerdict(verdict: RuleVerdict): string {
  switch (verdict.kind) {
    case 'pass':
      return '';
    case 'fail':
      return sayDetail(verdict.detail);
    case 'cannot-tell':
      return WHYS[verdict.why];
  }
}

function sayDetail(detail: FailDetail): string {
  switch (detail.kind) {
    case 'text':
      return TEXT_FAULTS[detail.fault];
    case 'length-at-least':
      return `needs at least ${count(detail.units, 'character')}`;
    case 'length-at-most':
      return `may have at most ${count(detail.units, 'character')}`;
    case 'more-kinds':
      return `needs ${detail.atLeast} of five kinds of characters; it has no ${detail.missing.map((kind) => KINDS[kind]).join(', no ')}`;
    case 'names':
      return `contains ${quoted(detail.names)}, which is part of the account's name`;
    case 'guessable':
      return sayGuessable(detail.why);
    case 'seen-elsewhere':
      return `is in the list of stolen passwords, ${count(detail.times, 'time')}`;
    case 'wait':
      return `the password was changed too recently; wait ${count(Math.ceil(detail.waitMs / 60_000), 'minute')}`;
    default:
      return assertNever(detail);
  }
}

function sayGuessable(why: GuessableWhy): string {
  switch (why.kind) {
    case 'name':
      return `contains "${why.name}", a name of the person or the organisation`;
    case 'nearly-a-term':
      return `is hardly more than "${why.term.term}", which ${LISTS[why.term.list]}`;
    case 'too-few-points':
      return why.terms.length === 0 ? 'is too short to be hard to guess' : sayTooFewPoints(why.terms);
  }
}

function sayTooFewPoints(terms: readonly BannedTerm[]): string {
  const list = terms.some((term) => term.list === 'custom') ? 'custom' : 'global';
  return `is made of ${quoted(terms.map(({ term }) => term))} and too little else; such a word ${LISTS[list]}`;
}

const LISTS: Readonly<Record<BannedTerm['list'], string>> = {
  global: 'many people use',
  custom: 'the organisation has banned',
};

const KINDS: Readonly<Record<CharacterKind, string>> = {
  capital: 'capital letters',
  small: 'small letters',
  digit: 'digits',
  symbol: 'symbols',
  'other-letter': 'letters without case (such as Chinese or Arabic ones)',
};

const TEXT_FAULTS: Readonly<Record<Extract<FailDetail, { kind: 'text' }>['fault'], string>> = {
  empty: 'is empty',
  'too-long': 'is too long',
  'control-character': 'contains a control character, such as a tab or a line break',
  'invisible-character': 'contains a character that nobody can see',
  'broken-character': 'contains a character that is broken or not assigned',
  'not-normalised': 'is not in normal form NFC, as every page of ours would have sent it',
  'storage-scheme': 'opens with {…}, which the directory would take for a stored hash',
};

const WHYS: Readonly<Record<CannotTellWhy, string>> = {
  'only-the-directory-knows': 'only the directory knows the earlier passwords',
  'not-enforced-on-reset': 'this domain controller does not hold a reset to it',
  'unclear-on-reset':
    'the password is younger than the minimum age; domain controllers differ in holding a reset to it',
  'policy-unreadable': 'the policy that counts for this account may not be read',
  'age-unknown': 'when the password was last set is not known',
  'text-not-admitted': 'not looked at, since the text can be no password',
  'no-breach-list': 'no list of stolen passwords is set up',
  'breach-list-unusable': 'the list of stolen passwords cannot be used; the log says why',
  'switched-off': 'switched off in the settings',
};

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' and ');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
