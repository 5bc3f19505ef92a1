// A domain with two replicating controllers, one of which goes away: killed, frozen, cut in the middle of a write, and back again.
// No answer is wrong, none takes longer than its deadline, and the work comes back to the controller it belongs to.

import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import type { LabController } from '../../../scripts/lab/samba-replica.js';
import { ChangesLost, type WriteIntent } from '../../../src/agent/directory/ports.js';
import { activeDirectory } from '../../../src/agent/ldap/active-directory/active-directory.js';
import { uSNChangedTrail } from '../../../src/agent/ldap/active-directory/change-trail.js';
import { dirSyncTrail } from '../../../src/agent/ldap/active-directory/dir-sync-trail.js';
import type { DomainController } from '../../../src/agent/ldap/active-directory/domain-controller.js';
import { guidName } from '../../../src/agent/ldap/active-directory/object-guid.js';
import type { ChangeTrail } from '../../../src/agent/ldap/change-trail.js';
import { openLdapDirectory } from '../../../src/agent/ldap/ldap-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { type Clock, systemClock } from '../../../src/timing/clock.js';
import { FakeClock } from '../../support/fake-clock.js';
import { type FaultyLdapProxy, startFaultyLdapProxy } from '../../support/faulty-ldap-proxy.js';
import { sambaPairForTests, type TestPair } from '../../support/samba-pair.js';
import { reset } from './directory-contract.js';

const OPERATION_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 1_000;
/** What a busy machine and a second attempt may add. */
const GRACE_MS = 4_000;

let pair: TestPair;
let ca: string;
beforeAll(async () => {
  pair = await sambaPairForTests();
  ca = await readFile(pair.caFile, 'utf8');
});
afterAll(() => pair?.stop());
afterEach(async () => {
  for (const controller of [pair.first, pair.second]) controller.resume();
});

const signal = () => AbortSignal.timeout(30_000);

function open(controllers: readonly Pick<LabController, 'url'>[], clock = systemClock) {
  const failed: string[] = [];
  const directory = openLdapDirectory(activeDirectory(), {
    ...settings(clock),
    urls: controllers.map(({ url }) => url),
    events: {
      domainControllerFailed: ({ url }) => failed.push(url),
      accountUnreadable: () => undefined,
      permissionsUnreadable: () => undefined,
    },
  });
  return { directory, failed, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

function settings(clock: Clock = systemClock) {
  return {
    directoryId: 'corp',
    ca,
    bindName: pair.serviceAccount.bindName,
    bindPassword: () => Secret.fromText(pair.serviceAccount.password),
    baseDn: pair.baseDn,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    operationTimeoutMs: OPERATION_TIMEOUT_MS,
    clock,
  };
}

async function intentFor(
  { directory }: Pick<ReturnType<typeof open>, 'directory'>,
  name: string,
): Promise<WriteIntent> {
  const found = await directory.find(name, signal());
  const intent = found.kind === 'found' ? await directory.prepare(found.account.anchor, signal()) : undefined;
  if (intent === undefined) throw new Error(`${name} is not there`);
  return intent;
}

function unsettled({ account, domainController }: WriteIntent) {
  return {
    anchor: account.anchor,
    domainController,
    kind: 'reset' as const,
    passwordLastSetBefore: account.state.passwordLastSet,
    revisionBefore: account.revision,
    mustChange: false,
  };
}

async function timed<T>(work: Promise<T>): Promise<{ readonly answer: T; readonly tookMs: number }> {
  const startedMs = performance.now();
  return { answer: await work, tookMs: performance.now() - startedMs };
}

test('writes go to the PDC emulator, whichever is named first, and reads to the first', async () => {
  await using opened = open([pair.second, pair.first]);
  const { server } = await opened.directory.probe(signal());
  await using intent = await intentFor(opened, 'ada');

  expect(server.dnsHostName).toMatch(/^dc2\./);
  expect(server.pdcHostName).toMatch(/^dc1\./);
  expect(intent.domainController).toMatch(/^dc1\./);
});

describe('a controller that freezes', () => {
  test('is given up in time, and the other one answers from then on at once', async () => {
    await using opened = open([pair.first, pair.second]);
    await opened.directory.probe(signal());
    pair.first.pause();

    const first = await timed(opened.directory.find('ada', signal()));
    const second = await timed(opened.directory.find('ada', signal()));

    expect(first.answer).toMatchObject({ kind: 'found' });
    expect(first.tookMs).toBeLessThan(OPERATION_TIMEOUT_MS + CONNECT_TIMEOUT_MS + GRACE_MS);
    expect(second.tookMs).toBeLessThan(OPERATION_TIMEOUT_MS);
    expect(opened.failed).toEqual([`${pair.first.url}:636`]);
  });

  test('in the middle of a write loses the answer, which nobody else may tell', async () => {
    await using opened = open([pair.first, pair.second]);
    const intent = await intentFor(opened, 'kim1');
    pair.first.pause();

    const { answer, tookMs } = await timed(intent.apply(reset('Harbour-Quay-61'), signal()));
    expect(answer).toEqual({ kind: 'answer-lost' });
    expect(tookMs).toBeLessThan(OPERATION_TIMEOUT_MS + GRACE_MS);
    await intent[Symbol.asyncDispose]();

    expect(await opened.directory.settle(unsettled(intent), signal())).toBe('cannot-tell');
    pair.first.resume();
    // The same one, awake again, has carried it out meanwhile.
    await expect.poll(() => opened.directory.settle(unsettled(intent), signal()), { timeout: 20_000 }).toBe('applied');
  });

  test('takes no write: the other one does, and the work comes back when it answers again', async () => {
    const clock = new FakeClock();
    await using opened = open([pair.first, pair.second], clock);
    pair.first.pause();
    const elsewhere = await intentFor(opened, 'kim2');
    expect(elsewhere.domainController).toMatch(/^dc2\./);
    expect(await elsewhere.apply(reset('Harbour-Quay-62'), signal())).toEqual({ kind: 'applied' });
    await elsewhere[Symbol.asyncDispose]();

    pair.first.resume();
    await clock.advance(30_000);
    await opened.directory.find('ada', signal());
    const writesTo = async () => {
      await using intent = await intentFor(opened, 'ada');
      return intent.domainController;
    };
    await expect.poll(writesTo, { timeout: 20_000 }).toMatch(/^dc1\./);
  });
});

describe('changes are followed', () => {
  async function followed(trail: ChangeTrail<DomainController>, { url }: LabController) {
    const directory = openLdapDirectory({ ...activeDirectory(), changes: () => trail }, { ...settings(), urls: [url] });
    return {
      async readAll() {
        let cursor = '';
        for await (const page of directory.readAll(signal())) cursor = page.cursor ?? cursor;
        return cursor;
      },
      async names(since: string) {
        const names: string[] = [];
        for await (const { accounts } of directory.readChanges(since, signal()))
          names.push(...accounts.map(({ samAccountName }) => samAccountName));
        return names;
      },
      [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
    };
  }

  test('by DirSync at another controller from where the first one ended', async () => {
    await using first = await followed(dirSyncTrail([]), pair.first);
    await using second = await followed(dirSyncTrail([]), pair.second);
    await pair.untilReplicated('ada', 'pwdLastSet');
    const cursor = await first.readAll();
    await changeAtFirst('Harbour-Quay-81');
    await pair.untilReplicated('ada', 'pwdLastSet');
    expect(await second.names(cursor)).toContain('ada');
  });

  test('by uSNChanged at the controller that counted, and at no other', async () => {
    await using first = await followed(uSNChangedTrail(), pair.first);
    await using second = await followed(uSNChangedTrail(), pair.second);
    const cursor = await first.readAll();
    await expect(second.names(cursor)).rejects.toBeInstanceOf(ChangesLost);
    await changeAtFirst('Harbour-Quay-82');
    expect(await first.names(cursor)).toContain('ada');
  });
});

async function changeAtFirst(password: string): Promise<void> {
  await using opened = open([pair.first]);
  await using intent = await intentFor(opened, 'ada');
  expect(await intent.apply(reset(password), signal())).toEqual({ kind: 'applied' });
}

/** The domain, and each of its controllers behind a proxy that sees every message. */
async function behindProxies() {
  const authority = await openCertificateAuthority(pair.folder);
  const stack = new AsyncDisposableStack();
  const proxyOf = async ({ hostName, address }: LabController) =>
    stack.use(await startFaultyLdapProxy({ authority, hostName, directory: { host: address, port: 636 } }));
  const [first, second] = [await proxyOf(pair.first), await proxyOf(pair.second)];
  const opened = stack.use(open([first, second].map(({ port }) => ({ url: `ldaps://127.0.0.1:${port}` }))));
  return { ...opened, first, second, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Everything that this controller was asked about the account, by the name that only this account has. */
function questionsAbout({ requests }: FaultyLdapProxy, { anchor }: WriteIntent['account']): readonly string[] {
  const guid = guidName(anchor).toLowerCase();
  return requests.flatMap(({ operation, bytes }) =>
    bytes.toString('latin1').toLowerCase().includes(guid) ? [operation] : [],
  );
}

async function getsIn(name: string, password: string): Promise<boolean> {
  const bindName = `${name}@${pair.realm.toLowerCase()}`;
  return (await proveBind({ url: pair.first.url, caFile: pair.caFile, bindName, password })).kind === 'accepted';
}

const ALL = Number.MAX_SAFE_INTEGER;

describe('a controller that is slow', () => {
  test('below the deadline is waited for: it answers and is written to', async () => {
    await using opened = await behindProxies();
    opened.first.inject({ kind: 'delay', byMs: OPERATION_TIMEOUT_MS / 10 }, { on: 'request', times: ALL });
    await using intent = await intentFor(opened, 'ada');

    expect(await intent.apply(reset('Harbour-Quay-64'), signal())).toEqual({ kind: 'applied' });
    expect(intent.domainController).toMatch(/^dc1\./);
    expect(opened.failed).toEqual([]);
    expect(opened.second.connections).toBe(0);
  });

  test('beyond the deadline is given up in time, and the other one reads and is written to from then on', async () => {
    await using opened = await behindProxies();
    await opened.directory.probe(signal());
    opened.first.inject({ kind: 'delay', byMs: OPERATION_TIMEOUT_MS * 2 }, { on: 'response', times: ALL });

    const { answer: intent, tookMs } = await timed(intentFor(opened, 'ada'));
    expect(tookMs).toBeLessThan(2 * OPERATION_TIMEOUT_MS + GRACE_MS);
    expect(intent.domainController).toMatch(/^dc2\./);
    const applied = await timed(intent.apply(reset('Harbour-Quay-65'), signal()));
    expect(applied.answer).toEqual({ kind: 'applied' });
    expect(applied.tookMs).toBeLessThan(OPERATION_TIMEOUT_MS);
    await intent[Symbol.asyncDispose]();
  });

  test('beyond the deadline with the answer to a write loses it, and nobody else tells what became of it', async () => {
    await using opened = await behindProxies();
    const intent = await intentFor(opened, 'kim2');
    opened.first.inject({ kind: 'delay', byMs: OPERATION_TIMEOUT_MS * 2 }, { on: 'response', times: ALL });

    const { answer, tookMs } = await timed(intent.apply(reset('Harbour-Quay-66'), signal()));
    expect(answer).toEqual({ kind: 'answer-lost' });
    expect(tookMs).toBeLessThan(OPERATION_TIMEOUT_MS + GRACE_MS);
    await intent[Symbol.asyncDispose]();
    // The other one holds the new password by now, and is not asked: it might as well not.
    await pair.untilReplicated('kim2', 'pwdLastSet');
    expect(await opened.directory.settle(unsettled(intent), signal())).toBe('cannot-tell');

    opened.first.heal();
    expect(await opened.directory.settle(unsettled(intent), signal())).toBe('applied');
    expect(questionsAbout(opened.first, intent.account).slice(-2)).toEqual(['modify', 'search']);
    expect(questionsAbout(opened.second, intent.account)).toEqual([]);
    expect(await getsIn('kim2', 'Harbour-Quay-66')).toBe(true);
  });
});

describe('a connection that is cut in the middle of a write', () => {
  test.each([
    ['before the controller has it', { on: 'request' }, 'not-applied', false],
    ['after the controller has carried it out', { on: 'response' }, 'applied', true],
  ] as const)('%s is settled on that controller, which serves on', async (_, point, settlement, isNewPasswordGood) => {
    await using opened = await behindProxies();
    const intent = await intentFor(opened, 'kim1');
    opened.first.inject({ kind: 'cut', afterBytes: 0 }, { ...point, operation: 'modify' });

    expect(await intent.apply(reset('Harbour-Quay-67'), signal())).toEqual({ kind: 'answer-lost' });
    await intent[Symbol.asyncDispose]();
    expect(await opened.directory.settle(unsettled(intent), signal())).toBe(settlement);
    expect(await getsIn('kim1', 'Harbour-Quay-67')).toBe(isNewPasswordGood);
    await using next = await intentFor(opened, 'kim1');
    expect(next.domainController).toBe(intent.domainController);
    expect(questionsAbout(opened.second, intent.account)).toEqual([]);
  });

  test('and does not come about again is settled by nobody, until it does; meanwhile the other one serves', async () => {
    await using opened = await behindProxies();
    const intent = await intentFor(opened, 'joerg');
    opened.first.inject({ kind: 'cut', afterBytes: 0 }, { operation: 'modify' });
    expect(await intent.apply(reset('Harbour-Quay-68'), signal())).toEqual({ kind: 'answer-lost' });
    await intent[Symbol.asyncDispose]();
    for (let refused = 0; refused < 10; refused += 1) opened.first.injectAtConnection('reset');

    expect(await opened.directory.settle(unsettled(intent), signal())).toBe('cannot-tell');
    expect(questionsAbout(opened.second, intent.account)).toEqual([]);
    await using elsewhere = await intentFor(opened, 'ada');
    expect(elsewhere.domainController).toMatch(/^dc2\./);

    opened.first.heal();
    expect(await opened.directory.settle(unsettled(intent), signal())).toBe('applied');
    await using back = await intentFor(opened, 'ada');
    expect(back.domainController).toMatch(/^dc1\./);
  });
});

test('a controller that is killed is missed by nobody but its own unsettled writes', async () => {
  await using opened = open([pair.first, pair.second]);
  const intent = await intentFor(opened, 'joerg');
  await pair.first.kill();

  expect(['answer-lost', 'not-sent']).toContain((await intent.apply(reset('Harbour-Quay-63'), signal())).kind);
  await intent[Symbol.asyncDispose]();
  expect(await opened.directory.settle(unsettled(intent), signal())).toBe('cannot-tell');
  expect(await opened.directory.find('joerg', signal())).toMatchObject({ kind: 'found' });
  await using other = await intentFor(opened, 'joerg');
  expect(other.domainController).toMatch(/^dc2\./);

  await pair.first.restart();
  expect(await opened.directory.settle(unsettled(intent), signal())).toBe('not-applied');
});
