// The list of servers that was looked up: kept for a while, and kept longer while no name server answers.

import { expect, test } from 'vitest';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { fixedServers, foundServers } from '../../../../src/agent/ldap/server-list.js';
import { FakeClock } from '../../../support/fake-clock.js';

const signal = new AbortController().signal;

function aList() {
  const clock = new FakeClock();
  const answers: (readonly string[] | Error)[] = [];
  let asked = 0;
  const list = foundServers(async () => {
    asked += 1;
    const answer = answers.shift() ?? new DirectoryUnreachable('no name server');
    if (answer instanceof Error) throw answer;
    return answer;
  }, clock);
  const hosts = async () => (await list(signal)).map(({ host, port }) => `${host}:${port}`);
  return { clock, answers, hosts, askedSoFar: () => asked };
}

test('is asked for once, also by two at a time, until it is five minutes old', async () => {
  const { clock, answers, hosts, askedSoFar } = aList();
  answers.push(['dc1.corp.example.com'], ['dc2.corp.example.com']);

  expect(await Promise.all([hosts(), hosts()])).toEqual([['dc1.corp.example.com:636'], ['dc1.corp.example.com:636']]);
  await clock.advance(299_999);
  await hosts();
  expect(askedSoFar()).toBe(1);

  await clock.advance(1);
  expect(await hosts()).toEqual(['dc2.corp.example.com:636']);
});

test('is not lost to everybody when the first who asked for it gives up', async () => {
  const looked = Promise.withResolvers<readonly string[]>();
  const list = foundServers(async (until) => {
    until.addEventListener('abort', () => looked.reject(until.reason), { once: true });
    return looked.promise;
  }, new FakeClock());
  const [first, second] = [new AbortController(), new AbortController()];
  const asking = [list(first.signal), list(second.signal)];
  const settled = Promise.allSettled(asking);

  first.abort(new Error('gave up'));
  await expect(asking[0]).rejects.toBe(first.signal.reason);
  looked.resolve(['dc1.corp.example.com']);

  expect((await settled)[1]).toMatchObject({ status: 'fulfilled', value: [{ host: 'dc1.corp.example.com' }] });
  // What was found for them is there for everybody, but for who has given up before asking.
  await expect(list(second.signal)).resolves.toHaveLength(1);
});

test('stands while no name server answers', async () => {
  const { clock, answers, hosts } = aList();
  answers.push(['dc1.corp.example.com']);
  await hosts();
  await clock.advance(300_000);

  expect(await hosts()).toEqual(['dc1.corp.example.com:636']);
});

test('is nothing to go by when there never was one, nor when somebody has to act', async () => {
  const { answers, hosts } = aList();
  await expect(hosts()).rejects.toBeInstanceOf(DirectoryUnreachable);

  answers.push(['dc1.corp.example.com'], new DirectoryMisconfigured('wrong domain'));
  await hosts();
});

test.each(['ldaps://dc1:3269', 'ldaps://dc1:3268', 'ldap://dc1'])('never holds %s', (url) => {
  expect(() => fixedServers([url])).toThrow(DirectoryMisconfigured);
});
