// The audit journal, in SQLite: appended to and read, never updated; pruned from its oldest end.
// An entry and its place in the chain are one transaction: two writers cannot follow the same entry.

import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type AuditEntry, CHAIN_START, type ChainedEntry, chainEntry } from '../../protocol/audit-chain.js';
import type { Clock } from '../../timing/clock.js';
import type { AuditFields, AuditJournal } from '../audit/audit-journal.js';
import type { Database } from './open-store.js';
import type { Schema } from './schema.js';

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
      return rows.map(chained);
    },
    async latest(countMax) {
      const newest = db.selectFrom('audit_entries').selectAll().orderBy('sequence', 'desc');
      return (await newest.limit(countMax).execute()).map(chained).reverse();
    },
    async ofReset(resetId) {
      const rows = await db
        .selectFrom('audit_entries')
        .selectAll()
        .where(sql<boolean>`case when json_valid(entry) then entry ->> 'requestId' = ${resetId} end`)
        .orderBy('sequence')
        .limit(ENTRIES_READ_MAX)
        .execute();
      return rows.map(chained);
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

function chained(row: Selectable<Schema['audit_entries']>): ChainedEntry {
  return { sequence: row.sequence, hash: row.hash, entry: entryOf(row.entry) };
}

/** What somebody made unreadable is shown as that, and breaks the chain where it stands. */
function entryOf(text: string): AuditEntry {
  try {
    return entrySchema.parse(JSON.parse(text));
  } catch {
    // What was written there instead is nobody's word, and not repeated.
    return { atMs: 0, event: 'unreadable', requestId: undefined, fields: {} };
  }
}

function presentFields(fields: AuditFields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
