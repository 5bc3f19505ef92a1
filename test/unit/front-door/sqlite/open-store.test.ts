// What waits for the disk and what does not: a transaction that does not must not take that away from those that do.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Database, openStore, relaxed } from '../../../../src/front-door/sqlite/open-store.js';

/** SQLite's own numbers. */
const NORMAL = 1;
const FULL = 2;

describe('a store', () => {
  it('waits for the disk, but within a relaxed transaction', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    expect(await synchronousOf(store.db)).toBe(FULL);
    expect(await relaxed(store.db, synchronousOf)).toBe(NORMAL);
    expect(await synchronousOf(store.db)).toBe(FULL);
  });

  it('waits again after a relaxed transaction that failed, of which nothing is kept', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    const failing = relaxed(store.db, async (trx) => {
      await sql`insert into schema_version values (1000, 0)`.execute(trx);
      throw new RangeError('after the write');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await synchronousOf(store.db)).toBe(FULL);
    const { rows } = await sql`select version from schema_version where version = 1000`.execute(store.db);
    expect(rows).toEqual([]);
  });

  it('lets nobody into the middle of a relaxed transaction', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    const gate = Promise.withResolvers<void>();
    const first = relaxed(store.db, async () => gate.promise);
    const second = synchronousOf(store.db);
    gate.resolve();
    await first;
    expect(await second).toBe(FULL);
  });
});

async function synchronousOf(db: Database): Promise<number | undefined> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  return rows[0]?.synchronous;
}
