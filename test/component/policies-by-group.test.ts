// Policies for groups from end to end: both programs, built, before a real OpenLDAP. Who is in a group is the directory's word, told by
// the agent; the policy changes over the API, at once.

import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAdministrator } from '../support/directory-administrator.js';
import type { Program } from '../support/programs.js';
import { succeeded, TENANT } from './bridge.js';
import type { Portal } from './portal.js';
import { openSyncBench, type SyncBench } from './sync-bench.js';

const SUFFIX = 'dc=example,dc=com';
const groupDn = (name: string) => `cn=${name},${SUFFIX}`;
const [STAFF, TEAM, SECRET] = [groupDn('staff'), groupDn('team'), groupDn('merger')];
const ONE = ['email-code'];
const TWO = ['email-code', 'authenticator-code'];

let bench: SyncBench;
let frontDoor: Program;
let agent: Program;
let portal: Portal;

const personDn = (uid: string) => `uid=${uid},${bench.server.peopleDn}`;

beforeAll(async () => {
  bench = await openSyncBench(3, {
    directory: { tellGroups: [{ name: 'staff', group: STAFF }] },
    tenant: {
      reset: { groups: ['staff'] },
      policySource: 'api',
      policies: [{ name: 'everyone', appliesTo: 'everyone', gates: 1, methods: ONE }],
    },
  });
  await asAdministrator(bench.server, async (client) => {
    const group = (dn: string, member: readonly string[]) =>
      client.add(dn, { objectClass: 'groupOfNames', cn: dn.slice(3, dn.indexOf(',')), member: [...member] });
    await group(TEAM, [personDn('person0')]);
    await group(STAFF, [TEAM]);
    await group(SECRET, [personDn('person0'), personDn('person1')]);
  });
  frontDoor = await bench.bridge.startFrontDoor();
  await bench.bridge.enrol();
  agent = await bench.bridge.startLinkedAgent();
  portal = await bench.bridge.portal();
});

afterAll(async () => {
  await agent.end('SIGKILL');
  await frontDoor.end('SIGKILL');
  await bench[Symbol.asyncDispose]();
});

const explain = async (uid: string) =>
  JSON.parse(succeeded(await bench.bridge.frontDoor(['explain', TENANT, uid, '--json'])));

it('reset is on for whoever is in the group, however deep, and for nobody else', async () => {
  expect((await portal.route('person0')).route).toMatchObject({ kind: 'cannot-verify', reason: 'too-few-methods' });
  expect((await portal.route('person1')).route).toEqual({
    kind: 'contact-administrator',
    reason: 'person-not-enabled',
  });
});

it('the mirror has it, and no other group has left the agent', async () => {
  expect((await explain('person0')).account.enabled).toEqual({
    holds: 'yes',
    because: 'the account is in the group staff',
  });
  expect((await explain('person1')).account.enabled).toMatchObject({ holds: 'no' });
  const shown = succeeded(await bench.bridge.agent(['explain', 'person0']));
  expect(shown).toMatch(/told to be in +staff/);
  expect(JSON.stringify([await portal.route('person0'), await explain('person0')])).not.toMatch(/merger|team/);
});

it('who comes into the group is mirrored with the next pass', async () => {
  await asAdministrator(bench.server, (client) =>
    client.modify(TEAM, [
      new Change({ operation: 'add', modification: new Attribute({ type: 'member', values: [personDn('person2')] }) }),
    ]),
  );
  expect((await bench.sync()).record.result).toMatchObject({
    kind: 'done',
    report: { kind: 'full', changedFields: { groups: 1 }, named: { changed: ['person2'] } },
  });
  expect((await explain('person2')).account.enabled.holds).toBe('yes');
});

it('a policy that is put holds at once, outlasts a restart, and names who put it', async () => {
  const { etag, policy } = await portal.policy();
  const stricter = {
    ...policy,
    policies: [
      { name: 'all staff', appliesTo: { groups: ['staff'] }, gates: 2, methods: TWO, directoryAddresses: 'confirm' },
    ],
  };
  expect((await portal.putPolicy(stricter, etag)).status).toBe(200);
  expect((await portal.putPolicy(policy, etag)).status).toBe(412);
  expect((await portal.route('person0')).policy).toEqual({
    name: 'all staff',
    gates: 2,
    methods: TWO,
    directoryAddresses: 'confirm',
    undecided: [],
  });
  expect(succeeded(await bench.bridge.frontDoor(['audit', 'show']))).toMatch(/policy-put .*policies\/all staff/);

  await frontDoor.end('SIGTERM');
  frontDoor = await bench.bridge.startFrontDoor();
  await frontDoor.until('policy-from-api');
  await frontDoor.until('agent-ready');
  expect((await portal.policy()).policy).toEqual(stricter);
  expect((await explain('person0')).policyFrom).toMatch(/^as put through the API at 20.*, by the token /);
});

it('a group that no agent tells of is warned of, and never taken for everybody or nobody', async () => {
  const { etag, policy } = await portal.policy();
  const vips = { name: 'vips', appliesTo: { groups: ['vips'] }, gates: 1, methods: TWO };
  const rest = { name: 'rest', appliesTo: 'everyone', gates: 1, methods: TWO };
  const answer = await portal.putPolicy({ ...policy, reset: 'everyone', policies: [vips, rest] }, etag);
  expect(JSON.parse(answer.body).derived.groups).toEqual([{ name: 'vips', told: 'nowhere' }]);
  expect((await portal.route('person0')).policy).toEqual({
    name: 'rest',
    gates: 2,
    methods: TWO,
    directoryAddresses: 'count',
    undecided: ['vips'],
  });

  await agent.end('SIGTERM');
  agent = await bench.bridge.startAgent();
  await frontDoor.until('groups-not-told');
});
