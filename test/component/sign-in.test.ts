// The built agent on a real domain, with settings that allow sign-ins and nothing else: what it answers, that it tries once, and that
// neither its link nor its disk has anything of a password.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { SAMPLE_PASSWORD } from '../../scripts/lab/sample-people.js';
import type { Program } from '../support/programs.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { anchorOf, outcomeOf, sealedSignIn } from './ask-sign-in.js';
import { type Bridge, makeBridge, succeeded } from './bridge.js';
import { sightingsIn } from './canary-search.js';
import { canSignIn, failedSignIns, passwordWrites } from './directory-truth.js';
import { HostileFrontDoor, type HostileLink } from './hostile-front-door.js';

const DONE = { kind: 'done', settledBy: 'answer' };
const WRONG_PASSWORD = 'Canary-wrong-Quay-58';

let domain: TestDomain;
let bridge: Bridge;
let door: HostileFrontDoor;
let agent: Program;
let link: HostileLink;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  domain = await sambaForTests();
  stack.defer(() => domain.stop());
  const authority = await openCertificateAuthority(domain.folder);
  door = stack.use(await HostileFrontDoor.open(authority));
  const writeBack = { operations: ['sign-in'] };
  bridge = await makeBridge({ domain, authority, name: 'sign-in', writeBack, linkPortFor: async () => door.port });
  succeeded(await bridge.agent(['enrol', '--name', 'dc1'], await door.issueCode()));
  agent = await bridge.startLinkedAgent();
  stack.defer(async () => void (await agent.end('SIGKILL')));
  link = await door.link();
});

afterAll(() => stack.disposeAsync());

const signIn = async (userId: string, password: string) =>
  outcomeOf(link, await sealedSignIn({ door, link }, userId, password));

describe('an agent that allows sign-ins alone', () => {
  it('says so to the front door, and of every account', async () => {
    expect(link.operations).toEqual(['sign-in']);
    const said = succeeded(await bridge.agent(['explain', 'ada', '--json']));
    expect(JSON.parse(said)).toMatchObject({
      disposition: { reset: { kind: 'closed' }, change: { kind: 'closed' }, signIn: { kind: 'allowed' } },
    });
  });

  it('answers whether a password is the person’s, and what has to come first', async () => {
    expect(await signIn('ada', SAMPLE_PASSWORD)).toEqual(DONE);
    expect(await signIn('ada', WRONG_PASSWORD)).toEqual({
      kind: 'wrong-password',
      evidence: { ldapResultCode: 49, win32: '0000052E' },
    });
    expect(await signIn('cleo', SAMPLE_PASSWORD)).toEqual({ ...DONE, next: 'must-change' });
    expect(await signIn('cleo', WRONG_PASSWORD)).toMatchObject({ kind: 'wrong-password' });
  });

  it('answers a command that comes again as before, and tries it once', async () => {
    const before = await failedSignIns(domain, 'joerg');
    const request = await sealedSignIn({ door, link }, 'joerg', WRONG_PASSWORD);
    const answers = await Promise.all([outcomeOf(link, request), outcomeOf(link, request)]);
    answers.push(await outcomeOf(link, request));
    expect(answers.map(({ kind }) => kind)).toEqual(Array(3).fill('wrong-password'));
    expect(await failedSignIns(domain, 'joerg')).toBe(before + 1);
  });

  it('never locks an account, however often it is asked', async () => {
    const outcomes: string[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) outcomes.push((await signIn('kim1', WRONG_PASSWORD)).kind);
    // Five wrong ones lock in this domain: the fourth is made, the fifth is not.
    expect(outcomes).toEqual([...Array(4).fill('wrong-password'), ...Array(3).fill('over-limit')]);
    expect(await failedSignIns(domain, 'kim1')).toBe(4);
    expect(await canSignIn(domain, 'kim1', SAMPLE_PASSWORD)).toBe(true);
  });

  it.each([
    ['bert', { kind: 'account-locked' }],
    ['dora', { kind: 'contact-administrator', reason: 'disabled' }],
    ['emil', { kind: 'contact-administrator', reason: 'account-expired' }],
    ['fred', { kind: 'contact-administrator', reason: 'protected-account' }],
    ['iris', { kind: 'contact-administrator', reason: 'outside-write-back-scope' }],
  ])('does not try %s', async (userId, outcome) => {
    const before = await failedSignIns(domain, userId);
    expect(await signIn(userId, WRONG_PASSWORD)).toEqual(outcome);
    expect(await failedSignIns(domain, userId)).toBe(before);
  });

  it('writes to nobody, whatever else it is asked', async () => {
    const { sealed, ...bound } = await sealedSignIn({ door, link }, 'kim2', 'Canary-unasked-Quay-58');
    const before = await passwordWrites(domain, 'kim2');
    const reset = { ...bound, kind: 'reset', flags: { unlock: false, mustChange: false }, sealed };
    expect(await outcomeOf(link, reset)).toEqual({ kind: 'unsealing-failed' });
    const { resetId, notAfterMs } = await sealedSignIn({ door, link }, 'bert', SAMPLE_PASSWORD);
    const unlock = { kind: 'unlock', resetId, anchor: await anchorOf(link, 'bert'), notAfterMs };
    expect(await outcomeOf(link, unlock)).toEqual({ kind: 'contact-administrator', reason: 'write-back-off' });
    expect(await passwordWrites(domain, 'kim2')).toBe(before);
  });

  it('does not try while writes are held', async () => {
    succeeded(await bridge.agent(['hold']));
    expect(await signIn('joerg', SAMPLE_PASSWORD)).toEqual({ kind: 'try-later', reason: 'held' });
    succeeded(await bridge.agent(['release']));
    expect(await signIn('joerg', SAMPLE_PASSWORD)).toEqual(DONE);
  });

  it('keeps and tells nothing of a password', async () => {
    const canaries = [
      { name: 'right', value: SAMPLE_PASSWORD },
      { name: 'wrong', value: WRONG_PASSWORD },
    ];
    const files = await readdir(bridge.folder, { recursive: true, withFileTypes: true });
    const kept = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
    );
    expect(files.map(({ name }) => name)).toContain('agent.log');
    expect(sightingsIn(Buffer.concat([...link.heard, ...kept]), canaries)).toEqual([]);
  });
});
