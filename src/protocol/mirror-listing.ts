// A page of what the mirror holds, as one text: of a million accounts the page is read by a few steps each, and never made into objects
// on the way. One line an account: anchor, a sign that says whether it is offered, fingerprint. No I/O.

import { z } from 'zod';
import { Failure } from '../failure/failure.js';
import { type AccountAnchor, IDENTIFIER_PATTERNS, parseAccountAnchor } from './identifiers.js';
import { LIMITS } from './limits.js';

/** What the mirror holds of one account. */
export interface MirroredEntry {
  readonly anchor: AccountAnchor;
  /** The agent's own word for what it sent; empty: not known. */
  readonly fingerprint: string;
  /** It is not offered any more. */
  readonly isAbsent: boolean;
}

/** Between anchor and fingerprint, which hold neither; SQL that makes such lines uses the same. */
export const LISTED_PRESENT = '+';
export const LISTED_ABSENT = '-';
export const LISTED_END = '\n';

const ANCHOR_UNITS_MAX = 128;
/** With what stands between and behind. */
const LINE_UNITS_MAX = ANCHOR_UNITS_MAX + LIMITS.fingerprintUnitsMax + 3;

/** Lines are looked at one by one when they are taken in. */
export const listingSchema = z.string().max(LIMITS.mirroredPerPageMax * LINE_UNITS_MAX);

export function listingOf(entries: readonly MirroredEntry[]): string {
  return entries
    .map(({ anchor, fingerprint, isAbsent }) => `${anchor} ${isAbsent ? LISTED_ABSENT : LISTED_PRESENT}${fingerprint}`)
    .join(LISTED_END);
}

/** The peer's listing is none. */
export class MalformedListing extends Failure {
  readonly code = 'malformed-listing';
  readonly retry = { mayRetry: true, why: 'the next pass asks anew' };
}

/** In the order of the lines. Throws MalformedListing at the first that is none. */
export function* entriesIn(listing: string): Generator<MirroredEntry> {
  for (let at = 0; at < listing.length; ) {
    const newline = listing.indexOf(LISTED_END, at);
    const end = newline === -1 ? listing.length : newline;
    const space = listing.indexOf(' ', at);
    const anchor = listing.slice(at, space);
    const sign = listing.charAt(space + 1);
    const fingerprint = listing.slice(space + 2, end);
    const isLine = space > at && space < end && IDENTIFIER_PATTERNS.AccountAnchor.test(anchor);
    if (!isLine || !SIGN.test(sign) || !FINGERPRINT.test(fingerprint))
      throw new MalformedListing('the mirror shows an account in no way that is known');
    yield { anchor: parseAccountAnchor(anchor), fingerprint, isAbsent: sign === LISTED_ABSENT };
    at = end + 1;
  }
}

/** Undefined for an empty listing. Throws MalformedListing. */
export function lastEntryIn(listing: string): MirroredEntry | undefined {
  const [last] = entriesIn(listing.slice(listing.lastIndexOf(LISTED_END) + 1));
  return last;
}

const SIGN = /^[+-]$/;
const FINGERPRINT = new RegExp(`^[A-Za-z0-9_-]{0,${LIMITS.fingerprintUnitsMax}}$`);
