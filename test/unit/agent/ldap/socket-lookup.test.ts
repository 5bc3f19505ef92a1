// A socket's host found by somebody else's answer: what `net.connect` is told, and what stands when nobody answers any more.

import type { LookupAddress, LookupOptions } from 'node:dns';
import { expect, test } from 'vitest';
import { HostAddressesUnavailable } from '../../../../src/agent/dns/host-addresses.js';
import { socketLookup } from '../../../../src/agent/ldap/socket-lookup.js';
import { codeOf } from '../../../../src/failure/failure.js';
import { FakeClock } from '../../../support/fake-clock.js';

const AWAY = new HostAddressesUnavailable('no name server');

function aLookup() {
  const clock = new FakeClock();
  const answers: (readonly string[] | Error)[] = [];
  const asked: string[] = [];
  const lookup = socketLookup(async (host) => {
    asked.push(host);
    const answer = answers.shift() ?? AWAY;
    if (answer instanceof Error) throw answer;
    return answer;
  }, clock);
  const find = (host: string, options: LookupOptions = { all: true }) =>
    new Promise<string | LookupAddress[]>((resolve, reject) => {
      lookup(host, options, (error, found) => (error === null ? resolve(found) : reject(error)));
    });
  return { clock, answers, asked, find };
}

test('gives all addresses, or the first, as the socket wants them', async () => {
  const { answers, find } = aLookup();
  answers.push(['192.0.2.1', '2001:db8::1'], ['192.0.2.1', '2001:db8::1']);

  expect(await find('dc1.example.com')).toEqual([
    { address: '192.0.2.1', family: 4 },
    { address: '2001:db8::1', family: 6 },
  ]);
  expect(await find('dc1.example.com', {})).toBe('192.0.2.1');
});

test('asks again for every connection: an address may change', async () => {
  const { answers, find } = aLookup();
  answers.push(['192.0.2.1'], ['192.0.2.2']);

  await find('dc1.example.com');
  expect(await find('dc1.example.com')).toEqual([{ address: '192.0.2.2', family: 4 }]);
});

test('remembers the last addresses of each host while nobody answers, and does not ask for five minutes', async () => {
  const { clock, answers, asked, find } = aLookup();
  answers.push(['192.0.2.1'], AWAY);
  await find('dc1.example.com');

  expect(await find('dc1.example.com')).toEqual([{ address: '192.0.2.1', family: 4 }]);
  expect(await find('dc1.example.com')).toHaveLength(1);
  expect(asked).toHaveLength(2);
  await expect(find('dc2.example.com')).rejects.toBe(AWAY);

  await clock.advance(300_000);
  answers.push(['192.0.2.9']);
  expect(await find('dc1.example.com')).toEqual([{ address: '192.0.2.9', family: 4 }]);
});

test('says that there is no such host', async () => {
  const { answers, find } = aLookup();
  answers.push([]);

  expect(codeOf(await find('dc9.example.com').catch((error: unknown) => error))).toBe('directory-unreachable');
});
