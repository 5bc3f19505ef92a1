// Both programs, built, on a directory that is not Active Directory: what may be done to an account, a whole sealed reset through
// link and API, an unlock, and a refusal that names its rule. Proven by OpenLDAP's own client.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { proveBind } from '../../scripts/lab/proofs.js';
import { SAMPLE_PASSWORD } from '../../scripts/lab/sample-people.js';
import { dirsrvForTests } from '../support/dirsrv.js';
import { openLdapForTests, type TestOpenLdap } from '../support/openldap.js';
import { type Bridge, makeBridge, succeeded } from './bridge.js';
import type { Portal } from './portal.js';

type Server = Pick<
  TestOpenLdap,
  'folder' | 'url' | 'hostName' | 'caFile' | 'suffix' | 'serviceAccount' | 'dnOf' | 'stop'
>;

const PASSWORD = 'Lantern-Quay-58';

describe.each<[string, () => Promise<Server>, Readonly<Record<string, unknown>>, string]>([
  // The kind is not named: the root DSE shows it.
  ['OpenLDAP', openLdapForTests, { passwordPolicyDn: 'cn=default,ou=policies,dc=example,dc=com' }, '6'],
  ['389 Directory Server', dirsrvForTests, {}, '5'],
])('on %s', (_, start, settings, policyError) => {
  let server: Server;
  let bridge: Bridge;
  let portal: Portal;
  const stack = new AsyncDisposableStack();

  beforeAll(async () => {
    server = await start();
    stack.defer(() => server.stop());
    bridge = await makeBridge({
      domain: { ...server, baseDn: server.suffix, realm: 'LDAP.EXAMPLE.COM' },
      authority: await openCertificateAuthority(server.folder),
      name: 'bridge',
      directory: { kind: undefined, ...settings },
    });
    stack.use(await bridge.startFrontDoor());
    await bridge.enrol();
    stack.use(await bridge.startLinkedAgent());
    portal = await bridge.portal();
  });
  afterAll(() => stack.disposeAsync());

  const getsIn = async (uid: string, password: string) =>
    (await proveBind({ ...server, bindName: server.dnOf(uid), password })).kind === 'accepted';

  it('explains an account with every fact, and the rules of its next password', async () => {
    const said = succeeded(await bridge.agent(['explain', 'ada@example.com', '--json']));

    expect(JSON.parse(said)).toMatchObject({
      disposition: { kind: 'write-back', reset: { kind: 'allowed' }, unlock: { kind: 'closed', reason: 'not-locked' } },
      passwordPolicy: { source: 'domain', lengthMin: 8, historyOnReset: 'enforced' },
    });
  });

  it('says who they are that have one address, to whoever asks on the machine of the agent', async () => {
    const { code, output, errorOutput } = await bridge.agent(['explain', 'kim@example.com']);

    expect({ code, output }).toEqual({ code: 1, output: '' });
    const said = errorOutput.toLowerCase();
    for (const uid of ['kim1', 'kim2']) expect(said).toContain(server.dnOf(uid).toLowerCase());
    // The front door is told of nobody.
    expect(await portal.route('kim@example.com')).toEqual({
      tenantId: 'example',
      route: { kind: 'cannot-verify', reason: 'ambiguous' },
    });
  });

  it('says why somebody is not helped: disabled, or outside the scope', async () => {
    expect(await portal.route('dora')).toMatchObject({
      route: { kind: 'contact-administrator', reason: 'disabled' },
    });
    expect(await portal.route('iris')).toMatchObject({
      route: { kind: 'contact-administrator', reason: 'outside-write-back-scope' },
    });
  });

  it('resets through link and API, and the earlier password is dead', async () => {
    const answer = await portal.submit(await portal.sealed(await portal.anchorOf('ada'), PASSWORD));

    expect(answer).toMatchObject({ state: 'settled', outcome: { kind: 'done', settledBy: 'answer' } });
    expect(await getsIn('ada', PASSWORD)).toBe(true);
    expect(await getsIn('ada', SAMPLE_PASSWORD)).toBe(false);
  });

  it('unlocks, and the password stays', async () => {
    expect(await getsIn('bert', SAMPLE_PASSWORD)).toBe(false);

    const answer = await portal.submit(await portal.unlocking(await portal.anchorOf('bert')));

    expect(answer.outcome).toMatchObject({ kind: 'done' });
    expect(await getsIn('bert', SAMPLE_PASSWORD)).toBe(true);
  });

  it('names the rule that refused, and keeps what the directory said in its journal', async () => {
    const submission = await portal.sealed(await portal.anchorOf('kim1'), 'Sh0rt-x');

    const { outcome } = await portal.submit(submission);

    expect(outcome).toMatchObject({ kind: 'refused-by-policy', rules: ['too-short'] });
    expect(await getsIn('kim1', SAMPLE_PASSWORD)).toBe(true);
    const journal = succeeded(await bridge.agent(['audit', 'show', '--reset-id', submission.resetId]));
    expect(journal).toMatch(new RegExp(`ldapResultCode.*19[^]*passwordPolicyError.*${policyError}`));
  });
});
