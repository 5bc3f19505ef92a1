// What waits for the disk and what does not: a transaction that does not must not take that away from those that do, however
// often it is run.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../../src/front-door/sqlite/open-store.js';

/** SQLite's own numbers. */
const NORMAL = 1;
const FULL = 2;

describe('direct statements', () => {
  it('wait for the disk, but within a relaxed transaction, each time anew', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    for (let time = 0; time < 3; time += 1) {
      expect(await store.direct.read(() => synchronousOf(store))).toBe(FULL);
      expect(await store.direct.relaxed(() => synchronousOf(store))).toBe(NORMAL);
      expect(await store.direct.durably(() => synchronousOf(store))).toBe(FULL);
    }
  });

  it('wait again after a relaxed transaction that failed, of which nothing is kept', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    const insert = store.direct.prepare('insert into schema_version values (1000, 0)');
    const failing = store.direct.relaxed(() => {
      insert.run();
      throw new RangeError('after the write');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await store.direct.read(() => synchronousOf(store))).toBe(FULL);
    expect(await newestVersion(store)).toBeLessThan(1000);
  });

  it("stay out of the middle of one of Kysely's transactions", async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    const gate = Promise.withResolvers<void>();
    const first = store.db.transaction().execute(async (trx) => {
      await sql`insert into schema_version values (1000, 0)`.execute(trx);
      await gate.promise;
      throw new RangeError('nothing of it is kept');
    });
    const insert = store.direct.prepare('insert into schema_version values (1001, 0)');
    const second = store.direct.durably(() => insert.run());
    gate.resolve();
    await expect(first).rejects.toThrow(RangeError);
    await second;
    expect(await newestVersion(store)).toBe(1001);
  });
});

/** Prepared anew, since SQLite answers a pragma when it is prepared. */
function synchronousOf({ direct }: Store): unknown {
  return direct.prepare('pragma synchronous').get()?.synchronous;
}

async function newestVersion({ direct }: Store): Promise<unknown> {
  return direct.read(() => direct.prepare('select max(version) as newest from schema_version').get()?.newest);
}
