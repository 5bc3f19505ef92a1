// Who is managed here as the settings say it, in YAML, from the file to the mirror: both programs, built, before a real OpenLDAP. Bases
// with their own filters, people included by group and by attribute, people excluded; and that `agent explain` names the rule.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAdministrator } from '../support/directory-administrator.js';
import type { Program } from '../support/programs.js';
import { openSyncBench, type SyncBench } from './sync-bench.js';

const PEOPLE = 'ou=people,dc=example,dc=com';
const PARTNERS = 'ou=partners,dc=example,dc=com';
const OUTER = `cn=outer,${PEOPLE}`;
const INNER = `cn=inner,${PEOPLE}`;

let bench: SyncBench;
let frontDoor: Program;
let agent: Program;

beforeAll(async () => {
  const managed = {
    bases: [{ dn: PEOPLE, filter: '(!(uid=person1))' }, { dn: PARTNERS }],
    include: [{ memberOf: OUTER }, { attribute: 'employeeType', values: ['staff'] }],
    exclude: [{ attribute: 'departmentNumber', values: ['legal'] }, { below: `uid=person6,${PEOPLE}` }],
  };
  bench = await openSyncBench(10, { directory: { managed } });
  await asAdministrator(bench.server, async (client) => {
    const group = (dn: string, ...member: readonly string[]) =>
      client.add(dn, { objectClass: 'groupOfNames', cn: dn.slice(3, 8), member: [...member] });
    const person = (dn: string, uid: string, further: Record<string, string>) =>
      client.add(dn, { objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid, ...further });
    await client.add(PARTNERS, { objectClass: 'organizationalUnit', ou: 'partners' });
    await person(`uid=partner,${PARTNERS}`, 'partner', { employeeType: 'Staff' });
    await person(`uid=guest,${PARTNERS}`, 'guest', { employeeType: 'guest' });
    await person(`uid=lawyer,${PARTNERS}`, 'lawyer', { employeeType: 'staff', departmentNumber: 'Legal' });
    await group(INNER, ...['person1', 'person2', 'person6'].map((uid) => `uid=${uid},${PEOPLE}`), OUTER);
    await group(OUTER, INNER, `uid=person3,${PEOPLE}`);
  });
  frontDoor = await bench.bridge.startFrontDoor();
  await bench.bridge.enrol();
  agent = await bench.bridge.startLinkedAgent();
});

afterAll(async () => {
  await agent.end('SIGKILL');
  await frontDoor.end('SIGKILL');
  await bench[Symbol.asyncDispose]();
});

it('mirrors exactly whom the rules of the settings take, through groups in groups that know each other', async () => {
  await bench.sync('--full');
  expect(Object.keys(bench.mirror()).toSorted()).toEqual(['partner', 'person2', 'person3']);
});

it.each([
  ['person2', `the rules include whoever is in ${OUTER}`],
  ['partner', 'the rules include whoever is somebody whose employeeType is staff'],
  ['person1', 'it is in none of the bases, or does not match its filter'],
  ['lawyer', 'the rules exclude whoever is somebody whose departmentNumber is legal'],
  ['person6', `the rules exclude whoever is below uid=person6,${PEOPLE}`],
  ['guest', 'no rule includes it'],
])('explains by which rule %s is managed here or left out', async (uid, because) => {
  const { output } = await bench.bridge.agent(['explain', uid]);
  expect(output).toContain(because);
});
