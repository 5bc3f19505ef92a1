// What waits for the disk and what does not: a transaction that does not must not take that away from those that do, however
// often it is run.

import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { DirectStatements } from '../../../../src/front-door/sqlite/direct-statements.js';
import { LogSync } from '../../../../src/front-door/sqlite/log-sync.js';
import { openStore, type Store } from '../../../../src/front-door/sqlite/open-store.js';

/** SQLite's own numbers. */
const NORMAL = 1;
const FULL = 2;

describe('direct statements', () => {
  it('leave to SQLite what it waits for elsewhere, each time anew', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    for (let time = 0; time < 3; time += 1) {
      expect(await store.direct.relaxed(() => synchronousOf(store))).toBe(NORMAL);
      expect(await store.direct.read(() => synchronousOf(store))).toBe(FULL);
      expect(await store.direct.durably(() => synchronousOf(store))).toBe(NORMAL);
      expect(await store.direct.read(() => synchronousOf(store))).toBe(FULL);
    }
  });

  it('are on the disk when a durable one resolves, and seen before that', async () => {
    const disk = Promise.withResolvers<void>();
    const direct = onOwnFile(() => disk.promise);
    let isOnDisk = false;
    const durable = direct
      .durably(() => direct.prepare('insert into t values (1)').run())
      .then(() => {
        isOnDisk = true;
      });
    const { result, onDisk } = await direct.written(() => direct.prepare('select count(*) as rows from t').get());
    expect(result).toMatchObject({ rows: 1 });
    expect(isOnDisk).toBe(false);
    disk.resolve();
    await Promise.all([durable, onDisk]);
    expect(isOnDisk).toBe(true);
  });

  it('say of each that it has ended, also where it failed, and of no read', async () => {
    const file = new DatabaseSync(':memory:');
    const states: boolean[] = [];
    const ended = () => void states.push(file.isTransaction);
    const direct = new DirectStatements(file, {
      inTurn: async (work) => work(),
      log: new LogSync(async () => undefined),
      ended,
    });
    await direct.relaxed(() => undefined);
    await direct.durably(() => undefined);
    const failing = direct.relaxed(() => {
      throw new RangeError('not so');
    });
    await expect(failing).rejects.toThrow('not so');
    await direct.read(() => undefined);
    expect(states).toEqual([false, false, false]);
  });

  it('fail where the disk did not take them, and relaxed ones do not wait to learn of it', async () => {
    const direct = onOwnFile(async () => {
      throw new RangeError('no room');
    });
    await expect(direct.durably(() => undefined)).rejects.toMatchObject({ code: 'log-not-synced' });
    expect(await direct.relaxed(() => 'done')).toBe('done');
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
    const written = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const first = store.db.transaction().execute(async (trx) => {
      await sql`insert into schema_version values (1000, 0)`.execute(trx);
      written.resolve();
      await gate.promise;
      throw new RangeError('nothing of it is kept');
    });
    await written.promise;
    const insert = store.direct.prepare('insert into schema_version values (1001, 0)');
    const second = store.direct.durably(() => insert.run());
    gate.resolve();
    await expect(first).rejects.toThrow(RangeError);
    await second;
    expect(await newestVersion(store)).toBe(1001);
  });

  it('are done at once where no transaction is open', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    let isDone = false;
    // Kysely comes to its beginning from promise to promise: this is done before the first of them.
    const kyselys = store.db.transaction().execute(async () => undefined);
    const ours = store.direct.durably(() => {
      isDone = true;
    });
    expect(isDone).toBe(true);
    await Promise.all([kyselys, ours]);
  });

  it('tell what goes wrong by what they return, also at once', async () => {
    await using store = await openStore({ path: ':memory:', nowMs: 0 });
    const failing = store.direct.read(() => {
      throw new RangeError('at once');
    });
    await expect(failing).rejects.toThrow(RangeError);
  });
});

function onOwnFile(sync: () => Promise<void>): DirectStatements {
  const file = new DatabaseSync(':memory:');
  file.exec('create table t (number integer)');
  return new DirectStatements(file, { inTurn: async (work) => work(), log: new LogSync(sync), ended: () => undefined });
}

/** Prepared anew, since SQLite answers a pragma when it is prepared. */
function synchronousOf({ direct }: Store): unknown {
  return direct.prepare('pragma synchronous').get()?.synchronous;
}

async function newestVersion({ direct }: Store): Promise<unknown> {
  return direct.read(() => direct.prepare('select max(version) as newest from schema_version').get()?.newest);
}
