// TECHNOLOGY: the audit journal in SQLite, chained entry by entry. Bounded: at the limit the oldest tenth goes, and the last
// of it stays as the link that the rest of the chain follows, so that what is left can still be verified.

import type { StatementSync } from 'node:sqlite';
import { z } from 'zod';
import {
  type AuditEntry,
  CHAIN_START,
  type ChainedEntry,
  type ChainLink,
  type ChainVerdict,
  chainEntry,
  verifyChain,
} from '../../protocol/audit-chain.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import type { AgentDatabase } from './agent-database.js';

/** Entries one journal holds: years of a busy organisation. Older ones belong into the log archive. */
export const AUDIT_ENTRIES_MAX = 1_000_000;

export class SqliteAuditJournal implements AuditJournal {
  readonly #database: AgentDatabase;
  readonly #entriesMax: number;
  readonly #sql: Record<keyof typeof SQL, StatementSync>;

  constructor(database: AgentDatabase, options: { readonly entriesMax: number } = { entriesMax: AUDIT_ENTRIES_MAX }) {
    this.#database = database;
    this.#entriesMax = options.entriesMax;
    const prepare = (name: keyof typeof SQL) => database.prepare(SQL[name]);
    this.#sql = {
      append: prepare('append'),
      last: prepare('last'),
      start: prepare('start'),
      linkAt: prepare('linkAt'),
      prune: prepare('prune'),
      moveStart: prepare('moveStart'),
      latest: prepare('latest'),
      ofRequest: prepare('ofRequest'),
      all: prepare('all'),
    };
  }

  append(entry: AuditEntry): ChainLink {
    return this.#database.runRelaxed(() => {
      const { sequence, hash } = chainEntry(this.head(), entry);
      const fields = JSON.stringify(entry.fields);
      this.#sql.append.run(sequence, hash, entry.atMs, entry.event, entry.requestId ?? null, fields);
      if (sequence - this.#start().sequence > this.#entriesMax) this.#pruneOldest();
      return { sequence, hash };
    });
  }

  head(): ChainLink {
    const row = this.#sql.last.get();
    return row === undefined ? this.#start() : linkSchema.parse(row);
  }

  latest(countMax: number): readonly ChainedEntry[] {
    return this.#sql.latest.all(countMax).map(chainedEntryOf);
  }

  /** The entries of one request, oldest first. For the commands, which alone ask for it. */
  ofRequest(requestId: string): readonly ChainedEntry[] {
    return this.#sql.ofRequest.all(requestId).map(chainedEntryOf);
  }

  verify(): ChainVerdict {
    return verifyChain(this.#start(), this.#readAll());
  }

  *#readAll(): Iterable<ChainedEntry> {
    for (const row of this.#sql.all.iterate()) yield chainedEntryOf(row);
  }

  #start(): ChainLink {
    const row = this.#sql.start.get();
    return row === undefined ? CHAIN_START : linkSchema.parse(row);
  }

  #pruneOldest(): void {
    const upTo = this.#start().sequence + Math.max(1, Math.floor(this.#entriesMax / 10));
    const { sequence, hash } = linkSchema.parse(this.#sql.linkAt.get(upTo));
    this.#sql.moveStart.run(sequence, hash);
    this.#sql.prune.run(sequence);
  }
}

const COLUMNS = 'sequence, hash, at_ms AS atMs, event, request_id AS requestId, fields';

const SQL = {
  append: 'INSERT INTO audit_entry (sequence, hash, at_ms, event, request_id, fields) VALUES (?, ?, ?, ?, ?, ?)',
  last: 'SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1',
  start: 'SELECT sequence, hash FROM audit_start',
  linkAt: 'SELECT sequence, hash FROM audit_entry WHERE sequence = ?',
  prune: 'DELETE FROM audit_entry WHERE sequence <= ?',
  moveStart: 'INSERT OR REPLACE INTO audit_start (only_row, sequence, hash) VALUES (1, ?, ?)',
  latest: `SELECT ${COLUMNS} FROM audit_entry ORDER BY sequence DESC LIMIT ?`,
  // The index is there for it; a request leaves a handful of entries, and no more than this are shown.
  ofRequest: `SELECT ${COLUMNS} FROM audit_entry WHERE request_id = ? ORDER BY sequence LIMIT 1000`,
  all: `SELECT ${COLUMNS} FROM audit_entry ORDER BY sequence`,
};

const linkSchema = z.object({ sequence: z.int(), hash: z.string() });

const rowSchema = z.object({
  sequence: z.int(),
  hash: z.string(),
  atMs: z.int(),
  event: z.string(),
  requestId: z.string().nullable(),
  fields: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.string())),
});

function chainedEntryOf(row: unknown): ChainedEntry {
  const { sequence, hash, requestId, ...entry } = rowSchema.parse(row);
  return { sequence, hash, entry: { ...entry, requestId: requestId ?? undefined } };
}
