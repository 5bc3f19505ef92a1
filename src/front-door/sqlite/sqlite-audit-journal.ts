// The audit journal, in SQLite: appended to, read, never updated.

import type { Clock } from '../../timing/clock.js';
import { CHAIN_START, chainLine } from '../audit/audit-chain.js';
import type { AuditJournal, AuditLine } from '../audit/audit-journal.js';
import type { Database } from './open-store.js';

const LINES_READ_MAX = 1000;

export interface SqliteAuditJournal extends AuditJournal {
  /** Up to 1000 lines after `sequence` (0: from the start), oldest first. */
  linesAfter(sequence: number): Promise<readonly AuditLine[]>;
}

export function sqliteAuditJournal(db: Database, clock: Clock): SqliteAuditJournal {
  return {
    append: (record) =>
      db.transaction().execute(async (trx) => {
        const last = await trx
          .selectFrom('audit_lines')
          .select(['sequence', 'hash'])
          .orderBy('sequence', 'desc')
          .limit(1)
          .executeTakeFirst();
        const line = chainLine({
          sequence: (last?.sequence ?? 0) + 1,
          atMs: clock.nowMs(),
          body: JSON.stringify(record),
          previousHash: last?.hash ?? CHAIN_START,
        });
        await trx
          .insertInto('audit_lines')
          .values({
            sequence: line.sequence,
            at_ms: line.atMs,
            body: line.body,
            previous_hash: line.previousHash,
            hash: line.hash,
          })
          .execute();
      }),
    async linesAfter(sequence) {
      const rows = await db
        .selectFrom('audit_lines')
        .selectAll()
        .where('sequence', '>', sequence)
        .orderBy('sequence')
        .limit(LINES_READ_MAX)
        .execute();
      return rows.map((row) => ({
        sequence: row.sequence,
        atMs: row.at_ms,
        body: row.body,
        previousHash: row.previous_hash,
        hash: row.hash,
      }));
    },
  };
}
