// `drawbridge front-door explain`, as a process beside nobody: whose policy somebody has, which screens they meet, what opens a stop.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { runDrawbridge } from '../support/programs.js';
import { addingOlga, type LoneFrontDoor, loneFrontDoor, SETTINGS } from './lone-front-door.js';

let house: LoneFrontDoor;
let config: string;

const policies = [
  { name: 'finance', appliesTo: { groups: ['finance'] }, gates: 2, methods: ['email-code', 'authenticator-code'] },
  { name: 'everyone', appliesTo: 'everyone', gates: 1, methods: ['email-code', 'recovery-code'] },
];
const settingsWith = (changes: object) => ({ tenants: [{ ...SETTINGS.tenants[0], policies, ...changes }] });
const run = (args: readonly string[], input = '') =>
  runDrawbridge(['front-door', ...args, '--config', config], { input });

beforeAll(async () => {
  house = await loneFrontDoor();
  config = await house.settings(settingsWith({}));
  expect(await run(addingOlga(), 'Nine quiet otters')).toMatchObject({ code: 0 });
});
afterAll(() => house[Symbol.asyncDispose]());

it('says which policy is theirs and why, and screen by screen what they meet', async () => {
  const { code, output, errorOutput } = await run(['explain', 'example', 'olga@example.com']);
  expect([code, errorOutput]).toEqual([0, '']);
  expect(output).toContain('policy                everyone: one method of email-code, recovery-code');
  expect(output).toMatch(/^finance +no +the account is not in the group finance$/m);
  expect(output).toMatch(/^everyone +yes +it applies to everyone$/m);
  expect(output).toMatch(/^ {2}1 {2}Get back into your account$/m);
  expect(output).toMatch(/^ {2}2 {2}Show that it’s you$/m);
  expect(output).toContain('Send me a code by email: To o•••@e•••.net');
  expect(output).not.toContain('olga@example.net');
});

it('shows the stop page, and what opens it', async () => {
  config = await house.settings(settingsWith({ reset: { groups: ['staff'] } }));
  const { output } = await run(['explain', 'example', 'olga@example.com']);
  expect(output).toMatch(/^ {2}2 {2}Contact your administrator$/m);
  expect(output).toContain('Resetting passwords here is not turned on for your account.');
  expect(output).toMatch(/^To let them go on: name the person, or a group of theirs, in `reset`/m);
});

it('says the same as JSON', async () => {
  config = await house.settings(settingsWith({ policySource: 'api' }));
  const { code, output } = await run(['explain', 'example', 'olga@example.com', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    tenantId: 'example',
    policyFrom: 'in the settings, until one is put through the API',
    route: { kind: 'prove', gates: 1 },
    account: { kind: 'cloud-only', policy: { name: 'everyone', undecided: [] } },
    screens: [{ heading: 'Get back into your account' }, {}, {}, {}, {}],
  });
});
