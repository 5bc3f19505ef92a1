// Who may be linked: an agent that was revoked, one with somebody else's identity, one that meets a certificate it does not
// trust. Each is refused, says in its log what to do, and changes nothing.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCertificateAuthority, openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { type Program, startProgram } from '../support/programs.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { type Bridge, makeBridge, succeeded, TENANT } from './bridge.js';

let domain: TestDomain;
let bridge: Bridge;
let frontDoor: Program;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  domain = await sambaForTests();
  stack.defer(() => domain.stop());
  const authority = await openCertificateAuthority(domain.folder);
  bridge = await makeBridge({ domain, authority, name: 'identities' });
  frontDoor = stack.use(await bridge.startFrontDoor());
  await bridge.enrol();
});

afterAll(() => stack.disposeAsync());

describe('a front door with a certificate of an authority that the agent does not trust', () => {
  it('is not linked to, and the log says what to check', async () => {
    const other = join(domain.folder, 'other-ca.pem');
    await writeFile(other, (await createCertificateAuthority('Another CA')).certificatePem);
    const settings = (await readFile(bridge.agentSettings, 'utf8')).replace(/(url: .+\n\s+caFile: ).+/, `$1${other}`);
    const file = join(bridge.folder, 'agent', 'other-ca.yaml');
    await writeFile(file, settings);
    const args = ['agent', '--config', file];
    await using agent = await startProgram({ args, logFile: join(bridge.folder, 'other-ca.log') });
    expect(await agent.until('link-ended')).toMatchObject({
      level: 'warn',
      reason: 'unreachable',
      failure: 'front-door-unreachable',
      message: expect.stringMatching(/certificate/),
      advice: expect.stringContaining('authority of its certificate'),
    });
    expect(frontDoor.lines('agent-linked')).toEqual([]);
  });
});

describe('an identity that the front door does not know', () => {
  it('is refused with advice on both sides, and keeps asking', async () => {
    const file = join(bridge.agentData, 'identity.json');
    const own = await readFile(file, 'utf8');
    await writeFile(
      file,
      own.replace(/"agentId": "./, (start) => `${start.slice(0, -1)}${start.endsWith('0') ? '1' : '0'}`),
    );
    try {
      await using agent = await bridge.startAgent();
      expect(await agent.until('link-ended')).toMatchObject({
        reason: 'not-authenticated',
        advice: expect.stringContaining('Enrol the agent again'),
        // What answers has proven nothing yet: it keeps no agent away for long.
        dialsAgainInMs: expect.toSatisfy((ms: number) => ms <= 1_000),
      });
      expect(await frontDoor.until('handshake-refused')).toMatchObject({ reason: 'not-authenticated' });
      expect(frontDoor.lines('agent-linked')).toEqual([]);
    } finally {
      await writeFile(file, own);
    }
  });
});

describe('an agent that is revoked', () => {
  it('loses its link within seconds and ends with a sentence; started again, it is not let in', async () => {
    const agent = await bridge.startLinkedAgent();
    const [headings = '', line = ''] = succeeded(await bridge.frontDoor(['agents', 'list', TENANT])).split('\n');
    expect(headings).toMatch(/^AGENT ID +NAME /);
    const [agentId = ''] = line.split('  ');
    succeeded(await bridge.frontDoor(['agents', 'revoke', agentId]));
    expect(succeeded(await bridge.frontDoor(['audit', 'show']))).toMatch(
      new RegExp(`agent-revoked .*agentId=${agentId}`),
    );
    expect(await agent.ended).toEqual({ code: 2, signal: null });
    expect(agent.lines('agent-stopped')).toMatchObject([{ why: 'revoked' }]);
    expect(await readFile(agent.logFile, 'utf8')).toMatch(/drawbridge: this agent was revoked.*enrol it anew/);

    await using again = await bridge.startAgent();
    expect(await again.until('link-ended')).toMatchObject({
      reason: 'revoked',
      advice: expect.stringContaining('enrol it anew'),
    });
    const refusals = () => frontDoor.lines('handshake-refused').map(({ reason }) => reason);
    await vi.waitFor(() => expect(refusals()).toContain('revoked'), { timeout: 10_000 });
    expect(frontDoor.lines('agent-linked')).toHaveLength(1);
  });
});
