// How the journal's lines hang together: each hash covers the line and the hash before it, so that nothing can be altered,
// taken out or put in between without every later line showing it. Pure.

import { createHash } from 'node:crypto';
import { canonicalBytes } from '../../protocol/canonical-bytes.js';
import type { AuditLine } from './audit-journal.js';

export const CHAIN_START = '0'.repeat(64);

export function chainLine(line: Omit<AuditLine, 'hash'>): AuditLine {
  const bytes = canonicalBytes('drawbridge/front-door-audit/1', [
    BigInt(line.sequence),
    BigInt(line.atMs),
    line.body,
    line.previousHash,
  ]);
  return { ...line, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** The sequence number of the first line that does not follow from the one before, or undefined when all hold together. */
export function firstBrokenLine(lines: Iterable<AuditLine>, after: AuditLine | undefined = undefined): number | undefined {
  let previous = after;
  for (const line of lines) {
    const isNext = previous === undefined || line.sequence === previous.sequence + 1;
    const follows = previous === undefined || line.previousHash === previous.hash;
    if (!isNext || !follows || chainLine(line).hash !== line.hash) return line.sequence;
    previous = line;
  }
  return undefined;
}
