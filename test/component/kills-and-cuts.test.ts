// What becomes of a reset when something is killed or cut while it is on its way. The built programs on a real domain, with a
// wire in between that can be slow, and lose what it carries. The domain itself says how often a password was written.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { assertAddressFree } from '../../scripts/lab/lab-address.js';
import { startSambaDomain } from '../../scripts/lab/samba-domain.js';
import type { LabPopulation } from '../../scripts/lab/samba-people.js';
import { SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';
import type { ResetId } from '../../src/protocol/identifiers.js';
import type { Program } from '../support/programs.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { startTcpRelay, type TcpRelay } from '../support/tcp-relay.js';
import { type Bridge, makeBridge, succeeded } from './bridge.js';
import { canSignIn, passwordWrites } from './directory-truth.js';
import type { Portal } from './portal.js';
import { type SlowWire, startSlowWire } from './slow-wire.js';
import { untilSent } from './watch-ledger.js';

/** Longer than a look at the ledger takes, many times over. */
const LATE_BY_MS = 300;
/** This domain cannot make a reset obey history, and every reset says so. */
const DONE = { kind: 'done', settledBy: 'answer', history: 'not-enforced' };
const WITHIN = { timeout: 20_000, interval: 50 };

const PEOPLE = ['applied', 'lost', 'changed', 'compromised', 'doorless', 'cut', 'away', 'polite', 'held'] as const;
const FIRST_PASSWORD = 'First-Lamp-47';
const POPULATION: LabPopulation = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    ...PEOPLE.map((name) => ({
      samAccountName: name,
      password: FIRST_PASSWORD,
      unit: 'OU=People',
      otherMailboxes: [`${name}@example.net`],
    })),
  ],
};

let domain: TestDomain;
let wire: SlowWire;
let relay: TcpRelay;
let bridge: Bridge;
let portal: Portal;
let frontDoor: Program;
let agent: Program;

beforeAll(async () => {
  domain = await sambaForTests(POPULATION);
  wire = await startSlowWire({ host: domain.address, port: 636 });
  bridge = await makeBridge({
    domain,
    authority: await openCertificateAuthority(domain.folder),
    name: 'bridge',
    directoryUrl: `ldaps://127.0.0.1:${wire.port}`,
    writeBack: { operations: ['reset', 'unlock', 'change'] },
    linkPortFor: async (frontDoorPort) => {
      relay = await startTcpRelay(frontDoorPort);
      return relay.port;
    },
  });
  frontDoor = await bridge.startFrontDoor();
  await bridge.enrol();
  portal = await bridge.portal();
});

afterAll(async () => {
  await frontDoor.end('SIGKILL');
  await relay[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
  await domain.stop();
});

/** The front door stays from test to test, unless one ended it; the agent is always a new one. */
beforeEach(async () => {
  if (frontDoor.hasEnded()) frontDoor = await bridge.startFrontDoor();
  agent = await bridge.startLinkedAgent();
});

afterEach(async () => {
  wire.mend();
  await agent.end('SIGKILL');
});

/** A reset that is sent to the directory when it is begun; its answer is still to come. */
async function resetUnderWay(account: string, password: string) {
  return underWay(account, await portal.sealed(await portal.anchorOf(account), password));
}

async function underWay<Submission extends { readonly resetId: ResetId }>(account: string, submission: Submission) {
  const writesBefore = await passwordWrites(domain, account);
  return {
    submission,
    writesBefore,
    /** Call it with the wire as slow as it shall be. */
    begin: async () => {
      // A front door that is killed under way answers nothing at all.
      const answer = portal.submit(submission).catch(() => undefined);
      await untilSent(bridge.agentData, submission.resetId);
      return { answer };
    },
  };
}

/** Sends the same body again until it is settled, as a portal is told to. */
function settled(submission: unknown) {
  return vi.waitFor(async () => {
    const answer = await portal.submit(submission);
    if (answer.state !== 'settled') throw new Error(`still ${answer.state}: ${JSON.stringify(answer.outcome)}`);
    return answer;
  }, WITHIN);
}

describe('an agent killed after it sent a reset', () => {
  it('answers done, by reading the account back, when the directory had carried it out', async () => {
    const reset = await resetUnderWay('applied', 'Second-Gate-58');
    wire.slow('answers', LATE_BY_MS);
    const { answer } = await reset.begin();
    wire.lose('answers');
    await vi.waitFor(async () => expect(await passwordWrites(domain, 'applied')).toBe(reset.writesBefore + 1), WITHIN);

    await agent.end('SIGKILL');
    expect(await answer).toMatchObject({ state: 'pending' });
    expect(await portal.read(reset.submission.resetId)).toMatchObject({ state: 'pending' });

    wire.mend();
    agent = await bridge.startLinkedAgent();
    expect((await settled(reset.submission)).outcome).toEqual({ kind: 'done', settledBy: 'probe' });
    expect(await passwordWrites(domain, 'applied')).toBe(reset.writesBefore + 1);
    expect(await canSignIn(domain, 'applied', 'Second-Gate-58')).toBe(true);
  });

  it('carries it out once, when it had not reached the directory', async () => {
    const reset = await resetUnderWay('lost', 'Second-Gate-58');
    wire.slow('requests', LATE_BY_MS);
    const { answer } = await reset.begin();
    wire.lose('requests');

    await agent.end('SIGKILL');
    expect(await answer).toMatchObject({ state: 'pending' });

    wire.mend();
    agent = await bridge.startLinkedAgent();
    expect((await settled(reset.submission)).outcome).toEqual(DONE);
    expect(await passwordWrites(domain, 'lost')).toBe(reset.writesBefore + 1);
    expect(await canSignIn(domain, 'lost', 'Second-Gate-58')).toBe(true);
  });
});

describe('an agent killed after it sent another change', () => {
  it('answers done for a change by the current password, when the directory had carried it out', async () => {
    const passwords = { currentPassword: FIRST_PASSWORD, password: 'Second-Gate-58' };
    const change = await underWay('changed', await portal.changing(await portal.anchorOf('changed'), passwords));
    wire.slow('answers', LATE_BY_MS);
    const { answer } = await change.begin();
    wire.lose('answers');
    await vi.waitFor(async () => expect(await passwordWrites(domain, 'changed')).toBe(change.writesBefore + 1), WITHIN);

    await agent.end('SIGKILL');
    expect(await answer).toMatchObject({ state: 'pending' });

    wire.mend();
    agent = await bridge.startLinkedAgent();
    expect((await settled(change.submission)).outcome).toEqual({ kind: 'done', settledBy: 'probe' });
    expect(await passwordWrites(domain, 'changed')).toBe(change.writesBefore + 1);
    expect(await canSignIn(domain, 'changed', 'Second-Gate-58')).toBe(true);
  });

  it('never says done of a reset after a compromise of which the first write alone came through', async () => {
    const anchor = await portal.anchorOf('compromised');
    const twice = await underWay(
      'compromised',
      await portal.sealed(anchor, 'Second-Gate-58', 'reset-after-compromise'),
    );
    wire.slow('answers', LATE_BY_MS);
    const { answer } = await twice.begin();
    wire.lose('answers');
    await vi.waitFor(
      async () => expect(await passwordWrites(domain, 'compromised')).toBe(twice.writesBefore + 1),
      WITHIN,
    );

    await agent.end('SIGKILL');
    expect(await answer).toMatchObject({ state: 'pending' });

    wire.mend();
    agent = await bridge.startLinkedAgent();
    expect(await portal.submit(twice.submission)).toMatchObject({ outcome: { kind: 'unknown' } });
    expect(await passwordWrites(domain, 'compromised')).toBe(twice.writesBefore + 1);
    expect(await canSignIn(domain, 'compromised', 'Second-Gate-58')).toBe(false);

    // The way out that the outcome tells of: another one, with another id, ends what was known before.
    const again = await portal.sealed(anchor, 'Third-Gate-69', 'reset-after-compromise');
    expect((await settled(again)).outcome).toMatchObject({ kind: 'done' });
    expect(await canSignIn(domain, 'compromised', 'Third-Gate-69')).toBe(true);
    expect(await canSignIn(domain, 'compromised', FIRST_PASSWORD)).toBe(false);
  });
});

describe('a front door killed with a reset under way', () => {
  it('says truthfully that it cannot tell, and then what the agent’s ledger says', async () => {
    const reset = await resetUnderWay('doorless', 'Second-Gate-58');
    wire.slow('answers', LATE_BY_MS);
    await reset.begin();
    await frontDoor.end('SIGKILL');
    await agent.until('reset-answered');

    frontDoor = await bridge.startFrontDoor();
    expect(await portal.read(reset.submission.resetId)).toMatchObject({ state: 'pending' });
    expect((await settled(reset.submission)).outcome).toEqual(DONE);
    expect(await portal.read(reset.submission.resetId)).toMatchObject({ state: 'settled', outcome: { kind: 'done' } });
    expect(await passwordWrites(domain, 'doorless')).toBe(reset.writesBefore + 1);
  });
});

describe('a link cut with a reset under way', () => {
  it('leaves it pending, and the same body again gets the one true answer', async () => {
    const reset = await resetUnderWay('cut', 'Second-Gate-58');
    wire.slow('answers', LATE_BY_MS);
    const { answer } = await reset.begin();
    relay.cut();

    expect(await answer).toMatchObject({ state: 'pending' });
    await agent.until('link-serving', 2);
    expect((await settled(reset.submission)).outcome).toEqual(DONE);
    expect(await passwordWrites(domain, 'cut')).toBe(reset.writesBefore + 1);
  });
});

describe('a directory that is away', () => {
  it('is said to be so, nothing is written, and nothing has to be restarted when it is back', async () => {
    const { submission, writesBefore } = await resetUnderWay('away', 'Second-Gate-58');
    await stopDomain();

    expect((await portal.route('away')).route).toMatchObject({ kind: 'try-later', reason: 'directory-unreachable' });
    expect(await portal.submit(submission)).toMatchObject({
      state: 'open',
      outcome: { kind: 'try-later', reason: 'directory-unreachable' },
    });

    await startDomainAgain();
    expect((await settled(submission)).outcome).toEqual(DONE);
    expect(await passwordWrites(domain, 'away')).toBe(writesBefore + 1);
    expect(agent.lines('agent-started')).toHaveLength(1);
  });
});

async function stopDomain(): Promise<void> {
  process.kill(-domain.pid, 'SIGTERM');
  await domain.ended;
  await vi.waitFor(() => assertAddressFree(domain.address), WITHIN);
}

async function startDomainAgain(): Promise<void> {
  const authority = await openCertificateAuthority(domain.folder);
  const again = await startSambaDomain({ folder: domain.folder, address: domain.address, authority });
  const { folder, population, serviceAccount, restorePeople } = domain;
  domain = { ...again, folder, population, serviceAccount, restorePeople };
}

describe('a signal', () => {
  it('ends both programs with 0 within five seconds when they are idle', async () => {
    for (const program of [agent, frontDoor]) {
      const sinceMs = performance.now();
      expect(await program.end('SIGTERM')).toEqual({ code: 0, signal: null });
      expect(performance.now() - sinceMs).toBeLessThan(5_000);
    }
    expect(agent.lines('agent-stopped')).toMatchObject([{ why: 'asked' }]);
    expect(frontDoor.lines('front-door-stopped')).toHaveLength(1);
  });

  it('lets a reset under way arrive: the agent answers it before it ends', async () => {
    const reset = await resetUnderWay('polite', 'Second-Gate-58');
    wire.slow('answers', LATE_BY_MS);
    const { answer } = await reset.begin();
    expect(await agent.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(await answer).toMatchObject({ state: 'settled', outcome: { kind: 'done', settledBy: 'answer' } });
  });
});

describe('an agent that finds no front door at its start', () => {
  it('says what to check, and comes by itself when there is one', async () => {
    await agent.end('SIGTERM');
    await frontDoor.end('SIGTERM');
    agent = await bridge.startAgent();
    expect(await agent.until('link-ended')).toMatchObject({
      level: 'warn',
      reason: 'unreachable',
      advice: expect.stringContaining('firewall'),
    });
    frontDoor = await bridge.startFrontDoor();
    await agent.until('sync-completed');
  });
});

describe('the local kill switch', () => {
  it('stops writes at once and the front door’s offers within seconds, and `release` ends both', async () => {
    const { submission, writesBefore } = await resetUnderWay('held', 'Second-Gate-58');
    const readyBefore = frontDoor.lines('agent-ready').length;
    succeeded(await bridge.agent(['hold']));
    expect(await portal.call('/api/v1/resets', postOf(submission))).toMatchObject({
      status: expect.toSatisfy((status: number) => [200, 503].includes(status)),
      body: expect.stringMatching(/"held"|"no-agent"/),
    });
    expect(await frontDoor.until('agent-ready', readyBefore + 1)).toMatchObject({ isHeld: true });
    expect((await portal.route('held')).route).toEqual({ kind: 'try-later', reason: 'held' });

    await agent.end('SIGTERM');
    agent = await bridge.startLinkedAgent();
    expect((await portal.route('held')).route).toEqual({ kind: 'try-later', reason: 'held' });
    expect(await passwordWrites(domain, 'held')).toBe(writesBefore);

    succeeded(await bridge.agent(['release']));
    expect(await frontDoor.until('agent-ready', readyBefore + 3)).toMatchObject({ isHeld: false });
    const again = await portal.sealed(submission.anchor, 'Second-Gate-58');
    expect((await settled(again)).outcome).toEqual(DONE);
  });
});

function postOf(body: unknown) {
  const headers = { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}
