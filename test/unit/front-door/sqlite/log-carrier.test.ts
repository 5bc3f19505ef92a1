// A log that is carried over beside the work: when it is, that it ends however much is written meanwhile, and what comes of a failure.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { LogCarrier, mayCarryBeside } from '../../../../src/front-door/sqlite/log-carrier.js';

const PAGES = 160;
const WITHIN = { timeout: 20_000, interval: 5 };

/** A database whose log nobody carries over but who is tested; `write` adds one row, and asks as the store does. */
async function aStore({ threadPath }: { readonly threadPath?: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-'));
  const path = join(folder, 'store.sqlite');
  const file = new DatabaseSync(path);
  file.exec('pragma journal_mode = wal; pragma wal_autocheckpoint = 0; create table rows (text text)');
  const carrier = new LogCarrier({ file, path: threadPath ?? path, pages: PAGES });
  const insert = file.prepare('insert into rows values (?)');
  const progress = file.prepare('pragma wal_checkpoint(noop)');
  return {
    carrier,
    write: () => {
      insert.run('x'.repeat(8_000));
      carrier.look();
    },
    room: () => carrier.room(),
    log: () => {
      const { log, checkpointed } = progress.get() ?? {};
      return { pages: Number(log), carried: Number(checkpointed) };
    },
    /** In the database, without its log. */
    rows: () => Number(file.prepare('select count(*) as rows from rows').get()?.rows),
    [Symbol.asyncDispose]: async () => {
      await carrier[Symbol.asyncDispose]();
      file.close();
      await rm(folder, { recursive: true });
    },
  };
}

test('a short log is left alone, a long one is carried over whole, and begins anew with the next write', async () => {
  await using store = await aStore();
  for (; store.log().pages < PAGES - 3; store.write()) expect(store.log().carried).toBe(0);
  for (; store.log().pages < PAGES; ) store.write();
  await vi.waitUntil(() => store.log().carried === store.log().pages, WITHIN);
  store.carrier.assertWell();
  expect(store.log().pages).toBeLessThan(PAGES + 4);
  store.write();
  expect(store.log().pages).toBeLessThan(PAGES / 2);
});

test('the log ends however much is written, if only those who write much wait for room, and nothing of it is lost', async () => {
  await using store = await aStore();
  let [written, begunAnew, before] = [0, 0, 0];
  for (const endMs = performance.now() + WITHIN.timeout; begunAnew < 5 && performance.now() < endMs; ) {
    await store.room();
    store.write();
    written += 1;
    const { pages } = store.log();
    if (pages < before) begunAnew += 1;
    before = pages;
    await nextTurn();
  }
  expect(begunAnew).toBe(5);
  expect(store.rows()).toBe(written);
});

test('nobody waits for room while most of a log is carried over, nor after the store is closed', async () => {
  const store = await aStore();
  for (; store.log().pages < PAGES; ) store.write();
  await store.room();
  expect(store.log().carried).toBe(0);
  await store[Symbol.asyncDispose]();
  await store.room();
});

test('a thread that cannot open the database is told of once, no write fails by it, and it is tried again after that', async () => {
  await using store = await aStore({ threadPath: join(tmpdir(), 'drawbridge-nowhere', 'store.sqlite') });
  const failing = () =>
    vi.waitFor(() => {
      store.write();
      expect(() => store.carrier.assertWell()).toThrow('the log could not be carried over');
    }, WITHIN);
  for (; store.log().pages < PAGES; ) store.write();
  await failing();
  store.carrier.assertWell();
  await failing();
});

test('who waits for room goes on when the thread ends without a word, and the log is carried over by another after that', async () => {
  await using store = await aStore();
  const ends = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker) {
    void this.terminate();
  });
  try {
    for (; store.log().pages < PAGES; ) store.write();
    await vi.waitFor(() => expect(() => store.carrier.assertWell()).toThrow('could not be carried over'), WITHIN);
    await store.room();
  } finally {
    ends.mockRestore();
  }
  store.write();
  await vi.waitUntil(() => store.log().carried > 0, WITHIN);
});

test('nothing begins after the store is closed, and nothing is told of it', async () => {
  await using store = await aStore();
  const started = vi.spyOn(Worker.prototype, 'postMessage');
  await store.carrier[Symbol.asyncDispose]();
  for (; store.log().pages < 2 * PAGES; ) store.write();
  store.carrier.assertWell();
  for (; store.log().pages < 3 * PAGES; ) store.write();
  expect(started).not.toHaveBeenCalled();
  started.mockRestore();
});

test('no log is carried over beside an SQLite that may lose what is written meanwhile, or that cannot tell how far it is', () => {
  for (const version of ['3.51.3', '3.51.10', '3.52.0', '3.53.4', '4.0.0']) expect(mayCarryBeside(version)).toBe(true);
  for (const version of ['3.51.2', '3.51.0', '3.50.7', '3.49.1', '2.99.9', ''])
    expect(mayCarryBeside(version)).toBe(false);
});

test('nothing is in memory to be carried, and nobody waits to end what was never begun', async () => {
  const file = new DatabaseSync(':memory:');
  file.exec('create table rows (text text)');
  await using carrier = new LogCarrier({ file, path: ':memory:', pages: 0 });
  file.exec(`insert into rows values ('x')`);
  carrier.look();
  carrier.assertWell();
});
