// Plants a canary in the place of every secret, lives through a day of resets that end in every way, and then searches every
// byte that was written, sent or said for them: logs, data folders, messages, commands' output, process lists.
// What is excluded is named: the files that a secret is kept in on purpose, and the commands whose output it is.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../../scripts/demonstration/check-demo.js';
import { PersonAtBrowser } from '../../scripts/demonstration/person-at-browser.js';
import { type CertificateAuthority, openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { type MailSink, startMailSink } from '../../scripts/lab/mail-sink.js';
import type { LabPopulation } from '../../scripts/lab/samba-people.js';
import { SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';
import { parseEnrolmentCode } from '../../src/protocol/enrolment-code.js';
import { anAccount, anInspection } from '../support/front-door-builders.js';
import { type CommandResult, type Program, runDrawbridge } from '../support/programs.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { startConnectProxy } from '../support/tcp-relay.js';
import { type Bridge, makeBridge, OTHER_TENANT, succeeded, TENANT } from './bridge.js';
import { type Canary, holdsCode, sightingsIn } from './canary-search.js';
import { canSignIn } from './directory-truth.js';
import type { Answer, Portal } from './portal.js';
import { type Recorder, startRecorder } from './recorder.js';
import { type RecordingAgent, startRecordingAgent } from './recording-agent.js';

const PASSWORDS = {
  old: 'Canary-old-Wren-31',
  new: 'Canary-new-Tern-32',
  tooShort: 'cNr-7x',
  nonAscii: 'Kanarienvögel-über-Øresund-33',
  typed: 'Canary-typed-Lärk-34',
  killed: 'Canary-killed-Gull-35',
  failing: 'Canary-failing-Tern-36',
  cloudFirst: 'Canary-cloud-first-37',
  cloudNew: 'Canary-cloud-new-38',
  /**
   * A password where none belongs: a user ID, a field, a path, an argument. With a character that no identifier has: what has
   * the form of an account's anchor is public, and the audit names it.
   */
  misplaced: 'Canary!misplaced-39',
  bind: 'Canary-bind-Gate-91-xyz',
  mail: 'Canary-mail-server-40',
  proxy: 'Canary-proxy-41',
} as const;

const UNIT = 'OU=People';
const bird = (samAccountName: string) => ({
  samAccountName,
  password: PASSWORDS.old,
  unit: UNIT,
  mail: `${samAccountName}@example.com`,
  otherMailboxes: [`${samAccountName}@example.net`],
});
const POPULATION: LabPopulation = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    ...['wren', 'robin', 'lark', 'rook'].map(bird),
    { ...bird('finch'), states: ['locked'] },
  ],
  serviceAccounts: [
    ...(SAMPLE_POPULATION.serviceAccounts ?? []),
    { samAccountName: 'svc-canary', password: PASSWORDS.bind, unit: 'OU=Service Accounts', delegatedUnits: [UNIT] },
  ],
};

let domain: TestDomain;
let bridge: Bridge;
let recorder: Recorder;
let recordingAgent: RecordingAgent;
const stack = new AsyncDisposableStack();

/** What commands and the API said, but for the commands that are asked for a secret. */
const said: string[] = [];
/** Command lines and environments of both programs, read while they ran. */
const processLists: Buffer[] = [];
const canaries: Canary[] = Object.entries(PASSWORDS).map(([name, value]) => ({ name, value }));
let mailedCode = '';

beforeAll(async () => {
  domain = await sambaForTests(POPULATION);
  stack.defer(() => domain.stop());
  const authority = await openCertificateAuthority(domain.folder);
  const sink = stack.use(await startMailServer(authority));
  bridge = await bridgeThroughProxy(authority, sink);
  const frontDoor = stack.use(await bridge.startFrontDoor());
  await enrolAndRemember();
  const agent = await bridge.startLinkedAgent();
  const portal = await bridge.portal();
  canaries.push({ name: 'API token', value: portal.token });

  await resetThroughApi(portal);
  await resetInBrowser(sink);
  await sendWhatDoesNotBelong(portal);
  await failInTheStore(portal);
  await askRecordingAgent(authority, frontDoor);
  await readProcessLists([frontDoor, agent]);
  const restarted = stack.use(await killUnderWay(portal, agent));
  await runCommands();
  await readProcessLists([restarted]);
});

afterAll(() => stack.disposeAsync());

// --- The day ---------------------------------------------------------------------------------------------------

function startMailServer(authority: CertificateAuthority): Promise<MailSink> {
  return startMailSink({
    host: '127.0.0.1',
    port: 0,
    authority,
    login: { userName: 'front-door', password: PASSWORDS.mail },
  });
}

/** The agent reaches the front door through a proxy that wants credentials, and somebody who records everything. */
async function bridgeThroughProxy(authority: CertificateAuthority, sink: MailSink): Promise<Bridge> {
  const credentials = `agent:${PASSWORDS.proxy}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const proxy = stack.use(await startConnectProxy({ authorization }));
  const secretsOf = (program: string) => join(domain.folder, 'bridge', program, 'secrets');
  await mkdir(secretsOf('agent'), { recursive: true });
  await mkdir(secretsOf('front-door'), { recursive: true });
  await writeFile(join(secretsOf('agent'), 'proxy-credentials'), credentials, { mode: 0o600 });
  await writeFile(join(secretsOf('front-door'), 'mail-password'), PASSWORDS.mail, { mode: 0o600 });
  return makeBridge({
    domain,
    authority,
    name: 'bridge',
    serviceAccount: { bindName: `svc-canary@${domain.realm.toLowerCase()}`, password: PASSWORDS.bind },
    agentNetwork: {
      proxyUrl: `http://127.0.0.1:${proxy.port}`,
      proxyCredentials: { file: 'secrets/proxy-credentials' },
    },
    linkPortFor: async (frontDoorPort) => {
      recorder = stack.use(await startRecorder(frontDoorPort, authority));
      return recorder.port;
    },
    mail: {
      host: sink.host,
      port: sink.port,
      security: 'starttls',
      caFile: domain.caFile,
      from: 'no-reply@reset.example.com',
      userName: 'front-door',
      password: { file: 'secrets/mail-password' },
    },
  });
}

async function enrolAndRemember(): Promise<void> {
  const code = await bridge.enrol();
  canaries.push({ name: 'enrolment code', value: code });
  canaries.push({ name: 'enrolment secret', value: parseEnrolmentCode(code).secret });
}

async function resetThroughApi(portal: Portal): Promise<void> {
  const outcomeOf = async (userId: string, password: string) => {
    const answer = await portal.submit(await portal.sealed(await portal.anchorOf(userId), password));
    said.push(JSON.stringify(answer));
    return answer.outcome?.kind;
  };
  expect(await outcomeOf('wren', PASSWORDS.new)).toBe('done');
  expect(await outcomeOf('wren', PASSWORDS.tooShort)).toBe('refused-by-policy');
  expect(await outcomeOf('robin', PASSWORDS.nonAscii)).toBe('done');
  expect(await canSignIn(domain, 'robin', PASSWORDS.nonAscii)).toBe(true);
  const unlocked = await portal.submit(await portal.unlocking(await portal.anchorOf('finch')));
  expect(unlocked.outcome?.kind).toBe('done');

  const account = [
    'cloud-account',
    'add',
    TENANT,
    'olga@example.com',
    '--name',
    'Olga',
    '--reset-mail',
    'o@example.net',
  ];
  succeeded(await spoken(bridge.frontDoor(account, PASSWORDS.cloudFirst)));
  failed(await spoken(bridge.frontDoor(account, PASSWORDS.cloudFirst)));
  expect(await outcomeOf('olga@example.com', PASSWORDS.cloudNew)).toBe('done');
}

/** As a person does it: user ID, code from the mail, new password, sealed in the browser. First with a wrong user ID. */
async function resetInBrowser(sink: MailSink): Promise<void> {
  await using browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args] });
  const url = `https://localhost:${bridge.frontDoorPort}`;
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
  const person = new PersonAtBrowser(await context.newPage(), sink);
  await person.sayWhoIAm(url, PASSWORDS.misplaced);
  await person.sayWhoIAm(url, 'lark@example.com');
  if ((await person.heading()).startsWith('Why are you')) await person.chooseTrouble('forgot');
  if ((await person.heading()) === 'Show that it’s you') await person.chooseMethod(/email/);
  mailedCode = await person.mailedCode('lark@example.net', 0);
  await person.enterCode(mailedCode);
  await person.choosePassword(PASSWORDS.typed);
  expect(await person.heading()).toBe('Your password is changed');
  expect(await canSignIn(domain, 'lark', PASSWORDS.typed)).toBe(true);
}

async function sendWhatDoesNotBelong(portal: Portal): Promise<void> {
  const canary = PASSWORDS.misplaced;
  const good = await portal.sealed(await portal.anchorOf('wren'), PASSWORDS.failing);
  const json = { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' };
  const bodies = [
    { ...good, password: canary },
    { ...good, [canary]: true },
    { ...good, resetId: canary },
    { ...good, anchor: canary },
    { ...good, operation: canary },
    { ...good, sealed: canary },
    { ...good, sealed: [{ keyId: canary, enc: canary, ciphertext: canary }] },
    { ...good, flags: { unlock: canary } },
    { ...good, notAfterMs: canary },
    canary,
  ].map((body) => JSON.stringify(body));
  for (const body of [...bodies, `{"password": "${canary}", `, canary.repeat(20_000)]) {
    await refused(portal, '/api/v1/resets', { method: 'POST', headers: json, body });
  }
  await refused(portal, '/api/v1/routes', { method: 'POST', headers: json, body: JSON.stringify({ user: canary }) });
  await refused(portal, `/api/v1/resets/${canary}`, { headers: json });
  await refused(portal, `/api/v1/sealing-keys?anchor=${canary}&password=${canary}`, { headers: json });
  await refused(portal, `/${canary}?password=${canary}`);
  await refused(portal, '/api/v1/resets', { headers: { authorization: `Bearer ${canary}` } });
  await refused(portal, '/api/v1/resets', { headers: { authorization: `Basic ${btoa(`ada:${canary}`)}` } });
  await refused(portal, '/agent/v1/enrolments', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ code: canary }),
  });
  await refused(portal, '/agent/v1/link', { headers: { 'sec-websocket-protocol': canary } });
  const form = { 'content-type': 'application/x-www-form-urlencoded', cookie: `__Host-drawbridge=${canary}` };
  await refused(portal, '/reset', { method: 'POST', headers: form, body: `password=${canary}` });
  await refused(portal, '/reset/password', { method: 'POST', headers: form, body: `password=${canary}` });
  const unknown = await portal.route(canary);
  expect(unknown.route.kind).toBe('cannot-verify');
}

async function refused(portal: Portal, path: string, call = {}): Promise<Answer> {
  const answer = await portal.call(path, call);
  expect(answer.status).toBeGreaterThanOrEqual(300);
  expect(answer.status).toBeLessThan(500);
  said.push(answer.body);
  return answer;
}

/** What the front door tells an agent, as that agent opens it: from the API and from a malformed call beside it. */
async function askRecordingAgent(authority: CertificateAuthority, frontDoor: Program): Promise<void> {
  const code = succeeded(await bridge.frontDoor(['enrolment-code', OTHER_TENANT])).trim();
  const found = anInspection({ account: anAccount({ resetMail: ['ada@example.net'] }) });
  const linked = frontDoor.lines('agent-ready').length;
  recordingAgent = stack.use(await startRecordingAgent({ port: bridge.frontDoorPort, authority, code, found }));
  await frontDoor.until('agent-ready', linked + 1);
  const portal = await bridge.portal(OTHER_TENANT);
  canaries.push({ name: 'second API token', value: portal.token }, { name: 'second code', value: code });
  const anchor = await portal.anchorOf('ada@elsewhere.example');
  for (const password of [PASSWORDS.new, PASSWORDS.nonAscii]) {
    expect((await portal.submit(await portal.sealed(anchor, password))).outcome?.kind).toBe('done');
  }
  expect((await portal.submit(await portal.sealed(anchor, PASSWORDS.typed))).state).toBe('settled');
  const headers = { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ ...(await portal.sealed(anchor, PASSWORDS.failing)), password: PASSWORDS.misplaced });
  await refused(portal, '/api/v1/resets', { method: 'POST', headers, body });
}

/** A table is gone for the time of one call: a mistake of ours, with its stack, while a reset is in hand. */
async function failInTheStore(portal: Portal): Promise<void> {
  const submission = await portal.sealed(await portal.anchorOf('wren'), PASSWORDS.failing);
  using database = new DatabaseSync(join(bridge.frontDoorData, 'front-door.sqlite'));
  database.exec('ALTER TABLE api_resets RENAME TO api_resets_away');
  const answer = await portal.call('/api/v1/resets', {
    method: 'POST',
    headers: { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(submission),
  });
  database.exec('ALTER TABLE api_resets_away RENAME TO api_resets');
  expect(answer.status).toBe(500);
  said.push(answer.body);
}

async function killUnderWay(portal: Portal, agent: Program): Promise<Program> {
  const submission = await portal.sealed(await portal.anchorOf('rook'), PASSWORDS.killed);
  const received = agent.lines('reset-received').length;
  const answer = portal.submit(submission);
  await agent.until('reset-received', received + 1);
  await agent.end('SIGKILL');
  said.push(JSON.stringify(await answer));
  const restarted = await bridge.startLinkedAgent();
  said.push(JSON.stringify(await portal.submit(submission)));
  return restarted;
}

async function runCommands(): Promise<void> {
  const canary = PASSWORDS.misplaced;
  succeeded(await spoken(bridge.agent(['explain', 'wren'])));
  succeeded(await spoken(bridge.agent(['explain', 'wren', '--json'])));
  succeeded(await spoken(bridge.agent(['explain', 'lark@example.com'])));
  failed(await spoken(bridge.agent(['enrol', '--again'], canary)));
  failed(await spoken(bridge.agent(['enrol', '--again'], `DB1-${canary}`)));
  failed(await spoken(bridge.agent(['enrol', canary])));
  failed(await spoken(bridge.frontDoor(['agents', 'revoke', canary])));
  failed(await spoken(bridge.frontDoor(['api-token', 'revoke', canary])));
  succeeded(await spoken(bridge.frontDoor(['agents', 'list', TENANT])));
  succeeded(await spoken(bridge.frontDoor(['api-token', 'list', TENANT])));

  // A secret where the settings say where the secret is; a password that is wrong.
  const settings = await readFile(bridge.agentSettings, 'utf8');
  const inSettings = join(domain.folder, 'secret-in-settings.yaml');
  await writeFile(inSettings, settings.replace(/bindPassword:\n\s+file: \S+/, `bindPassword: ${canary}`));
  failed(await spoken(runDrawbridge(['agent', 'explain', 'wren', '--config', inSettings])));
  const wrong = join(domain.folder, 'wrong-password');
  await writeFile(wrong, canary, { mode: 0o600 });
  const wrongSettings = join(domain.folder, 'wrong-password.yaml');
  await writeFile(wrongSettings, settings.replace('secrets/bind-password', wrong));
  failed(await spoken(runDrawbridge(['agent', 'explain', 'wren', '--config', wrongSettings])));
}

/** With which code is for command-line.test.ts. */
function failed({ code }: CommandResult): void {
  expect(code).toBeGreaterThan(0);
}

async function spoken(command: Promise<CommandResult>): Promise<CommandResult> {
  const result = await command;
  said.push(result.output, result.errorOutput);
  return result;
}

async function readProcessLists(programs: readonly Program[]): Promise<void> {
  for (const { pid } of programs) {
    for (const file of ['cmdline', 'environ']) processLists.push(await readFile(`/proc/${pid}/${file}`));
  }
}

// --- The search ------------------------------------------------------------------------------------------------

/** Where a secret is kept on purpose, readable by its owner alone. */
const isKept = (file: string) => file.split('/').includes('secrets');

async function filesOf(folder: string): Promise<{ readonly name: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ name: relative(folder, file), bytes: await readFile(file) })));
}

const everySightingIn = (all: readonly Buffer[]) => sightingsIn(Buffer.concat(all), canaries);

describe('no canary', () => {
  it('is in any file: logs, databases with their write-ahead logs, identities, settings', async () => {
    const files = (await filesOf(bridge.folder)).filter(({ name }) => !isKept(name));
    const names = files.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'agent.log',
        'front-door.log',
        'agent/data/agent.sqlite',
        'agent/data/agent.sqlite-wal',
        'front-door/data/front-door.sqlite',
        'front-door/data/front-door.sqlite-wal',
      ]),
    );
    expect(files.flatMap(({ name, bytes }) => everySightingIn([bytes]).map((seen) => ({ name, ...seen })))).toEqual([]);
    expect(names.filter((_, at) => holdsCode(files[at]?.bytes ?? Buffer.alloc(0), mailedCode))).toEqual([]);
  });

  it('is in what both programs wrote once they have ended, either', async () => {
    const files = (await filesOf(bridge.folder)).filter(({ name }) => name.endsWith('.log'));
    expect(everySightingIn(files.map(({ bytes }) => bytes))).toEqual([]);
  });

  it('went between agent and front door, not even inside TLS', () => {
    expect(recorder.messages.length).toBeGreaterThan(20);
    expect(recorder.bodies.length).toBeGreaterThanOrEqual(2);
    expect(everySightingIn([...recorder.messages, ...recorder.bodies])).toEqual([]);
  });

  it('is in what an agent is asked, once it has opened it', () => {
    expect(recordingAgent.requests.filter(({ kind }) => kind === 'reset')).toHaveLength(3);
    expect(everySightingIn(recordingAgent.requests.map((request) => Buffer.from(JSON.stringify(request))))).toEqual([]);
  });

  it('is in what commands and the API said', () => {
    expect(said.length).toBeGreaterThan(30);
    expect(everySightingIn(said.map((text) => Buffer.from(text)))).toEqual([]);
  });

  it('is in a command line or an environment', () => {
    expect(processLists).toHaveLength(6);
    expect(everySightingIn(processLists)).toEqual([]);
  });
});

describe('the search', () => {
  it('looked where things are written: the day’s people and events are there', async () => {
    const files = await filesOf(bridge.folder);
    const bytesOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0);
    const wren = [{ name: 'wren', value: 'wren@example.com' }];
    const mirror = ['', '-wal'].map((suffix) => bytesOf(`front-door/data/front-door.sqlite${suffix}`));
    expect(sightingsIn(Buffer.concat(mirror), wren)).not.toEqual([]);
    const log = bytesOf('agent.log').toString('utf8');
    for (const event of ['reset-received', 'reset-answered']) expect(log).toContain(event);
    expect(bytesOf('front-door.log').toString('utf8')).toContain('"event":"api-failed"');
    expect(bytesOf('front-door.log').toString('utf8')).toContain('"event":"mail-sent"');
  });

  it('finds the secrets where they are kept', async () => {
    const kept = (await filesOf(bridge.folder)).filter(({ name }) => isKept(name)).map(({ bytes }) => bytes);
    const seen = new Set(everySightingIn(kept).map(({ canary }) => canary));
    expect([...seen].sort()).toEqual(['bind', 'mail', 'proxy']);
  });

  it('knows the mailed code', () => {
    expect(mailedCode).toMatch(/^\d{6}$/);
  });
});
