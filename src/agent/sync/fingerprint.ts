// A short word for what is mirrored of one account: two accounts with the same word are the same. Pure.
// The mirror keeps it and reads nothing into it. Also says in which fields two differ, for people who ask what changed.

import { hash } from 'node:crypto';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import { personValues } from '../../protocol/person-values.js';
import { MIRRORED_FIELDS, type MirroredField } from '../../protocol/sync-reports.js';
import { type AccountText, accountText } from '../../protocol/written-change.js';

/**
 * 96 bits of a SHA-256 in base64url: nobody ever meets two accounts with one. Whoever may write both texts could make two, in 2^48 tries; then
 * that one change of their own is not mirrored until somebody looks at them live.
 */
export const WHOLE_WORD_UNITS = 16;
/** A byte per field, in threes as base64 takes them: one change in 256 is told as a change of no field. Written anew for each account. */
const hints = Buffer.alloc(Math.ceil(MIRRORED_FIELDS.length / 3) * 3);
const DISPOSITION_AT = MIRRORED_FIELDS.indexOf('disposition');

export const FINGERPRINT_UNITS = WHOLE_WORD_UNITS + (hints.length / 3) * 4;

/** How the fingerprint of an account begins whose text this is; whatever the mirror holds under another beginning is another account. */
export function wholeWordOf({ person, disposition }: AccountText): string {
  if (disposition !== latestDisposition.text)
    latestDisposition = { text: disposition, word: hash('sha256', disposition, 'base64url') };
  return hash('sha256', person + latestDisposition.word, 'base64url').slice(0, WHOLE_WORD_UNITS);
}

/** Of the account before: nearly all people have the same few. */
let latestDisposition = { text: '', word: '' };

/** The word for the whole in a fingerprint, which alone tells whether an account is another; undefined in one that is not of our making. */
export function wholeWordIn(fingerprint: string): string | undefined {
  return fingerprint.length === FINGERPRINT_UNITS ? fingerprint.slice(0, WHOLE_WORD_UNITS) : undefined;
}

/** 28 characters of base64url: the account as a whole, then a hint at each of its fields. */
export function fingerprintOf(account: ManagedAccount, wholeWord = wholeWordOf(accountText(account))): string {
  const values = personValues(account);
  for (let at = 0; at < values.length; at += 1) hints[at] = hintOf(at, values[at]);
  hints[DISPOSITION_AT] = hintOf(DISPOSITION_AT, account.disposition);
  return wholeWord + hints.toString('base64url');
}

/** The fields in which two accounts differ, by their fingerprints; none when one of them is not known. */
export function changedFields(before: string, after: string): MirroredField[] {
  if (before.length !== FINGERPRINT_UNITS || after.length !== FINGERPRINT_UNITS) return [];
  const [hintsBefore, hintsAfter] = [hintsIn(before), hintsIn(after)];
  return MIRRORED_FIELDS.filter((_, at) => hintsBefore[at] !== hintsAfter[at]);
}

/** Of each field one byte. */
function hintsIn(fingerprint: string): Uint8Array {
  return Buffer.from(fingerprint.slice(WHOLE_WORD_UNITS), 'base64url');
}

/** Of the account before: many have the same domain, the same disposition, and no phone at all. */
const latest = MIRRORED_FIELDS.map((): { value: unknown; hint: number } => ({ value: undefined, hint: 0 }));

/** `at`: which of MIRRORED_FIELDS. */
function hintOf(at: number, value: unknown): number {
  const before = latest[at];
  if (before === undefined || before.value === value) return before?.hint ?? 0;
  before.value = value;
  before.hint = hintAt(typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
  return before.hint;
}

/** The upper eight bits of FNV-1a, a hash that is quick for short text. */
function hintAt(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return state >>> 24;
}
