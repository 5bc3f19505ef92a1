// `drawbridge front-door methods`: what somebody set up to prove who they are is shown, taken away, and told to them.

import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountRef } from '../../src/front-door/methods/method-store.js';
import { type FlowPerson, startProving } from '../../src/front-door/resets/flow.js';
import { openSqliteStore } from '../../src/front-door/sqlite/sqlite-store.js';
import { parseTenantId } from '../../src/protocol/identifiers.js';
import { systemClock } from '../../src/timing/clock.js';
import { runDrawbridge } from '../support/programs.js';
import { addingOlga, type LoneFrontDoor, loneFrontDoor, SETTINGS } from './lone-front-door.js';

const OLGA = ['example', 'olga@example.com'];
const AT_HOME = 'olga.home@example.org';
let house: LoneFrontDoor;
let config: string;
let store: Awaited<ReturnType<typeof openSqliteStore>>;
let account: AccountRef;
let waitingBefore: number;

/** Stands before a gate. */
const PROVING: Omit<FlowPerson, keyof AccountRef> = {
  kind: 'cloud-only',
  noticeAddresses: [],
  isAdministrator: false,
  gates: 1,
  methods: [],
  offers: ['reset'],
  knownBy: [],
};

const run = (args: readonly string[], input = '') =>
  runDrawbridge(['front-door', ...args, '--config', config], { input });
const waiting = async () => (await store.outbox.due(systemClock.nowMs() + 60_000, 50)).length;

beforeAll(async () => {
  house = await loneFrontDoor();
  config = await house.settings();
  expect(await run(addingOlga(), 'Nine quiet otters')).toMatchObject({ code: 0 });
  store = await openSqliteStore({ path: join(house.folder, 'data', 'front-door.sqlite'), clock: systemClock });
  const tenantId = parseTenantId('example');
  const olga = await store.cloudAccounts.find(tenantId, 'olga@example.com');
  if (olga === undefined) throw new Error('Olga was added');
  account = { tenantId, anchor: olga.anchor };
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

beforeEach(async () => {
  for (const { id } of await store.methods.list(account)) await store.methods.remove(account, id);
  const row = { data: new Uint8Array(), setUpAtMs: Date.UTC(2026, 0, 15) };
  const mailbox = { id: 'a-mailbox', kind: 'email-code', name: 'At home', address: AT_HOME } as const;
  await store.methods.add(account, { ...row, ...mailbox });
  await store.methods.add(account, { ...row, id: 'an-app', kind: 'authenticator-code', name: '', address: '' });
  await store.methods.setRecoveryCodes(account, [new Uint8Array(32), new Uint8Array(32).fill(1)], row.setUpAtMs);
  await store.methods.useRecoveryCode(account, new Uint8Array(32), row.setUpAtMs);
  const nowMs = systemClock.nowMs();
  const start = { supportId: 's', language: 'en', tenantId: account.tenantId, userId: 'olga', nowMs } as const;
  await store.flows.remove('under-way');
  await store.flows.create('under-way', startProving(start, { ...PROVING, ...account }));
  waitingBefore = await waiting();
});

test('lists what a person has set up, with addresses masked, and how many recovery codes are left', async () => {
  const { code, output } = await run(['methods', 'list', ...OLGA]);
  expect(code).toBe(0);
  const [headings, ...lines] = output.trimEnd().split('\n');
  expect(headings).toMatch(/^ID +KIND +ADDRESS +NAME +SET UP +LAST USED$/);
  expect(lines.map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
    'a-mailbox | email-code | o•••@e•••.org | At home | 2026-01-15T00:00:00.000Z',
    'an-app | authenticator-code | 2026-01-15T00:00:00.000Z',
    'recovery-codes | recovery-code | 1 left | 2026-01-15T00:00:00.000Z',
    '',
    'Known besides: set by an administrator: 1 address, always counted.',
  ]);
});

test('lists the same as JSON for programs, with addresses masked', async () => {
  const { code, output } = await run(['methods', 'list', ...OLGA, '--json']);
  expect(code).toBe(0);
  const setUpAt = '2026-01-15T00:00:00.000Z';
  expect(JSON.parse(output)).toEqual({
    setUp: [
      { id: 'a-mailbox', kind: 'email-code', maskedAddress: 'o•••@e•••.org', name: 'At home', setUpAt },
      { id: 'an-app', kind: 'authenticator-code', name: '', setUpAt },
      { id: 'recovery-codes', kind: 'recovery-code', codesLeft: 1, setUpAt },
    ],
    knownBesides: 'set by an administrator: 1 address, always counted',
  });
});

test('says so where there is nothing, and lets nothing be removed', async () => {
  for (const id of ['a-mailbox', 'an-app']) await store.methods.remove(account, id);
  await store.methods.removeRecoveryCodes(account);
  expect((await run(['methods', 'list', ...OLGA])).output).toMatch(/^Nothing was set up here/);
  const before = (await store.audit.entriesAfter(0)).length;
  for (const id of ['an-app', 'recovery-codes'])
    expect(await run(['methods', 'remove', ...OLGA, id])).toMatchObject({
      code: 2,
      output: '',
      errorOutput: expect.stringMatching(/^drawbridge: this person has nothing of this id.+\n$/),
    });
  expect(await store.audit.entriesAfter(0)).toHaveLength(before);
  expect(await waiting()).toBe(waitingBefore);
});

test.each([
  ['an-app', 'authenticator-code', 2],
  ['recovery-codes', 'recovery-code', 2],
  // It may be whoever was not to have it: what is told goes to the other one.
  ['a-mailbox', 'email-code', 1],
])('removes %s alone, writes that down, and tells the addresses that are left', async (id, kind, told) => {
  expect(await run(['methods', 'remove', ...OLGA, id])).toMatchObject({
    code: 0,
    errorOutput: '',
    output: expect.stringMatching(/^Removed\./),
  });
  const left = (await store.methods.list(account)).map((kept) => kept.id);
  expect(left).toEqual(['a-mailbox', 'an-app'].filter((each) => each !== id));
  expect(await store.methods.recoveryCodesLeft(account)).toBe(id === 'recovery-codes' ? 0 : 1);
  const { entry } = (await store.audit.entriesAfter(0)).at(-1) ?? {};
  expect(entry).toMatchObject({ event: 'method-removed', fields: { ...account, method: kind } });
  expect(JSON.stringify(entry)).not.toContain('olga');
  expect((await waiting()) - waitingBefore).toBe(told);
  // A reset that began before may not end by what is gone.
  expect(await store.flows.find('under-way')).toBeUndefined();
});

test('an app or codes that are made for a person are told to them', async () => {
  const added = await run(['authenticator', 'add', ...OLGA]);
  expect([added.code, added.output.startsWith('otpauth://totp/')]).toEqual([0, true]);
  const one = await waiting();
  expect(one).toBeGreaterThan(waitingBefore);
  const made = await run(['recovery-codes', 'make', ...OLGA]);
  expect([made.code, made.output.match(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/gm)?.length]).toEqual([0, 10]);
  expect(await waiting()).toBeGreaterThan(one);
});

test('tells the person even where the organisation tells nobody of resets', async () => {
  const silent = await house.settings({ tenants: SETTINGS.tenants.map((tenant) => ({ ...tenant, notify: false })) });
  const removing = ['front-door', 'methods', 'remove', ...OLGA, 'an-app', '--config', silent];
  expect(await runDrawbridge(removing)).toMatchObject({ code: 0 });
  expect(await waiting()).toBeGreaterThan(waitingBefore);
});
