// What the administrator is told of a user ID: whose policy, which way, which screens; and nothing counted for having asked.

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportLinesOnUser, reportOnUser } from '../../../../src/front-door/explain-report.js';
import { METHOD_KINDS, type MethodKind } from '../../../../src/front-door/methods/every-method.js';
import type { MethodOwner, RegisteredMethod } from '../../../../src/front-door/methods/proof-method.js';
import { QUESTIONS_ARE_WEAK } from '../../../../src/front-door/methods/security-questions/face.js';
import { maskEmailAddress } from '../../../../src/front-door/pages/mask-address.js';
import { explainUser, NO_AGENT_ASKED } from '../../../../src/front-door/resets/explain-user.js';
import { type FrontDoorStore, openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import type { WhyUnfit } from '../../../../src/front-door/tenants/fitting-methods.js';
import type { PolicyInForce } from '../../../../src/front-door/tenants/policies.js';
import { policyDocumentSchema } from '../../../../src/front-door/tenants/policy-document.js';
import { accountKey, createThrottles } from '../../../../src/front-door/throttles/throttles.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anAccount, aTenant } from '../../../support/front-door-builders.js';

const tenant = aTenant();
const account = anAccount();
let clock: FakeClock;
let store: FrontDoorStore;

beforeEach(async () => {
  clock = new FakeClock();
  store = await openSqliteStore({ path: ':memory:', clock });
});

afterEach(() => store[Symbol.asyncDispose]());

const registered: RegisteredMethod[] = [];
/** Theirs for as long as it counts; everything else was set up here. */
const ofDirectory = account.resetMail;
const proofMethods = METHOD_KINDS.map((kind) => ({
  kind,
  typed: ([text]: readonly string[]) => text,
  registered: async ({ countedAddresses }: MethodOwner) =>
    registered.filter(
      (method) =>
        method.kind === kind && (countedAddresses.includes(method.address) || !ofDirectory.includes(method.address)),
    ),
  start: async () => undefined,
  verify: async () => 'wrong' as const,
}));

beforeEach(() => {
  registered.splice(0, registered.length, { kind: 'email-code', id: 'm', address: 'ada.private@example.net' });
});

const explain = (userId: string, of = tenant) =>
  explainUser(
    {
      mirror: store.mirror,
      cloudAccounts: store.cloudAccounts,
      clock,
      throttles: createThrottles({ store: store.throttles, clock }),
      digestKey: new Uint8Array(randomBytes(32)),
      proofMethods,
      maskAddress: maskEmailAddress,
    },
    { tenant: of, userId, signal: new AbortController().signal },
  );

const report = async (userId: string, of = tenant, inForce: Partial<PolicyInForce> = {}) => {
  const document = policyDocumentSchema.parse({});
  const nothing = { leftOut: [], tag: '', put: undefined, isPutIgnored: false };
  const all = { source: 'file' as const, document, ...nothing, ...inForce };
  return reportOnUser(await explain(userId, of), { tenant: of, userId, inForce: all });
};
const linesOf = async (...asked: Parameters<typeof report>) => reportLinesOnUser(await report(...asked)).join('\n');

test('somebody mirrored goes the way the mirror says, without an agent', async () => {
  await store.mirror.refresh(tenant.id, account);
  const { route, checks } = await explain('ADA');
  expect(route.kind).toBe('prove');
  expect(checks.at(-1)).toContain('prove: 1 of email-code');
  expect(await linesOf('ada')).toContain(NO_AGENT_ASKED);
});

test('somebody whom nobody knows cannot be verified, and with nothing mirrored that cannot be told', async () => {
  expect((await explain('bob')).route).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });
  await store.mirror.refresh(tenant.id, account);
  const { route, account: nobody, screens } = await explain('bob');
  expect(route).toEqual({ kind: 'cannot-verify', reason: 'unknown' });
  expect(nobody).toBeUndefined();
  expect(screens).toEqual([{ kind: 'start' }, { kind: 'stop', stop: { kind: 'cannot-verify' } }]);
});

test('asking counts nothing, however often', async () => {
  await store.mirror.refresh(tenant.id, account);
  for (let asked = 0; asked < 50; asked += 1) await explain('ada');
  expect((await explain('ada')).route.kind).toBe('prove');
});

test('says of an account that somebody disowned that it was, and advises finding out who it was before lifting that', async () => {
  await store.mirror.refresh(tenant.id, account);
  const throttles = createThrottles({ store: store.throttles, clock });
  await throttles.attempt([{ name: 'disowned', key: accountKey(tenant.id, account.anchor) }]);
  const lines = await linesOf('ada');
  expect(lines).toContain('"it wasn\'t me"');
  expect(lines).toContain('find out first who it was');
  expect(lines).toContain(`drawbridge front-door throttles clear ${tenant.id} ada\``);
});

test('says of an account that is blocked by attempts until when, and what lifts that', async () => {
  await store.mirror.refresh(tenant.id, account);
  const throttles = createThrottles({ store: store.throttles, clock });
  const key = { name: 'failed-proofs' as const, key: accountKey(tenant.id, account.anchor) };
  while (await throttles.attempt([key]));
  const lines = await linesOf('corp\\ada');
  expect(lines).toContain('To let them go on: wait until ');
  expect(lines).toContain(`throttles clear ${tenant.id} USER\``);
  expect(lines).not.toContain("wasn't");
});

const grouped = aTenant({
  policies: [
    { name: 'finance', appliesTo: { groups: ['finance'] }, gates: 2, methods: ['email-code', 'authenticator-code'] },
    { name: 'everyone', appliesTo: 'everyone', gates: 1, methods: ['email-code', 'authenticator-code'] },
    { name: 'never', appliesTo: 'everyone', gates: 1, methods: ['email-code'] },
  ],
});

test('says which policy is theirs and why the earlier ones are not, and looks no further', async () => {
  await store.mirror.refresh(tenant.id, { ...account, groups: { in: [], notIn: ['finance'] } });
  const { account: told } = await explain('ada', grouped);
  expect(told?.policy.name).toBe('everyone');
  expect(told?.considered).toEqual([
    { name: 'finance', holds: 'no', because: 'the account is not in the group finance' },
    { name: 'everyone', holds: 'yes', because: 'it applies to everyone' },
  ]);
});

test('of whom an agent tells no group it says that this cannot be told, and what follows', async () => {
  await store.mirror.refresh(tenant.id, account);
  const { route, account: told } = await explain('ada', grouped);
  expect(told?.policy).toMatchObject({ name: 'everyone', gates: 2, undecided: ['finance'] });
  expect(route).toEqual({ kind: 'cannot-verify', reason: 'too-few-methods' });
  expect(await linesOf('ada', grouped)).toContain('finance may be theirs as well: two gates');
  expect((await report('ada', grouped)).remedy).toContain('tellGroups');
});

test('lists every way that is set up, masked, and whether the policy takes it', async () => {
  registered.push({ kind: 'recovery-code', id: 'r', address: '' });
  await store.mirror.refresh(tenant.id, account);
  const { account: told } = await explain('ada', grouped);
  expect(told?.methods).toEqual([
    { kind: 'email-code', address: 'a•••@e•••.net', isTaken: true },
    { kind: 'recovery-code', address: '', isTaken: false },
  ]);
  expect(JSON.stringify(await report('ada', grouped))).not.toContain('ada.private');
});

describe('of what the directory names and the policy does not count', () => {
  const under = (directoryAddresses: 'confirm' | 'ignore', changes: Parameters<typeof aTenant>[0] = {}) =>
    aTenant({
      policies: [{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['email-code'], directoryAddresses }],
      ...changes,
    });
  beforeEach(() => store.mirror.refresh(tenant.id, account));

  test('it says which, masked, why, and that they do not get through by it', async () => {
    const { route, account: told } = await explain('ada', under('confirm'));
    expect(route).toEqual({ kind: 'cannot-verify', reason: 'too-few-methods' });
    expect(told?.methods).toEqual([]);
    expect(told?.uncounted).toEqual([{ kind: 'email-code', address: 'a•••@e•••.net', isTaken: true }]);
    const lines = await linesOf('ada', under('confirm'));
    expect(lines).toContain('the directory names 1 address; policy all does not count them until confirmed');
    expect(lines).toMatch(/email-code +a•••@e•••\.net +not before they have confirmed it/);
    expect(lines).not.toContain('ada.private');
    expect(await linesOf('ada', under('ignore'))).toContain('the directory names 1 address; policy all ignores them');
  });

  test('its remedy names the key; confirming where the policy lets them, and where people sign in at all', async () => {
    const confirm = (await report('ada', under('confirm'))).remedy;
    expect(confirm).toMatch(/^let them sign in and confirm, .*`directoryAddresses: count` in the policy all/);
    expect((await report('ada', under('confirm', { signIn: false }))).remedy).toContain('once `signIn`');
    const ignore = (await report('ada', under('ignore'))).remedy;
    expect(ignore).toMatch(/^set `directoryAddresses: count` in the policy all/);
    expect(ignore).not.toContain('a private address in the directory');
  });

  test('the remedy does not name the key to whom the directory names nothing that would help', async () => {
    await store.mirror.refresh(tenant.id, { ...account, resetMail: [] });
    registered.length = 0;
    const { remedy } = await report('ada', under('confirm'));
    expect(remedy).not.toContain('directoryAddresses');
    expect(remedy).toContain('a private address in the directory');
  });
});

test('says that what is named counts, where it does', async () => {
  await store.mirror.refresh(tenant.id, account);
  expect(await linesOf('ada')).toContain('the directory names 1 address; policy everyone counts them');
});

test('screen by screen: the pages’ own headings in their order, for two gates and both ways out', async () => {
  registered.push({ kind: 'authenticator-code', id: 'a', address: '' });
  await store.mirror.refresh(tenant.id, { ...account, groups: { in: ['finance'], notIn: [] } });
  const { screens, remedy } = await report('ada', grouped);
  expect(screens.map(({ heading }) => heading)).toEqual([
    'Get back into your account',
    'Why are you having trouble signing in?',
    'Show that it’s you – Check 1 of 2',
    'Check your email, or: Open your authenticator app',
    'Show that it’s you – Check 2 of 2',
    'Check your email, or: Open your authenticator app',
    'Choose a new password, or: Unlock your account',
    'Your password is changed, or: Your account is unlocked',
  ]);
  expect(screens[2]?.says[0]).toBe('( ) Send me a code by email: To a•••@e•••.net');
  expect(remedy).toBeUndefined();
});

test('one gate, and nothing to choose between, is a shorter way', async () => {
  const { screens } = await explain('nobody');
  expect(screens).toHaveLength(2);
  await store.mirror.refresh(tenant.id, account);
  const kinds = (await explain('ada', aTenant({ unlock: false }))).screens.map(({ kind }) => kind);
  expect(kinds).toEqual(['start', 'method', 'code', 'finish', 'result']);
});

test.each<[string, Parameters<typeof aTenant>[0], object, string, string]>([
  ['reset is off', { reset: 'off' }, {}, 'Your organisation has not turned on resetting', 'reset: everyone'],
  ['the person is not named', { reset: { people: ['bob'] } }, {}, 'is not turned on for your account', 'in `reset`'],
  [
    'no agent tells of the group',
    { reset: { groups: ['staff'] } },
    {},
    'is not turned on for your account',
    'tellGroups',
  ],
  [
    'write-back does not reach',
    {},
    { disposition: { kind: 'contact-administrator', reason: 'outside-write-back-scope' } },
    'managed by your administrator',
    'writeBack.scope',
  ],
])('a stop has the page’s words, and what opens it: %s', async (_, changes, ofAccount, words, remedy) => {
  const of = aTenant(changes);
  await store.mirror.refresh(of.id, { ...account, ...ofAccount });
  const told = await report('ada', of);
  expect(told.screens.at(-1)?.heading).toBe('Contact your administrator');
  expect(told.screens.at(-1)?.says.join('\n')).toContain(words);
  expect(told.screens.at(-1)?.says.join('\n')).toContain('helpdesk@example.com');
  expect(told.remedy).toContain(remedy);
});

test('says where the policy stands', async () => {
  await store.mirror.refresh(tenant.id, account);
  const put = { putAtMs: 0, tokenId: 'token-1', version: 1 };
  expect((await report('ada')).policyFrom).toBe('in the settings');
  expect((await report('ada', tenant, { isPutIgnored: true })).policyFrom).toContain('is not used');
  expect((await report('ada', tenant, { source: 'api' })).policyFrom).toContain('until one is put');
  expect((await report('ada', tenant, { source: 'api', put })).policyFrom).toContain('token-1');
  const left = async (method: MethodKind, why: WhyUnfit) => {
    const unfit = { path: ['policies', 0, 'methods'], policy: 'staff', method, why, message: '' } as const;
    return (await report('ada', tenant, { source: 'api', put, leftOut: [unfit] })).policyFrom;
  };
  expect(await left('passkey', 'not-set-up')).toContain('passkey of staff is left out');
  expect(await left('security-questions', 'too-weak-alone')).toMatch(
    /questions of staff is left out.*all that is asked/,
  );
});

test('what was typed steers no terminal', async () => {
  await store.mirror.refresh(tenant.id, account);
  expect(await linesOf('\u001B[2Jada')).not.toContain('\u001B');
});

test('security questions are called weak where somebody may choose them, and nowhere else', async () => {
  registered.push({ kind: 'security-questions', id: 'q', address: '' });
  await store.mirror.refresh(tenant.id, account);
  const taking = aTenant({
    policies: [{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['email-code', 'security-questions'] }],
  });
  expect(await linesOf('ada', taking)).toContain(QUESTIONS_ARE_WEAK);
  expect(await linesOf('ada')).not.toContain(QUESTIONS_ARE_WEAK);
});

test('says what to do about an account that the directory keeps out, and not only what it is', async () => {
  const disposition = { kind: 'contact-administrator', reason: 'disabled' } as const;
  await store.mirror.refresh(tenant.id, { ...account, disposition });
  expect((await report('ada')).remedy).toMatch(/^enable the account in the directory, .*\(Disabled in the directory/);
});

test('shows of addresses what the person would be shown, and no more', async () => {
  await store.mirror.refresh(tenant.id, account);
  const screens = async (of: typeof tenant) => JSON.stringify((await report('ada', of)).screens);
  expect(await screens(tenant)).toContain('•••@');
  const hiding = await screens({ ...tenant, addressHints: 'after-first-proof' });
  expect(hiding).toContain('To your email address');
  expect(hiding).not.toContain('•••');
});

test('foresees both pages of a text message', async () => {
  registered.splice(0, registered.length, { kind: 'text-message', id: 't', address: '+447700900947' });
  await store.mirror.refresh(tenant.id, account);
  const texted = aTenant({ policies: [{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['text-message'] }] });
  expect(await linesOf('ada', texted)).toContain('Enter your phone number, then: Check your phone');
});
