// The built agent while its directory's answers meet one fault after another: resets are asked through the API, a real domain
// says what became of each, and the agent that began is the agent that ends. What each fault is: test/support/ldap-faults.ts.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import type { LabPopulation } from '../../scripts/lab/samba-people.js';
import { SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';
import { type FaultyLdapProxy, type Operation, startFaultyLdapProxy } from '../support/faulty-ldap-proxy.js';
import type { Fault } from '../support/ldap-faults.js';
import { noticeOfDisconnection } from '../support/ldap-messages.js';
import type { Program } from '../support/programs.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { type Bridge, makeBridge } from './bridge.js';
import { canSignIn, passwordWritesOf } from './directory-truth.js';
import type { Portal } from './portal.js';

const OPERATION_TIMEOUT_MS = 1500;
const CONNECT_TIMEOUT_MS = 800;
/** A write out of time, a new connection, an account read back through all pauses of settling. */
const ANSWER_MS_MAX = 10_000;
/** The agent's own and what one answer may weigh. */
const MEMORY_MB_MAX = 300;
const OLD = 'First-Lamp-47';
const NEW = 'Second-Gate-58';

type Ends =
  /** The directory's answer came through. */
  | 'done-by-answer'
  /** It was lost, and the account says that it was done. */
  | 'done-by-probe'
  /** Nothing was written; the same body again is. */
  | 'not-now';

interface Row {
  readonly meets: string;
  readonly ends: Ends;
  readonly arm: (proxy: FaultyLdapProxy) => void;
}

const answering =
  (operation: Operation, fault: Fault, times = 1) =>
  (proxy: FaultyLdapProxy) => {
    proxy.inject(fault, { operation, times });
  };
/** The idle connection is lost, so that the next has to be made. */
const afterLoss = (arm: (proxy: FaultyLdapProxy) => void) => (proxy: FaultyLdapProxy) => {
  proxy.inject({ kind: 'reset' }, { on: 'request', operation: 'search' });
  arm(proxy);
};

const ROWS: readonly Row[] = [
  {
    meets: 'an answer in single bytes',
    ends: 'done-by-answer',
    arm: answering('modify', { kind: 'split', pieceBytes: 1 }),
  },
  { meets: 'an answer twice', ends: 'done-by-answer', arm: answering('modify', { kind: 'duplicate' }) },
  {
    meets: 'an answer and garbage',
    ends: 'done-by-answer',
    arm: answering('modify', { kind: 'garbage', where: 'after' }),
  },
  {
    meets: 'a notice of disconnection while nothing is asked',
    ends: 'done-by-answer',
    arm: (proxy) => proxy.sendUnasked(noticeOfDisconnection()),
  },
  {
    meets: 'five thousand messages nobody asked for',
    ends: 'done-by-probe',
    arm: answering('modify', { kind: 'flood', messages: 5000 }),
  },
  {
    meets: 'an account of 24 megabytes on an idle connection',
    ends: 'done-by-answer',
    arm: answering('search', { kind: 'huge', bytes: 24 * 1024 * 1024 }),
  },
  {
    meets: 'an account whose length reaches out of it, twice',
    ends: 'not-now',
    arm: answering('search', { kind: 'length', form: 'reaching-out' }, 2),
  },
  {
    meets: 'a cut in the middle of the answer',
    ends: 'done-by-probe',
    arm: answering('modify', { kind: 'cut', afterBytes: 5 }),
  },
  { meets: 'bytes that are no TLS', ends: 'done-by-probe', arm: answering('modify', { kind: 'broken-record' }) },
  { meets: 'a half-closed answer', ends: 'done-by-probe', arm: answering('modify', { kind: 'half-close' }) },
  {
    meets: 'an intermediate response',
    ends: 'done-by-probe',
    arm: answering('modify', { kind: 'intermediate-response' }),
  },
  { meets: 'silence after the write', ends: 'done-by-probe', arm: answering('modify', { kind: 'freeze' }) },
  {
    meets: 'a write that does not arrive',
    ends: 'not-now',
    arm: (proxy) => proxy.inject({ kind: 'withhold' }, { on: 'request', operation: 'modify' }),
  },
  {
    meets: 'a bind of two gibibytes',
    ends: 'not-now',
    arm: afterLoss(answering('bind', { kind: 'length', form: 'two-gibibytes' })),
  },
  {
    meets: 'a connection that is never answered',
    ends: 'not-now',
    arm: afterLoss((proxy) => proxy.injectAtConnection('never-answered')),
  },
];
const personOf = (row: Row) => `person${ROWS.indexOf(row)}`;
const PERSONS = ROWS.map(personOf);

const POPULATION: LabPopulation = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    ...PERSONS.map((samAccountName) => ({ samAccountName, password: OLD, unit: 'OU=People' })),
  ],
};

let domain: TestDomain;
let proxy: FaultyLdapProxy;
let bridge: Bridge;
let portal: Portal;
let frontDoor: Program;
let agent: Program;
let writesBefore: readonly number[];

beforeAll(async () => {
  domain = await sambaForTests(POPULATION);
  writesBefore = await passwordWritesOf(domain, PERSONS);
  const authority = await openCertificateAuthority(domain.folder);
  const { hostName, address } = domain;
  proxy = await startFaultyLdapProxy({ authority, hostName, directory: { host: address, port: 636 } });
  bridge = await makeBridge({
    domain,
    authority,
    name: 'bridge',
    directoryUrl: `ldaps://127.0.0.1:${proxy.port}`,
    directory: { operationTimeoutMs: OPERATION_TIMEOUT_MS, connectTimeoutMs: CONNECT_TIMEOUT_MS },
  });
  frontDoor = await bridge.startFrontDoor();
  await bridge.enrol();
  portal = await bridge.portal();
  agent = await bridge.startLinkedAgent();
});

afterAll(async () => {
  await agent.end('SIGKILL');
  await frontDoor.end('SIGKILL');
  await proxy[Symbol.asyncDispose]();
  await domain.stop();
});

describe('a reset that meets', () => {
  it.each(ROWS)('$meets ends as $ends, which is true, and in time', async (row) => {
    const { ends, arm } = row;
    const person = personOf(row);
    const submission = await portal.sealed(await portal.anchorOf(person), NEW);
    const modifiesBefore = modifies();

    arm(proxy);
    const sinceMs = performance.now();
    const answer = await portal.submit(submission);

    expect(performance.now() - sinceMs).toBeLessThan(ANSWER_MS_MAX);
    expect(answer).toMatchObject(ANSWERS[ends]);
    expect(await canSignIn(domain, person, NEW)).toBe(ends !== 'not-now');
    if (ends === 'not-now') {
      expect(await canSignIn(domain, person, OLD)).toBe(true);
      expect(await portal.submit(submission)).toMatchObject(ANSWERS['done-by-answer']);
      expect(await canSignIn(domain, person, NEW)).toBe(true);
    }
    expect(modifies() - modifiesBefore).toBeLessThanOrEqual(ends === 'not-now' ? 2 : 1);
  });
});

describe('after all of them', () => {
  it('every password was written once', async () => {
    const writes = await passwordWritesOf(domain, PERSONS);
    expect(writes.map((count, index) => count - (writesBefore[index] ?? 0))).toEqual(ROWS.map(() => 1));
  });

  it('the agent is the one that began, and answers', async () => {
    expect(agent.lines('agent-started')).toHaveLength(1);
    expect(agent.lines('command-failed')).toEqual([]);
    expect((await portal.route('ada')).route).toMatchObject({ kind: 'prove' });
  });

  it('nothing in its log is a cry of the runtime’s', () => {
    const lines = readFileSync(agent.logFile, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
  });

  it('nothing left on a connection that was not bound', () => {
    expect(proxy.requests.filter(({ isBound, operation }) => !isBound && operation !== 'bind')).toEqual([]);
  });

  it('its memory never grew beyond what one answer may weigh', () => {
    expect(peakMemoryMb(agent.pid)).toBeLessThan(MEMORY_MB_MAX);
  });
});

const ANSWERS = {
  'done-by-answer': { state: 'settled', outcome: { kind: 'done', settledBy: 'answer' } },
  'done-by-probe': { state: 'settled', outcome: { kind: 'done', settledBy: 'probe' } },
  'not-now': { state: 'open', outcome: { kind: 'try-later', reason: 'directory-unreachable' } },
} as const;

function modifies(): number {
  return proxy.requests.filter(({ operation }) => operation === 'modify').length;
}

function peakMemoryMb(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
