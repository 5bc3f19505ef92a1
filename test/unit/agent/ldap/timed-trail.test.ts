// Following by the servers' own times: nothing is missed, whatever the clocks say and however late changes come from other servers;
// and what has been settled for long is not looked at again and again.

import fc from 'fast-check';
import { type AndFilter, type Filter, GreaterThanEqualsFilter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { ChangesLost } from '../../../../src/agent/directory/ports.js';
import type { Followed } from '../../../../src/agent/ldap/change-trail.js';
import { formatGeneralizedTime } from '../../../../src/agent/ldap/generalized-time.js';
import type { LdapEntry } from '../../../../src/agent/ldap/ldap-entry.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';
import { REPLICATION_LAG_MS, timedTrail } from '../../../../src/agent/ldap/timed-trail.js';
import { parseAccountAnchor } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anEntry } from '../../../support/ldap-entries.js';

const signal = new AbortController().signal;
const PAGE = 2;

/** Entries by name, each with the time of its last change by the servers' clock; told page by page, each page as of its moment. */
class Server {
  readonly clock = new FakeClock();
  readonly written = new Map<string, number>();
  readonly searches: string[] = [];
  readonly bases = new Set<string>();
  name = 'ldap1';
  /** May not be seen. */
  hidden = '';
  /** Done before each page. */
  between: () => Promise<unknown> = async () => undefined;
  readonly #aheadMs: number;

  constructor(aheadMs = 0) {
    this.#aheadMs = aheadMs;
  }

  /** `lateMs`: so long ago, at another server. */
  write(name: string, lateMs = 0): void {
    const timeMs = this.clock.nowMs() + this.#aheadMs - lateMs;
    this.written.set(name, Math.max(timeMs, this.written.get(name) ?? 0));
  }

  entry(name: string): LdapEntry {
    return anEntry({
      dn: `uid=${name},dc=example`,
      entryUUID: name,
      entryCSN: `${formatGeneralizedTime(this.written.get(name) ?? 0, 'microseconds')}#000001#001#000000`,
      objectClass: [name.startsWith('unit') ? 'organizationalUnit' : 'inetOrgPerson'],
    });
  }

  followed(): Followed<{ readonly root: string; readonly name: string }> {
    const searchPage = async (
      { base, filter }: { base: string; filter?: Filter },
      { cookie }: { cookie: Buffer | undefined },
    ) => {
      if (base === this.hidden) throw new LdapRefusal(32, 'no such object');
      this.bases.add(base);
      await this.between();
      const [changed] = (filter as AndFilter).filters;
      const from = changed instanceof GreaterThanEqualsFilter ? changed.value : '';
      if (cookie === undefined) this.searches.push(from);
      const at = Number(cookie?.toString() ?? 0);
      const names = [...this.written.keys()].slice(at, at + PAGE);
      const entries = names.map((name) => this.entry(name)).filter((entry) => (entry.text('entryCSN') ?? '') >= from);
      return { entries, nextCookie: at + PAGE < this.written.size ? Buffer.from(String(at + PAGE)) : undefined };
    };
    return { connection: { searchPage }, server: { root: 'dc=example', name: this.name } } as never;
  }

  trail() {
    return timedTrail<{ readonly root: string; readonly name: string }>({
      attribute: 'entryCSN',
      suffix: '#000000#000#000000',
      digits: 'microseconds',
      anchor: { attribute: 'entryUUID', of: (entry) => parseAccountAnchor(entry.text('entryUUID') ?? '') },
      root: ({ root }) => root,
      orElse: 'ou=people,dc=example',
      clock: this.clock,
    });
  }

  /** Reads everybody, one after another, and tells each to `see`. */
  async readAll(see: (name: string) => void): Promise<string> {
    const read = await this.trail().begin(this.followed(), signal);
    for (const name of [...this.written.keys()]) {
      await this.between();
      read.note(this.entry(name));
      see(name);
    }
    return read.end() ?? '';
  }

  async follow(cursor: string, see: (name: string) => void): Promise<string> {
    const walk = this.trail().follow(this.followed(), cursor, signal);
    for (;;) {
      const step = await walk.next();
      if (step.done === true) return step.value ?? '';
      for (const { anchor } of step.value) see(anchor);
    }
  }
}

test('nobody is missed, whatever is written during reads, however late it comes and however wrong the clocks are', async () => {
  const moment = fc.record({
    passMs: fc.nat(200_000),
    writes: fc.array(
      fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), lateMs: fc.nat(REPLICATION_LAG_MS) }),
      {
        maxLength: 3,
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(moment, { maxLength: 40 }),
      fc.integer({ min: -1e9, max: 500_000 }),
      async (moments, aheadMs) => {
        const server = new Server(aheadMs);
        for (const name of ['a', 'b', 'c', 'd', 'e']) server.write(name);
        const queue = [...moments];
        const happen = async () => {
          const next = queue.shift();
          if (next === undefined) return;
          await server.clock.advance(next.passMs);
          for (const { name, lateMs } of next.writes) server.write(name, lateMs);
        };
        server.between = happen;
        const seen = new Map<string, number>();
        const see = (name: string) => void seen.set(name, server.written.get(name) ?? 0);
        let cursor = await server.readAll(see);
        while (queue.length > 0) {
          await happen();
          cursor = await server.follow(cursor, see);
        }
        await server.follow(cursor, see);
        expect(seen).toEqual(server.written);
      },
    ),
    { numRuns: 300 },
  );
});

describe('what has been settled for long', () => {
  test('is not told again; what changes is', async () => {
    const server = new Server();
    server.write('a');
    await server.clock.advance(60_000);
    server.write('b');
    let cursor = await server.readAll(() => undefined);
    const told = async () => {
      const names: string[] = [];
      cursor = await server.follow(cursor, (name) => void names.push(name));
      return names;
    };
    // As long as something may come late, all of the last minutes.
    expect(await told()).toEqual(['a', 'b']);
    await server.clock.advance(2 * REPLICATION_LAG_MS + 1);
    expect(await told()).toEqual(['b']);
    expect(await told()).toEqual(['b']);
    server.write('a');
    expect(await told()).toEqual(['a', 'b']);
    expect(await told()).toEqual(['a']);
  });

  test('is not told again because it was written all at once, as a bulk load is', async () => {
    const server = new Server();
    for (const name of ['a', 'b', 'c', 'd']) {
      server.write(name);
      await server.clock.advance(10);
    }
    let cursor = await server.readAll(() => undefined);
    await server.clock.advance(2 * REPLICATION_LAG_MS + 1);
    const told: string[][] = [];
    for (let look = 0; look < 3; look += 1) {
      const names: string[] = [];
      cursor = await server.follow(cursor, (name) => void names.push(name));
      told.push(names);
    }
    expect(told).toEqual([['a', 'b', 'c', 'd'], ['d'], ['d']]);
  });

  test('is asked for in the form that servers compare', async () => {
    const server = new Server();
    server.write('a');
    await server.follow(await server.readAll(() => undefined), () => undefined);
    expect(server.searches).toEqual([expect.stringMatching(/^\d{14}\.\d{6}Z#000000#000#000000$/)]);
  });
});

test('a container is told once for each of its changes, however often it is looked at', async () => {
  const server = new Server();
  for (const name of ['a', 'unit1']) server.write(name);
  let cursor = await server.readAll(() => undefined);
  const told = async () => {
    const names: string[] = [];
    cursor = await server.follow(cursor, (name) => void names.push(name));
    return names;
  };
  expect(await told()).toEqual(['a', 'unit1']);
  expect(await told()).toEqual(['a']);
  await server.clock.advance(1_000);
  server.write('unit1');
  expect(await told()).toEqual(['a', 'unit1']);
  expect(await told()).toEqual(['a']);
});

test('where times cannot be read nothing is followed', async () => {
  const server = new Server();
  const read = await server.trail().begin(server.followed(), signal);
  read.note(anEntry({ dn: 'uid=a,dc=example', entryUUID: 'a' }));
  expect(read.end()).toBeUndefined();
});

test('another server, and one that was restored, cannot be followed from here', async () => {
  const server = new Server();
  server.write('a');
  await server.clock.advance(1_000);
  server.write('b');
  const cursor = await server.readAll(() => undefined);
  server.name = 'ldap2';
  await expect(server.follow(cursor, () => undefined)).rejects.toBeInstanceOf(ChangesLost);
  server.name = 'ldap1';
  // As it was before b was written.
  server.written.delete('b');
  await expect(server.follow(cursor, () => undefined)).rejects.toBeInstanceOf(ChangesLost);
});

test('a time that lies ahead of every clock does not end the following', async () => {
  const server = new Server();
  server.write('wrong', -365 * 86_400_000);
  server.write('a');
  const cursor = await server.readAll(() => undefined);
  await server.clock.advance(60_000);
  server.write('b');
  const told: string[] = [];
  await server.follow(cursor, (name) => void told.push(name));
  expect(told).toContain('b');
});

test('what is no time, and stands among times, does not end the following', async () => {
  const server = new Server();
  server.write('a');
  const read = await server.trail().begin(server.followed(), signal);
  read.note(server.entry('a'));
  const written = server.entry('a').text('entryCSN') ?? '';
  const entryCSN = `${written.slice(0, 12)}99${written.slice(14)}`;
  read.note(anEntry({ dn: 'uid=wrong,dc=example', entryUUID: 'wrong', entryCSN }));
  await server.clock.advance(60_000);
  server.write('b');
  const told: string[] = [];
  await server.follow(read.end() ?? '', (name) => void told.push(name));
  expect(told).toContain('b');
});

test('a day that its month has not does not end the following', async () => {
  const server = new Server();
  await server.clock.advance(Date.UTC(2026, 2, 1, 1) - server.clock.nowMs());
  // On the last of February.
  server.write('a', 2 * 3_600_000);
  const read = await server.trail().begin(server.followed(), signal);
  read.note(server.entry('a'));
  // It sorts before every time of March, and would be the third of that.
  const thirtyFirst = `20260231${server.entry('a').text('entryCSN')?.slice(8) ?? ''}`;
  read.note(anEntry({ dn: 'uid=wrong,dc=example', entryUUID: 'wrong', entryCSN: thirtyFirst }));
  await server.clock.advance(60_000);
  server.write('b');
  const told: string[] = [];
  await server.follow(read.end() ?? '', (name) => void told.push(name));
  expect(told).toContain('b');
});

test('where the whole may not be seen, the part that is ours is followed', async () => {
  const server = new Server();
  server.write('a');
  const cursor = await server.readAll(() => undefined);
  await server.follow(cursor, () => undefined);
  expect([...server.bases]).toEqual(['dc=example']);
  server.hidden = 'dc=example';
  server.bases.clear();
  const told: string[] = [];
  await server.follow(cursor, (name) => void told.push(name));
  expect([told, [...server.bases]]).toEqual([['a'], ['ou=people,dc=example']]);
});

test('another part of the directory cannot be followed from here', async () => {
  const server = new Server();
  server.write('a');
  const cursor = (await server.readAll(() => undefined)).replace('dc=example', 'dc=other');
  await expect(server.follow(cursor, () => undefined)).rejects.toBeInstanceOf(ChangesLost);
});
