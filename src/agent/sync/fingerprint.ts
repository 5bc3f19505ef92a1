// A short word for what is mirrored of one account: two accounts with the same word are the same. Pure.
// The mirror keeps it and reads nothing into it. Also says in which fields two differ, for people who ask what changed.

import { hash } from 'node:crypto';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import { MIRRORED_FIELDS, type MirroredField } from '../../protocol/sync-reports.js';
import { type AccountText, accountText } from '../../protocol/written-change.js';

/** 108 bits of a SHA-256 in base64url: nobody ever makes two accounts with one. */
const WHOLE_UNITS = 18;
/** Two per field: one change in four thousand is told as a change of no field. */
const FIELD_UNITS = 2;

export const FINGERPRINT_UNITS = WHOLE_UNITS + MIRRORED_FIELDS.length * FIELD_UNITS;

/** How the fingerprint of an account begins whose text this is; whatever the mirror holds under another beginning is another account. */
export function wholeWordOf({ person, disposition }: AccountText): string {
  return hash('sha256', `${person}${disposition}`, 'base64url').slice(0, WHOLE_UNITS);
}

export function beginsWith(fingerprint: string, wholeWord: string): boolean {
  return fingerprint.length === FINGERPRINT_UNITS && fingerprint.startsWith(wholeWord);
}

/** 36 characters of base64url: the account as a whole, then a hint at each of its fields. */
export function fingerprintOf(account: ManagedAccount, wholeWord = wholeWordOf(accountText(account))): string {
  let fingerprint = wholeWord;
  for (const field of MIRRORED_FIELDS) fingerprint += hintOf(field, account[field]);
  return fingerprint;
}

/** The fields in which two accounts differ, by their fingerprints; none when one of them is not known. */
export function changedFields(before: string, after: string): MirroredField[] {
  if (before.length !== FINGERPRINT_UNITS || after.length !== FINGERPRINT_UNITS) return [];
  return MIRRORED_FIELDS.filter((_, at) => hintIn(before, at) !== hintIn(after, at));
}

function hintIn(fingerprint: string, field: number): string {
  const at = WHOLE_UNITS + field * FIELD_UNITS;
  return fingerprint.slice(at, at + FIELD_UNITS);
}

/** Of the account before: many have the same domain, the same disposition, and no phone at all. */
const latest = new Map<MirroredField, { readonly value: unknown; readonly hint: string }>();

function hintOf(field: MirroredField, value: ManagedAccount[MirroredField]): string {
  const before = latest.get(field);
  if (before !== undefined && before.value === value) return before.hint;
  const hint = hintAt(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  latest.set(field, { value, hint });
  return hint;
}

/** Twelve bits of FNV-1a, a hash that is quick for short text. */
function hintAt(text: string): string {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return BASE64URL.charAt((state >>> 20) & 63) + BASE64URL.charAt((state >>> 26) & 63);
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
