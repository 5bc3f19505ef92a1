// Which accounts are managed here, and by which rule one is or is not.

import { describe, expect, test } from 'vitest';
import {
  EVERYBODY_MANAGED,
  factsNeeded,
  judgeManaged,
  type ManagedRule,
  type ManagedRules,
} from '../../../../src/agent/accounts/judge-managed.js';
import { aPerson, type PersonChanges } from '../../../support/fake-directory.js';

const STAFF = 'OU=Staff,DC=corp,DC=example,DC=com';
const GROUP = 'CN=Self Service,OU=Groups,DC=corp,DC=example,DC=com';
const below: ManagedRule = { kind: 'below', dn: STAFF };
const memberOf: ManagedRule = { kind: 'member-of', group: GROUP };
const isStaff: ManagedRule = { kind: 'has', attribute: 'employeeType', values: ['Staff', 'intern'] };
const hasBadge: ManagedRule = { kind: 'has', attribute: 'badge', values: undefined };

const judge = (person: PersonChanges, rules: Partial<ManagedRules> = {}) =>
  judgeManaged(aPerson(person), { ...EVERYBODY_MANAGED, ...rules });

describe('without rules', () => {
  test('everybody of the bases is managed here', () => {
    expect(judge({})).toEqual({ kind: 'managed', because: 'it is in DC=corp,DC=example,DC=com' });
  });

  test('nobody is who is in none of them', () => {
    expect(judge({ base: undefined })).toMatchObject({
      kind: 'left-out',
      because: expect.stringContaining('none of the bases'),
    });
  });
});

describe('never, whatever includes them', () => {
  const include = [{ kind: 'has', attribute: 'employeeType', values: undefined }] as const;
  test.each([
    ['a service or trust account', { isServiceOrTrust: true }],
    ['critical system object', { isSystemObject: true }],
  ])('%s', (because, state) => {
    expect(judge({ state, attributes: { employeetype: ['staff'] } }, { include })).toMatchObject({
      kind: 'never',
      because: expect.stringContaining(because),
    });
  });
});

describe('a rule holds', () => {
  test.each<[string, ManagedRule, PersonChanges, boolean]>([
    ['for whoever is below a name', below, { distinguishedName: `CN=Ada,OU=Berlin,${STAFF}` }, true],
    [
      'however the name is spelled',
      below,
      { distinguishedName: 'cn=Ada, ou=STAFF, dc=corp, dc=example, dc=com' },
      true,
    ],
    ['not for whoever is beside it', below, { distinguishedName: 'CN=Ada,OU=Staff2,DC=corp,DC=example,DC=com' }, false],
    ['for whoever is in a group', memberOf, { groups: [GROUP] }, true],
    ['not for whoever is in another', memberOf, { groups: ['CN=Other'] }, false],
    ['for one of the values, in any case', isStaff, { attributes: { employeetype: ['STAFF'] } }, true],
    ['for one of several values', isStaff, { attributes: { employeetype: ['x', 'intern'] } }, true],
    ['not for a part of a value', isStaff, { attributes: { employeetype: ['staffer'] } }, false],
    ['not where the attribute is missing', isStaff, {}, false],
    ['for any value', hasBadge, { attributes: { badge: ['0'] } }, true],
    ['not for none', hasBadge, { attributes: { badge: [] } }, false],
  ])('%s', (_, rule, person, holds) => {
    expect(judge(person, { include: [rule] }).kind).toBe(holds ? 'managed' : 'left-out');
    expect(judge(person, { exclude: [rule] }).kind).toBe(holds ? 'left-out' : 'managed');
    // Whoever is excluded is not included by anything.
    expect(judge(person, { include: [rule], exclude: [rule] }).kind).toBe('left-out');
  });

  test('and is named', () => {
    const person = { groups: [GROUP], attributes: { employeetype: ['staff'] } };
    expect(judge(person, { include: [isStaff] }).because).toBe(
      'the rules include whoever is somebody whose employeeType is Staff or intern',
    );
    expect(judge(person, { exclude: [memberOf] }).because).toBe(`the rules exclude whoever is in ${GROUP}`);
    expect(judge(person, { include: [below] }).because).toBe('no rule includes it');
  });
});

test('what has to be known of everybody is what the rules and the groups that are told name, once', () => {
  const told = [
    { name: 'self-service', group: GROUP },
    { name: 'staff', group: 'CN=Staff,DC=example,DC=com' },
  ];
  expect(factsNeeded({ include: [isStaff, memberOf], exclude: [memberOf, hasBadge, below] }, told)).toEqual({
    attributes: ['employeeType', 'badge'],
    groups: [GROUP, 'CN=Staff,DC=example,DC=com'],
  });
});
