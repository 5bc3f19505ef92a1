// The audit journal, in SQLite: appended to and read, never updated; pruned from its oldest end.
// An entry and its place in the chain are one transaction: two writers cannot follow the same entry. It waits for the disk, and
// with it whatever was written before it. Appending goes directly, and not by Kysely: every answer does it.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type AuditEntry, CHAIN_START, type ChainedEntry, chainEntry } from '../../protocol/audit-chain.js';
import type { Clock } from '../../timing/clock.js';
import type { AuditFields, AuditJournal } from '../audit/audit-journal.js';
import type { Store } from './open-store.js';
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

export function sqliteAuditJournal({ db, direct }: Pick<Store, 'db' | 'direct'>, clock: Clock): AuditJournal {
  const head = direct.prepare('select sequence, hash from audit_entries order by sequence desc limit 1');
  const insert = direct.prepare('insert into audit_entries (sequence, entry, previous_hash, hash) values (?, ?, ?, ?)');
  return {
    append: (record) =>
      direct.durably(() => {
        const row = head.get();
        const previous = row === undefined ? CHAIN_START : linkSchema.parse(row);
        const { sequence, hash, entry } = chainEntry(previous, {
          atMs: clock.nowMs(),
          event: record.event,
          requestId: record.resetId,
          fields: presentFields(record.fields),
        });
        insert.run(sequence, JSON.stringify(entry), previous.hash, hash);
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
    ofReset: (resetId) => entriesWith(sql`entry ->> 'requestId' = ${resetId}`),
    ofVisit: (supportId) => entriesWith(sql`entry -> 'fields' ->> 'supportId' = ${supportId}`),
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

  /** Beside what cannot be read any more, which no entry is told by. */
  async function entriesWith(condition: RawBuilder<unknown>): Promise<readonly ChainedEntry[]> {
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where(sql<boolean>`case when json_valid(entry) then ${condition} end`)
      .orderBy('sequence')
      .limit(ENTRIES_READ_MAX)
      .execute();
    return rows.map(chained);
  }
}

const linkSchema = z.object({ sequence: z.int(), hash: z.string() });

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
