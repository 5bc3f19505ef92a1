// One person, step by step: what is said of each step, and that only this one is touched.

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ManagedVerdict } from '../../../../src/agent/accounts/judge-managed.js';
import { toManagedAccount } from '../../../../src/agent/accounts/managed-account.js';
import type { DirectoryAccount } from '../../../../src/agent/directory/directory-account.js';
import type { PersonSteps } from '../../../../src/agent/sync/pass-report.js';
import { type SyncPersonDeps, syncPerson } from '../../../../src/agent/sync/sync-person.js';
import type { SentSyncFrame } from '../../../../src/protocol/frames.js';
import { parseAccountAnchor } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { aPerson, FakeDirectory } from '../../../support/fake-directory.js';
import { type MirrorBench, openMirrorBench } from '../../../support/mirror-bench.js';

const signal = new AbortController().signal;
const clock = new FakeClock();
const everybody: ManagedVerdict = { kind: 'managed', because: 'it is in DC=corp' };
let mirror: MirrorBench;
let directory: FakeDirectory;
const sent: SentSyncFrame[] = [];
let generation = 0;

const ada = (displayName = 'Ada Example') =>
  aPerson({ anchor: 'ada', samAccountName: 'ada', displayName, distinguishedName: 'CN=Ada,DC=corp' });
const put = (account: DirectoryAccount) => directory.put({ account, password: 'unused' });

beforeEach(async () => {
  mirror = await openMirrorBench(clock);
  directory = new FakeDirectory({ people: [] });
  put(ada());
  put(aPerson({ anchor: 'bea', samAccountName: 'bea', displayName: 'Bea', mail: ['shared@example.com'] }));
  put(aPerson({ anchor: 'cara', samAccountName: 'cara', displayName: 'Cara', mail: ['shared@example.com'] }));
});
afterEach(() => mirror[Symbol.asyncDispose]());

async function look(userId: string, changes: Partial<SyncPersonDeps> = {}, verdict = everybody): Promise<PersonSteps> {
  sent.length = 0;
  const deps: SyncPersonDeps = {
    directoryId: 'corp',
    directoryKey: parseAccountAnchor('key-of-corp'),
    reader: directory,
    judgeManaged: () => verdict,
    mirrorOf: (account) =>
      verdict.kind === 'managed'
        ? toManagedAccount(account, { kind: 'contact-administrator', reason: 'write-back-off' }, [])
        : undefined,
    exchange: async (frame) => {
      sent.push(frame);
      return mirror.exchange(frame);
    },
    isDryRun: false,
    clock,
    untilQuiet: async () => undefined,
    events: { syncAccountLeftOut: () => undefined },
    ...changes,
  };
  const result = await syncPerson(deps, { generation: ++generation, userId }, signal);
  if (result.kind !== 'person') throw new Error(result.kind, { cause: result });
  return result.steps;
}

test('somebody is read, managed here, not in the mirror, and added; then changed, and then the same', async () => {
  expect(await look(' ADA ')).toEqual({
    read: 'CN=Ada,DC=corp, ada',
    managed: 'yes, since it is in DC=corp',
    match: 'the mirror holds nobody under this anchor',
    effect: 'added',
  });
  expect(await mirror.present()).toEqual(['ada']);
  put(ada('Ada Renamed'));
  expect(await look('ada')).toMatchObject({ match: 'the mirror holds ada', effect: 'changed in displayName' });
  expect(await look('ada')).toMatchObject({ effect: 'none: the mirror holds the same' });
});

test('somebody who is not managed here is put into quarantine, and restored when that changes', async () => {
  const leftOut: ManagedVerdict = { kind: 'left-out', because: 'no rule includes it' };
  expect(await look('ada', {}, leftOut)).toMatchObject({
    managed: 'no, since no rule includes it',
    effect: 'none: it is not there, and does not belong there',
  });
  await look('ada');
  expect((await look('ada', {}, leftOut)).effect).toBe('quarantined');
  expect(await mirror.present()).toEqual([]);
  expect(await look('ada')).toMatchObject({ match: 'the mirror holds ada, in quarantine', effect: 'restored' });
});

test('only a look changes nothing, and says what would be', async () => {
  expect((await look('ada', { isDryRun: true })).effect).toBe('would be added');
  expect(await mirror.present()).toEqual([]);
  await look('ada');
  put(ada('Ada Renamed'));
  expect((await look('ada', { isDryRun: true })).effect).toBe('would be changed in displayName');
  expect(await mirror.displayName('ada')).toBe('Ada Example');
});

test.each([
  ['nobody', /^nobody here/],
  ['', /^nobody here/],
  ['shared@example.com', /^2 accounts answer/],
])('a name that is nobody’s or several people’s ends at the first step: %j', async (userId, read) => {
  const steps = await look(userId);
  expect(steps.read).toMatch(read);
  expect(steps).not.toHaveProperty('match');
  expect(sent.map(({ kind }) => kind)).toEqual(['sync-begin']);
});

test('of a name that is several people’s it is said who they are', async () => {
  expect((await look('shared@example.com')).read).toBe(
    '2 accounts answer to this name, so none is chosen: CN=Bea,OU=People,DC=corp,DC=example,DC=com; CN=Cara,OU=People,DC=corp,DC=example,DC=com',
  );
});

test('data that cannot be mirrored is named', async () => {
  const mirrorOf = () => {
    throw new Error('malformed');
  };
  expect((await look('ada', { mirrorOf })).effect).toBe('left out: malformed');
});

test('where passes are followed from stays as it was: no pass is said to be complete', async () => {
  await look('ada');
  expect(sent.map(({ kind }) => kind)).toEqual(['sync-begin', 'sync-look', 'sync-batch']);
});
