// What the agent needs of its audit journal: entries go in, in order, and stay as they were.
// Knows nothing of where it is kept. Nothing secret may be put into an entry.

import type { AuditEntry, ChainedEntry, ChainLink, ChainVerdict } from '../../protocol/audit-chain.js';

export interface AuditJournal {
  /** Chains the entry to the last one. It reaches the disk no later than the next durable write of the ledger. */
  append(entry: AuditEntry): ChainLink;
  /** The last entry's place; what a peer remembers of it proves later that the tail was not cut. */
  head(): ChainLink;
  /** The newest entries, newest first. */
  latest(countMax: number): readonly ChainedEntry[];
  /** Reads the whole journal and says whether it still is what was written. */
  verify(): ChainVerdict;
}
