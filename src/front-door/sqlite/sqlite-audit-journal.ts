// The audit journal, in SQLite: appended to and read, never updated; pruned from its oldest end.
// An entry and its place in the chain are one transaction: two writers cannot follow the same entry.

import { z } from 'zod';
import { type AuditEntry, CHAIN_START, chainEntry } from '../../protocol/audit-chain.js';
import type { Clock } from '../../timing/clock.js';
import type { AuditFields, AuditJournal } from '../audit/audit-journal.js';
import type { Database } from './open-store.js';

const ENTRIES_READ_MAX = 1000;

const entrySchema = z
  .object({
    atMs: z.number(),
    event: z.string(),
    requestId: z.string().optional(),
    fields: z.record(z.string(), z.string()),
  })
  .transform(({ requestId, ...rest }): AuditEntry => ({ ...rest, requestId }));

export function sqliteAuditJournal(db: Database, clock: Clock): AuditJournal {
  return {
    append: (record) =>
      db.transaction().execute(async (trx) => {
        const head = await trx
          .selectFrom('audit_entries')
          .select(['sequence', 'hash'])
          .orderBy('sequence', 'desc')
          .limit(1)
          .executeTakeFirst();
        const { sequence, hash, entry } = chainEntry(head ?? CHAIN_START, {
          atMs: clock.nowMs(),
          event: record.event,
          requestId: record.resetId,
          fields: presentFields(record.fields),
        });
        const previous = (head ?? CHAIN_START).hash;
        await trx
          .insertInto('audit_entries')
          .values({ sequence, entry: JSON.stringify(entry), previous_hash: previous, hash })
          .execute();
      }),
    async entriesAfter(after) {
      const rows = await db
        .selectFrom('audit_entries')
        .selectAll()
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(ENTRIES_READ_MAX)
        .execute();
      return rows.map(({ sequence, hash, entry }) => ({
        sequence,
        hash,
        entry: entrySchema.parse(JSON.parse(entry)),
      }));
    },
    async start() {
      const oldest = await db
        .selectFrom('audit_entries')
        .select(['sequence', 'previous_hash'])
        .orderBy('sequence')
        .limit(1)
        .executeTakeFirst();
      return oldest === undefined ? CHAIN_START : { sequence: oldest.sequence - 1, hash: oldest.previous_hash };
    },
  };
}

function presentFields(fields: AuditFields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
