// Whether what an administrator does by the front door's commands stands in its journal: who holds a token can set passwords.

import { open } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDrawbridge } from '../support/programs.js';
import { addingOlga, type LoneFrontDoor, loneFrontDoor } from './lone-front-door.js';

let house: LoneFrontDoor;
let config: string;
beforeAll(async () => {
  house = await loneFrontDoor();
  config = await house.settings();
});
afterAll(() => house[Symbol.asyncDispose]());

const run = (args: readonly string[], input?: string) =>
  runDrawbridge(['front-door', ...args, '--config', config], input === undefined ? {} : { input });

test('tokens, codes and accounts that are given out or taken back are in the journal, and none of their secrets', async () => {
  const token = await run([
    'api-token',
    'issue',
    'example',
    '--name',
    'Portal',
    '--scope',
    'resets:write',
    'sync:read',
  ]);
  const [, id = ''] = /^(\S{36}) /m.exec((await run(['api-token', 'list', 'example'])).output) ?? [];
  const code = await run(['enrolment-code', 'example']);
  await run(['api-token', 'revoke', id]);
  await run(addingOlga(), 'Nine quiet otters');

  const codes = (await run(['recovery-codes', 'make', 'example', 'olga@example.com'])).output.trim().split('\n');
  expect(codes).toHaveLength(10);

  const journal = (await run(['audit', 'show'])).output;
  const events = journal
    .split('\n')
    .flatMap((line) => /\b(\w+-\w+(?:-\w+)*) /.exec(line.replace(/^\S+ /, ''))?.[1] ?? []);
  expect(events).toEqual([
    'token-issued',
    'enrolment-code-issued',
    'token-revoked',
    'cloud-account-added',
    'recovery-codes-made',
  ]);
  expect(journal).toMatch(new RegExp(`token-issued .*tokenId=${id}.*result=resets:write sync:read`));
  expect(journal).toMatch(new RegExp(`token-revoked .*tokenId=${id}`));
  for (const secret of [token.output.trim(), code.output.trim(), 'olga', 'otters', ...codes])
    expect(journal).not.toContain(secret);
  expect((await run(['audit', 'verify'])).code).toBe(0);
});

test('what was refused leaves no trace of having been done', async () => {
  const before = (await run(['audit', 'show'])).output;
  expect((await run(['api-token', 'revoke', 'none'])).code).toBe(2);
  expect((await run(['agents', 'revoke', '00000000-0000-4000-8000-000000000000'])).code).toBe(2);
  expect((await run(['audit', 'show'])).output).toBe(before);
});

test('what a person reads out as their support id is asked for as such: what is none is refused, and so is a reset id beside it', async () => {
  const id = '00000000-0000-4000-8000-00000000f001';
  expect(await run(['audit', 'show', '--support-id', ` ${id.toUpperCase()}`])).toMatchObject({
    code: 0,
    errorOutput: '',
  });
  const none = await run(['audit', 'show', '--support-id', 'Canary-9']);
  expect(none).toMatchObject({ code: 2, output: '' });
  expect(none.errorOutput).toMatch(/no support id: one is a UUID/);
  expect(none.errorOutput).not.toContain('Canary');
  expect((await run(['audit', 'show', '--support-id', id, '--reset-id', id])).code).toBe(2);
});

test.each([
  ['a first password that is too short', 'o@example.net', 'Canary-9', /first password is too short: it takes 12/],
  ['the user ID in the first password', 'o@example.net', 'Canary 9 and Olga@example.com', /has the user ID in it/],
  ['a zero-width space in it', 'o@example.net', 'Canary 9\u200b sings at night', /cannot be typed everywhere/],
  ['an address that is none', 'Canary-9', 'Nine quiet otters', /--reset-mail takes e-mail addresses/],
])('with %s, no account is added and nothing typed is repeated', async (_, address, password, said) => {
  const before = (await run(['audit', 'show'])).output;
  const { code, output, errorOutput } = await run(addingOlga(address), password);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errorOutput).toMatch(said);
  expect(errorOutput).not.toContain('Canary');
  expect((await run(['audit', 'show'])).output).toBe(before);
});

test('a token that could not be shown is told of in one line, ends with 1, and stands in the journal', async () => {
  const full = await open('/dev/full', 'w');
  const issuing = ['front-door', 'api-token', 'issue', 'example', '--name', 'Lost', '--scope', 'sync:read'];
  const { code, errorOutput } = await runDrawbridge([...issuing, '--config', config], { outputTo: full.fd });
  await full.close();
  expect(code).toBe(1);
  expect(errorOutput).toMatch(/^drawbridge: not all of the output could be written \(ENOSPC.*make another\.\n$/);
  const id = /^(\S{36}) +Lost /m.exec((await run(['api-token', 'list', 'example'])).output)?.[1];
  expect((await run(['audit', 'show'])).output).toMatch(new RegExp(`token-issued .*tokenId=${id}`));
});
