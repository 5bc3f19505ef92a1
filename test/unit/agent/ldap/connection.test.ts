// One connection against a server that says what it is told to: what ldapts alone would get wrong.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { Attribute, Change } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { createCertificateAuthority } from '../../../../scripts/lab/certificate-authority.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { LdapConnection, parseEndpoint } from '../../../../src/agent/ldap/connection.js';
import { Secret } from '../../../../src/secret/secret.js';
import { bindDone, modifyDone, pageEnd, searchEntry } from '../../../support/ldap-messages.js';
import { type Answer, startScriptedLdapServer } from '../../../support/scripted-ldap-server.js';

const EVERYTHING = { base: 'DC=x', scope: 'sub', attributes: ['cn'] } as const;
const UNLOCK = {
  distinguishedName: 'CN=a',
  changes: [new Change({ operation: 'replace', modification: new Attribute({ type: 'lockoutTime', values: ['0'] }) })],
  controls: [],
};
const signal = () => AbortSignal.timeout(10_000);

async function connected(answers: readonly Answer[], operationTimeoutMs = 2000) {
  const server = await startScriptedLdapServer(answers);
  const connection = await open(server, { operationTimeoutMs, connectTimeoutMs: 2000 }, signal());
  return {
    server,
    connection,
    [Symbol.asyncDispose]: async () => {
      connection.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

function open(
  server: { port: number; ca: string },
  timeouts: { operationTimeoutMs: number; connectTimeoutMs: number },
  until: AbortSignal,
) {
  return LdapConnection.open(
    {
      endpoint: parseEndpoint(`ldaps://127.0.0.1:${server.port}`),
      serverName: undefined,
      ca: server.ca,
      bindName: 'svc@example.com',
      bindPassword: Secret.fromText('Lantern-Quay-58'),
      ...timeouts,
    },
    until,
  );
}

describe('pages', () => {
  test('go on over an empty one that is not the last', async () => {
    await using path = await connected([
      bindDone,
      (id) => pageEnd(Buffer.from('more'), id),
      (id) => Buffer.concat([searchEntry('CN=a', id), pageEnd(Buffer.alloc(0), id)]),
    ]);

    const first = await path.connection.searchPage(EVERYTHING, { size: 5, cookie: undefined }, signal());
    expect(first).toEqual({ entries: [], nextCookie: Buffer.from('more') });
    const second = await path.connection.searchPage(EVERYTHING, { size: 5, cookie: first.nextCookie }, signal());
    expect(second.entries.map((entry) => entry.distinguishedName)).toEqual(['CN=a']);
    expect(second.nextCookie).toBeUndefined();
  });

  test('are not taken from a directory that does not page: its answer may be cut', async () => {
    await using path = await connected([
      bindDone,
      (id) => Buffer.concat([searchEntry('CN=a', id), pageEnd(undefined, id)]),
    ]);

    await expect(
      path.connection.searchPage(EVERYTHING, { size: 5, cookie: undefined }, signal()),
    ).rejects.toBeInstanceOf(DirectoryMisconfigured);
  });
});

describe('a search ends at once', () => {
  test.each<[string, Answer]>([
    ['when another protocol answers', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['when a message says it will be huge', () => Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02])],
    ['when a length is indefinite', () => Buffer.from([0x30, 0x80, 0x02, 0x01])],
  ])('%s', async (_, answer) => {
    await using path = await connected([bindDone, answer], 60_000);

    await expect(path.connection.search(EVERYTHING, signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
    expect(path.connection.isUsable).toBe(false);
  });

  test('when nobody waits any more', async () => {
    await using path = await connected([bindDone], 60_000);
    const stop = new AbortController();
    const answer = path.connection.search(EVERYTHING, stop.signal);
    stop.abort(new Error('stopped'));

    await expect(answer).rejects.toThrow('stopped');
  });
});

describe('silence', () => {
  test('ends a search at its deadline, and the connection with it', async () => {
    // Long enough for the bind on a machine that is busy.
    await using path = await connected([bindDone], 1000);

    await expect(path.connection.search(EVERYTHING, signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
    expect(path.connection.isUsable).toBe(false);
    await expect(path.connection.search(EVERYTHING, signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
    expect(path.server.requests).toBe(2);
  });

  test('after a modify is a lost answer, and nothing is sent on that connection again', async () => {
    // Long enough for the bind on a machine that is busy.
    await using path = await connected([bindDone], 1000);

    expect(await path.connection.modify(UNLOCK, signal())).toEqual({ kind: 'answer-lost' });
    expect(await path.connection.modify(UNLOCK, signal())).toEqual({ kind: 'not-sent' });
    expect(path.server.requests).toBe(2);
  });

  test('of a bind is unreachable', async () => {
    await using server = await startScriptedLdapServer([]);

    await expect(open(server, { operationTimeoutMs: 100, connectTimeoutMs: 1000 }, signal())).rejects.toBeInstanceOf(
      DirectoryUnreachable,
    );
  });

  test('while connecting ends as soon as nobody waits any more', async () => {
    const stop = new AbortController();
    await using silent = createServer((socket) => {
      socket.on('error', () => undefined).resume();
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { certificatePem } = await createCertificateAuthority();
    const timeouts = { operationTimeoutMs: 60_000, connectTimeoutMs: 60_000 };
    const connecting = open({ port, ca: certificatePem }, timeouts, stop.signal);
    stop.abort(new Error('stopped'));

    await expect(connecting).rejects.toThrow('stopped');
  });
});

describe('a modify', () => {
  test('is refused with what the directory said, on a connection that goes on', async () => {
    await using path = await connected([
      bindDone,
      (id) => modifyDone(id, 50, '00000005: SecErr'),
      (id) => modifyDone(id),
    ]);

    expect(await path.connection.modify(UNLOCK, signal())).toMatchObject({
      kind: 'refused',
      refusal: { resultCode: 50, win32: '00000005' },
    });
    expect(await path.connection.modify(UNLOCK, signal())).toEqual({ kind: 'applied' });
  });

  test('that nobody waits for any more does not leave', async () => {
    await using path = await connected([bindDone]);

    expect(await path.connection.modify(UNLOCK, AbortSignal.abort())).toEqual({ kind: 'not-sent' });
    expect(path.server.requests).toBe(1);
  });
});
