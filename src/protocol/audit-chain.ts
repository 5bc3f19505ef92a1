// The chain of an audit journal: every entry's hash covers the one before, so an entry that is altered, dropped or moved
// breaks all that follow. Pure; used by the agent and the front door alike. Entries hold no secret: their makers see to it.
// @NOTE A cut tail cannot be seen from the chain alone: whoever wants that keeps the head somewhere else.

import { hash as digestOf } from 'node:crypto';
import { canonicalBytes } from './canonical-bytes.js';

/** What happened, in public words: field values are codes, identifiers and numbers. */
export interface AuditEntry {
  readonly atMs: number;
  /** Kebab-case and stable, as in `reset-answered`. */
  readonly event: string;
  /** The reset id, or whatever else joins both sides' journals; undefined when the event belongs to no request. */
  readonly requestId: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

/** A place in the chain: the hash (64 hex digits) of the entry with this number. */
export interface ChainLink {
  readonly sequence: number;
  readonly hash: string;
}

export interface ChainedEntry extends ChainLink {
  readonly entry: AuditEntry;
}

export type ChainVerdict =
  | { readonly kind: 'intact'; readonly head: ChainLink }
  /** The entry with this number is not what was written after its predecessor. */
  | { readonly kind: 'broken'; readonly atSequence: number };

/** Where every chain starts: before entry 1. */
export const CHAIN_START: ChainLink = { sequence: 0, hash: '0'.repeat(64) };

export function chainEntry(previous: ChainLink, entry: AuditEntry): ChainedEntry {
  const sequence = previous.sequence + 1;
  return { sequence, hash: hashOf(previous.hash, sequence, entry), entry };
}

/** Checks entries in their order, the first of which follows `start`: the chain's start, or the last one pruned. */
export function verifyChain(start: ChainLink, entries: Iterable<ChainedEntry>): ChainVerdict {
  let head = start;
  for (const { sequence, hash, entry } of entries) {
    const expected = chainEntry(head, entry);
    if (sequence !== expected.sequence || hash !== expected.hash) {
      return { kind: 'broken', atSequence: expected.sequence };
    }
    head = { sequence, hash };
  }
  return { kind: 'intact', head };
}

function hashOf(previousHash: string, sequence: number, entry: AuditEntry): string {
  // By code units, not by locale: the same entry has one order of fields on every machine.
  const fields = Object.entries(entry.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const whole = canonicalBytes('drawbridge/audit/1', [
    previousHash,
    BigInt(sequence),
    BigInt(entry.atMs),
    entry.event,
    entry.requestId === undefined ? 'without-request' : `request=${entry.requestId}`,
    ...fields.flat(),
  ]);
  return digestOf('sha256', whole, 'hex');
}
