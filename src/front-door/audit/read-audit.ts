// Reads the audit journal whole: does it still follow from its beginning. Holds one page of it at a time.

import { type ChainVerdict, verifyChain } from '../../protocol/audit-chain.js';
import type { AuditJournal } from './audit-journal.js';

export interface AuditVerdict {
  readonly verdict: ChainVerdict;
  /** Entries that were read and found sound. */
  readonly entries: number;
}

/** @NOTE A cut tail, and a head that was pruned, cannot be seen from inside: keep the printed head elsewhere. */
export async function verifyJournal(journal: Pick<AuditJournal, 'start' | 'entriesAfter'>): Promise<AuditVerdict> {
  const start = await journal.start();
  for (let head = start; ; ) {
    const page = await journal.entriesAfter(head.sequence);
    const verdict = verifyChain(head, page);
    if (verdict.kind === 'broken') return { verdict, entries: verdict.atSequence - 1 - start.sequence };
    if (page.length === 0) return { verdict, entries: head.sequence - start.sequence };
    head = verdict.head;
  }
}
