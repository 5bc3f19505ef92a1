// Lending, waiting, choosing and sparing, with connections that are nothing but usable or not.

import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { parseEndpoint } from '../../../../src/agent/ldap/connection.js';
import { BindRefused } from '../../../../src/agent/ldap/connection-failures.js';
import { ConnectionPool } from '../../../../src/agent/ldap/connection-pool.js';
import { noDirectoryEvents } from '../../../../src/agent/ldap/directory-events.js';
import { Secret } from '../../../../src/secret/secret.js';
import { FakeClock } from '../../../support/fake-clock.js';

class FakeConnection {
  isUsable = true;
  readonly host: string;
  constructor(host: string) {
    this.host = host;
  }
  destroy(): void {
    this.isUsable = false;
  }
}

function aPool(hosts: readonly string[] = ['dc1']) {
  const clock = new FakeClock();
  const opened: FakeConnection[] = [];
  const attempts: string[] = [];
  const failures = new Map<string, Error>();
  const credentials = { password: 'Sample-Gate-11' };
  const pool = new ConnectionPool<string, FakeConnection>({
    endpoints: async () => hosts.map((host) => parseEndpoint(`ldaps://${host}`)),
    clock,
    events: noDirectoryEvents,
    greet: async (connection) => connection.host,
    readPassword: () => Secret.fromText(credentials.password),
    salt: Buffer.alloc(32, 7),
    open: async ({ host }) => {
      attempts.push(host);
      const failure = failures.get(host);
      if (failure !== undefined) throw failure;
      const connection = new FakeConnection(host);
      opened.push(connection);
      return connection;
    },
  });
  return { pool, clock, opened, attempts, failures, credentials };
}

const signal = () => new AbortController().signal;

describe('lends connections', () => {
  test('one at a time, and the same again', async () => {
    const { pool, opened } = aPool();
    for (let turn = 0; turn < 3; turn += 1) (await pool.lease(signal()))[Symbol.dispose]();
    expect(opened).toHaveLength(1);

    const [one, other] = [await pool.lease(signal()), await pool.lease(signal())];
    expect(one.connection).not.toBe(other.connection);
  });

  test('never a broken one, nor one that lay idle too long', async () => {
    const { pool, clock, opened } = aPool();
    const broken = await pool.lease(signal());
    broken.connection.isUsable = false;
    broken[Symbol.dispose]();
    (await pool.lease(signal()))[Symbol.dispose]();
    expect(opened).toHaveLength(2);

    await clock.advance(5 * 60_000);
    const fresh = await pool.lease(signal());
    expect(fresh.wasIdle).toBe(false);
    expect(opened[1]?.isUsable).toBe(false);
  });

  test('takes one back once, however often it is given', async () => {
    const { pool } = aPool();
    const lease = await pool.lease(signal());
    lease[Symbol.dispose]();
    lease[Symbol.dispose]();

    const [one, other] = [await pool.lease(signal()), await pool.lease(signal())];
    expect(one.connection).not.toBe(other.connection);
  });

  test('sixteen at most: the next waits its turn, or stops waiting', async () => {
    const { pool, opened } = aPool();
    const leases = await Promise.all(Array.from({ length: 16 }, () => pool.lease(signal())));
    const stopped = new AbortController();
    const impatient = pool.lease(stopped.signal);
    const patient = pool.lease(signal());
    stopped.abort(new Error('stopped'));
    await expect(impatient).rejects.toThrow('stopped');

    leases[0]?.[Symbol.dispose]();
    expect((await patient).wasIdle).toBe(true);
    expect(opened).toHaveLength(16);
  });

  test('refuses when too many wait', async () => {
    const { pool } = aPool();
    await Promise.all(Array.from({ length: 16 }, () => pool.lease(signal())));
    const stopped = new AbortController();
    const waiting = Promise.allSettled(Array.from({ length: 64 }, () => pool.lease(stopped.signal)));

    await expect(pool.lease(signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
    stopped.abort();
    await waiting;
  });

  test('none after it was closed, and ends those on loan', async () => {
    const { pool, opened } = aPool();
    await pool.lease(signal());
    pool.close();

    expect(opened[0]?.isUsable).toBe(false);
    await expect(pool.lease(signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
  });
});

describe('asks once more', () => {
  test('on a new connection, when an idle one was dead', async () => {
    const { pool, opened } = aPool();
    (await pool.lease(signal()))[Symbol.dispose]();
    let asked = 0;

    const answer = await pool.read(signal(), async ({ wasIdle }) => {
      asked += 1;
      if (wasIdle) throw new DirectoryUnreachable('dead');
      return 'answer';
    });

    expect(answer).toBe('answer');
    expect(asked).toBe(2);
    expect(opened).toHaveLength(2);
  });

  test('but not when a new one failed', async () => {
    const { pool } = aPool();
    let asked = 0;
    const ask = async () => {
      asked += 1;
      throw new DirectoryUnreachable('away');
    };

    await expect(pool.read(signal(), ask)).rejects.toThrow('away');
    expect(asked).toBe(1);
  });
});

describe('chooses the domain controller', () => {
  const useOnce = async (pool: ReturnType<typeof aPool>['pool']) => {
    using lease = await pool.lease(signal());
    return lease.server;
  };

  test('in order, those that have failed last', async () => {
    const { pool, attempts, failures } = aPool(['dc1', 'dc2']);
    failures.set('dc1', new DirectoryUnreachable('away'));
    await pool.lease(signal());
    await pool.lease(signal());
    expect(attempts).toEqual(['dc1', 'dc2', 'dc2']);
  });

  test('that failed again only after a while, beside the work, and comes back to it when it answers', async () => {
    const { pool, clock, attempts, failures } = aPool(['dc1', 'dc2']);
    failures.set('dc1', new DirectoryUnreachable('away'));
    expect(await useOnce(pool)).toBe('dc2');
    await clock.advance(29_999);
    expect(await useOnce(pool)).toBe('dc2');
    expect(attempts).toEqual(['dc1', 'dc2']);

    await clock.advance(1);
    expect(await useOnce(pool)).toBe('dc2');
    expect(attempts).toEqual(['dc1', 'dc2', 'dc1']);

    failures.clear();
    await clock.advance(30_000);
    expect(await useOnce(pool)).toBe('dc2');
    await expect.poll(() => useOnce(pool)).toBe('dc1');
    expect(attempts).toEqual(['dc1', 'dc2', 'dc1', 'dc1']);
  });

  test('that is wanted, and another one only while that has failed', async () => {
    const { pool, failures } = aPool(['dc1', 'dc2']);
    const wanted = async () => {
      using lease = await pool.lease(signal(), ({ host }) => host === 'dc2');
      return lease.server;
    };
    expect([await useOnce(pool), await wanted(), await useOnce(pool)]).toEqual(['dc1', 'dc2', 'dc1']);

    const other = aPool(['dc1', 'dc2']);
    other.failures.set('dc2', new DirectoryUnreachable('away'));
    expect(failures.size).toBe(0);
    using lease = await other.pool.lease(signal(), ({ host }) => host === 'dc2');
    expect(lease.server).toBe('dc1');
  });

  test('another than one that accepted a question and stayed silent', async () => {
    const { pool, clock, attempts } = aPool(['dc1', 'dc2']);
    const answer = await pool.read(signal(), async ({ server }) => {
      if (server === 'dc2') return server;
      await clock.advance(10_000);
      throw new DirectoryUnreachable('silent');
    });

    expect(answer).toBe('dc2');
    expect(await useOnce(pool)).toBe('dc2');
    expect(attempts).toEqual(['dc1', 'dc2']);
  });

  test('and says somebody must act only when none of them is merely away', async () => {
    const { pool, failures } = aPool(['dc1', 'dc2']);
    failures.set('dc1', new DirectoryMisconfigured('certificate'));
    failures.set('dc2', new DirectoryUnreachable('away'));
    await expect(pool.lease(signal())).rejects.toBeInstanceOf(DirectoryUnreachable);

    failures.set('dc2', new DirectoryMisconfigured('certificate too'));
    await expect(pool.lease(signal())).rejects.toBeInstanceOf(DirectoryMisconfigured);
  });

  test('that is asked for, or none', async () => {
    const { pool } = aPool(['dc1', 'dc2']);

    expect((await pool.leaseFrom((host) => host === 'dc2', signal()))?.server).toBe('dc2');
    expect(await pool.leaseFrom((host) => host === 'dc3', signal())).toBeUndefined();
  });
});

describe('spares the service account', () => {
  test('a refused bind is tried at no other domain server, and held back longer each time', async () => {
    const { pool, clock, attempts, failures } = aPool(['dc1', 'dc2']);
    failures.set('dc1', new BindRefused('refused'));
    const refused = () => expect(pool.lease(signal())).rejects.toBeInstanceOf(BindRefused);

    await refused();
    await refused();
    expect(attempts).toEqual(['dc1']);

    await clock.advance(30_000);
    await refused();
    await clock.advance(30_000);
    await refused();
    expect(attempts).toHaveLength(2);

    await clock.advance(30_000);
    failures.clear();
    expect((await pool.lease(signal())).server).toBe('dc1');
  });

  test('a corrected password is tried at once, and one refused in its place is held anew', async () => {
    const { pool, attempts, failures, credentials } = aPool();
    failures.set('dc1', new BindRefused('refused'));
    const refused = () => expect(pool.lease(signal())).rejects.toBeInstanceOf(BindRefused);
    await refused();

    credentials.password = 'Sample-Gate-12';
    await refused();
    await refused();
    expect(attempts).toHaveLength(2);

    failures.clear();
    credentials.password = 'Sample-Gate-13';
    expect((await pool.lease(signal())).server).toBe('dc1');
  });
});
