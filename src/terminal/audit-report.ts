// An audit journal as lines for a terminal, the same for both programs. Pure. Values were written by us, but shown escaped.

import type { ChainedEntry, ChainVerdict } from '../protocol/audit-chain.js';
import { isoInstant } from '../timing/clock.js';
import { printable } from './printable.js';

/** One line an entry: number, time, event, request id, fields; a sentence where there is none. */
export function auditLines(entries: readonly ChainedEntry[]): string[] {
  if (entries.length === 0) return ['no entry: nothing was written about this here, or it was pruned by now'];
  return entries.map(({ sequence, entry }) => {
    const fields = Object.entries(entry.fields).map(([name, value]) => `${name}=${printable(value)}`);
    return [sequence, isoInstant(entry.atMs), entry.event, entry.requestId ?? '-', ...fields].join('  ');
  });
}

/** What `audit verify` says: the head is what to keep elsewhere, since a cut tail cannot be seen from inside. */
export function verdictLine(verdict: ChainVerdict): string {
  if (verdict.kind === 'broken')
    return `broken: entry ${verdict.atSequence} is not what was written after its predecessor`;
  const { sequence, hash } = verdict.head;
  return `intact up to entry ${sequence}; its hash, to be kept elsewhere: ${hash}`;
}
