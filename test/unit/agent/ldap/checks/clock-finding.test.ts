// Whether two clocks agree, and that a server which tells nothing of its own is no trouble.

import { expect, test } from 'vitest';
import { clockFinding, monitoredClock } from '../../../../../src/agent/ldap/checks/clock-finding.js';
import { LdapRefusal } from '../../../../../src/agent/ldap/ldap-errors.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const nowMs = Date.UTC(2026, 10, 25);
const target = 'ldaps://ldap.example.com';
const told = (theirMs: number | undefined) => {
  const { status, detail } = clockFinding({ target, theirMs, nowMs });
  return `${status} ${detail}`;
};

test.each([
  [nowMs + 60_000, 'pass 60 s ahead of this machine'],
  [nowMs - 61_000, 'warn 61 s behind this machine'],
  [undefined, 'cannot-tell not shown by the server'],
])('%s is told', (theirMs, text) => {
  expect(told(theirMs)).toBe(text);
});

const look = (answer: () => Promise<ReturnType<typeof anEntry>[]>) =>
  monitoredClock(
    { search: answer },
    { base: 'cn=monitor', attribute: 'currentTime' },
    { target, nowMs: () => nowMs },
    new AbortController().signal,
  );

test('a server that tells its time is compared', async () => {
  const entry = anEntry({ dn: 'cn=monitor', currentTime: '20261125000130Z' });
  expect(await look(async () => [entry])).toMatchObject(
    [{ code: 'clock', status: 'warn', detail: /^90 s ahead/ }].map((each) => ({
      ...each,
      detail: expect.stringMatching(each.detail),
    })),
  );
});

test.each([10, 32, 50, 53, 1])('nothing is said where the server refuses with %i', async (code) => {
  expect(
    await look(async () => {
      throw new LdapRefusal(code, '');
    }),
  ).toEqual([]);
});

test('nothing is said where the entry tells no time', async () => {
  expect(await look(async () => [])).toEqual([]);
  expect(await look(async () => [anEntry({ dn: 'cn=monitor', currentTime: 'noon' })])).toEqual([]);
});
