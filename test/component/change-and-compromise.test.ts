// Both programs, built, on a real domain: a change by the current password and a reset after a compromise, through API and link. Proven
// by OpenLDAP's own client.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { proveBind } from '../../scripts/lab/proofs.js';
import { SAMPLE_PASSWORD } from '../../scripts/lab/sample-people.js';
import { openExplanation } from '../../src/protocol/opening-explanations.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { type Bridge, makeBridge, succeeded } from './bridge.js';
import type { Portal } from './portal.js';

let domain: TestDomain;
let bridge: Bridge;
let portal: Portal;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  domain = await sambaForTests();
  stack.defer(() => domain.stop());
  bridge = await makeBridge({
    domain,
    authority: await openCertificateAuthority(domain.folder),
    name: 'bridge',
    writeBack: { operations: ['reset', 'unlock', 'change'] },
  });
  stack.use(await bridge.startFrontDoor());
  await bridge.enrol();
  stack.use(await bridge.startLinkedAgent());
  portal = await bridge.portal();
});
afterAll(() => stack.disposeAsync());

const getsIn = async (name: string, password: string) =>
  (await proveBind({ ...domain, bindName: `${name}@corp.example.com`, password })).kind === 'accepted';

async function change(name: string, currentPassword: string, password: string) {
  const submission = await portal.changing(await portal.anchorOf(name), { currentPassword, password });
  return (await portal.submit(submission)).outcome;
}

describe('a change by the current password', () => {
  it('is offered where the agent allows it, and done', async () => {
    expect((await portal.route('ada')).account?.offers).toContain('change');

    expect(await change('ada', SAMPLE_PASSWORD, 'Lantern-Quay-41')).toEqual({ kind: 'done', settledBy: 'answer' });
    expect(await getsIn('ada', 'Lantern-Quay-41')).toBe(true);
  });

  it('lets somebody in who must change their password', async () => {
    expect(await getsIn('cleo', SAMPLE_PASSWORD)).toBe(false);

    expect(await change('cleo', SAMPLE_PASSWORD, 'Lantern-Quay-42')).toMatchObject({ kind: 'done' });
    expect(await getsIn('cleo', 'Lantern-Quay-42')).toBe(true);
  });

  it('never locks the account, however often the current password is wrong', async () => {
    const outcomes: (string | undefined)[] = [];
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      outcomes.push((await change('joerg', `Wrong-Lantern-${attempt}`, 'Lantern-Quay-43'))?.kind);
    }

    // Five wrong ones lock in this domain: the fourth is made, the fifth is not.
    expect(outcomes.slice(0, 4)).toEqual(Array(4).fill('wrong-password'));
    expect(outcomes[4]).toBe('over-limit');
    expect(await getsIn('joerg', SAMPLE_PASSWORD)).toBe(true);
  });
});

describe('a reset after a compromise', () => {
  it('ends the password that was known', async () => {
    const anchor = await portal.anchorOf('kim1');
    const ordinary = await portal.submit(await portal.sealed(anchor, 'Lantern-Quay-44'));
    expect(ordinary.outcome).toMatchObject({ kind: 'done' });
    // After an ordinary reset it goes on working here for a while.
    expect(await getsIn('kim1', SAMPLE_PASSWORD)).toBe(true);

    const answer = await portal.submit(await portal.sealed(anchor, 'Lantern-Quay-45', 'reset-after-compromise'));

    expect(answer).toMatchObject({ state: 'settled', outcome: { kind: 'done', settledBy: 'answer' } });
    expect(await getsIn('kim1', 'Lantern-Quay-45')).toBe(true);
    expect(await getsIn('kim1', 'Lantern-Quay-44')).toBe(false);
    expect(await getsIn('kim1', SAMPLE_PASSWORD)).toBe(false);
  });
});

describe("the agent's own rules", () => {
  it('are listed with the directory’s before anything is typed', async () => {
    const { account } = await portal.route('kim2');
    expect(account?.rules).toContainEqual({ kind: 'length-at-least', units: 8 });
    expect(account?.rules).toContainEqual({ kind: 'not-guessable' });
  });

  it('refuse a guessable password before the directory sees it, and say which rule, and to its sealer which word', async () => {
    const anchor = await portal.anchorOf('kim2');
    const { submission, explanationKeys } = await portal.sealedKeepingKeys(anchor, 'Password1!', 'reset');
    const { outcome } = await portal.submit(submission);

    expect(outcome).toMatchObject({ kind: 'refused-by-policy', rules: ['banned-word'] });
    const sealed = outcome?.kind === 'refused-by-policy' ? outcome.explanation : undefined;
    const key = sealed && explanationKeys.get(sealed.keyId);
    if (sealed === undefined || key === undefined) throw new Error('it is explained, for a key of this submission');
    expect(await openExplanation(sealed, key)).toEqual({ kind: 'common', words: ['password'] });
    expect(await getsIn('kim2', SAMPLE_PASSWORD)).toBe(true);
  });

  it('are told one by one on the command line, by a password from standard input', async () => {
    const good = succeeded(await bridge.agent(['password-check', '--user', 'kim2', '--json'], 'Lantern-Quay-46'));
    expect(JSON.parse(good)).toMatchObject({ verdict: 'accepted', policy: { lengthMin: 8 } });

    const bad = await bridge.agent(['password-check', '--user', 'kim2'], 'Password1!');
    expect(bad.code).toBe(1);
    expect(bad.output).toMatch(/FAIL +enforce +banned-word/);
  });
});
