// Opens the front door's SQLite file, brings it to the current tables, and closes it again. The only file that knows how
// node:sqlite is driven by Kysely. The file is its owner's alone; what is committed is on disk, but for what says otherwise.

import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely';
import { OperatorMistake } from '../../failure/failure.js';
import { DirectStatements, type InTurn } from './direct-statements.js';
import { LogCarrier, mayCarryBeside } from './log-carrier.js';
import { openLogSync } from './log-sync.js';
import { MIGRATIONS } from './migrations.js';
import type { Schema } from './schema.js';

export type Database = Kysely<Schema>;

/** The file was written by a newer version of this program. */
export class StoreTooNew extends OperatorMistake {
  readonly code = 'store-too-new';
  readonly retry = { mayRetry: false, why: 'this version cannot read what a newer one wrote; start the newer one' };
}

export interface Store extends AsyncDisposable {
  /** For most of it: typed, and read at leisure. */
  readonly db: Database;
  /** For what every reset asks for. */
  readonly direct: DirectStatements;
  /** What makes room in the log: whoever writes much waits for it. */
  readonly carrier: Pick<LogCarrier, 'room' | 'assertWell'>;
}

const FILE_MODE = 0o600;
/** How long a write waits for another process, such as a command beside the running front door. */
const BUSY_TIMEOUT_MS = 5000;
/** Pages kept in memory. */
const CACHE_KIB = 16 * 1024;
/** Of 4 KiB, in the log beside the file before they are carried over: 32 MB. */
const WAL_PAGES = 8_000;
/** Before SQLite carries them over in the midst of other work, where nobody has beside it: 128 MB. */
const WAL_PAGES_MAX = 4 * WAL_PAGES;
const STATEMENTS_KEPT_MAX = 256;

/** Opens, or makes, the file at `path`; `:memory:` for tests. Throws StoreTooNew. */
export async function openStore(options: { readonly path: string; readonly nowMs: number }): Promise<Store> {
  const { path, nowMs } = options;
  // Made by us before SQLite does, so that it is never readable by others; its WAL takes over the mode.
  if (path !== ':memory:') closeSync(openSync(path, 'a', FILE_MODE));
  const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  file.exec('pragma journal_mode = wal');
  // FULL: an answer was given only after it survives a power cut.
  file.exec('pragma synchronous = full');
  file.exec('pragma secure_delete = on');
  // A pass over a large directory writes all over the file: what it comes back to soon is kept, and what it writes twice is
  // carried over once.
  file.exec(`pragma cache_size = -${CACHE_KIB}`);
  const isCarriedBeside = mayCarryBeside(process.versions.sqlite ?? '');
  file.exec(`pragma wal_autocheckpoint = ${isCarriedBeside ? WAL_PAGES_MAX : WAL_PAGES}`);
  // What is written while it is carried over comes on top, and to make the file shorter each time would take long.
  file.exec(`pragma journal_size_limit = ${2 * WAL_PAGES * 4096}`);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: drive(file) }) });
  try {
    await migrate({ db, file, nowMs });
    // A step may have written everything anew.
    file.exec('pragma wal_checkpoint(truncate)');
    const opened = await openLogSync(path);
    const carrier = new LogCarrier({ file, path, pages: isCarriedBeside ? WAL_PAGES : Number.POSITIVE_INFINITY });
    // A piece of work begins and ends within one turn of the event loop. It has to stand in Kysely's line only while one of Kysely's
    // transactions is open; else that line, from promise to promise, costs more than the work.
    const inTurn: InTurn = async (work) => (file.isTransaction ? db.connection().execute(async () => work()) : work());
    const close = async () => {
      await carrier[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
      await db.destroy();
    };
    const direct = new DirectStatements(file, { inTurn, log: opened.log, ended: () => carrier.look() });
    return { db, direct, carrier, [Symbol.asyncDispose]: close };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function migrate({ db, file, nowMs }: { db: Database; file: DatabaseSync; nowMs: number }): Promise<void> {
  await sql`create table if not exists schema_version (version integer primary key, applied_at_ms integer not null)`.execute(
    db,
  );
  const { rows } = await sql<{ at: number | null }>`select max(version) as at from schema_version`.execute(db);
  const current = rows[0]?.at ?? 0;
  if (current > MIGRATIONS.length) {
    throw new StoreTooNew(`the database is at version ${current}, this program knows ${MIGRATIONS.length}`);
  }
  for (const [index, parts] of MIGRATIONS.entries()) {
    if (index < current) continue;
    await db.transaction().execute(async (trx) => {
      for (const part of parts) {
        if (typeof part === 'string') await sql.raw(part).execute(trx);
        else part(file);
      }
      await sql`insert into schema_version values (${index + 1}, ${nowMs})`.execute(trx);
    });
  }
}

/** node:sqlite in the shape Kysely's SQLite dialect asks for. */
function drive(file: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, StatementSync>();
  const statementOf = (text: string): StatementSync => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= STATEMENTS_KEPT_MAX) kept.clear();
    const made = file.prepare(text);
    kept.set(text, made);
    return made;
  };
  return {
    close: () => file.close(),
    prepare(text) {
      // Taking the write lock at once: a transaction that reads first could not get it later beside another process.
      const statement = statementOf(text === 'begin' ? 'begin immediate' : text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(inputOf)),
        run: (parameters) => statement.run(...parameters.map(inputOf)),
        iterate: (parameters) => statement.iterate(...parameters.map(inputOf)),
      };
    },
  };
}

function inputOf(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}
