// Who is in a group, however deep: groups in circles, groups told in parts, and what is asked again and what is not.

import { EqualityFilter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../../src/agent/directory/ports.js';
import { GroupMembers, MEMBERS_KEPT_MS } from '../../../../src/agent/ldap/group-members.js';
import type { LdapEntry } from '../../../../src/agent/ldap/ldap-entry.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anEntry } from '../../../support/ldap-entries.js';

const signal = new AbortController().signal;
const ROOT = 'dc=example';
const dn = (name: string) => `cn=${name},${ROOT}`;
const byNumber = {
  groupAttribute: 'gid',
  numberOf: (group: LdapEntry) => group.text('gid'),
  accountAttribute: 'mainGroup',
};
const everyGroup = new EqualityFilter({ attribute: 'objectClass', value: 'group' });

/** Groups by name with their members, told so many at a time. */
class Groups {
  readonly members = new Map<string, string[]>();
  /** By distinguished name. */
  readonly numbers = new Map<string, string>();
  partMax = Number.POSITIVE_INFINITY;
  readonly asked: string[] = [];

  readonly connection = {
    search: async ({ base, attributes }: { base: string; attributes: readonly string[] }) => {
      const [attribute = ''] = attributes;
      this.asked.push(attribute);
      const members = [...this.members].find(([name]) => dn(name) === base.toLowerCase().replaceAll(', ', ','))?.[1];
      if (members === undefined) return [];
      if (attribute === 'gid') return [anEntry({ dn: base, gid: this.numbers.get(base.toLowerCase()) ?? '0' })];
      const range = /^member;range=(\d+)-\*$/.exec(attribute);
      if (range === null) return [anEntry({ dn: base, [attribute]: members })];
      const from = Number(range[1]);
      const part = members.slice(from, from + this.partMax);
      const end = from + part.length >= members.length ? '*' : from + part.length - 1;
      return [anEntry({ dn: base, [`member;range=${from}-${end}`]: part })];
    },
    searchPage: async () => ({
      entries: [...this.members.keys()].map((name) => anEntry({ dn: dn(name) })),
      nextCookie: undefined,
    }),
  };

  open(clock = new FakeClock(), groups: readonly string[] = [dn('top')]) {
    const dialect = { memberAttributes: ['member'], hasRanges: true, groupsIn: undefined, everyGroup, byNumber };
    const members = new GroupMembers({ groups, dialect, clock });
    return (how: 'afresh' | 'kept' = 'afresh') =>
      members.read({ connection: this.connection as never, root: ROOT }, how, signal);
  }
}

async function isIn(groups: Groups, person: string, mainGroup = 'none'): Promise<boolean> {
  return (await groups.open()()).of(anEntry({ dn: dn(person), mainGroup })).length > 0;
}

describe('somebody is in a group', () => {
  test('directly, by any spelling of their name, and through groups in it', async () => {
    const groups = new Groups();
    groups.members.set('top', [dn('ada'), 'CN=Middle, DC=Example']);
    groups.members.set('middle', ['cn=Bea,dc=example']);
    expect(await isIn(groups, 'ada')).toBe(true);
    expect(await isIn(groups, 'BEA')).toBe(true);
    expect(await isIn(groups, 'cara')).toBe(false);
  });

  test('through groups in a circle', async () => {
    const groups = new Groups();
    groups.members.set('top', [dn('one'), dn('top')]);
    groups.members.set('one', [dn('two')]);
    groups.members.set('two', [dn('one'), dn('top'), dn('ada')]);
    expect(await isIn(groups, 'ada')).toBe(true);
  });

  test('whose members are told in parts', async () => {
    const groups = new Groups();
    groups.partMax = 1500;
    groups.members.set(
      'top',
      Array.from({ length: 4000 }, (_, at) => dn(`p${at}`)),
    );
    expect(await isIn(groups, 'p3999')).toBe(true);
    expect(await isIn(groups, 'p4000')).toBe(false);
    expect(groups.asked.slice(0, 3)).toEqual(['member;range=0-*', 'member;range=1500-*', 'member;range=3000-*']);
  });

  test('whose number stands on their own entry, though no group names them', async () => {
    const groups = new Groups();
    groups.members.set('top', [dn('one')]);
    groups.members.set('one', []);
    groups.members.set('other', []);
    for (const [name, number] of [
      ['top', '513'],
      ['one', '1104'],
      ['other', '1105'],
    ] as const)
      groups.numbers.set(dn(name), number);
    expect(await isIn(groups, 'ada', '513')).toBe(true);
    expect(await isIn(groups, 'ada', '1104')).toBe(true);
    expect(await isIn(groups, 'ada', '1105')).toBe(false);
  });
});

test('a group that is not there is for somebody to act on: nobody would be in it', async () => {
  await expect(new Groups().open()()).rejects.toBeInstanceOf(DirectoryMisconfigured);
});

test('who is in is kept for a minute, unless it has to be known afresh', async () => {
  const [groups, clock] = [new Groups(), new FakeClock()];
  groups.members.set('top', [dn('ada')]);
  const read = groups.open(clock);
  const asked = async (how: 'afresh' | 'kept') => {
    groups.asked.length = 0;
    await read(how);
    return groups.asked.length > 0;
  };
  expect(await asked('kept')).toBe(true);
  expect(await asked('kept')).toBe(false);
  expect(await asked('afresh')).toBe(true);
  await clock.advance(MEMBERS_KEPT_MS - 1);
  expect(await asked('kept')).toBe(false);
  await clock.advance(1);
  expect(await asked('kept')).toBe(true);
});

test('another word stands for other members, whatever the order they are told in', async () => {
  const groups = new Groups();
  const word = async (...members: readonly string[]) => {
    groups.members.set('top', members.map(dn));
    return (await groups.open()()).word;
  };
  const first = await word('ada', 'bea');
  expect(await word('bea', 'ada')).toBe(first);
  expect(await word('ada')).not.toBe(first);
  expect(await word('ada', 'bea', 'cara')).not.toBe(first);
});

test('where the rules name no group, nothing is asked', async () => {
  const groups = new Groups();
  const memberships = await groups.open(new FakeClock(), [])();
  expect([memberships.word, memberships.of(anEntry({ dn: dn('ada') })), groups.asked]).toEqual([undefined, [], []]);
});
