// The second controller of the lab's domain: what is written to one is on the other soon, in both directions, and each can
// be paused, killed and brought back while the other goes on.

import { existsSync } from 'node:fs';
import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completesTcp } from '../../../scripts/lab/port-probe.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import type { LabController } from '../../../scripts/lab/samba-replica.js';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import { boundAs } from '../../support/directory-administrator.js';
import { livingMembersOf } from '../../support/process-groups.js';
import type { TestPair } from '../../support/samba-pair.js';
import { sambaPairForTests } from '../../support/samba-pair.js';

let pair: TestPair;

beforeAll(async () => {
  pair = await sambaPairForTests();
});
afterAll(() => pair?.stop());

test('both controllers know the people, by verified TLS, and refuse a wrong password', async () => {
  for (const controller of [pair.first, pair.second]) {
    expect(await signsIn(controller, 'ada', SAMPLE_PASSWORD)).toBe('accepted');
    expect(await signsIn(controller, 'ada', 'wrong')).toBe('refused');
  }
});

test.each(['first', 'second'] as const)(
  'a password set on the %s controller is on the other one soon',
  async (name) => {
    const person = name === 'first' ? 'kim1' : 'kim2';
    const other = name === 'first' ? pair.second : pair.first;
    await resetOn(pair[name], person, 'Fresh-Harbour-52');
    await pair.untilReplicated(person, 'pwdLastSet');
    expect(await signsIn(other, person, 'Fresh-Harbour-52')).toBe('accepted');
  },
);

test('a paused controller accepts connections and answers nothing, the other one goes on', async () => {
  pair.second.pause();
  expect(await completesTcp({ host: pair.second.address, port: 636 })).toBe(true);
  await resetOn(pair.first, 'joerg', 'Fresh-Harbour-52');
  expect(await signsIn(pair.first, 'joerg', 'Fresh-Harbour-52')).toBe('accepted');
  pair.second.resume();
  expect(await signsIn(pair.second, 'ada', SAMPLE_PASSWORD)).toBe('accepted');
});

test('what a killed controller missed it has after its restart', async () => {
  const { pid } = pair.second;
  await pair.second.kill();
  expect(await livingMembersOf(pid)).toEqual([]);
  expect(await signsIn(pair.second, 'ada', SAMPLE_PASSWORD)).toBe('unreachable');
  await resetOn(pair.first, 'ada', 'Fresh-Harbour-52');
  await pair.second.restart();
  await pair.replicate({ from: pair.first, to: pair.second });
  expect(await signsIn(pair.second, 'ada', 'Fresh-Harbour-52')).toBe('accepted');
});

test('a paused pair can be stopped, and leaves nothing behind', async () => {
  const { first, second, folder } = pair;
  first.pause();
  await pair.stop();
  expect([...(await livingMembersOf(first.pid)), ...(await livingMembersOf(second.pid))]).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});

async function signsIn({ url }: LabController, name: string, password: string): Promise<string> {
  const bindName = `${name}@${pair.realm.toLowerCase()}`;
  return (await proveBind({ url, caFile: pair.caFile, bindName, password })).kind;
}

async function resetOn(controller: LabController, name: string, password: string): Promise<void> {
  await boundAs({ url: controller.url, caFile: pair.caFile }, pair.serviceAccount, async (client) => {
    const { searchEntries } = await client.search(pair.baseDn, {
      filter: `(sAMAccountName=${name})`,
      attributes: ['1.1'],
    });
    const values = [Buffer.from(`"${password}"`, 'utf16le')];
    const modification = new Attribute({ type: 'unicodePwd', values });
    await client.modify(searchEntries[0]?.dn ?? '', new Change({ operation: 'replace', modification }));
  });
}
