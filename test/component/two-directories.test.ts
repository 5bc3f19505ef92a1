// One built agent between the front door and two real directories, a Samba domain and an OpenLDAP: each person is reset where they
// live, by the scope that holds there; a name that both know is nobody's; and either may go away without the other
// (docs/decisions/0007).

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import { proveBind } from '../../scripts/lab/proofs.js';
import { LAB_PASSWORD_RULES, type LabPopulation } from '../../scripts/lab/samba-people.js';
import { SAMPLE_PASSWORD } from '../../scripts/lab/sample-people.js';
import { openLdapForTests, type TestOpenLdap } from '../support/openldap.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { startTcpRelay, type TcpRelay } from '../support/tcp-relay.js';
import { type Bridge, makeBridge, succeeded } from './bridge.js';
import { canSignIn } from './directory-truth.js';
import type { Portal } from './portal.js';

const LDAPS_PORT = 636;
const OPERATION_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 1_000;
/** A directory that is away holds nobody of the other up for longer, on a busy machine either. */
const ANSWER_MS_MAX = 8_000;

/** Ada lives in the domain, too; Lars and Olga do not. */
const STAFF: LabPopulation = {
  units: ['ou=People', 'ou=Staff,ou=People'],
  policy: LAB_PASSWORD_RULES,
  people: [
    { samAccountName: 'ada', password: SAMPLE_PASSWORD, unit: 'ou=Staff,ou=People' },
    { samAccountName: 'lars', mail: 'lars@example.com', password: SAMPLE_PASSWORD, unit: 'ou=Staff,ou=People' },
    { samAccountName: 'olga', password: SAMPLE_PASSWORD, unit: 'ou=People' },
  ],
};

let domain: TestDomain;
let openLdap: TestOpenLdap;
/** In front of OpenLDAP. Without it nobody answers there. */
let wire: TcpRelay;
let wireAddress: string;
let bridge: Bridge;
let portal: Portal;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  domain = await sambaForTests();
  stack.defer(() => domain.stop());
  openLdap = await openLdapForTests({ population: STAFF });
  stack.defer(() => openLdap.stop());
  wireAddress = await pickLabAddress(LAB_RANGES.tests, [LDAPS_PORT]);
  wire = await connectOpenLdap();
  stack.defer(() => wire[Symbol.asyncDispose]());
  const alike = {
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    operationTimeoutMs: OPERATION_TIMEOUT_MS,
    // Everybody with an address has a method: whoever has none is told nothing of a directory that is away.
    attributes: { resetMail: ['mail'] },
  };
  bridge = await makeBridge({
    domain,
    authority: await openCertificateAuthority(domain.folder),
    name: 'bridge',
    directory: alike,
    furtherDirectories: [{ ...(await openLdapSettings()), ...alike }],
  });
  stack.use(await bridge.startFrontDoor());
  await bridge.enrol();
  stack.use(await bridge.startLinkedAgent());
  portal = await bridge.portal();
});
afterAll(() => stack.disposeAsync());

const connectOpenLdap = () =>
  startTcpRelay(LDAPS_PORT, { toHost: openLdap.address, at: { host: wireAddress, port: LDAPS_PORT } });

async function openLdapSettings() {
  const file = join(openLdap.folder, 'bind-password');
  await writeFile(file, openLdap.serviceAccount.password, { mode: 0o600 });
  return {
    id: 'staff',
    urls: [`ldaps://${wireAddress}`],
    serverName: openLdap.hostName,
    caFile: openLdap.caFile,
    baseDn: openLdap.suffix,
    bindName: openLdap.serviceAccount.bindName,
    bindPassword: { file },
    // Narrower than the other's, which is all of OU=People there.
    writeBack: { isOn: true, scope: [`ou=Staff,ou=People,${openLdap.suffix}`], operations: ['reset'] },
  };
}

const staffGetsIn = async (uid: string, password: string) =>
  (await proveBind({ ...openLdap, bindName: openLdap.dnOf(uid), password })).kind === 'accepted';

const resetTo = async (userId: string, password: string) => portal.sealed(await portal.anchorOf(userId), password);

async function serverOf(resetId: string): Promise<string> {
  return succeeded(await bridge.agent(['audit', 'show', '--reset-id', resetId]));
}

describe('a person is reset where they live', () => {
  it('in the domain', async () => {
    const submission = await resetTo('joerg', 'Lantern-Quay-51');

    expect(await portal.submit(submission)).toMatchObject({ outcome: { kind: 'done', settledBy: 'answer' } });
    expect(await canSignIn(domain, 'joerg', 'Lantern-Quay-51')).toBe(true);
    expect(await serverOf(submission.resetId)).toContain(`corp:${domain.hostName}/`);
  });

  it('in OpenLDAP', async () => {
    const submission = await resetTo('lars', 'Lantern-Quay-52');

    expect(await portal.submit(submission)).toMatchObject({ outcome: { kind: 'done', settledBy: 'answer' } });
    expect(await staffGetsIn('lars', 'Lantern-Quay-52')).toBe(true);
    expect(await staffGetsIn('lars', SAMPLE_PASSWORD)).toBe(false);
    expect(await serverOf(submission.resetId)).toContain('staff:');
  });
});

describe('a user ID that both know', () => {
  it('is nobody: no account, nothing to seal to', async () => {
    const answer = await portal.route('ada');

    expect(answer.route).toEqual({ kind: 'cannot-verify', reason: 'ambiguous' });
    expect(answer.account).toBeUndefined();
  });

  it('leads to the one in the domain by a name that only that one has, and leaves the namesake alone', async () => {
    const submission = await resetTo('ada@corp.example.com', 'Lantern-Quay-53');

    expect(await portal.submit(submission)).toMatchObject({ outcome: { kind: 'done' } });
    expect(await canSignIn(domain, 'ada', 'Lantern-Quay-53')).toBe(true);
    expect(await staffGetsIn('ada', SAMPLE_PASSWORD)).toBe(true);
  });
});

describe('each directory has its own', () => {
  const OUTSIDE = { route: { kind: 'contact-administrator', reason: 'outside-write-back-scope' } };

  it('scope, and who is outside it goes to the administrator', async () => {
    expect(await portal.route('iris')).toMatchObject(OUTSIDE);
    // In OU=People as everybody who is in scope in the domain.
    expect(await portal.route('olga')).toMatchObject(OUTSIDE);
  });

  it('scope, which holds for whoever does not ask first, too', async () => {
    const submission = await resetTo('olga', 'Lantern-Quay-54');

    expect(await portal.submit(submission)).toMatchObject({ outcome: OUTSIDE.route });
    expect(await staffGetsIn('olga', SAMPLE_PASSWORD)).toBe(true);
  });

  it('operations', async () => {
    expect((await portal.route('bert')).account?.offers).toContain('unlock');
    expect((await portal.route('lars')).account?.offers).not.toContain('unlock');
  });
});

async function timed<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly tookMs: number }> {
  const startedMs = performance.now();
  return { answer: await work(), tookMs: performance.now() - startedMs };
}

const AWAY = { kind: 'try-later', reason: 'directory-unreachable' };

describe('while OpenLDAP is away', () => {
  let prepared: Awaited<ReturnType<Portal['sealed']>>;
  beforeAll(async () => {
    prepared = await resetTo('lars', 'Lantern-Quay-55');
    await wire[Symbol.asyncDispose]();
  });

  it('the people of the domain are served, at once', async () => {
    const { answer, tookMs } = await timed(async () => portal.submit(await resetTo('joerg', 'Lantern-Quay-56')));

    expect(answer).toMatchObject({ outcome: { kind: 'done' } });
    expect(tookMs).toBeLessThan(ANSWER_MS_MAX);
    expect(await canSignIn(domain, 'joerg', 'Lantern-Quay-56')).toBe(true);
  });

  it('its own people are told to try later, before and after they have sealed a password', async () => {
    expect(await portal.route('lars')).toMatchObject({ route: AWAY });
    expect(await portal.submit(prepared)).toMatchObject({ outcome: AWAY });
  });

  it('a name that both know leads to who can be asked, as decided', async () => {
    expect(await portal.anchorOf('ada')).toBe(await portal.anchorOf('ada@corp.example.com'));
  });

  it('it comes back, nothing was written meanwhile, and the name is nobody again', async () => {
    expect(await staffGetsIn('lars', 'Lantern-Quay-52')).toBe(true);
    wire = await connectOpenLdap();
    await expect
      .poll(async () => (await portal.route('ada')).route)
      .toEqual({
        kind: 'cannot-verify',
        reason: 'ambiguous',
      });

    expect(await portal.submit(prepared)).toMatchObject({ outcome: { kind: 'done' } });
    expect(await staffGetsIn('lars', 'Lantern-Quay-55')).toBe(true);
  });
});

describe('when the domain has ended', () => {
  it('the people of OpenLDAP are served, and those of the domain told to try later', async () => {
    const prepared = await resetTo('joerg', 'Lantern-Quay-57');
    process.kill(domain.pid, 'SIGTERM');
    await domain.ended;
    const { answer, tookMs } = await timed(async () => portal.submit(await resetTo('lars', 'Lantern-Quay-58')));

    expect(answer).toMatchObject({ outcome: { kind: 'done' } });
    expect(tookMs).toBeLessThan(ANSWER_MS_MAX);
    expect(await staffGetsIn('lars', 'Lantern-Quay-58')).toBe(true);
    expect(await portal.route('joerg')).toMatchObject({ route: AWAY });
    expect(await portal.submit(prepared)).toMatchObject({ outcome: AWAY });
  });
});
