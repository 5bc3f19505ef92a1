// The rights on a real 389 Directory Server, as it tells them to an ordinary account: that the printed instructions give exactly
// what is looked for, what is said of every one that is missing, of too much and of what cannot be told; and that looking changes
// nothing. Each case has a unit of its own, so that none is in another's way.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../../scripts/lab/run-command.js';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import type { Precheck } from '../../../src/agent/health/precheck.js';
import { shutBecause } from '../../../src/agent/health/readiness.js';
import { runChecks } from '../../../src/agent/health/run-checks.js';
import { openDirectory } from '../../../src/agent/ldap/open-directory.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { asAdministrator, everythingIn } from '../../support/directory-administrator.js';
import { dirsrvForTests, type TestDirsrv } from '../../support/dirsrv.js';

/** As unfriendly to LDIF, URLs and names as a unit may be. */
const ODD = { rdn: 'ou=R&D \\"x\\"\\, $HOME %41 \'q\' \\\\ Größe\\;\\+!', ou: 'R&D "x", $HOME %41 \'q\' \\ Größe;+!' };

let dirsrv: TestDirsrv;
/** An ordinary account that may read everything but passwords, and that nobody has delegated anything to. */
let bindName: string;
beforeAll(async () => {
  dirsrv = await dirsrvForTests();
  bindName = `uid=svc\\, fresh,ou=services,${dirsrv.suffix}`;
  await asAdministrator(dirsrv, (client) => client.add(bindName, person('svc, fresh')));
  const reading = '(targetattr!="userPassword || passwordHistory || aci")(version 3.0; acl "fresh"; allow';
  await instruct(dirsrv.suffix, `${reading} (read, search, compare) userdn="${who()}";)`);
});
afterAll(() => dirsrv.stop());

const signal = () => AbortSignal.timeout(20_000);
const who = () => `ldap:///uid=svc\\2c fresh,ou=services,${dirsrv.suffix}`;

const person = (uid: string) => ({
  objectClass: 'inetOrgPerson',
  uid,
  cn: uid,
  sn: uid,
  userPassword: SAMPLE_PASSWORD,
});

/** A unit with two people in it, or nobody. */
async function makeUnit(name: string | typeof ODD, who: 'two people' | 'nobody' = 'two people'): Promise<string> {
  const { rdn, ou } = typeof name === 'string' ? { rdn: `ou=${name}`, ou: name } : name;
  const unit = `${rdn},${dirsrv.suffix}`;
  await asAdministrator(dirsrv, async (client) => {
    await client.add(unit, { objectClass: 'organizationalUnit', ou });
    for (const uid of who === 'nobody' ? [] : ['one', 'two']) await client.add(`uid=${uid},${unit}`, person(uid));
  });
  return unit;
}

/** Adds an access control instruction to an entry. */
function instruct(dn: string, aci: string): Promise<void> {
  const modification = new Attribute({ type: 'aci', values: [aci] });
  return asAdministrator(dirsrv, (client) => client.modify(dn, new Change({ operation: 'add', modification })));
}

const allow = (rule: string) => `(version 3.0; acl "test"; ${rule} userdn="${who()}";)`;

async function open() {
  return openDirectory({
    kind: '389-ds',
    directoryId: 'people',
    urls: [dirsrv.url],
    ca: await readFile(dirsrv.caFile, 'utf8'),
    bindName,
    bindPassword: () => Secret.fromText(SAMPLE_PASSWORD),
    baseDn: dirsrv.suffix,
    clock: systemClock,
  });
}

async function lookAt(unit: string, operations: readonly Operation[] = ['reset', 'unlock']): Promise<Precheck[]> {
  await using directory = await open();
  const names = { addressesOf: async () => [], lookUp: async () => [] };
  const context = { scope: [unit], excluded: [], operations, names, clock: systemClock };
  const checks = await directory.checks(context, signal());
  return await runChecks({ directoryId: 'people', checks, clock: systemClock, signal: signal() });
}

/** Runs what is printed, as the administrator would, but for the instructions that `leftOut` names. */
async function runPrinted(unit: string, leftOut = /^$/, operations: readonly Operation[] = ['reset', 'unlock']) {
  await using directory = await open();
  const lines = await directory.delegation({ scope: [unit], operations }, 'look-up', signal());
  const password = join(dirsrv.folder, 'admin.password');
  await writeFile(password, dirsrv.adminPassword, { mode: 0o600 });
  await runCommand('ldapmodify', ['-x', '-H', dirsrv.url, '-D', dirsrv.adminDn, '-y', password], {
    env: { LDAPTLS_CACERT: dirsrv.caFile },
    input: lines.filter((line) => !leftOut.test(line)).join('\n'),
  });
}

const troubles = (prechecks: readonly Precheck[]) =>
  prechecks.flatMap(({ code, status, detail }) => (status === 'pass' ? [] : [`${status} ${code}: ${detail}`]));

describe('the rights', () => {
  test.each([
    ['of a unit with people, whatever its name', ODD, 'two people'],
    ['of a unit where nobody is yet', 'Empty', 'nobody'],
  ] as const)('%s are missing before the printed instructions were run, and held afterwards', async (_, name, who) => {
    const unit = await makeUnit(name, who);
    const before = await lookAt(unit);
    expect(troubles(before).map((each) => each.split(':')[0])).toEqual([
      'fail right-reset-password',
      'fail right-unlock',
    ]);
    expect(shutBecause(before)).toEqual({ kind: 'contact-administrator', reason: 'agent-not-permitted' });

    await runPrinted(unit);

    expect(troubles(await lookAt(unit))).toEqual([]);
  });

  test.each([
    ['No passwords', /set passwords/, 'fail right-reset-password: write userPassword is missing on 2 of 2'],
    ['No locks', /unlock/, 'fail right-unlock: write passwordRetryCount, accountUnlockTime is missing on 2 of 2'],
  ])('below %s, without one of the instructions, are told to lack exactly that one', async (name, leftOut, trouble) => {
    const unit = await makeUnit(name);
    await runPrinted(unit, leftOut);

    expect(troubles(await lookAt(unit))).toEqual([`${trouble}, as uid=one,${unit}`]);
  });

  test('are told by the attribute where half of one is missing', async () => {
    const unit = await makeUnit('Half');
    await runPrinted(unit);
    await instruct(unit, `(targetattr="accountUnlockTime")${allow('deny (write)')}`);

    expect(troubles(await lookAt(unit))).toEqual([
      `fail right-unlock: write accountUnlockTime is missing on 2 of 2, as uid=one,${unit}`,
    ]);
  });

  test('are told by the account where they are missing on some', async () => {
    const unit = await makeUnit('Some');
    await runPrinted(unit);
    await instruct(`uid=two,${unit}`, `(targetattr="userPassword")${allow('deny (write)')}`);

    const prechecks = await lookAt(unit);

    expect(troubles(prechecks)).toEqual([
      `warn right-reset-password: write userPassword is missing on 1 of 2, as uid=two,${unit}`,
    ]);
    expect(prechecks.find(({ status }) => status === 'warn')?.advice).toContain('agent delegation --print');
    expect(shutBecause(prechecks)).toBeUndefined();
  });

  // Wrong, and the server's own answer: it judges without a value (acleffectiverights.c).
  test('that depend on the value are told as held, whatever it may be', async () => {
    const unit = await makeUnit('Values');
    await runPrinted(unit);
    await instruct(unit, `(targattrfilters="add=userPassword:(userPassword=*)")${allow('deny (write)')}`);

    expect(troubles(await lookAt(unit))).toEqual([]);
  });

  test('are looked for as far as the operations need them, and so are they printed', async () => {
    const unit = await makeUnit('Unlocking');
    await runPrinted(unit, /^$/, ['unlock']);

    expect(troubles(await lookAt(unit, ['unlock']))).toEqual([]);
    // Whose password has expired cannot change it themselves: the others can, so that the directory stays open.
    const changing = await lookAt(unit, ['change']);
    expect(troubles(changing)).toEqual([
      `warn right-reset-password: write userPassword is missing on 2 of 2, as uid=one,${unit}`,
    ]);
  });

  test('that cannot be seen are not called missing', async () => {
    const unit = await makeUnit('Hidden');
    await instruct(unit, `(target="ldap:///uid=*,${unit}")(targetattr="*")${allow('deny (read, search, compare)')}`);

    expect(troubles(await lookAt(unit))).toEqual([
      'cannot-tell right-reset-password: no account can be seen here',
      'cannot-tell right-unlock: no account can be seen here',
    ]);
  });
});

describe('too much', () => {
  test.each([
    ['Everything', '(targetattr="*")', 'allow (all)', 'full control'],
    ['Adding', '', 'allow (add)', 'add entries below them'],
    ['Deleting', '', 'allow (delete)', 'delete them'],
    ['Names', '(targetattr="uid || aci || nsRoleDN")', 'allow (write)', 'write aci, write nsRoleDN, write uid'],
    ['Hashes', '(targetattr="userPassword")', 'allow (read)', 'read the stored passwords'],
  ])('below %s is told, with what it is', async (name, target, rule, words) => {
    const unit = await makeUnit(name);
    await runPrinted(unit);
    await instruct(unit, `${target}${allow(rule)}`);

    const prechecks = await lookAt(unit);

    expect(troubles(prechecks)).toEqual([
      expect.stringMatching(`^warn over-privilege: may also: ${words}; on [23] of 3`),
    ]);
    expect(shutBecause(prechecks)).toBeUndefined();
  });
});

test('looking changes nothing', async () => {
  const before = await everythingIn(dirsrv);

  await lookAt(dirsrv.peopleDn);

  expect(before.length).toBeGreaterThan(15);
  expect(await everythingIn(dirsrv)).toEqual(before);
});
