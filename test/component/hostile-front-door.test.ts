// The built agent on a real domain, linked to a front door that has turned against it: what it asks for is replayed, altered,
// stolen from another account or tenant, too old, too early, out of scope, too often, or no request at all.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import type { LabPopulation } from '../../scripts/lab/samba-people.js';
import { SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';
import { fromBase64Url } from '../../src/protocol/base64url.js';
import { LINK_ENDS } from '../../src/protocol/close-codes.js';
import { type AccountAnchor, parseAccountAnchor, parseResetId, parseTenantId } from '../../src/protocol/identifiers.js';
import { LIMITS } from '../../src/protocol/limits.js';
import type { SealingContext } from '../../src/protocol/sealed-password.js';
import { sealPassword } from '../../src/protocol/sealing.js';
import type { Program } from '../support/programs.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { anchorOf as anchorOn, outcomeOf as outcomeOn, sealedSignIn } from './ask-sign-in.js';
import { type Bridge, makeBridge, succeeded } from './bridge.js';
import { sightingsIn } from './canary-search.js';
import { canSignIn, failedSignIns, passwordWrites } from './directory-truth.js';
import { HostileFrontDoor, type HostileLink } from './hostile-front-door.js';

const NEW_PASSWORD = 'Canary-hostile-Gate-58';
const POPULATION: LabPopulation = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    ...['target', 'other', 'often'].map((name) => ({
      samAccountName: name,
      password: 'First-Lamp-47',
      unit: 'OU=People',
    })),
  ],
};

let domain: TestDomain;
let bridge: Bridge;
let door: HostileFrontDoor;
let agent: Program;
let link: HostileLink;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  domain = await sambaForTests(POPULATION);
  stack.defer(() => domain.stop());
  const authority = await openCertificateAuthority(domain.folder);
  door = stack.use(await HostileFrontDoor.open(authority));
  bridge = await makeBridge({ domain, authority, name: 'hostile', linkPortFor: async () => door.port });
  succeeded(await bridge.agent(['enrol', '--name', 'dc1'], await door.issueCode()));
  agent = await bridge.startLinkedAgent();
  stack.defer(async () => void (await agent.end('SIGKILL')));
  link = await door.link();
});

afterAll(() => stack.disposeAsync());

/** A reset as an honest browser would seal it, but for what the test changes before sealing. */
async function sealedReset(userId: string, changes: Partial<SealingContext> & { readonly password?: string } = {}) {
  const { password = NEW_PASSWORD, ...bound } = changes;
  const context: SealingContext = {
    tenantId: door.tenantId,
    resetId: parseResetId(randomUUID()),
    anchor: await anchorOf(userId),
    operation: 'reset',
    flags: { unlock: true, mustChange: false },
    notAfterMs: Date.now() + LIMITS.commandLifetimeMs,
    ...bound,
  };
  const key = link.sealingKeys[0];
  if (key === undefined) throw new Error('the agent has no sealing key');
  const recipient = { keyId: key.keyId, publicKey: fromBase64Url(key.publicKey) };
  const { resetId, anchor, flags, notAfterMs } = context;
  const sealed = await sealPassword({ password, recipient, context });
  return { kind: 'reset', resetId, anchor, flags, notAfterMs, sealed } as const;
}

const outcomeOf = (request: unknown) => outcomeOn(link, request);
const anchorOf = (userId: string) => anchorOn(link, userId);

describe('a replayed reset', () => {
  it('gets the same answer and is written once', async () => {
    const before = await passwordWrites(domain, 'target');
    const reset = await sealedReset('target');
    const answers = await Promise.all([outcomeOf(reset), outcomeOf(reset)]);
    answers.push(await outcomeOf(reset));
    expect(answers).toEqual(Array(3).fill({ kind: 'done', settledBy: 'answer', history: 'not-enforced' }));
    expect(await passwordWrites(domain, 'target')).toBe(before + 1);
    expect(await canSignIn(domain, 'target', NEW_PASSWORD)).toBe(true);

    // Nor by any change of what it is bound to, which an honest front door has no reason for.
    const anotherAccount = await anchorOf('other');
    const altered = [
      { ...reset, resetId: randomUUID() },
      { ...reset, resetId: randomUUID(), anchor: anotherAccount },
      { ...reset, resetId: randomUUID(), flags: { unlock: false, mustChange: false } },
      { ...reset, resetId: randomUUID(), notAfterMs: reset.notAfterMs + 1 },
    ];
    for (const each of altered) expect(await outcomeOf(each)).toEqual({ kind: 'unsealing-failed' });
    expect(await outcomeOf({ ...reset, anchor: anotherAccount })).toEqual({ kind: 'reset-id-reused' });
    expect(await passwordWrites(domain, 'target')).toBe(before + 1);
    expect(await canSignIn(domain, 'other', NEW_PASSWORD)).toBe(false);
  });
});

describe('a sealed password that is not for this', () => {
  it.each([
    ['another tenant', { tenantId: parseTenantId('elsewhere') }],
    ['an unlock', { operation: 'unlock' as const }],
  ])('but for %s is not opened', async (_, changes) => {
    const reset = await sealedReset('other', changes);
    expect(await outcomeOf(reset)).toEqual({ kind: 'unsealing-failed' });
  });

  it('or altered by one bit, or for a key that is nobody’s, is not opened', async () => {
    const reset = await sealedReset('other');
    const [first = '', ...rest] = reset.sealed.ciphertext;
    const flipped = `${first === 'A' ? 'B' : 'A'}${rest.join('')}`;
    const unknownKey = `${reset.sealed.keyId.startsWith('A') ? 'B' : 'A'}${reset.sealed.keyId.slice(1)}`;
    for (const changes of [{ ciphertext: flipped }, { keyId: unknownKey }]) {
      const altered = { ...reset, resetId: randomUUID(), sealed: { ...reset.sealed, ...changes } };
      expect(await outcomeOf(altered)).toEqual({ kind: 'unsealing-failed' });
    }
    expect(await canSignIn(domain, 'other', NEW_PASSWORD)).toBe(false);
  });
});

describe('a command outside its time', () => {
  it.each([
    ['too old', -1_000],
    ['valid for an hour', 3_600_000],
  ])('%s has expired, whatever it asks for', async (_, fromNowMs) => {
    const notAfterMs = Date.now() + fromNowMs;
    expect(await outcomeOf(await sealedReset('other', { notAfterMs }))).toEqual({ kind: 'expired' });
    const unlock = { kind: 'unlock', resetId: randomUUID(), anchor: await anchorOf('other'), notAfterMs };
    expect(await outcomeOf(unlock)).toEqual({ kind: 'expired' });
  });
});

describe('an account that the agent’s own settings keep out', () => {
  it.each([
    ['iris', 'outside-write-back-scope'],
    ['fred', 'protected-account'],
    ['dora', 'disabled'],
    ['Administrator', 'outside-write-back-scope'],
  ])('%s is left alone, whoever asks', async (userId, reason) => {
    const before = await passwordWrites(domain, userId);
    expect(await outcomeOf(await sealedReset(userId))).toEqual({ kind: 'contact-administrator', reason });
    expect(await passwordWrites(domain, userId)).toBe(before);
  });

  it('and so is the agent’s own service account', async () => {
    const reset = await sealedReset('svc-drawbridge');
    expect(await outcomeOf(reset)).toMatchObject({ kind: 'contact-administrator' });
    expect(await canSignIn(domain, 'svc-drawbridge', NEW_PASSWORD)).toBe(false);
  });

  it('and nobody is made of an anchor that is no one’s', async () => {
    const reset = await sealedReset('other', { anchor: await strangerAnchor() });
    expect(await outcomeOf(reset)).toEqual({ kind: 'no-such-account' });
  });
});

async function strangerAnchor(): Promise<AccountAnchor> {
  const known = await anchorOf('other');
  return parseAccountAnchor(`${known.startsWith('0') ? '1' : '0'}${known.slice(1)}`);
}

describe('a sign-in, which the agent’s settings do not allow', () => {
  it('is tried for nobody, however it is asked for', async () => {
    expect(link.operations).not.toContain('sign-in');
    const before = await failedSignIns(domain, 'other');
    for (const password of ['First-Lamp-47', 'Canary-wrong-Gate-58']) {
      const signIn = await sealedSignIn({ door, link }, 'other', password);
      expect(await outcomeOf(signIn)).toEqual({ kind: 'contact-administrator', reason: 'write-back-off' });
    }
    expect(await failedSignIns(domain, 'other')).toBe(before);
  });
});

describe('the agent’s own limit on one account', () => {
  it('lets the sixth write within an hour not through, however it is asked for', async () => {
    const before = await passwordWrites(domain, 'often');
    for (let write = 1; write <= 5; write += 1) {
      const password = `Quay-Gate-${write}-xyz`;
      expect(await outcomeOf(await sealedReset('often', { password }))).toMatchObject({ kind: 'done' });
    }
    const sixth = await outcomeOf(await sealedReset('often'));
    expect(sixth).toMatchObject({ kind: 'over-limit' });
    expect(sixth.kind === 'over-limit' && sixth.retryAfterMs).toBeGreaterThan(3_000_000);
    expect(await passwordWrites(domain, 'often')).toBe(before + 5);
  });
});

describe('what the agent told', () => {
  it('holds no password: neither the one it opened nor the one it binds with', () => {
    const canaries = [
      { name: 'new', value: NEW_PASSWORD },
      { name: 'old', value: 'First-Lamp-47' },
      { name: 'bind', value: domain.serviceAccount.password },
    ];
    expect(link.heard.length).toBeGreaterThan(20);
    expect(sightingsIn(Buffer.concat(link.heard), canaries)).toEqual([]);
    expect(sightingsIn(Buffer.concat(link.heard), [{ name: 'positive', value: 'Jörg Müßig-Ærø' }])).not.toEqual([]);
  });
});

describe('a frame that is none', () => {
  // Each gets an agent of its own: it comes back soon from the first, and ever more seldom from the next ones.
  it.each([
    [
      'a request of an unknown kind',
      'malformed-frame',
      (to: HostileLink) => to.send(aRequest({ kind: 'run-command' })),
    ],
    ['a frame of an unknown kind', 'malformed-frame', (to: HostileLink) => to.send({ kind: 'set-scope', scope: [] })],
    ['a request with a field too many', 'malformed-frame', (to: HostileLink) => to.send(aRequest(withTooMuch))],
    ['bytes that nobody sealed', 'frame-not-authentic', (to: HostileLink) => to.sendUnprotected(Buffer.alloc(64))],
  ] as const)('%s ends the link, and not the agent', async (_, reason, attack) => {
    const before = door.links.length;
    await agent.end('SIGTERM');
    agent = await bridge.startAgent();
    link = await door.link(before + 1);
    attack(link);
    expect(await agent.until('link-ended')).toMatchObject({ level: 'warn', reason });
    await vi.waitFor(() => expect(link.closeCode).toBe(LINK_ENDS[reason].code));
    expect(await agent.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});

const aRequest = (request: unknown) => ({ kind: 'request', number: 1, request });
const withTooMuch = { kind: 'inspect', subject: { kind: 'user-id', userId: 'ada', filter: '(objectClass=*)' } };
