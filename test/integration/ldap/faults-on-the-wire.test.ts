// What befalls a message between a real directory and the agent, and how each request that meets it ends: with the right
// failure, in time, on a connection that is not used again. Which known defect each test answers: docs/ldap-faults.md.

import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../src/agent/directory/ports.js';
import { AnswerTooLarge } from '../../../src/agent/ldap/connection-failures.js';
import { LdapRefusal } from '../../../src/agent/ldap/ldap-errors.js';
import type { Fault } from '../../support/ldap-faults.js';
import {
  bindDone,
  brokenPageEnd,
  limitedPageEnd,
  modifyDone,
  noticeOfDisconnection,
  pageEnd,
  searchEnd,
} from '../../support/ldap-messages.js';
import { portOf } from '../../support/tcp-relay.js';
import {
  ALL_NAMES,
  behindFaults,
  CONNECT_TIMEOUT_MS,
  deadline,
  descriptionChange,
  type FaultyDirectory,
  GRACE_MS,
  namesOfPeople,
  OPERATION_TIMEOUT_MS,
  PEOPLE_DN,
  type RealDirectory,
  startDirectory,
  timed,
} from './faulty-directory.js';

let real: RealDirectory;
let path: FaultyDirectory;
beforeAll(async () => {
  real = await startDirectory(await mkdtemp(join(inject('labFolder'), 'faults-')));
});
afterAll(() => real.directory.stop());
beforeEach(async () => {
  path = await behindFaults(real);
});

const PEOPLE = { base: PEOPLE_DN, scope: 'sub', attributes: ['uid'] } as const;

/** Seen at once for what they are: nobody waits for the deadline. */
const ENDED_AT_ONCE: readonly (readonly [string, Fault])[] = [
  ['is cut before its first byte', { kind: 'cut', afterBytes: 0 }],
  ['is cut after five bytes', { kind: 'cut', afterBytes: 5 }],
  ['meets a TCP reset', { kind: 'reset' }],
  ['meets a directory that has no more to say', { kind: 'half-close' }],
  ['has garbage before it', { kind: 'garbage', where: 'before' }],
  ['has garbage inside', { kind: 'garbage', where: 'inside' }],
  ['is no TLS at all', { kind: 'broken-record' }],
  ['says that it is two gibibytes long', { kind: 'length', form: 'two-gibibytes' }],
  ['has a negative length inside', { kind: 'length', form: 'negative' }],
  ['has an indefinite length', { kind: 'length', form: 'indefinite' }],
  ['has a length inside that reaches out of it', { kind: 'length', form: 'reaching-out' }],
  ['is 24 megabytes long', { kind: 'huge', bytes: 24 * 1024 * 1024 }],
  ['is nested fifty thousand deep', { kind: 'nesting', depth: 50_000 }],
  ['is a notice of disconnection', { kind: 'notice-of-disconnection' }],
  ['has an intermediate response before it', { kind: 'intermediate-response' }],
  ['has no result code', { kind: 'scripted', answer: (id) => Buffer.from([0x30, 5, 2, 1, id, 0x65, 0]) }],
  ['is a bind response', { kind: 'scripted', answer: bindDone }],
];

/** Silence, or what is as good as silence. */
const ENDED_AT_THE_DEADLINE: readonly (readonly [string, Fault])[] = [
  ['never comes', { kind: 'freeze' }],
  ['is kept back', { kind: 'withhold' }],
  ['comes after the deadline', { kind: 'delay', byMs: OPERATION_TIMEOUT_MS + 300 }],
  ['has another request’s message id', { kind: 'other-message-id' }],
];

const HARMLESS: readonly (readonly [string, Fault])[] = [
  ['comes byte by byte', { kind: 'split', pieceBytes: 1 }],
  ['comes in pieces of three bytes', { kind: 'split', pieceBytes: 3 }],
  ['comes late, but in time', { kind: 'delay', byMs: 300 }],
];

/** True to its end, and then something that ends the connection. */
const TRUE_AND_THEN_ENDED: readonly (readonly [string, Fault])[] = [
  ['comes twice', { kind: 'duplicate' }],
  ['has garbage after it', { kind: 'garbage', where: 'after' }],
];

describe('a search whose answer', () => {
  async function meets(fault: Fault) {
    expect(await path.search()).toEqual(ALL_NAMES);
    // A connection on loan, so that no idle one is asked once more.
    using lease = await path.pool.lease(deadline());
    const injected = path.proxy.inject(fault, { operation: 'search' });
    const result = await timed(() => namesOfPeople(lease.connection, deadline()));
    expect(injected.met).toBe(1);
    return { ...result, connection: lease.connection };
  }

  test.each(ENDED_AT_ONCE)('%s ends at once as unreachable, and the next is answered', async (_, fault) => {
    const { ended, tookMs, connection } = await meets(fault);

    expect(ended).toBeInstanceOf(DirectoryUnreachable);
    expect(tookMs).toBeLessThan(OPERATION_TIMEOUT_MS);
    expect(connection.isUsable).toBe(false);
    await expectAnswersOnAnotherConnection();
  });

  test.each(ENDED_AT_THE_DEADLINE)(
    '%s ends at its deadline as unreachable, and the next is answered',
    async (_, fault) => {
      const { ended, tookMs, connection } = await meets(fault);

      expect(ended).toBeInstanceOf(DirectoryUnreachable);
      expect(tookMs).toBeLessThan(OPERATION_TIMEOUT_MS + GRACE_MS);
      expect(connection.isUsable).toBe(false);
      await expectAnswersOnAnotherConnection();
    },
  );

  test.each(HARMLESS)('%s is read like any other', async (_, fault) => {
    const { ended, connection } = await meets(fault);

    expect(ended).toEqual(ALL_NAMES);
    expect(connection.isUsable).toBe(true);
  });

  test.each(TRUE_AND_THEN_ENDED)('%s is true, and the connection is not used again', async (_, fault) => {
    const { ended, connection } = await meets(fault);

    expect(ended).toEqual(ALL_NAMES);
    expect(connection.isUsable).toBe(false);
    await expectAnswersOnAnotherConnection();
  });

  test('is a referral is a refusal, which is not followed, and the connection goes on', async () => {
    await using elsewhere = await startStranger();
    const { ended, connection } = await meets({ kind: 'referral', uri: elsewhere.uri });

    expect(ended).toMatchObject({ constructor: LdapRefusal, resultCode: 10 });
    expect(connection.isUsable).toBe(true);
    expect(await path.search()).toEqual(ALL_NAMES);
    expect(elsewhere.visitors).toBe(0);
  });

  test('names another server is taken without it, and nobody goes there', async () => {
    await using elsewhere = await startStranger();
    const { ended } = await meets({ kind: 'reference', uri: elsewhere.uri });

    expect(ended).toEqual(ALL_NAMES);
    expect(elsewhere.visitors).toBe(0);
  });

  test('holds 5,000 small messages in one piece is read to its end', async () => {
    const { ended, connection } = await meets({ kind: 'flood', messages: 5000 });

    expect(ended).toEqual(ALL_NAMES);
    expect(connection.isUsable).toBe(true);
  });

  test('holds three million small messages ends at once, before they are kept', async () => {
    // Without a deadline that could end it first.
    path = await behindFaults(real, { operationTimeoutMs: 30_000 });
    const heapBefore = process.memoryUsage().heapUsed;
    const { ended } = await meets({ kind: 'flood', messages: 3_000_000 });

    expect(ended).toBeInstanceOf(AnswerTooLarge);
    expect(String(ended)).toContain('answer-too-large');
    expect((process.memoryUsage().heapUsed - heapBefore) / 2 ** 20).toBeLessThan(256);
    await expectAnswersOnAnotherConnection();
  });

  test('was cut short by the directory’s own limit is refused: one entry may not be the only one', async () => {
    using lease = await path.pool.lease(deadline());
    path.proxy.inject({ kind: 'withhold' }, { operation: 'entry', times: 2 });
    path.proxy.inject({ kind: 'scripted', answer: (id) => searchEnd(id, 4) }, { operation: 'search' });

    await expect(lease.connection.search({ ...PEOPLE, sizeLimit: 5 }, deadline())).rejects.toMatchObject({
      resultCode: 4,
    });
  });

  test('lacks entries in the middle of its pages is not taken for the last page', async () => {
    using lease = await path.pool.lease(deadline());
    path.proxy.inject({ kind: 'withhold' }, { operation: 'entry', times: 2 });
    const empty = await lease.connection.searchPage(PEOPLE, { size: 2, cookie: undefined }, deadline());
    const rest = await lease.connection.searchPage(PEOPLE, { size: 2, cookie: empty.nextCookie }, deadline());

    expect(empty.entries).toEqual([]);
    expect(empty.nextCookie).toBeDefined();
    expect(rest.entries.flatMap((entry) => entry.texts('uid'))).toEqual(['person1', 'person2']);
    expect(rest.nextCookie).toBeUndefined();
  });

  test('is a page that the directory’s own limit ended is refused, whatever its cookie says: it is not the last page', async () => {
    using lease = await path.pool.lease(deadline());
    path.proxy.inject({ kind: 'scripted', answer: (id) => limitedPageEnd(id) }, { operation: 'search' });

    await expect(lease.connection.searchPage(PEOPLE, { size: 2, cookie: undefined }, deadline())).rejects.toMatchObject(
      { resultCode: 4 },
    );
  });

  test('is a page whose cookie breaks off ends at once: it is not the last page', async () => {
    using lease = await path.pool.lease(deadline());
    path.proxy.inject({ kind: 'scripted', answer: brokenPageEnd }, { operation: 'search' });

    await expect(
      lease.connection.searchPage(PEOPLE, { size: 2, cookie: undefined }, deadline()),
    ).rejects.toBeInstanceOf(DirectoryUnreachable);
  });
});

describe('a modify whose answer', () => {
  async function meets(fault: Fault) {
    const description = `through ${crypto.randomUUID()}`;
    await path.search();
    const injected = path.proxy.inject(fault, { operation: 'modify' });
    const result = await timed(() => path.describePerson(description));
    expect(injected.met).toBe(1);
    expect(path.proxy.requests.filter(({ operation }) => operation === 'modify')).toHaveLength(1);
    return { ...result, description };
  }

  test.each([...ENDED_AT_ONCE, ...ENDED_AT_THE_DEADLINE])(
    '%s is lost, never called done and never repeated',
    async (_, fault) => {
      const { ended, tookMs, description } = await meets(fault);

      expect(ended).toEqual({ kind: 'answer-lost' });
      expect(tookMs).toBeLessThan(OPERATION_TIMEOUT_MS + GRACE_MS);
      // The directory had carried it out before its answer met the fault: settled by reading back, never by guessing.
      expect(await path.descriptionInTruth()).toBe(description);
      await expectAnswersOnAnotherConnection();
    },
  );

  test.each([...HARMLESS, ...TRUE_AND_THEN_ENDED])('%s is done, once', async (_, fault) => {
    const { ended, description } = await meets(fault);

    expect(ended).toEqual({ kind: 'applied' });
    expect(await path.descriptionInTruth()).toBe(description);
    expect(await path.search()).toEqual(ALL_NAMES);
  });

  test('is the end of a search is lost, though it says success under the right message id', async () => {
    expect((await meets({ kind: 'scripted', answer: (id) => pageEnd(undefined, id) })).ended).toEqual({
      kind: 'answer-lost',
    });
  });

  test('holds 5,000 entries that nobody asked for is lost', async () => {
    expect((await meets({ kind: 'flood', messages: 5000 })).ended).toEqual({ kind: 'answer-lost' });
    await expectAnswersOnAnotherConnection();
  });

  test('is a referral is a refusal, which is not followed', async () => {
    await using elsewhere = await startStranger();

    expect((await meets({ kind: 'referral', uri: elsewhere.uri })).ended).toMatchObject({
      kind: 'refused',
      refusal: { resultCode: 10 },
    });
    expect(elsewhere.visitors).toBe(0);
  });

  test('has NUL bytes and a code of the library’s in its words gives them without', async () => {
    const words = '0000052D: Constraint violation - too short\0';

    expect((await meets({ kind: 'scripted', answer: (id) => modifyDone(id, 19, words) })).ended).toMatchObject({
      kind: 'refused',
      refusal: {
        resultCode: 19,
        win32: '0000052D',
        diagnostic: '0000052D: Constraint violation - too short',
      },
    });
  });
});

describe('a modify that does not reach the directory', () => {
  test.each<[string, Fault]>([
    ['because it is cut off', { kind: 'cut', afterBytes: 0 }],
    ['because half of it is cut off', { kind: 'cut', afterBytes: 20 }],
    ['because it meets a reset', { kind: 'reset' }],
    ['because it is kept back', { kind: 'withhold' }],
    ['because nothing moves any more', { kind: 'freeze' }],
  ])('%s is lost, and nothing was written', async (_, fault) => {
    const before = await path.descriptionInTruth();
    const injected = path.proxy.inject(fault, { on: 'request', operation: 'modify' });
    const { ended, tookMs } = await timed(() => path.describePerson(`never ${crypto.randomUUID()}`));

    expect(injected.met).toBe(1);
    expect(ended).toEqual({ kind: 'answer-lost' });
    expect(tookMs).toBeLessThan(OPERATION_TIMEOUT_MS + GRACE_MS);
    expect(await path.descriptionInTruth()).toBe(before);
    await expectAnswersOnAnotherConnection();
  });
});

describe('a bind whose answer', () => {
  test.each([...ENDED_AT_ONCE.filter(([, fault]) => fault.kind !== 'scripted'), ...ENDED_AT_THE_DEADLINE])(
    '%s is unreachable in time, and nothing is asked on that connection',
    async (_, fault) => {
      const injected = path.proxy.inject(fault, { operation: 'bind' });
      const { ended, tookMs } = await timed(() => path.search());

      expect(injected.met).toBe(1);
      expect(ended).toBeInstanceOf(DirectoryUnreachable);
      expect(tookMs).toBeLessThan(OPERATION_TIMEOUT_MS + GRACE_MS);
      expect(path.proxy.requests.map(({ operation }) => operation)).toEqual(['bind']);
      expect(await path.search()).toEqual(ALL_NAMES);
    },
  );

  test('is that of another operation is no bind, whatever it says', async () => {
    path.proxy.inject({ kind: 'scripted', answer: modifyDone }, { operation: 'bind' });

    await expect(path.search()).rejects.toBeInstanceOf(DirectoryUnreachable);
    expect(path.proxy.requests.map(({ operation }) => operation)).toEqual(['bind']);
  });

  test('is a referral has to be looked at by somebody, and nobody goes there with our password', async () => {
    await using elsewhere = await startStranger();
    path.proxy.inject({ kind: 'referral', uri: elsewhere.uri }, { operation: 'bind' });

    await expect(path.search()).rejects.toBeInstanceOf(DirectoryMisconfigured);
    expect(elsewhere.visitors).toBe(0);
  });
});

describe('a connection', () => {
  test('that is accepted and never answered is given up at the connect deadline', async () => {
    const injected = path.proxy.injectAtConnection('never-answered');
    const { ended, tookMs } = await timed(() => path.search());

    expect(injected.met).toBe(1);
    expect(ended).toBeInstanceOf(DirectoryUnreachable);
    expect(tookMs).toBeLessThan(CONNECT_TIMEOUT_MS + GRACE_MS);
    expect(await path.search()).toEqual(ALL_NAMES);
  });

  test('that is reset while it is made is unreachable at once', async () => {
    path.proxy.injectAtConnection('reset');

    expect((await timed(() => path.search())).ended).toBeInstanceOf(DirectoryUnreachable);
    expect(await path.search()).toEqual(ALL_NAMES);
  });

  test.each<[string, Buffer]>([
    ['a notice of disconnection', noticeOfDisconnection()],
    ['an answer to nothing', modifyDone(7)],
    ['5,000 small messages', Buffer.alloc(7 * 5000, Buffer.from([0x30, 5, 2, 1, 2, 0x65, 0]))],
  ])('that gets %s while it lies idle is not lent again', async (_, bytes) => {
    expect(await path.search()).toEqual(ALL_NAMES);
    path.proxy.sendUnasked(bytes);

    await expect.poll(async () => (await path.search()).length && path.proxy.connections).toBe(2);
  });

  test('is made, and bound, for each of those that ask at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => path.search()));

    expect(answers).toEqual(Array.from({ length: 8 }, () => ALL_NAMES));
    expect(path.proxy.connections).toBe(8);
    const first = new Map<number, string>();
    for (const { connection, operation } of path.proxy.requests) {
      if (!first.has(connection)) first.set(connection, operation);
    }
    expect([...first.values()]).toEqual(Array.from({ length: 8 }, () => 'bind'));
  });

  test('that ended takes its siblings’ requests with it no more than its own', async () => {
    using one = await path.pool.lease(deadline());
    using other = await path.pool.lease(deadline());
    path.proxy.inject({ kind: 'freeze' }, { operation: 'modify' });

    const [lost, answered] = await Promise.all([
      one.connection.modify(descriptionChange('frozen'), deadline()),
      namesOfPeople(other.connection, deadline()),
    ]);
    expect(lost).toEqual({ kind: 'answer-lost' });
    expect(answered).toEqual(ALL_NAMES);
    expect(other.connection.isUsable).toBe(true);
    expect(await one.connection.modify(descriptionChange('again'), deadline())).toEqual({ kind: 'not-sent' });
  });
});

async function expectAnswersOnAnotherConnection() {
  const before = path.proxy.connections;
  expect(await path.search()).toEqual(ALL_NAMES);
  expect(path.proxy.connections).toBe(before + 1);
}

/** Where a referral leads: nobody should come. */
async function startStranger() {
  let visitors = 0;
  const server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `ldap://127.0.0.1:${portOf(server)}/dc=example,dc=com`,
    get visitors() {
      return visitors;
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
