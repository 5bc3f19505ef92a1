// What every store of the front door must do, whichever database is below it.

import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DISOWN_LINKS_PER_ACCOUNT_MAX, type DisownLink } from '../../../src/front-door/disowning/disown-store.js';
import { type AccountMirror, MIRRORED_DIRECTORIES_MAX } from '../../../src/front-door/people/account-mirror.js';
import { LEASE_WITHOUT_PASS_MS } from '../../../src/front-door/people/sync-lease.js';
import { startProving, startStopped } from '../../../src/front-door/resets/flow.js';
import { filedNames } from '../../../src/front-door/sqlite/filed-names.js';
import { MIGRATIONS } from '../../../src/front-door/sqlite/migrations.js';
import { openStore } from '../../../src/front-door/sqlite/open-store.js';
import { ABSENT_KEPT_MS, pruneStore } from '../../../src/front-door/sqlite/prune-store.js';
import { sqliteAccountMirror } from '../../../src/front-door/sqlite/sqlite-account-mirror.js';
import { type FrontDoorStore, openSqliteStore } from '../../../src/front-door/sqlite/sqlite-store.js';
import { policyDocumentSchema } from '../../../src/front-door/tenants/policy-document.js';
import { decideAttempt, NO_ATTEMPTS } from '../../../src/front-door/throttles/decide-throttle.js';
import { verifyChain } from '../../../src/protocol/audit-chain.js';
import { parseAccountAnchor, parseAgentId, parseResetId, parseTenantId } from '../../../src/protocol/identifiers.js';
import type { ManagedAccount } from '../../../src/protocol/managed-accounts.js';
import { entriesIn, type MirroredEntry } from '../../../src/protocol/mirror-listing.js';
import { FakeClock } from '../../support/fake-clock.js';
import { anAccount } from '../../support/front-door-builders.js';
import { aFailedPass, anEndedPass } from '../../support/pass-reports.js';

const tenantId = parseTenantId('example');
const otherTenant = parseTenantId('elsewhere');
const agent1 = parseAgentId('00000000-0000-4000-8000-0000000000a1');
const agent2 = parseAgentId('00000000-0000-4000-8000-0000000000a2');
const anchor = parseAccountAnchor('cloud-1');

let clock: FakeClock;
let store: FrontDoorStore;
let folder: string;

beforeEach(async () => {
  clock = new FakeClock();
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-store-'));
  store = await openSqliteStore({ path: join(folder, 'front-door.sqlite'), clock });
});

afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function entriesOf(
  { list }: AccountMirror,
  ...args: Parameters<AccountMirror['list']>
): Promise<MirroredEntry[]> {
  const { listing, count } = await list(...args);
  const entries = [...entriesIn(listing)];
  expect(entries).toHaveLength(count);
  return entries;
}

/** As a program left it that knew so many steps. */
function anEarlierFile(path: string, steps: number): DatabaseSync {
  const file = new DatabaseSync(path);
  file.exec('create table schema_version (version integer primary key, applied_at_ms integer not null)');
  for (const [at, parts] of MIGRATIONS.slice(0, steps).entries())
    for (const part of [...parts, `insert into schema_version values (${at + 1}, 0)`])
      if (typeof part === 'string') file.exec(part);
      else part(file);
  return file;
}

describe('the file', () => {
  test('is its owner’s alone, with what SQLite puts beside it', async () => {
    await store.audit.append({ event: 'route-decided', fields: {} });
    for (const suffix of ['', '-wal', '-shm']) {
      expect((await stat(join(folder, `front-door.sqlite${suffix}`))).mode & 0o777).toBe(0o600);
    }
  });

  test('keeps what was written when it is opened again', async () => {
    await store.cloudAccounts.add(aCloudAccount());
    await store[Symbol.asyncDispose]();
    store = await openSqliteStore({ path: join(folder, 'front-door.sqlite'), clock });
    expect((await store.cloudAccounts.find(tenantId, 'cleo'))?.anchor).toBe(anchor);
  });

  test('of an earlier program is carried over, with who answers to which name and has set up what', async () => {
    const path = join(folder, 'earlier.sqlite');
    const file = anEarlierFile(path, 7);
    const row = file.prepare(
      `insert into accounts (tenant_id, anchor, account, seen_at_ms, directory_key, fingerprint, absent_since_ms)
       values (?, ?, ?, 5, 'key', 'f', ?)`,
    );
    for (const [samAccountName, absentSinceMs] of [
      ['ada', null],
      ['bob', 7],
    ] as const) {
      const account = anAccount({ anchor: parseAccountAnchor(samAccountName), samAccountName });
      row.run(tenantId, samAccountName, JSON.stringify(account), absentSinceMs);
      for (const name of [samAccountName, `corp\\${samAccountName}`])
        file.prepare('insert into account_names values (?, ?, ?)').run(tenantId, name, samAccountName);
    }
    row.run(tenantId, 'damaged', '{"samAccountName":"dam', null);
    row.run(
      tenantId,
      'unsaid',
      JSON.stringify({ ...anAccount({ samAccountName: 'eve' }), disposition: undefined }),
      null,
    );
    const secret = new Uint8Array([1, 2]);
    file.prepare('insert into authenticators values (?, ?, ?, ?, 100, 3)').run('a', tenantId, 'ada', secret);
    file.prepare('insert into method_addresses values (?, ?, ?, 4)').run(tenantId, 'ada', 'ada@example.net');
    file.close();

    await using earlier = await openSqliteStore({ path, clock });
    expect(await earlier.mirror.find(tenantId, 'ada')).toMatchObject({ kind: 'found', account: { anchor: 'ada' } });
    expect(await earlier.mirror.find(tenantId, 'bob')).toEqual({ kind: 'not-found' });
    const source = { tenantId, agentId: agent1, directoryKey: 'key' };
    expect(await entriesOf(earlier.mirror, source, { after: undefined, max: 9 })).toEqual([
      { anchor: 'ada', fingerprint: 'f', isAbsent: false },
      { anchor: 'bob', fingerprint: 'f', isAbsent: true },
      // Whose text says too little is told of anew by the next pass.
      { anchor: 'damaged', fingerprint: '', isAbsent: false },
      { anchor: 'unsaid', fingerprint: '', isAbsent: false },
    ]);
    // Somebody is there, and nobody else is taken for her.
    await expect(earlier.mirror.find(tenantId, 'eve')).rejects.toThrow();
    expect(await earlier.mirror.find(tenantId, 'CORP\\ada')).toMatchObject({
      kind: 'found',
      account: { anchor: 'ada' },
    });
    expect(await earlier.methods.list({ tenantId, anchor: parseAccountAnchor('ada') })).toMatchObject([
      { id: 'a', kind: 'authenticator-code', data: secret, counter: 100, setUpAtMs: 3 },
      { kind: 'email-code', address: 'ada@example.net', data: new Uint8Array(), setUpAtMs: 4 },
    ]);
  });

  test('of a program that kept accounts as objects is carried over: whose they are, since when they are gone, and by which names', async () => {
    const path = join(folder, 'earlier.sqlite');
    const file = anEarlierFile(path, 21);
    const { disposition, ...ada } = anAccount({ anchor: 'ada', groups: { in: ['crew'], notIn: [] } });
    const { userPrincipalName: _, ...bob } = {
      ...ada,
      anchor: parseAccountAnchor('bob'),
      samAccountName: 'bob',
      mail: ['b"o\\b@example.com'],
    };
    const eve = {
      ...ada,
      anchor: parseAccountAnchor('eve'),
      samAccountName: 'eve',
      userPrincipalName: 'eve@example.com',
      mail: [],
    };
    file.prepare('insert into dispositions (disposition) values (?)').run(JSON.stringify(disposition));
    const row = file.prepare(
      `insert into accounts (tenant_id, anchor, person, disposition_id, seen_at_ms, directory_key, fingerprint,
         source_agent_id, absent_since_ms) values (?, ?, ?, 1, 5, ?, ?, ?, ?)`,
    );
    row.run(tenantId, 'ada', JSON.stringify(ada), 'key', 'fa', agent1, null);
    row.run(tenantId, 'bob', JSON.stringify(bob), 'key', 'fb', agent2, 7);
    row.run(tenantId, 'eve', JSON.stringify(eve), null, '', null, null);
    row.run('other', 'ada', JSON.stringify({ ...ada, displayName: 'Another' }), 'key', 'fo', agent1, null);
    file.prepare('insert into account_names values (?, ?, ?, 1, ?)').run(tenantId, 'ada', 'corp', '');
    file.close();

    await using earlier = await openSqliteStore({ path, clock });
    const { mirror } = earlier;
    const account = { ...ada, disposition };
    expect(await mirror.find(tenantId, 'CORP\\ada')).toEqual({ kind: 'found', account, sourceAgentId: agent1 });
    expect(await mirror.find(tenantId, 'eve')).toEqual({
      kind: 'found',
      account: { ...eve, disposition },
      sourceAgentId: undefined,
    });
    expect(await mirror.find(tenantId, 'bob')).toEqual({ kind: 'not-found' });
    expect(await mirror.read(parseTenantId('other'), account.anchor)).toMatchObject({ displayName: 'Another' });
    const source = { tenantId, agentId: agent1, directoryKey: 'key' };
    expect(await entriesOf(mirror, source, { after: undefined, max: 9 })).toEqual([
      { anchor: 'ada', fingerprint: 'fa', isAbsent: false },
      { anchor: 'bob', fingerprint: 'fb', isAbsent: true },
    ]);
    // What they were called goes with what they are called now.
    const begun = await mirror.beginPass(source, () => true);
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    const changed = [
      { ...account, samAccountName: 'lovelace' },
      { ...bob, disposition },
    ].map((each) => ({ account: each, fingerprint: 'g' }));
    await mirror.apply({ ...source, fence: begun.fence }, { changed, absent: [] });
    expect(await mirror.find(tenantId, 'CORP\\ada')).toEqual({ kind: 'not-found' });
    expect(await mirror.find(tenantId, 'bob')).toMatchObject({ kind: 'found', account: bob, sourceAgentId: agent1 });
    // Nobody has read her, as before.
    await clock.advance(8 * 24 * 3_600_000);
    await earlier.prune();
    expect(await mirror.find(tenantId, 'eve')).toEqual({ kind: 'not-found' });
    expect(await mirror.find(tenantId, 'bob')).toMatchObject({ kind: 'found' });
  });

  test('of an earlier program keeps nobody for ever whom no read has found since, and opens whatever is damaged', async () => {
    const path = join(folder, 'earlier.sqlite');
    const file = anEarlierFile(path, 21);
    const { disposition, ...ada } = anAccount({ anchor: 'ada' });
    file.prepare('insert into dispositions (disposition) values (?)').run(JSON.stringify(disposition));
    const row = file.prepare(
      `insert into accounts (tenant_id, anchor, person, disposition_id, seen_at_ms, directory_key, fingerprint)
       values (?, ?, ?, 1, ?, ?, 'f')`,
    );
    row.run(tenantId, 'ada', JSON.stringify(ada), clock.nowMs(), null);
    row.run(tenantId, 'damaged', '{"samAccountName":"dam', 1, 'key');
    const shared = { mail: ['shared@example.com'], resetMail: [], domainName: 'CORP' };
    row.run(tenantId, 'bob', JSON.stringify({ ...shared, displayName: { a: 1 }, samAccountName: 'bob' }), 1, 'key');
    row.run(tenantId, 'eve', JSON.stringify({ ...shared, displayName: 'Eve', samAccountName: 'eve' }), 1, 'key');
    file.close();

    await using earlier = await openSqliteStore({ path, clock });
    expect(await earlier.mirror.find(tenantId, 'ada')).toMatchObject({ kind: 'found' });
    // Somebody is there, though not who it is: nobody else is chosen.
    expect(await earlier.mirror.find(tenantId, 'shared@example.com')).toEqual({ kind: 'ambiguous' });
    await expect(earlier.mirror.find(tenantId, 'bob')).rejects.toThrow();
    const source = { tenantId, agentId: agent1, directoryKey: 'key' };
    expect(await entriesOf(earlier.mirror, source, { after: undefined, max: 9 })).toEqual([
      { anchor: 'bob', fingerprint: '', isAbsent: false },
      { anchor: 'damaged', fingerprint: '', isAbsent: false },
      { anchor: 'eve', fingerprint: 'f', isAbsent: false },
    ]);
    await clock.advance(8 * 24 * 3_600_000);
    await earlier.prune();
    expect(await earlier.mirror.find(tenantId, 'ada')).toEqual({ kind: 'not-found' });
  });

  test('of a newer program is not touched', async () => {
    const path = join(folder, 'newer.sqlite');
    const opened = await openStore({ path, nowMs: 0 });
    await sql`insert into schema_version values (99, 0)`.execute(opened.db);
    await opened[Symbol.asyncDispose]();
    const before = await readFile(path);
    await expect(openStore({ path, nowMs: 0 })).rejects.toMatchObject({ code: 'store-too-new' });
    expect(await readFile(path)).toEqual(before);
  });
});

describe('the agent registry', () => {
  const agent = {
    agentId: agent1,
    tenantId,
    name: 'srv-1',
    identityPublicKey: new Uint8Array(32).fill(7),
    enrolledAtMs: 5,
    lastSeenAtMs: undefined,
    isRevoked: false,
  };

  test('gives a code’s tenant and key once, and only in its time', async () => {
    const codeId = new Uint8Array(16).fill(1);
    const late = new Uint8Array(16).fill(2);
    const codeKey = new Uint8Array(32).fill(3);
    await store.agents.addCode({ codeId, codeKey, tenantId, notAfterMs: 100 });
    await store.agents.addCode({ codeId: late, codeKey, tenantId, notAfterMs: 100 });
    expect(await store.agents.takeCode(codeId, 99)).toEqual({ tenantId, codeKey });
    expect(await store.agents.takeCode(codeId, 99)).toBeUndefined();
    expect(await store.agents.takeCode(late, 100)).toBeUndefined();
    expect(await store.agents.takeCode(late, 99)).toBeUndefined();
  });

  test('keeps agents, when they were seen, and that one was revoked', async () => {
    await store.agents.add(agent);
    expect(await store.agents.find(agent1)).toEqual(agent);
    await store.agents.markSeen(agent1, 9);
    expect(await store.agents.revoke(agent1)).toBe(true);
    expect(await store.agents.revoke(agent2)).toBe(false);
    expect(await store.agents.list(tenantId)).toEqual([{ ...agent, lastSeenAtMs: 9, isRevoked: true }]);
    expect(await store.agents.list(otherTenant)).toEqual([]);
  });
});

describe('the account mirror', () => {
  beforeEach(() => linked.clear());
  const ada = anAccount();
  const bob = anAccount({
    anchor: '6f1f1d1e-0000-4000-8000-000000000002',
    samAccountName: 'bob',
    userPrincipalName: 'bob@example.com',
    mail: ['bob@example.com', 'shared@example.com'],
  });
  const source = (agentId = agent1, directoryKey = 'corp') => ({ tenantId, agentId, directoryKey });
  const linked = new Set<string>();
  const isLinked = (agentId: string) => linked.has(agentId);
  const begin = (by: ReturnType<typeof source>) => store.mirror.beginPass(by, isLinked);
  /** With a lease of its own. */
  const apply = async (by: ReturnType<typeof source>, batch: Parameters<typeof store.mirror.apply>[1]) => {
    const begun = await begin(by);
    if (begun.kind !== 'begun') throw new Error(`led by ${begun.by}`);
    return await store.mirror.apply({ ...by, fence: begun.fence }, batch);
  };
  const changes = (...accounts: readonly ManagedAccount[]) =>
    accounts.map((account) => ({ account, fingerprint: `of-${account.displayName.length}` }));
  const keep = (by: ReturnType<typeof source>, ...accounts: readonly ManagedAccount[]) =>
    apply(by, { changed: changes(...accounts), absent: [] });
  const remove = (by: ReturnType<typeof source>, ...accounts: readonly ManagedAccount[]) =>
    apply(by, { changed: [], absent: accounts.map(({ anchor }) => anchor) });
  const listed = (by: ReturnType<typeof source>) => entriesOf(store.mirror, by, { after: undefined, max: 10 });

  test.each(['ada@example.com', 'ADA', ' corp\\Ada '])('finds an account by %s', async (userId) => {
    await keep(source(), ada);
    expect(await store.mirror.find(tenantId, userId)).toEqual({ kind: 'found', account: ada, sourceAgentId: agent1 });
  });

  test('tells of each account that is changed what was held of it, wherever in the tenant, and of a new one nothing', async () => {
    const renamed = { ...ada, displayName: 'Ada Lovelace' };
    expect(await keep(source(), ada, bob)).toEqual(['', '']);
    expect(await keep(source(), bob, renamed)).toEqual(['of-11', 'of-11']);
    expect(await keep(source(agent2, 'other'), { ...ada, displayName: 'A' }, ada)).toEqual(['of-12', 'of-1']);
    expect(await remove(source(agent2, 'other'), ada)).toEqual([]);
    expect(await keep(source(agent2, 'other'), renamed)).toEqual(['of-11']);
    // What somebody has looked at since is not what a pass found.
    await store.mirror.refresh(tenantId, { ...ada, displayName: 'Ada Anew' });
    expect(await keep(source(agent2, 'other'), ada)).toEqual(['']);
  });

  test('keeps what was told of an account’s groups, and that nothing was', async () => {
    const groups = { in: ['staff'], notIn: ['it-admins', 'finance'] };
    await keep(source(), { ...ada, groups }, bob);
    expect(await store.mirror.find(tenantId, 'ada')).toMatchObject({ account: { groups } });
    expect(await store.mirror.read(tenantId, bob.anchor)).not.toHaveProperty('groups');
  });

  test('does not take an account for what a read has found once a live inspection has seen other groups', async () => {
    await keep(source(), { ...ada, groups: { in: [], notIn: ['staff'] } });
    await store.mirror.refresh(tenantId, { ...ada, groups: { in: ['staff'], notIn: [] } });
    expect(await listed(source())).toEqual([{ anchor: ada.anchor, fingerprint: '', isAbsent: false }]);
    expect(await store.mirror.read(tenantId, ada.anchor)).toMatchObject({ groups: { in: ['staff'] } });
  });

  test('knows whose read saw an account last, and that nobody’s did when it was only inspected', async () => {
    await store.mirror.refresh(tenantId, ada);
    expect(await store.mirror.find(tenantId, 'ada')).toMatchObject({ kind: 'found', sourceAgentId: undefined });
    await keep(source(agent2), ada);
    await store.mirror.refresh(tenantId, ada);
    expect(await store.mirror.find(tenantId, 'ada')).toMatchObject({ kind: 'found', sourceAgentId: agent2 });
  });

  test('chooses none of two that share an address, and finds nothing of another tenant', async () => {
    const eve = anAccount({
      anchor: 'eve',
      samAccountName: 'eve',
      userPrincipalName: 'e@x',
      mail: ['shared@example.com'],
    });
    await keep(source(), bob, eve);
    expect((await store.mirror.find(tenantId, 'shared@example.com')).kind).toBe('ambiguous');
    expect((await store.mirror.find(otherTenant, 'bob')).kind).toBe('not-found');
  });

  test('forgets old names', async () => {
    await keep(source(), ada);
    await store.mirror.refresh(tenantId, { ...ada, samAccountName: 'ada2', mail: [] });
    expect((await store.mirror.find(tenantId, 'corp\\ada')).kind).toBe('not-found');
    expect((await store.mirror.find(tenantId, 'ada2')).kind).toBe('found');
  });

  test('no longer offers who is said to be gone, and offers them again when they return', async () => {
    await keep(source(), ada, bob);
    await remove(source(), bob);
    expect((await store.mirror.find(tenantId, 'bob')).kind).toBe('not-found');
    expect(await store.mirror.read(tenantId, bob.anchor)).toBeUndefined();
    expect(await presentOf(tenantId)).toBe(1);
    await keep(source(), bob);
    expect((await store.mirror.find(tenantId, 'bob')).kind).toBe('found');
  });

  test('changes nobody who is not named', async () => {
    await keep(source(), ada, bob);
    await keep(source(), ada);
    expect(await presentOf(tenantId)).toBe(2);
  });

  test('lists what it holds of a directory by anchor, page by page, and who of them is absent', async () => {
    await keep(source(), bob, ada);
    await remove(source(), bob);
    expect(await store.mirror.countOf(source())).toBe(2);
    const all = [
      { anchor: ada.anchor, fingerprint: `of-${ada.displayName.length}`, isAbsent: false },
      { anchor: bob.anchor, fingerprint: `of-${bob.displayName.length}`, isAbsent: true },
    ];
    const byAnchor = all.toSorted((one, other) => (one.anchor < other.anchor ? -1 : 1));
    expect(await listed(source())).toEqual(byAnchor);
    expect(await entriesOf(store.mirror, source(), { after: undefined, max: 1 })).toEqual(byAnchor.slice(0, 1));
    expect(await entriesOf(store.mirror, source(), { after: byAnchor[0]?.anchor, max: 10 })).toEqual(byAnchor.slice(1));
  });

  test.each([1, 2, 3, 4, 5])('counts a directory of four, %i at a time', async (countedAtATime) => {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const crowd = ['a', 'b', 'c', 'd'].map((name) => anAccount({ anchor: name, samAccountName: name }));
    await keep(source(agent1, 'staff'), anAccount({ anchor: 'e', samAccountName: 'e' }));
    await keep(source(), ...crowd);
    await remove(source(), ...crowd.slice(2, 3));
    expect(await sqliteAccountMirror(opened, { clock, countedAtATime }).countOf(source())).toBe(4);
  });

  test('names those it is asked for, gone ones too, and nobody of another directory', async () => {
    await keep(source(), ada, bob);
    await remove(source(), bob);
    const { displayName, samAccountName } = bob;
    expect(await store.mirror.look(source(), [bob.anchor, parseAccountAnchor('nobody')])).toMatchObject([
      { anchor: bob.anchor, displayName, samAccountName, isAbsent: true },
    ]);
    expect(await store.mirror.look(source(agent1, 'staff'), [ada.anchor])).toEqual([]);
  });

  test('leaves another directory’s accounts alone', async () => {
    await keep(source(agent1, 'corp'), ada);
    await keep(source(agent1, 'staff'), bob);
    expect(await listed(source(agent1, 'staff'))).toMatchObject([{ anchor: bob.anchor }]);
    await remove(source(agent1, 'staff'), ada);
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('found');
    await remove(source(agent1, 'corp'), ada);
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('not-found');
  });

  test('has one agent at a time keep a directory, and the next one goes on where it left', async () => {
    linked.add(agent1).add(agent2);
    await keep(source(agent1), ada, bob);
    expect(await begin(source(agent2))).toEqual({ kind: 'led', by: agent1 });
    expect((await begin(source(agent2, 'staff'))).kind).toBe('begun');
    linked.delete(agent1);
    expect(await begin(source(agent2))).toMatchObject({ kind: 'begun' });
    expect(await store.mirror.countOf(source(agent2))).toBe(2);
    linked.add(agent1);
    expect(await begin(source(agent1))).toEqual({ kind: 'led', by: agent2 });
    await remove(source(agent2), bob);
    expect(await presentOf(tenantId)).toBe(1);
  });

  test('takes nothing of whoever had the lease before', async () => {
    const first = await begin(source(agent1));
    const later = await begin(source(agent2));
    if (first.kind !== 'begun' || later.kind !== 'begun') throw new Error('both may lead');
    expect(later.fence).toBeGreaterThan(first.fence);
    const stale = { ...source(agent1), fence: first.fence };
    const batch = { changed: changes(ada), absent: [] };
    await expect(store.mirror.apply(stale, batch)).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(store.mirror.completePass(stale, undefined)).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(store.mirror.apply({ ...stale, fence: later.fence }, batch)).rejects.toMatchObject({
      code: 'lease-lost',
    });
    expect(await presentOf(tenantId)).toBe(0);
    await store.mirror.apply({ ...source(agent2), fence: later.fence }, batch);
    expect(await presentOf(tenantId)).toBe(1);
  });

  test('hands a mark back to the agent that left it, until another agent has kept the directory', async () => {
    const beginAs = async (agentId: typeof agent1) => {
      const begun = await begin(source(agentId));
      if (begun.kind !== 'begun') throw new Error('it may lead');
      return begun;
    };
    expect((await beginAs(agent1)).mark).toBeUndefined();
    const { fence } = await beginAs(agent1);
    await store.mirror.completePass({ ...source(agent1), fence }, 'mark-of-agent-one');
    expect((await beginAs(agent1)).mark).toBe('mark-of-agent-one');
    expect((await beginAs(agent1)).mark).toBe('mark-of-agent-one');
    expect((await begin(source(agent1, 'staff'))).kind).toBe('begun');
    const other = await beginAs(agent2);
    expect(other.mark).toBeUndefined();
    await store.mirror.completePass({ ...source(agent2), fence: other.fence }, 'mark-of-agent-two');
    expect((await beginAs(agent1)).mark).toBeUndefined();
  });

  test('knows only so many directories of one tenant, and those it knows are read on', async () => {
    const directory = (number: number) => ({ ...source(), directoryKey: `directory-${number}` });
    for (let number = 0; number < MIRRORED_DIRECTORIES_MAX; number += 1) await begin(directory(number));
    await expect(begin(directory(MIRRORED_DIRECTORIES_MAX))).rejects.toMatchObject({ code: 'too-many-directories' });
    expect((await begin(directory(0))).kind).toBe('begun');
    expect((await begin({ ...directory(0), tenantId: otherTenant })).kind).toBe('begun');
  });

  test('gives the lease on when an agent is linked and completes no pass', async () => {
    linked.add(agent1).add(agent2);
    const begun = await begin(source(agent1));
    if (begun.kind !== 'begun') throw new Error('nobody leads');
    await clock.advance(LEASE_WITHOUT_PASS_MS - 1);
    await store.mirror.completePass({ ...source(agent1), fence: begun.fence }, undefined);
    await clock.advance(LEASE_WITHOUT_PASS_MS - 1);
    expect((await begin(source(agent2))).kind).toBe('led');
    await clock.advance(1);
    expect((await begin(source(agent2))).kind).toBe('begun');
  });

  test('a live look keeps whose account it is, and forgets what the read had found once it finds something else', async () => {
    await keep(source(), ada);
    await store.mirror.refresh(tenantId, ada);
    expect(await listed(source())).toMatchObject([{ fingerprint: `of-${ada.displayName.length}` }]);
    await store.mirror.refresh(tenantId, { ...ada, displayName: 'Ada Renamed' });
    expect(await listed(source())).toEqual([{ anchor: ada.anchor, fingerprint: '', isAbsent: false }]);
  });

  test('offers who was only seen live for a week, unless a read finds them', async () => {
    await store.mirror.refresh(tenantId, ada);
    await store.mirror.refresh(tenantId, bob);
    await keep(source(), bob);
    await clock.advance(7 * 24 * 3_600_000 - 1);
    await store.prune();
    expect(await presentOf(tenantId)).toBe(2);
    await clock.advance(1);
    await store.prune();
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('not-found');
    expect((await store.mirror.find(tenantId, 'bob')).kind).toBe('found');
  });

  test('takes who is of a directory that nobody reads any more for found by no read, in time', async () => {
    await keep(source(agent1, 'old-base'), ada);
    await keep(source(agent1, 'corp'), bob);
    const dayMs = 24 * 3_600_000;
    await clock.advance(29 * dayMs);
    await keep(source(agent1, 'corp'), bob);
    await clock.advance(dayMs);
    await store.prune();
    expect(await presentOf(tenantId)).toBe(2);
    await clock.advance(7 * dayMs);
    await store.prune();
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('not-found');
    expect((await store.mirror.find(tenantId, 'bob')).kind).toBe('found');
  });

  test('deletes who is gone after 30 days, with every name, and nobody else', async () => {
    await keep(source(), ada, bob);
    await remove(source(), bob);
    await clock.advance(29 * 24 * 3_600_000);
    await store.prune();
    expect(await rowsOf('bob')).toEqual({ accounts: 1, names: 1 });
    await clock.advance(24 * 3_600_000);
    await store.prune();
    expect(await rowsOf('bob')).toEqual({ accounts: 0, names: 0 });
    expect(await rowsOf('ada')).toEqual({ accounts: 1, names: 1 });
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('found');
  });

  test('deletes who is gone after as many days as the settings say', async () => {
    await keep(source(), ada);
    await remove(source(), ada);
    await store[Symbol.asyncDispose]();
    const dayMs = 24 * 3_600_000;
    store = await openSqliteStore({ path: join(folder, 'front-door.sqlite'), clock, absentKeptMs: 90 * dayMs });
    await clock.advance(89 * dayMs);
    await store.prune();
    expect(await rowsOf('ada')).toEqual({ accounts: 1, names: 1 });
    await clock.advance(dayMs);
    await store.prune();
    expect(await rowsOf('ada')).toEqual({ accounts: 0, names: 0 });
  });

  test('who comes back within that time has all that was set up', async () => {
    const account = { tenantId, anchor: ada.anchor };
    await keep(source(), ada);
    const method = {
      kind: 'email-code',
      name: '',
      address: 'ada@example.net',
      data: new Uint8Array(),
      counter: 0,
    } as const;
    await store.methods.add(account, { ...method, id: 'a', setUpAtMs: 1 });
    await remove(source(), ada);
    await clock.advance(29 * 24 * 3_600_000);
    await store.prune();
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('not-found');
    await keep(source(), ada);
    expect(await store.mirror.find(tenantId, 'ada')).toMatchObject({ kind: 'found', account: ada });
    expect(await store.methods.list(account)).toMatchObject([{ id: 'a', address: 'ada@example.net' }]);
  });

  test('an address that somebody who is gone had as well finds who is there', async () => {
    const shared = 'shared@example.com';
    await keep(source(), { ...ada, mail: [shared] }, { ...bob, mail: [shared] });
    expect(await store.mirror.find(tenantId, shared)).toEqual({ kind: 'ambiguous' });
    await remove(source(), ada);
    expect(await store.mirror.find(tenantId, shared)).toMatchObject({ kind: 'found', account: { anchor: bob.anchor } });
  });

  test('deletes as many as are gone, however many they are', async () => {
    const crowd = Array.from({ length: 450 }, (_, at) =>
      anAccount({ anchor: `a${at}`, samAccountName: `person${at}`, userPrincipalName: `person${at}@example.com` }),
    );
    for (let at = 0; at < crowd.length; at += 150) await keep(source(), ...crowd.slice(at, at + 150));
    for (let at = 0; at < crowd.length; at += 150) await remove(source(), ...crowd.slice(at, at + 150));
    await keep(source(), bob);
    await clock.advance(30 * 24 * 3_600_000);
    await store.prune();
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    expect(await opened.db.selectFrom('accounts').select('anchor').execute()).toEqual([{ anchor: bob.anchor }]);
    const left = await opened.db.selectFrom('account_names').select('name').execute();
    expect(left.map(({ name }) => name).toSorted()).toEqual(
      filedNames(bob)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  /** How many accounts of the tenant are offered. */
  async function presentOf(of: typeof tenantId): Promise<number> {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const accounts = opened.db.selectFrom('accounts').innerJoin('directories', 'directories.id', 'directory_id');
    const present = accounts.where('tenant_id', '=', of).where('absent_since_ms', 'is', null);
    return (await present.select('anchor').execute()).length;
  }

  async function rowsOf(name: string) {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const { anchor: wanted } = name === 'bob' ? bob : ada;
    const accounts = await opened.db.selectFrom('accounts').select('id').where('anchor', '=', wanted).execute();
    const names = await opened.db.selectFrom('account_names').select('name').where('name', '=', name).execute();
    return { accounts: accounts.length, names: names.length };
  }

  test.each([
    [
      'whose names are filed otherwise than its text says',
      `update account_names set name = 'robert' where name = 'bob'`,
    ],
    ['whose text is none of today’s', `update accounts set person = '{}' where anchor = '${bob.anchor}'`],
  ])('an account %s is found by its own names alone after the next read of it', async (_, damage) => {
    await keep(source(), ada, bob);
    {
      await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
      await sql.raw(damage).execute(opened.db);
    }
    await keep(source(), { ...bob, samAccountName: 'bobby' });
    expect((await store.mirror.find(tenantId, 'bobby')).kind).toBe('found');
    for (const name of ['bob', 'robert']) expect((await store.mirror.find(tenantId, name)).kind).toBe('not-found');
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('found');
  });

  test('takes nobody new where there are as many accounts as there may be, and keeps the others up to date', async () => {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const mirror = sqliteAccountMirror(opened, { clock, accountsMax: 2 });
    await keep(source(), ada, bob);
    const begun = await mirror.beginPass(source(), isLinked);
    const leased = { ...source(), fence: begun.kind === 'begun' ? begun.fence : 0 };
    const as = (account: ManagedAccount) => ({ account, fingerprint: 'f' });
    const eve = anAccount({ anchor: parseAccountAnchor('eve'), samAccountName: 'eve' });
    await expect(mirror.apply(leased, { changed: [as(ada), as(eve)], absent: [] })).rejects.toMatchObject({
      code: 'mirror-full',
    });
    await mirror.apply(leased, { changed: [as({ ...ada, displayName: 'Ada Anew' }), as(bob)], absent: [] });
    await mirror.apply(leased, { changed: [], absent: [bob.anchor] });
    expect(await mirror.countOf(source())).toBe(2);
    expect(await presentOf(tenantId)).toBe(1);
    await mirror.beginPass({ ...source(), tenantId: otherTenant }, isLinked);
  });

  test('a full mirror is kept up to date, and looked at live, without counting who is in it', async () => {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    let counted = 0;
    const prepare = opened.direct.prepare.bind(opened.direct);
    opened.direct.prepare = (text) => {
      const statement = prepare(text);
      const get = statement.get.bind(statement);
      if (text.startsWith('select count(*) as number from accounts'))
        statement.get = (...values: never[]) => {
          counted += 1;
          return get(...values);
        };
      return statement;
    };
    const mirror = sqliteAccountMirror(opened, { clock, accountsMax: 3 });
    await keep(source(), ada);
    const begun = await mirror.beginPass(source(), isLinked);
    const leased = { ...source(), fence: begun.kind === 'begun' ? begun.fence : 0 };
    const named = (displayName: string) => changes({ ...ada, displayName }, { ...bob, displayName });
    const eve = anAccount({ anchor: parseAccountAnchor('eve'), samAccountName: 'eve' });
    await mirror.apply(leased, { changed: changes(bob), absent: [] });
    await mirror.refresh(tenantId, eve);
    for (const name of ['one', 'two', 'three']) await mirror.apply(leased, { changed: named(name), absent: [] });
    for (let at = 0; at < 3; at += 1) await mirror.refresh(tenantId, eve);
    expect(counted).toBe(0);
    const another = anAccount({ anchor: parseAccountAnchor('fay'), samAccountName: 'fay' });
    await expect(mirror.apply(leased, { changed: changes(another), absent: [] })).rejects.toMatchObject({
      code: 'mirror-full',
    });
    expect(counted).toBe(1);
  });

  test('a batch waits for room in the log, and nobody who asks meanwhile does', async () => {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const made = Promise.withResolvers<void>();
    const carrier = { room: () => made.promise, assertWell: () => undefined };
    const mirror = sqliteAccountMirror({ direct: opened.direct, carrier }, { clock });
    const begun = await mirror.beginPass(source(), isLinked);
    const leased = { ...source(), fence: begun.kind === 'begun' ? begun.fence : 0 };
    const applying = mirror.apply(leased, { changed: changes(ada), absent: [] });
    await mirror.refresh(tenantId, bob);
    expect((await mirror.find(tenantId, 'bob')).kind).toBe('found');
    expect((await mirror.find(tenantId, 'ada')).kind).toBe('not-found');
    made.resolve();
    await applying;
    expect((await mirror.find(tenantId, 'ada')).kind).toBe('found');
  });

  test('so does pruning, between the accounts that it deletes', async () => {
    const crowd = Array.from({ length: 250 }, (_, at) =>
      anAccount({ anchor: `a${at}`, samAccountName: `person${at}` }),
    );
    await keep(source(), ...crowd);
    await remove(source(), ...crowd);
    await clock.advance(30 * 24 * 3_600_000);
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const left = async () => (await opened.db.selectFrom('accounts').select('id').execute()).length;
    const [asked, made] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const room = () => {
      asked.resolve();
      return made.promise;
    };
    const pruning = pruneStore(
      { ...opened, carrier: { room, assertWell: () => undefined } },
      { nowMs: clock.nowMs(), absentKeptMs: ABSENT_KEPT_MS },
    );
    await Promise.race([asked.promise, pruning]);
    expect(await left()).toBe(50);
    made.resolve();
    await pruning;
    expect(await left()).toBe(0);
  });

  test('what was not carried over is told by the next pruning', async () => {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const { db, direct } = opened;
    const assertWell = () => {
      throw new RangeError('no room on the disk');
    };
    const store = { ...opened, db, direct, carrier: { room: async () => undefined, assertWell } };
    await expect(pruneStore(store, { nowMs: clock.nowMs(), absentKeptMs: ABSENT_KEPT_MS })).rejects.toThrow(
      'no room on the disk',
    );
  });

  test('rows of another tenant take no room', async () => {
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    await store.mirror.refresh(otherTenant, ada);
    await store.mirror.refresh(otherTenant, bob);
    const mirror = sqliteAccountMirror(opened, { clock, accountsMax: 2 });
    const begun = await mirror.beginPass(source(), isLinked);
    const leased = { ...source(), fence: begun.kind === 'begun' ? begun.fence : 0 };
    await mirror.apply(leased, { changed: changes(ada, bob), absent: [] });
    expect(await presentOf(tenantId)).toBe(2);
    expect(await presentOf(otherTenant)).toBe(2);
  });

  test('holds an account once, whichever directory’s read or live inspection has seen it before', async () => {
    await store.mirror.refresh(tenantId, ada);
    await keep(source(agent1, 'corp'), { ...ada, mail: ['ada.first@example.com'] });
    await keep(source(agent2, 'staff'), { ...ada, mail: ['ada.second@example.com'] });
    await store.mirror.refresh(tenantId, { ...ada, mail: ['ada.third@example.com'] });
    expect(await listed(source(agent1, 'corp'))).toEqual([]);
    expect(await listed(source(agent2, 'staff'))).toMatchObject([{ anchor: ada.anchor }]);
    expect(await presentOf(tenantId)).toBe(1);
    expect(await store.mirror.find(tenantId, 'ada')).toMatchObject({ kind: 'found', sourceAgentId: agent2 });
    expect((await store.mirror.find(tenantId, 'ada.third@example.com')).kind).toBe('found');
    for (const name of ['ada.first@example.com', 'ada.second@example.com'])
      expect((await store.mirror.find(tenantId, name)).kind).toBe('not-found');
  });

  test('tells a name in a domain from the same two words the other way round', async () => {
    const corp = anAccount({ anchor: 'corp', samAccountName: 'corp', domainName: 'ADA', mail: [] });
    await keep(source(), ada, { ...corp, userPrincipalName: 'corp@example.com' });
    expect(await store.mirror.find(tenantId, 'CORP\\ada')).toMatchObject({ account: { anchor: ada.anchor } });
    expect(await store.mirror.find(tenantId, 'ADA\\corp')).toMatchObject({ account: { anchor: 'corp' } });
  });

  test('finds nobody by their name at a host that is not theirs, and follows an address to another host', async () => {
    const [first, second] = ['example.com', 'example.org'].map((host) => ({
      ...ada,
      userPrincipalName: `ada@${host}`,
      mail: [],
    }));
    if (first === undefined || second === undefined) throw new Error('there are two');
    const found = (userId: string) => store.mirror.find(tenantId, userId);
    await keep(source(), first);
    expect(await found('Ada@example.com')).toMatchObject({ account: { anchor: ada.anchor } });
    for (const other of ['ada@example.org', 'ada@corp', 'ada@ada']) expect((await found(other)).kind).toBe('not-found');
    await keep(source(), second);
    expect(await found('ada@example.org')).toMatchObject({ account: { anchor: ada.anchor } });
    expect((await found('ada@example.com')).kind).toBe('not-found');
    await keep(source(), { ...bob, samAccountName: 'ada', userPrincipalName: 'ada@example.org', domainName: 'LAB' });
    expect((await found('ada@example.org')).kind).toBe('ambiguous');
  });

  test('tells two of one name apart by their domains, and follows one that moves to another', async () => {
    const other = { ...bob, samAccountName: ada.samAccountName, domainName: 'LAB' };
    await keep(source(), ada, other);
    const found = (userId: string) => store.mirror.find(tenantId, userId);
    expect(await found('CORP\\ada')).toMatchObject({ account: { anchor: ada.anchor } });
    expect(await found('lab\\ada')).toMatchObject({ account: { anchor: bob.anchor } });
    expect((await found('ada')).kind).toBe('ambiguous');
    await keep(source(), { ...other, domainName: 'FIELD' });
    expect((await found('lab\\ada')).kind).toBe('not-found');
    expect(await found('field\\ada')).toMatchObject({ account: { anchor: bob.anchor } });
  });

  test('holds what may be done with many once, and of each what was said last of it', async () => {
    const disabled = { kind: 'contact-administrator', reason: 'disabled' } as const;
    await keep(source(), ada, bob);
    await keep(source(), { ...bob, disposition: disabled });
    expect(await store.mirror.find(tenantId, 'ada')).toMatchObject({ account: { disposition: ada.disposition } });
    expect(await store.mirror.find(tenantId, 'bob')).toMatchObject({ account: { disposition: disabled } });
    await store.mirror.refresh(tenantId, { ...ada, disposition: disabled });
    expect(await store.mirror.read(tenantId, ada.anchor)).toMatchObject({ disposition: disabled });
    // The next pass shall tell of her whatever she was when it read her last.
    expect(await listed(source())).toMatchObject([
      { anchor: ada.anchor, fingerprint: '' },
      { anchor: bob.anchor, fingerprint: expect.stringMatching(/./) },
    ]);
    await using opened = await openStore({ path: join(folder, 'front-door.sqlite'), nowMs: 0 });
    const rows = await opened.db.selectFrom('dispositions').select('disposition').execute();
    expect(rows.map(({ disposition }) => JSON.parse(disposition))).toEqual([ada.disposition, disabled]);
  });

  test('keeps the later of two words about one account in one batch', async () => {
    await keep(source(), ada, { ...ada, samAccountName: 'ada2' });
    expect(await presentOf(tenantId)).toBe(1);
    expect((await store.mirror.find(tenantId, 'ada2')).kind).toBe('found');
    expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('not-found');
  });

  test('holds somebody of a tenant as long as anybody there is offered', async () => {
    expect(await store.mirror.holdsAnybody(tenantId)).toBe(false);
    await keep(source(), ada, bob);
    await remove(source(), ada);
    expect(await store.mirror.holdsAnybody(tenantId)).toBe(true);
    expect(await store.mirror.holdsAnybody(otherTenant)).toBe(false);
    await remove(source(), bob);
    expect(await store.mirror.holdsAnybody(tenantId)).toBe(false);
  });

  test('the same batch twice changes nothing', async () => {
    await keep(source(), ada);
    await keep(source(), ada);
    expect(await presentOf(tenantId)).toBe(1);
  });
});

const aCloudAccount = () => ({
  tenantId,
  anchor,
  userIds: ['cleo', 'cleo@example.com'],
  displayName: 'Cleo Example',
  addresses: ['cleo@example.net'],
  isAdministrator: false,
  passwordHash: undefined,
});

describe('cloud-only accounts', () => {
  const change = {
    tenantId,
    anchor,
    resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
    passwordHash: '$argon2id$one',
    atMs: 1,
  };

  test('are found by any of their user IDs, and share none', async () => {
    expect(await store.cloudAccounts.add(aCloudAccount())).toBe(true);
    expect(await store.cloudAccounts.add({ ...aCloudAccount(), anchor: parseAccountAnchor('cloud-2') })).toBe(false);
    expect(await store.cloudAccounts.read(tenantId, parseAccountAnchor('cloud-2'))).toBeUndefined();
    expect(await store.cloudAccounts.find(tenantId, 'cleo@example.com')).toEqual(aCloudAccount());
    expect(await store.cloudAccounts.find(otherTenant, 'cleo')).toBeUndefined();
  });

  test('one reset id has one effect', async () => {
    await store.cloudAccounts.add(aCloudAccount());
    expect(await store.cloudAccounts.setPasswordHash(change)).toBe('set');
    expect(await store.cloudAccounts.setPasswordHash({ ...change, passwordHash: '$argon2id$two' })).toBe('already-set');
    expect((await store.cloudAccounts.read(tenantId, anchor))?.passwordHash).toBe('$argon2id$one');
    const elsewhere = { ...change, anchor: parseAccountAnchor('cloud-9') };
    expect(await store.cloudAccounts.setPasswordHash(elsewhere)).toBe('reset-id-reused');
  });

  test('nothing is set for nobody', async () => {
    expect(await store.cloudAccounts.setPasswordHash(change)).toBe('no-such-account');
  });
});

describe('registered methods', () => {
  const account = { tenantId, anchor };
  const other = { tenantId, anchor: parseAccountAnchor('somebody-else') };
  const app = (id: string) =>
    ({ id, kind: 'authenticator-code', name: '', address: '', data: new Uint8Array([1, 2]), setUpAtMs: 3 }) as const;
  const mail = (id: string, address: string) => ({ ...app(id), kind: 'email-code', address }) as const;

  test('are kept as they were given, each for its own account', async () => {
    await store.methods.add(account, { ...mail('a', 'ada@example.net'), name: 'at home' });
    expect(await store.methods.list(account)).toEqual([
      { ...mail('a', 'ada@example.net'), name: 'at home', counter: 0, usedAtMs: undefined },
    ]);
    expect(await store.methods.list(other)).toEqual([]);
  });

  test('are limited for each account and kind', async () => {
    const added = [];
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) added.push(await store.methods.add(account, app(id)));
    expect(added).toEqual(['added', 'added', 'added', 'added', 'added', 'too-many']);
    expect((await store.methods.list(account)).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await store.methods.add(account, mail('g', 'ada@example.net'))).toBe('added');
    expect(await store.methods.add(other, app('h'))).toBe('added');
  });

  test('have an address once, however it is spelt', async () => {
    expect(await store.methods.add(account, mail('a', 'ada@example.net'))).toBe('added');
    expect(await store.methods.add(account, mail('b', 'Ada@Example.net'))).toBe('there-already');
    expect(await store.methods.add(other, mail('c', 'ada@example.net'))).toBe('added');
  });

  test('are renamed and removed by their own account alone', async () => {
    await store.methods.add(account, app('a'));
    expect(await store.methods.rename(other, 'a', 'mine')).toBe(false);
    expect(await store.methods.remove(other, 'a')).toBe(false);
    expect(await store.methods.rename(account, 'a', 'phone')).toBe(true);
    expect((await store.methods.list(account)).map(({ name }) => name)).toEqual(['phone']);
    expect(await store.methods.remove(account, 'a')).toBe(true);
    expect(await store.methods.remove(account, 'a')).toBe(false);
    expect(await store.methods.list(account)).toEqual([]);
  });

  test('are said to be right by their own person, and when that was last is kept', async () => {
    expect(await store.methods.confirmedAtMs(account)).toBeUndefined();
    await store.methods.confirm(account, 5);
    await store.methods.confirm(account, 7);
    expect(await store.methods.confirmedAtMs(account)).toBe(7);
    expect(await store.methods.confirmedAtMs(other)).toBeUndefined();
  });

  test('a counter only rises', async () => {
    await store.methods.add(account, app('a'));
    expect(await store.methods.advance('a', 100, 7)).toBe(true);
    expect(await store.methods.advance('a', 100, 8)).toBe(false);
    expect(await store.methods.advance('a', 99, 8)).toBe(false);
    expect(await store.methods.advance('a', 101, 9)).toBe(true);
    expect(await store.methods.list(account)).toMatchObject([{ counter: 101, usedAtMs: 9 }]);
  });

  test('a count that was no use leaves when it was used last', async () => {
    await store.methods.add(account, app('a'));
    expect(await store.methods.advance('a', 1, undefined)).toBe(true);
    expect(await store.methods.list(account)).toMatchObject([{ counter: 1, usedAtMs: undefined }]);
    await store.methods.advance('a', 2, 7);
    await store.methods.advance('a', 3, undefined);
    expect(await store.methods.list(account)).toMatchObject([{ counter: 3, usedAtMs: 7 }]);
  });

  test('that replace take the place of all of their kind, and of nobody else’s', async () => {
    await store.methods.add(account, mail('m', 'ada@example.net'));
    await store.methods.add(account, app('a'));
    await store.methods.add(account, app('b'));
    await store.methods.add(other, app('c'));
    await store.methods.advance('b', 5, 5);
    await store.methods.replace(account, app('d'));
    const ids = async (of: typeof account) => (await store.methods.list(of)).map(({ id }) => id).sort();
    expect([await ids(account), await ids(other)]).toEqual([['d', 'm'], ['c']]);
    await store.methods.replace(account, app('e'));
    expect((await store.methods.list(account)).find(({ id }) => id === 'e')).toMatchObject({
      counter: 0,
      usedAtMs: undefined,
    });
    const both = [store.methods.replace(account, app('f')), store.methods.replace(account, app('g'))];
    await Promise.all(both);
    expect((await ids(account)).filter((id) => id !== 'm')).toHaveLength(1);
  });

  test('a counter that never rose may stay nought, and never be nought again', async () => {
    await store.methods.add(account, app('a'));
    expect(await store.methods.advance('a', 0, 7)).toBe(true);
    expect(await store.methods.advance('a', 0, 8)).toBe(true);
    expect(await store.methods.list(account)).toMatchObject([{ counter: 0, usedAtMs: 8 }]);
    expect(await store.methods.advance('a', 1, 9)).toBe(true);
    expect(await store.methods.advance('a', 0, 10)).toBe(false);
    expect(await store.methods.advance('nobody’s', 0, 10)).toBe(false);
    expect(await store.methods.list(account)).toMatchObject([{ counter: 1, usedAtMs: 9 }]);
  });

  test('a recovery code is good once, for its own account, also when it comes twice at a time', async () => {
    const digest = (byte: number) => new Uint8Array(32).fill(byte);
    await store.methods.setRecoveryCodes(account, [digest(1), digest(2)], 5);
    await store.methods.setRecoveryCodes(other, [digest(3)], 5);
    expect(await store.methods.useRecoveryCode(other, digest(1), 6)).toBe('unknown');
    const both = [
      store.methods.useRecoveryCode(account, digest(1), 6),
      store.methods.useRecoveryCode(account, digest(1), 6),
    ];
    expect((await Promise.all(both)).toSorted()).toEqual(['before', 'now']);
    expect(await store.methods.recoveryCodesLeft(account)).toBe(1);
    expect(await store.methods.recoveryCodesLeft(other)).toBe(1);

    // New ones take the place of all there were, used or not.
    await store.methods.setRecoveryCodes(account, [digest(4)], 7);
    expect(await store.methods.useRecoveryCode(account, digest(2), 8)).toBe('unknown');
    expect(await store.methods.useRecoveryCode(account, digest(1), 8)).toBe('unknown');
    expect(await store.methods.recoveryCodesLeft(account)).toBe(1);
    await store.methods.setRecoveryCodes(account, [], 9);
    expect(await store.methods.recoveryCodesLeft(account)).toBe(0);
  });

  test('recovery codes are taken away all at once, with when they were made, and nobody else’s', async () => {
    const digest = (byte: number) => new Uint8Array(32).fill(byte);
    expect(await store.methods.recoveryCodesMade(account)).toBeUndefined();
    expect(await store.methods.removeRecoveryCodes(account)).toBe(false);
    await store.methods.setRecoveryCodes(account, [digest(1), digest(2)], 5);
    await store.methods.setRecoveryCodes(other, [digest(3)], 6);
    await store.methods.useRecoveryCode(account, digest(1), 7);
    expect(await store.methods.recoveryCodesMade(account)).toEqual({ madeAtMs: 5 });
    expect(await store.methods.removeRecoveryCodes(account)).toBe(true);
    expect(await store.methods.recoveryCodesMade(account)).toBeUndefined();
    expect(await store.methods.useRecoveryCode(account, digest(2), 8)).toBe('unknown');
    expect(await store.methods.recoveryCodesMade(other)).toEqual({ madeAtMs: 6 });
  });
});

describe('throttles', () => {
  test('attempts at the same time are all counted', async () => {
    const rule = { attemptsMax: 3, windowMs: 1000, blockMs: 1000 };
    const attempt = () =>
      store.throttles.update({ name: 'resets', key: 'k' }, (before) => {
        const { state, isAllowed } = decideAttempt(rule, before ?? NO_ATTEMPTS, 0);
        return { state, forgottenAtMs: 1, result: isAllowed };
      });
    const allowed = await Promise.all([attempt(), attempt(), attempt(), attempt(), attempt()]);
    expect(allowed.filter(Boolean)).toHaveLength(3);
  });

  test('are cleared for an account and its methods, and for nobody else', async () => {
    const put = (key: string) =>
      store.throttles.update({ name: 'resets', key }, () => ({ state: NO_ATTEMPTS, forgottenAtMs: 1, result: 0 }));
    for (const key of ['t/a', 't/a/email-code', 't/ab', 't/a0']) await put(key);
    await store.throttles.clear(['resets'], 't/a');
    const left = await Promise.all(
      ['t/a', 't/a/email-code', 't/ab', 't/a0'].map((key) => store.throttles.read({ name: 'resets', key })),
    );
    expect(left.map((state) => state !== undefined)).toEqual([false, false, true, true]);
  });
});

describe('what text messages cost', () => {
  const spend = (day: number, cost: number, most: number, tenant = tenantId) =>
    store.spend.update(tenant, day, (before) => {
      const after =
        before.cost + cost <= most ? { ...before, cost: before.cost + cost } : { ...before, isStopped: true };
      return { spent: after, result: after };
    });

  test('is added up with nobody in between, however many ask at once', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => spend(20_000, 3, 100)));
    expect(Math.max(...results.map(({ cost }) => cost))).toBe(99);
    expect(await spend(20_000, 0, 100)).toEqual({ cost: 99, isStopped: true });
  });

  test('is each day’s and each organisation’s own, and survives a restart', async () => {
    await spend(20_000, 70, 100);
    await spend(20_001, 60, 100);
    await spend(20_000, 50, 100, otherTenant);
    await store[Symbol.asyncDispose]();
    store = await openSqliteStore({ path: join(folder, 'front-door.sqlite'), clock });
    expect((await spend(20_000, 0, 100)).cost).toBe(70);
    expect((await spend(20_001, 0, 100)).cost).toBe(60);
    expect((await spend(20_000, 0, 100, otherTenant)).cost).toBe(50);
  });

  test('is forgotten after a year and some days', async () => {
    const today = Math.floor(clock.nowMs() / 86_400_000);
    await spend(today - 399, 1, 100);
    await spend(today - 400, 1, 100);
    await store.prune();
    expect((await spend(today - 399, 0, 100)).cost).toBe(1);
    expect((await spend(today - 400, 0, 100)).cost).toBe(0);
  });
});

describe('flows, challenges and the outbox', () => {
  const flow = () =>
    startStopped(
      { supportId: 's', language: 'ja', tenantId, userId: 'ada', nowMs: clock.nowMs() },
      { kind: 'cannot-verify' },
    );

  test('of two saves from one state, one is taken', async () => {
    await store.flows.create('h', flow());
    expect(await store.flows.find('h')).toEqual({ flow: flow(), version: 1 });
    const saves = await Promise.all([store.flows.save('h', flow(), 1), store.flows.save('h', flow(), 1)]);
    expect(saves.filter(Boolean)).toHaveLength(1);
  });

  test('a challenge is taken once, and not after its time', async () => {
    const seed = new Uint8Array(32);
    const challenge = { challengeId: 'c', kind: 'words', language: 'ar', seed, expiresAtMs: 10 } as const;
    await store.challenges.put('h', challenge);
    expect(await store.challenges.read('h', 9)).toEqual(challenge);
    expect(await store.challenges.take('h', 9)).toEqual(challenge);
    expect(await store.challenges.take('h', 9)).toBeUndefined();
    await store.challenges.put('h', challenge);
    expect(await store.challenges.take('h', 10)).toBeUndefined();
  });

  test('mails have their turn, and wait when it failed', async () => {
    const mail = { id: 'm', sealedLetter: new Uint8Array([9]), notAfterMs: 500 };
    expect(await store.outbox.add(mail, 5)).toBe(true);
    expect(await store.outbox.due(4, 10)).toEqual([]);
    expect(await store.outbox.due(5, 10)).toEqual([{ ...mail, attempts: 0 }]);
    await store.outbox.postpone('m', 50);
    expect(await store.outbox.due(49, 10)).toEqual([]);
    expect((await store.outbox.due(50, 10))[0]?.attempts).toBe(1);
    await store.outbox.remove('m');
    expect(await store.outbox.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  test('mails and messages to ticket systems wait apart from each other, and go when their time is over', async () => {
    const letter = { id: 'm', sealedLetter: new Uint8Array([9]), notAfterMs: clock.nowMs() + 10 };
    expect(await store.outbox.add(letter, 0)).toBe(true);
    expect(await store.ticketOutbox.add({ ...letter, notAfterMs: clock.nowMs() + 20 }, 0)).toBe(true);
    await store.outbox.postpone('m', 0);
    expect((await store.ticketOutbox.due(0, 9)).map(({ attempts }) => attempts)).toEqual([0]);
    await clock.advance(10);
    await store.prune();
    expect([await store.outbox.due(0, 9), (await store.ticketOutbox.due(0, 9)).length]).toEqual([[], 1]);
    await clock.advance(10);
    await store.prune();
    expect(await store.ticketOutbox.due(0, 9)).toEqual([]);
  });

  test('pruning takes what is over and leaves what is not', async () => {
    await store.flows.create('old', flow());
    await clock.advance(1000);
    await store.flows.create('young', flow());
    await clock.advance(75 * 60_000 - 1001);
    await store.prune();
    // An hour past its end: until then its person is told that the time is up.
    expect(await store.flows.find('old')).toBeDefined();
    await clock.advance(1);
    await store.prune();
    expect(await store.flows.find('old')).toBeUndefined();
    expect(await store.flows.find('young')).toBeDefined();
  });
});

describe('flows by account', () => {
  const ada = { tenantId, anchor };
  const aFlow = (whose: typeof ada) =>
    startProving(
      { supportId: 's', language: 'en', tenantId, userId: 'ada', nowMs: clock.nowMs() },
      {
        kind: 'directory',
        ...whose,
        noticeAddresses: [],
        isAdministrator: false,
        gates: 1,
        methods: [],
        offers: ['reset'],
        knownBy: [],
      },
    );

  test('are found for the account alone, in whichever sessions they are', async () => {
    await store.flows.create('one', aFlow(ada));
    await store.flows.create('two', aFlow(ada));
    await store.flows.create('other person', aFlow({ tenantId, anchor: parseAccountAnchor('cloud-2') }));
    await store.flows.create('other tenant', aFlow({ tenantId: otherTenant, anchor }));
    await store.flows.create(
      'nobody',
      startStopped(
        { supportId: 's', language: 'en', tenantId, userId: 'x', nowMs: clock.nowMs() },
        { kind: 'cannot-verify' },
      ),
    );
    expect([...(await store.flows.sessionsOf(ada))].sort()).toEqual(['one', 'two']);
    await store.flows.remove('one');
    expect(await store.flows.sessionsOf(ada)).toEqual(['two']);
  });
});

describe('links to disown by', () => {
  const aLink = (linkId: string, changes: Partial<DisownLink> = {}): DisownLink => ({
    linkId,
    digest: new Uint8Array([7, 0, 255]),
    account: { tenantId, anchor },
    what: 'reset',
    addedId: undefined,
    doneAtMs: 5,
    supportId: 's',
    expiresAtMs: 1_000_000,
    ...changes,
  });

  test('are kept as they were made, and used by one session alone', async () => {
    const { disownLinks } = store;
    await disownLinks.add(aLink('l'));
    expect(await disownLinks.find('l')).toEqual({ ...aLink('l'), use: undefined });
    expect(await disownLinks.find('m')).toBeUndefined();
    await disownLinks.add(aLink('a', { what: 'method-added', addedId: 'an-app' }));
    expect((await disownLinks.find('a'))?.addedId).toBe('an-app');
    const uses = await Promise.all(['one', 'two', 'three'].map((session) => disownLinks.use('l', session)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    const sessionHash = ['one', 'two', 'three'][uses.indexOf(true)];
    expect((await disownLinks.find('l'))?.use).toEqual({ sessionHash, disowned: undefined });
    const disowned = { password: 'not-invalidated', waysRemoved: 2, areAdministratorsTold: true } as const;
    await disownLinks.settle('l', disowned);
    expect((await disownLinks.find('l'))?.use).toEqual({ sessionHash, disowned });
    expect(await disownLinks.use('m', 'one')).toBe(false);
  });

  test('are so many for each account: the oldest goes, and nobody else’s', async () => {
    const { disownLinks } = store;
    const other = { tenantId: otherTenant, anchor };
    await disownLinks.add(aLink('theirs', { account: other, expiresAtMs: 1 }));
    for (let at = 0; at <= DISOWN_LINKS_PER_ACCOUNT_MAX; at += 1)
      await disownLinks.add(aLink(`l${at}`, { expiresAtMs: 1000 + at }));
    expect(await disownLinks.find('l0')).toBeUndefined();
    expect(await disownLinks.find('l1')).toBeDefined();
    expect(await disownLinks.find('theirs')).toBeDefined();
  });

  test('are forgotten when their time is over', async () => {
    await store.disownLinks.add(aLink('l', { expiresAtMs: clock.nowMs() + 10 }));
    await clock.advance(9);
    await store.prune();
    expect(await store.disownLinks.find('l')).toBeDefined();
    await clock.advance(1);
    await store.prune();
    expect(await store.disownLinks.find('l')).toBeUndefined();
  });
});

describe('the audit journal', () => {
  test('is a chain, also when many write at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.audit.append({ event: 'route-decided', fields: { tenantId, result: `${index}` } }),
      ),
    );
    const verdict = verifyChain(await store.audit.start(), await store.audit.entriesAfter(0));
    expect(verdict).toMatchObject({ kind: 'intact', head: { sequence: 20 } });
  });

  test('shows an entry that was altered', async () => {
    await store.audit.append({ event: 'proof-failed', fields: { tenantId } });
    await store.audit.append({ event: 'proof-failed', fields: { tenantId } });
    const [first, second] = await store.audit.entriesAfter(0);
    if (first === undefined || second === undefined) throw new Error('two entries were written');
    const altered = { ...first, entry: { ...first.entry, event: 'proof-succeeded' } };
    expect(verifyChain(await store.audit.start(), [altered, second])).toEqual({ kind: 'broken', atSequence: 1 });
  });
});

test('an API token is found by its hash until it is revoked', async () => {
  const issued = { id: 't', tenantId, name: 'portal', scopes: ['resets:read'], createdAtMs: 1, expiresAtMs: 9 };
  const token = { ...issued, hash: new Uint8Array(32), lastUsedAtMs: undefined };
  await store.apiTokens.add(token);
  expect(await store.apiTokens.find(token.hash)).toEqual(token);
  await store.apiTokens.markUsed('t', 5);
  expect(await store.apiTokens.list(tenantId)).toEqual([{ ...token, lastUsedAtMs: 5 }]);
  expect(await store.apiTokens.revoke('t')).toBe(true);
  expect(await store.apiTokens.find(token.hash)).toBeUndefined();
  await store.prune();
  expect(await store.apiTokens.revoke('t')).toBe(false);
});

describe('what agents tell of their passes', () => {
  const from = { tenantId, agentId: agent1 };
  const told = async (what: Parameters<FrontDoorStore['passReports']['latest']>[1] = { max: 1_000 }) =>
    (await store.passReports.latest(tenantId, what)).map(({ generation, agentId }) => [agentId, generation]);

  test('is kept as it was told, once, the last first', async () => {
    await store.passReports.keep(from, anEndedPass({ generation: 1 }));
    await clock.advance(1_000);
    await store.passReports.keep(from, aFailedPass(2));
    await store.passReports.keep(from, { ...aFailedPass(1), directoryId: 'corp' });
    await store.passReports.keep({ ...from, agentId: agent2 }, aFailedPass(1, 'staff'));
    expect(await store.passReports.latest(tenantId, { directoryId: 'corp', max: 2 })).toEqual([
      { ...aFailedPass(2), agentId: agent1, receivedAtMs: clock.nowMs() },
      { ...anEndedPass({ generation: 1 }), agentId: agent1, receivedAtMs: clock.nowMs() - 1_000 },
    ]);
    expect(await told({ directoryId: 'staff', max: 9 })).toEqual([[agent2, 1]]);
    expect(await told({ max: 1 })).toEqual([[agent1, 2]]);
  });

  test('is a tenant’s own', async () => {
    await store.passReports.keep({ ...from, tenantId: otherTenant }, anEndedPass());
    expect(await told()).toEqual([]);
  });

  test('and found nothing new is kept once for each directory, the last', async () => {
    const delta = (generation: number, directoryId = 'corp') => anEndedPass({ generation, directoryId, kind: 'delta' });
    await store.passReports.keep(from, anEndedPass({ generation: 1, kind: 'delta', counts: { added: 1 } }));
    for (const generation of [2, 3, 4]) await store.passReports.keep(from, delta(generation));
    await store.passReports.keep(from, delta(5, 'staff'));
    expect(await told()).toEqual([5, 4, 1].map((generation) => [agent1, generation]));
  });

  test('late pushes nothing newer out, and is not taken for the last', async () => {
    const delta = (generation: number) => anEndedPass({ generation, kind: 'delta' });
    for (const generation of [14, 13, 15, 13]) await store.passReports.keep(from, delta(generation));
    expect(await told()).toEqual([[agent1, 15]]);
    await store.passReports.keep(from, aFailedPass(12));
    expect(await told()).toEqual([
      [agent1, 15],
      [agent1, 12],
    ]);
  });

  test('of a look at everybody stays, the last of each directory, whatever came after it', async () => {
    for (const directoryId of ['corp', 'staff'])
      for (const generation of [1, 2]) await store.passReports.keep(from, anEndedPass({ generation, directoryId }));
    for (let generation = 3; generation <= 400; generation += 1)
      await store.passReports.keep(from, aFailedPass(generation));
    const full = await store.passReports.latest(tenantId, { kind: 'full', max: 9 });
    expect(full.map(({ generation, directoryId }) => `${directoryId} ${generation}`).toSorted()).toEqual([
      'corp 2',
      'staff 2',
    ]);
    expect((await store.passReports.latest(tenantId, { kind: 'failed', directoryId: 'corp', max: 1_000 })).length).toBe(
      300,
    );
    expect(await store.passReports.latest(tenantId, { kind: 'failed', directoryId: 'staff', max: 9 })).toEqual([]);
  });

  test('goes when there is more of it, agent by agent, and when it is old', async () => {
    await store.passReports.keep({ ...from, agentId: agent2 }, aFailedPass(1));
    for (let generation = 1; generation <= 310; generation += 1)
      await store.passReports.keep(from, aFailedPass(generation));
    const kept = await told();
    expect(kept).toHaveLength(301);
    expect(kept).toContainEqual([agent2, 1]);
    expect(kept).not.toContainEqual([agent1, 10]);
    await clock.advance(90 * 24 * 60 * 60_000);
    await store.prune();
    expect(await told()).toEqual([]);
  });
});

describe('policies put through the API', () => {
  const document = policyDocumentSchema.parse({ reset: { groups: ['staff'] } });
  const put = (changes: { notify?: boolean } = {}) => ({
    document: { ...document, ...changes },
    putAtMs: clock.nowMs(),
    tokenId: 'token-1',
  });

  test('are found as they were put, each in its own tenant', async () => {
    expect(await store.policies.find(tenantId)).toBeUndefined();
    expect(await store.policies.put(tenantId, put(), 0)).toBe(true);
    expect(await store.policies.find(tenantId)).toEqual({ ...put(), version: 1 });
    expect(await store.policies.find(otherTenant)).toBeUndefined();
  });

  test('take the place of exactly the one before, and of no other', async () => {
    expect(await store.policies.put(tenantId, put(), 1)).toBe(false);
    expect(await store.policies.put(tenantId, put(), 0)).toBe(true);
    expect(await store.policies.put(tenantId, put({ notify: false }), 0)).toBe(false);
    expect(await store.policies.put(tenantId, put({ notify: false }), 1)).toBe(true);
    expect(await store.policies.put(tenantId, put(), 1)).toBe(false);
    expect(await store.policies.find(tenantId)).toEqual({ ...put({ notify: false }), version: 2 });
  });

  test('outlast the process, and housekeeping', async () => {
    await store.policies.put(tenantId, put(), 0);
    await clock.advance(400 * 24 * 60 * 60_000);
    await store.prune();
    await using again = await openSqliteStore({ path: join(folder, 'front-door.sqlite'), clock });
    expect(await again.policies.find(tenantId)).toMatchObject({ version: 1, document });
  });
});

describe('resets asked for through the API', () => {
  const resetId = parseResetId('00000000-0000-4000-8000-00000000f001');
  const reset = {
    tenantId,
    resetId,
    fingerprint: 'f1',
    anchor,
    operation: 'reset',
    tokenId: 't',
    agentId: agent1,
    keyId: undefined,
    submittedAtMs: 5,
    notAfterMs: 9,
    outcome: undefined,
    answeredAtMs: undefined,
  } as const;

  test('begin once: a second beginning finds the first', async () => {
    const { onDisk, ...begun } = await store.apiResets.begin(reset);
    expect(begun).toEqual({ isNew: true, reset });
    await onDisk;
    const again = await store.apiResets.begin({ ...reset, fingerprint: 'f2', agentId: agent2 });
    expect(again).toMatchObject({ isNew: false, reset });
    await again.onDisk;
    await store.apiResets.onDisk();
  });

  test('are a tenant’s own, id by id', async () => {
    await store.apiResets.begin(reset);
    expect(await store.apiResets.find(otherTenant, resetId)).toBeUndefined();
    expect((await store.apiResets.begin({ ...reset, tenantId: otherTenant })).isNew).toBe(true);
  });

  test('keep the last word, and never take "done" back', async () => {
    await store.apiResets.begin(reset);
    const key = { tenantId, resetId };
    const unknown = { kind: 'unknown' } as const;
    const done = { kind: 'done', settledBy: 'answer' } as const;
    expect(await store.apiResets.answer({ ...key, outcome: unknown, atMs: 6 })).toBe(true);
    expect(await store.apiResets.answer({ ...key, outcome: undefined, atMs: 7 })).toBe(true);
    expect(await store.apiResets.find(tenantId, resetId)).toEqual(reset);
    expect(await store.apiResets.answer({ ...key, outcome: done, atMs: 8 })).toBe(true);
    expect(await store.apiResets.answer({ ...key, outcome: done, atMs: 9 })).toBe(false);
    expect(await store.apiResets.answer({ ...key, outcome: unknown, atMs: 9 })).toBe(false);
    expect(await store.apiResets.find(tenantId, resetId)).toEqual({ ...reset, outcome: done, answeredAtMs: 8 });
  });

  test('belong to another agent once they were moved there', async () => {
    await store.apiResets.begin(reset);
    await store.apiResets.move({ ...reset, agentId: agent2 });
    await store.apiResets.move({ ...reset, tenantId: otherTenant, agentId: undefined });
    expect(await store.apiResets.find(tenantId, resetId)).toEqual({ ...reset, agentId: agent2 });
  });

  test('of which one is told by whoever learns of it first', async () => {
    await store.apiResets.begin(reset);
    const done = { tenantId, resetId, outcome: { kind: 'done', settledBy: 'answer' }, atMs: 6 } as const;
    const news = await Promise.all([store.apiResets.answer(done), store.apiResets.answer(done)]);
    expect(news.toSorted()).toEqual([false, true]);
  });

  test('are forgotten after a day', async () => {
    await store.apiResets.begin({ ...reset, submittedAtMs: clock.nowMs() });
    await clock.advance(23 * 3_600_000);
    await store.prune();
    expect(await store.apiResets.find(tenantId, resetId)).toBeDefined();
    await clock.advance(3_600_000);
    await store.prune();
    expect(await store.apiResets.find(tenantId, resetId)).toBeUndefined();
  });
});

test('the mirror reads an account by its anchor, and nothing of another tenant', async () => {
  const account = anAccount();
  await store.mirror.refresh(tenantId, account);
  expect(await store.mirror.read(tenantId, account.anchor)).toEqual(account);
  expect(await store.mirror.read(otherTenant, account.anchor)).toBeUndefined();
});
