// A real Active Directory in trouble: wrong certificates, names and passwords, silence, and sockets cut in the middle of a
// write. Every failure must be told as what it is, within its deadline, and a lost answer must be settled truly.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Attribute, Change, EqualityFilter } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { runCommand } from '../../../scripts/lab/run-command.js';
import { SAMPLE_PASSWORD, SAMPLE_POPULATION } from '../../../scripts/lab/sample-people.js';
import {
  ChangesLost,
  DirectoryMisconfigured,
  DirectoryUnreachable,
  type WriteIntent,
} from '../../../src/agent/directory/ports.js';
import { activeDirectory } from '../../../src/agent/ldap/active-directory/active-directory.js';
import type { DomainController } from '../../../src/agent/ldap/active-directory/domain-controller.js';
import type { DirectoryEvents } from '../../../src/agent/ldap/directory-events.js';
import { noDirectoryEvents } from '../../../src/agent/ldap/directory-events.js';
import {
  type LdapDirectory,
  type LdapDirectoryOptions,
  openLdapDirectory,
} from '../../../src/agent/ldap/ldap-directory.js';
import { parseAccountAnchor } from '../../../src/protocol/identifiers.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { type Cut, startCuttingProxy } from '../../support/cutting-proxy.js';
import { boundAs } from '../../support/directory-administrator.js';
import { sambaForTests, type TestDomain } from '../../support/samba.js';
import { reset } from './directory-contract.js';

/** Somebody whose address is the name the service account binds with. */
const WITH_A_NAMESAKE = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    {
      samAccountName: 'otto',
      password: SAMPLE_PASSWORD,
      unit: 'OU=People',
      mail: 'svc-drawbridge@corp.example.com',
    },
  ],
};

let domain: TestDomain;
let ca: string;
beforeAll(async () => {
  domain = await sambaForTests(WITH_A_NAMESAKE);
  ca = await readFile(domain.caFile, 'utf8');
});
afterAll(() => domain.stop());

const signal = () => AbortSignal.timeout(20_000);

function open(changes: Partial<LdapDirectoryOptions> = {}): LdapDirectory<DomainController> {
  return openLdapDirectory(activeDirectory(), optionsFor(changes));
}

function optionsFor(changes: Partial<LdapDirectoryOptions>): LdapDirectoryOptions {
  return {
    directoryId: 'corp',
    urls: [domain.url],
    ca,
    bindName: domain.serviceAccount.bindName,
    bindPassword: () => Secret.fromText(domain.serviceAccount.password),
    baseDn: domain.baseDn,
    clock: systemClock,
    ...changes,
  };
}

async function failureOf(changes: Partial<LdapDirectoryOptions>): Promise<unknown> {
  await using directory = open(changes);
  try {
    await directory.probe(signal());
    return 'no failure';
  } catch (failure) {
    return failure;
  }
}

test('tells what was reached, and who the service account is', async () => {
  await using directory = open();

  const { server, bindIdentity, baseAnchor } = await directory.probe(signal());

  expect(baseAnchor).toMatch(/^[0-9a-f-]{36}$/);
  expect(server).toMatchObject({
    dnsHostName: 'dc1.corp.example.com',
    name: `dc1.corp.example.com/${server.invocationId}`,
    invocationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    policyHintsOid: undefined,
    domain: { netbiosName: 'CORP', dnsName: 'corp.example.com' },
  });
  const found = await directory.find('svc-drawbridge', signal());
  expect(found).toMatchObject({ kind: 'found', account: { anchor: bindIdentity } });
});

test.each([
  ['a DN', () => `CN=svc-drawbridge,OU=Service Accounts,${domain.baseDn}`],
  ['DOMAIN\\name', () => 'CORP\\svc-drawbridge'],
])('binds by %s too, and knows itself', async (_, bindName) => {
  await using directory = open({ bindName: bindName() });

  expect((await directory.probe(signal())).bindIdentity).toBeDefined();
});

test('knows itself although somebody else has its name for an address', async () => {
  await using directory = open();

  const { bindIdentity } = await directory.probe(signal());

  expect(await directory.find(domain.serviceAccount.bindName, signal())).toMatchObject({
    kind: 'ambiguous',
    distinguishedNames: { length: 2 },
  });
  expect(await directory.find('svc-drawbridge', signal())).toMatchObject({ account: { anchor: bindIdentity } });
});

test('knows people by mS-DS-ConsistencyGuid where the settings say so, and nobody by one that two have', async () => {
  const anchor = '33221100-5544-7766-8899-aabbccddeeff';
  const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  const known = activeDirectory({
    anchor: 'mS-DS-ConsistencyGuid',
    attributes: { displayName: [{ attribute: 'cn' }] },
  });
  const options = optionsFor({});
  await using directory = openLdapDirectory(known, options);
  await setConsistencyGuid('kim2', bytes);
  const otto = await directory.find('otto', signal()).catch((failure: Error) => failure.message);
  expect(otto).toContain('may not read mS-DS-ConsistencyGuid');

  const found = await directory.find('kim2', signal());
  expect(found).toMatchObject({ kind: 'found', account: { anchor } });
  await using intent = await directory.prepare(parseAccountAnchor(anchor), signal());
  expect(await intent?.apply(reset('Lantern-Quay-91'), signal())).toEqual({ kind: 'applied' });
  const bindName = 'kim2@corp.example.com';
  expect(await proveBind({ ...domain, bindName, password: 'Lantern-Quay-91' })).toMatchObject({ kind: 'accepted' });

  await setConsistencyGuid('otto', bytes);
  await expect(directory.read(parseAccountAnchor(anchor), signal())).rejects.toThrow(/have the same/);
  // It has none itself until somebody gives it one: it is known by what it is.
  const { bindIdentity } = await directory.probe(signal());
  await setConsistencyGuid('svc-drawbridge', Buffer.alloc(16, 7));
  expect(await directory.find('svc-drawbridge', signal())).toMatchObject({ account: { identity: bindIdentity } });
});

async function setConsistencyGuid(samAccountName: string, bytes: Buffer): Promise<void> {
  const bindName = `${domain.adminName}@corp.example.com`;
  await boundAs(domain, { bindName, password: domain.adminPassword }, async (client) => {
    const filter = new EqualityFilter({ attribute: 'sAMAccountName', value: samAccountName });
    const { searchEntries } = await client.search(domain.baseDn, { scope: 'sub', filter, attributes: ['cn'] });
    const modification = new Attribute({ type: 'mS-DS-ConsistencyGuid', values: [bytes] });
    await client.modify(searchEntries[0]?.dn ?? '', new Change({ operation: 'replace', modification }));
  });
}

test('is not ready while nobody can tell which account it is', async () => {
  const bindName = `${domain.adminName}@CORP`;

  await expect(failureOf({ bindName, bindPassword: () => Secret.fromText(domain.adminPassword) })).resolves.toSatisfy(
    (failure) => failure instanceof DirectoryMisconfigured && /cannot be told/.test(failure.message),
  );
});

test('reads a fine-grained policy where it may, and says when it may not', async () => {
  await using asService = open();
  await using asAdministrator = open({
    bindName: `${domain.adminName}@corp.example.com`,
    bindPassword: () => Secret.fromText(domain.adminPassword),
  });
  const lena = await asService.find('lena', signal());
  if (lena.kind !== 'found') throw new Error('lena is not there');

  expect(await asService.readPolicy(lena.account, signal())).toMatchObject({ source: 'fine-grained-unreadable' });
  expect(await asAdministrator.readPolicy(lena.account, signal())).toEqual({
    source: 'fine-grained',
    lengthMin: 20,
    mustBeComplex: true,
    historyLength: 5,
    historyOnReset: 'not-enforced',
    ageMinMs: 0,
  });
});

test('knows krbtgt, computers and the built-in administrator for what they are', async () => {
  await using directory = open();

  for (const name of ['krbtgt', 'dc1$']) {
    expect(await directory.find(name === 'dc1$' ? 'corp\\dc1$' : name, signal())).toMatchObject({
      kind: 'found',
      account: { state: { isServiceOrTrust: true } },
    });
  }
  expect(await directory.find('administrator', signal())).toMatchObject({ account: { state: { isProtected: true } } });
});

test('knows an administrator from the first minute, before the directory marks them protected', async () => {
  await using directory = open();
  const joerg = await directory.find('joerg', signal());
  if (joerg.kind !== 'found') throw new Error('joerg is not there');
  await runCommand('samba-tool', ['group', 'addmembers', 'Domain Admins', 'joerg', '-s', domain.smbConfFile]);

  expect(joerg.account.state.isProtected).toBe(false);
  expect(await directory.read(joerg.account.anchor, signal())).toMatchObject({ state: { isProtected: true } });
  expect(await directory.find('joerg', signal())).toMatchObject({ account: { state: { isProtected: true } } });
});

test('has somebody in the group that is their primary one, which does not name them, and in those around it', async () => {
  const { baseDn, realm, adminPassword } = domain;
  const [shift, around] = ['Night Shift', 'All Shifts'].map((name) => `CN=${name},OU=Partners,${baseDn}`);
  const administrator = { bindName: `Administrator@${realm.toLowerCase()}`, password: adminPassword };
  await using directory = open({ managed: { bases: [], attributes: [], groups: [around ?? ''] } });
  const read = async (name: string) => {
    const found = await directory.find(name, signal());
    if (found.kind !== 'found') throw new Error(`${name} is not there`);
    return found.account;
  };
  const otto = `CN=otto,OU=People,${baseDn}`;
  await boundAs(domain, administrator, async (client) => {
    const group = (name: string, member: string) => ({ objectClass: 'group', sAMAccountName: name, member });
    await client.add(shift ?? '', group('Night Shift', otto));
    await client.add(around ?? '', group('All Shifts', shift ?? ''));
    const { searchEntries } = await client.search(shift ?? '', { scope: 'base', attributes: ['primaryGroupToken'] });
    const values = [`${searchEntries[0]?.primaryGroupToken}`];
    const modification = new Attribute({ type: 'primaryGroupID', values });
    await client.modify(otto, new Change({ operation: 'replace', modification }));
    const { searchEntries: after } = await client.search(shift ?? '', { scope: 'base', attributes: ['member'] });
    expect(after[0]?.member).toEqual([]);
  });

  expect((await read('otto')).groups).toEqual([around]);
  expect((await read('iris')).groups).toEqual([]);
  const everybody = new Map<string, readonly string[]>();
  let cursor = '';
  for await (const page of directory.readAll(signal())) {
    for (const { samAccountName, groups } of page.accounts) everybody.set(samAccountName, groups);
    cursor = page.cursor ?? cursor;
  }
  expect(everybody.get('otto')).toEqual([around]);
  expect(everybody.get('iris')).toEqual([]);

  // Another primary group: the one before names them then, which is another membership for the rules.
  await boundAs(domain, administrator, (client) => {
    const modification = new Attribute({ type: 'primaryGroupID', values: ['513'] });
    return client.modify(otto, new Change({ operation: 'replace', modification }));
  });
  const following = async () => {
    for await (const _ of directory.readChanges(cursor, signal()));
  };
  await expect(following()).rejects.toBeInstanceOf(ChangesLost);
  expect((await read('otto')).groups).toEqual([around]);
});

test('judges nobody by their groups whose primary one it may not read', async () => {
  const { baseDn, realm, adminPassword, smbConfFile } = domain;
  const administrator = { bindName: `Administrator@${realm.toLowerCase()}`, password: adminPassword };
  const petra = `CN=petra,OU=People,${baseDn}`;
  await boundAs(domain, administrator, (client) =>
    client.add(petra, { objectClass: 'user', sAMAccountName: 'petra', userPrincipalName: `petra@${realm}` }),
  );
  // Nobody may read primaryGroupID there.
  const sddl = '(OD;;RP;bf967a00-0de6-11d0-a285-00aa003049e2;;AU)';
  await runCommand('samba-tool', ['dsacl', 'set', `--objectdn=${petra}`, `--sddl=${sddl}`, '-s', smbConfFile]);
  await using directory = open({
    managed: { bases: [], attributes: [], groups: [`CN=Domain Users,CN=Users,${baseDn}`] },
  });

  await expect(directory.find('petra', signal())).rejects.toThrow(/may not read primaryGroupID of CN=petra/);
  let leftOut = 0;
  for await (const page of directory.readAll(signal())) leftOut += page.leftOut;
  expect(leftOut).toBe(1);
});

test('sees nobody outside its base, not even by anchor', async () => {
  await using everywhere = open();
  await using within = open({ baseDn: `OU=People,${domain.baseDn}` });
  const iris = await everywhere.find('iris', signal());
  if (iris.kind !== 'found') throw new Error('iris is not there');

  expect(await within.find('iris', signal())).toEqual({ kind: 'not-found' });
  expect(await within.read(iris.account.anchor, signal())).toBeUndefined();
  expect(await within.prepare(iris.account.anchor, signal())).toBeUndefined();
});

describe('somebody has to act when', () => {
  test.each<[string, () => Promise<Partial<LdapDirectoryOptions>> | Partial<LdapDirectoryOptions>, RegExp]>([
    [
      'the authority is another',
      async () => ({ ca: (await createCertificateAuthority()).certificatePem }),
      /authority/,
    ],
    ['no authority is named', () => ({ ca: undefined }), /authority/],
    ['the certificate is for another name', () => ({ serverName: 'dc9.corp.example.com' }), /another name/],
    ['the password is wrong', () => ({ bindPassword: () => Secret.fromText('Wrong-Gate-91') }), /bind refused/],
    ['the password is empty', () => ({ bindPassword: () => Secret.fromText('') }), /empty/],
    ['the bind name is nobody', () => ({ bindName: 'nobody@corp.example.com' }), /bind refused/],
    ['the base is not there', () => ({ baseDn: 'OU=Nowhere,DC=corp,DC=example,DC=com' }), /check the base DN/],
    ['the base is elsewhere', () => ({ baseDn: 'DC=other,DC=example,DC=com' }), /check the base DN/],
  ])('%s', async (_, changes, advice) => {
    const failure = await failureOf(await changes());

    expect(failure).toBeInstanceOf(DirectoryMisconfigured);
    expect(failure).toHaveProperty('message', expect.stringMatching(advice));
  });

  test.each<[string, Partial<LdapDirectoryOptions>]>([
    ['TLS is left out', { urls: ['ldap://127.0.0.1'] }],
    ['a URL carries more than an address', { urls: ['ldaps://127.0.0.1/DC=example'] }],
    ['no URL is named', { urls: [] }],
    ['the bind name is a SASL mechanism', { bindName: 'EXTERNAL' }],
    ['the base DN is none', { baseDn: 'people' }],
    ['the authority is no certificate', { ca: 'secret' }],
  ])('%s, before anything is sent', (_, changes) => {
    expect(() => open(changes)).toThrow(DirectoryMisconfigured);
  });
});

describe('a directory that is away', () => {
  test('is unreachable when nobody listens', async () => {
    expect(await failureOf({ urls: ['ldaps://127.0.0.1:1'] })).toBeInstanceOf(DirectoryUnreachable);
  });

  test('is unreachable, within the deadline, when it accepts and stays silent', async () => {
    await using silent = createServer((socket) => {
      socket.on('error', () => undefined).resume();
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const startedMs = performance.now();

    const failure = await failureOf({
      urls: [`ldaps://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`],
      connectTimeoutMs: 200,
    });

    expect(failure).toBeInstanceOf(DirectoryUnreachable);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  test('gives way to the next domain controller, with a word to the administrator', async () => {
    const failed: string[] = [];
    const events: DirectoryEvents = { ...noDirectoryEvents, domainControllerFailed: ({ url }) => failed.push(url) };
    await using directory = open({ urls: ['ldaps://127.0.0.1:1', domain.url], events });

    expect(await directory.find('ada', signal())).toMatchObject({ kind: 'found' });
    expect(failed).toEqual(['ldaps://127.0.0.1:1']);
  });

  test('ends a wait as soon as nobody waits any more', async () => {
    await using directory = open();
    await directory.probe(signal());
    const stop = new AbortController();
    const answer = directory.find('ada', stop.signal);
    stop.abort(new Error('stopped'));

    await expect(answer).rejects.toThrow('stopped');
    expect(await directory.find('ada', signal())).toMatchObject({ kind: 'found' });
  });
});

describe('behind a proxy that cuts', () => {
  async function behindProxy() {
    const proxy = await startCuttingProxy({ host: domain.address, port: 636 });
    const directory = open({ urls: [`ldaps://127.0.0.1:${proxy.port}`], serverName: domain.hostName });
    return {
      proxy,
      directory,
      [Symbol.asyncDispose]: async () => {
        await directory[Symbol.asyncDispose]();
        await proxy[Symbol.asyncDispose]();
      },
    };
  }

  async function prepared(directory: LdapDirectory<DomainController>, name: string): Promise<WriteIntent> {
    const found = await directory.find(name, signal());
    const intent = found.kind === 'found' ? await directory.prepare(found.account.anchor, signal()) : undefined;
    if (intent === undefined) throw new Error(`${name} is not there`);
    return intent;
  }

  test.each<[Cut, 'applied' | 'not-applied', boolean]>([
    ['lose-answer', 'applied', true],
    ['lose-request', 'not-applied', false],
  ])('a reset that meets %s is lost, and settles as %s', async (cut, settlement, getsIn) => {
    await using path = await behindProxy();
    const name = cut === 'lose-answer' ? 'kim1' : 'kim2';
    await using intent = await prepared(path.directory, name);

    path.proxy.cutNext(cut);
    expect(await intent.apply(reset('Lantern-Quay-70'), signal())).toEqual({ kind: 'answer-lost' });

    const { anchor, state } = intent.account;
    const { domainController } = intent;
    const write = {
      anchor,
      domainController,
      kind: 'reset' as const,
      passwordLastSetBefore: state.passwordLastSet,
      revisionBefore: undefined,
      mustChange: false,
    };
    expect(await path.directory.settle(write, signal())).toBe(settlement);
    const proof = (password: string) => proveBind({ ...domain, bindName: `${name}@corp.example.com`, password });
    expect((await proof('Lantern-Quay-70')).kind).toBe(getsIn ? 'accepted' : 'refused');
  });

  test.each<[Cut, 'applied' | 'not-applied']>([
    ['lose-request', 'not-applied'],
    ['lose-answer', 'applied'],
  ])('an unlock that meets %s is lost, and settles as %s', async (cut, settlement) => {
    await using path = await behindProxy();
    await using intent = await prepared(path.directory, 'bert');

    path.proxy.cutNext(cut);
    expect(await intent.apply({ kind: 'unlock' }, signal())).toEqual({ kind: 'answer-lost' });

    const { anchor, state } = intent.account;
    const { domainController } = intent;
    const write = {
      anchor,
      domainController,
      kind: 'unlock' as const,
      passwordLastSetBefore: state.passwordLastSet,
      revisionBefore: undefined,
      mustChange: false,
    };
    expect(await path.directory.settle(write, signal())).toBe(settlement);
  });

  test('cannot tell when the domain controller stays away', async () => {
    const path = await behindProxy();
    const intent = await prepared(path.directory, 'ada');
    path.proxy.cutNext('lose-request');
    await intent.apply(reset('Lantern-Quay-71'), signal());
    await path.proxy[Symbol.asyncDispose]();

    const { anchor, state } = intent.account;
    const { domainController } = intent;
    const write = {
      anchor,
      domainController,
      kind: 'reset' as const,
      passwordLastSetBefore: state.passwordLastSet,
      revisionBefore: undefined,
      mustChange: false,
    };
    expect(await path.directory.settle(write, signal())).toBe('cannot-tell');
    await intent[Symbol.asyncDispose]();
    await path.directory[Symbol.asyncDispose]();
  });

  test('a connection that died while idle is replaced before it is noticed', async () => {
    await using path = await behindProxy();
    await path.directory.probe(signal());
    path.proxy.cutNext('lose-request');

    expect(await path.directory.find('ada', signal())).toMatchObject({ kind: 'found' });
    expect(path.proxy.connections).toBe(2);
  });

  test('a connection that dies between reading and writing writes nothing', async () => {
    await using path = await behindProxy();
    await using intent = await prepared(path.directory, 'ada');
    path.proxy.endAll();
    // Until the end has reached us.
    await expect.poll(() => path.directory.find('ada', signal())).toMatchObject({ kind: 'found' });

    expect(await intent.apply(reset('Lantern-Quay-72'), signal())).toEqual({ kind: 'not-sent' });
    expect(await proveBind({ ...domain, bindName: 'ada@corp.example.com', password: SAMPLE_PASSWORD })).toMatchObject({
      kind: 'accepted',
    });
  });

  test('warm questions share one connection', async () => {
    await using path = await behindProxy();
    for (let turn = 0; turn < 5; turn += 1) {
      const intent = await prepared(path.directory, 'ada');
      await intent[Symbol.asyncDispose]();
    }

    expect(path.proxy.connections).toBe(1);
  });

  test('a full read that is cut never ends as if it were whole', async () => {
    await using path = await behindProxy();
    const pages: unknown[] = [];
    const readAll = async () => {
      await using directory = open({
        urls: [`ldaps://127.0.0.1:${path.proxy.port}`],
        serverName: domain.hostName,
        pageSize: 5,
      });
      for await (const page of directory.readAll(signal())) {
        pages.push(page);
        path.proxy.cutNext('lose-answer');
      }
    };

    await expect(readAll()).rejects.toBeInstanceOf(DirectoryUnreachable);
    expect(pages).toHaveLength(1);
  });

  test('a refused bind is not tried again at once: our own retries could lock the account', async () => {
    await using proxy = await startCuttingProxy({ host: domain.address, port: 636 });
    await using directory = open({
      urls: [`ldaps://127.0.0.1:${proxy.port}`],
      serverName: domain.hostName,
      bindPassword: () => Secret.fromText('Wrong-Gate-92'),
    });

    await expect(directory.find('ada', signal())).rejects.toThrow('bind refused');
    await expect(directory.find('ada', signal())).rejects.toThrow('bind refused');
    expect(proxy.connections).toBe(1);
  });
});
