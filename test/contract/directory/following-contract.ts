// What every way of following a directory's changes keeps, on the real servers: whoever was added, changed, renamed or moved is told,
// wherever the change took place, and nothing is lost when a read ends in the middle.

import type { Client } from 'ldapts';
import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toldGroupsOf } from '../../../src/agent/accounts/told-groups.js';
import {
  type ChangeCursor,
  ChangesLost,
  type Directory,
  type DirectoryFollower,
  type DirectoryReader,
  DirectoryUnreachable,
} from '../../../src/agent/directory/ports.js';
import type { ManagedSettings } from '../../../src/agent/ldap/ldap-directory.js';
import type { AccountAnchor } from '../../../src/protocol/identifiers.js';

export interface FollowedDirectory extends AsyncDisposable {
  /** Reads what is below `people`, in pages of ten. */
  readonly directory: DirectoryFollower & Pick<DirectoryReader, 'read'>;
  /** The same, of whom only some are managed. */
  openManaged(managed: ManagedSettings): Directory;
  /** What a new group has, with these members' distinguished names. */
  group(name: string, members: readonly string[]): Record<string, string | string[]>;
  /** A container, and another that lies beside it, which the service account may read too. */
  readonly people: string;
  readonly elsewhere: string;
  administer<T>(act: (client: Client) => Promise<T>): Promise<T>;
  /** As in `CN=ada` or `uid=ada`. */
  rdn(name: string): string;
  /** What a new person of this name has. */
  person(name: string): Record<string, string | string[]>;
  /** Puts a deleted person back, where the directory can. */
  restore?: (name: string) => Promise<void>;
  /** Ends every connection of `directory` at the nth entry that it is sent from now on. */
  cutAtEntry(nth: number): void;
  /** The nth search of `directory` from now on ends with this result code, and says nothing of further pages. */
  endEarly(nth: number, resultCode: number): void;
}

/** In what ways of following are not alike. */
export interface FollowingManners {
  /** Whether a deletion is told, or left to the next full read. */
  readonly deletions: 'told' | 'left-to-full-reads';
  /** Whether it says that they are told, so that nobody looks for them. */
  readonly areGoneTold: boolean;
  /** Whether what changed once is told again, since changes may come late from other servers. */
  readonly repeats: 'never' | 'for-a-while';
}

export function describeFollowingContract(
  name: string,
  manners: FollowingManners,
  open: () => Promise<FollowedDirectory>,
): void {
  describe(`following ${name}`, () => {
    let under: FollowedDirectory;
    const anchors = new Map<string, AccountAnchor>();
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under?.[Symbol.asyncDispose]());

    const signal = () => AbortSignal.timeout(20_000);
    const dnOf = (person: string, unit = under.people) => `${under.rdn(person)},${unit}`;
    const add = (...people: readonly string[]) =>
      under.administer(async (client) => {
        for (const person of people) await client.add(dnOf(person), under.person(person));
      });
    const set = (dn: string, type: string, value: string) =>
      under.administer((client) =>
        client.modify(dn, [
          new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) }),
        ]),
      );
    const describeAs = (dn: string, displayName: string) => set(dn, 'displayName', displayName);
    const move = (from: string, to: string) => under.administer((client) => client.modifyDN(from, to));

    /** Reads everybody, and resolves to where to follow from. */
    async function readAll(directory: DirectoryFollower = under.directory): Promise<ChangeCursor> {
      let cursor: ChangeCursor | undefined;
      for await (const page of directory.readAll(signal())) {
        for (const { samAccountName, anchor } of page.accounts) anchors.set(samAccountName, anchor);
        cursor = page.cursor ?? cursor;
      }
      if (cursor === undefined) throw new Error('it cannot be followed');
      return cursor;
    }

    /** What has changed since; `gone` in names, as far as we know them. */
    async function follow(since: ChangeCursor, directory: DirectoryFollower = under.directory) {
      const accounts = new Map<string, string>();
      const toldOnce = new Set<AccountAnchor>();
      const gone = new Set<string>();
      let cursor: ChangeCursor | undefined;
      let areGoneTold: boolean | undefined;
      for await (const page of directory.readChanges(since, signal())) {
        for (const { samAccountName, anchor, displayName } of page.accounts) {
          if (toldOnce.has(anchor)) throw new Error(`${samAccountName} is told twice`);
          toldOnce.add(anchor);
          anchors.set(samAccountName, anchor);
          accounts.set(samAccountName, displayName);
        }
        for (const [known, anchor] of anchors) if (page.gone.includes(anchor)) gone.add(known);
        cursor = page.cursor ?? cursor;
        areGoneTold = page.areGoneTold ?? areGoneTold;
      }
      if (cursor === undefined) throw new Error('it cannot be followed on');
      return { accounts, gone, cursor, areGoneTold };
    }

    /** What everybody who is there is known by. */
    async function present(): Promise<AccountAnchor[]> {
      const seen: AccountAnchor[] = [];
      for await (const { anchors: page, leftOut } of under.directory.readPresent(signal())) {
        expect(leftOut).toBe(0);
        seen.push(...page);
      }
      return seen;
    }

    test('tells nobody when nothing has changed, unless it has to look twice', async () => {
      const { accounts, gone, cursor } = await follow(await readAll());

      if (manners.repeats === 'never') expect([...accounts, ...gone]).toEqual([]);
      const again = await follow(cursor);
      expect(again.accounts).toEqual(accounts);
    });

    test('tells who was added, and who was changed, as they are now', async () => {
      await add('anna');
      const since = await readAll();
      await add('bela');
      await describeAs(dnOf('anna'), 'Anna Anew');

      const { accounts } = await follow(since);

      expect(accounts.get('anna')).toBe('Anna Anew');
      expect(accounts.has('bela')).toBe(true);
    });

    test('tells what everybody is known by, and of nobody else, whoever is gone meanwhile', async () => {
      await add('hans', 'ilse');
      anchors.clear();
      await readAll();
      expect((await present()).toSorted()).toEqual([...anchors.values()].toSorted());
      const hans = anchors.get('hans');
      await under.administer((client) => client.del(dnOf('hans')));
      expect(await present()).not.toContain(hans);
    });

    test('tells of one change after another, from cursor to cursor', async () => {
      await add('cara');
      let cursor = await readAll();
      for (const displayName of ['Cara One', 'Cara Two', 'Cara Three']) {
        await describeAs(dnOf('cara'), displayName);
        const followed = await follow(cursor);
        expect(followed.accounts.get('cara')).toBe(displayName);
        if (manners.repeats === 'never') expect([...followed.accounts.keys()]).toEqual(['cara']);
        cursor = followed.cursor;
      }
    });

    test('tells who was renamed, under the same anchor', async () => {
      await add('dina');
      const since = await readAll();
      const anchor = anchors.get('dina');
      await move(dnOf('dina'), dnOf('dina-neu'));

      await follow(since);

      // Where the name is the login name, it is another one now.
      expect([anchors.get('dina'), anchors.get('dina-neu')]).toContain(anchor);
    });

    test('says of who moved away that they may be gone, and tells them again when they are back', async () => {
      await add('elsa');
      const since = await readAll();
      await move(dnOf('elsa'), dnOf('elsa', under.elsewhere));

      const away = await follow(since);
      expect([...away.gone]).toContain('elsa');
      expect(away.accounts.has('elsa')).toBe(false);

      await move(dnOf('elsa', under.elsewhere), dnOf('elsa'));
      expect([...(await follow(away.cursor)).accounts.keys()]).toContain('elsa');
    });

    test('tells everybody of a container that was renamed, moved away and moved back', async () => {
      const unit = `ou=guests,${under.people}`;
      await under.administer(async (client) => {
        await client.add(unit, { objectClass: ['top', 'organizationalUnit'], ou: 'guests' });
        await client.add(`${under.rdn('faye')},${unit}`, under.person('faye'));
      });
      let cursor = await readAll();
      await move(unit, `ou=visitors,${under.people}`);
      const renamed = await follow(cursor);
      expect([...renamed.accounts.keys()]).toContain('faye');
      cursor = renamed.cursor;

      await move(`ou=visitors,${under.people}`, `ou=visitors,${under.elsewhere}`);
      const away = await follow(cursor);
      expect([...away.gone]).toContain('faye');
      expect(away.accounts.has('faye')).toBe(false);

      await move(`ou=visitors,${under.elsewhere}`, `ou=visitors,${under.people}`);
      expect([...(await follow(away.cursor)).accounts.keys()]).toContain('faye');
    });

    test('a container that was deleted is no reason to read everybody', async () => {
      const unit = `ou=brief,${under.people}`;
      await under.administer((client) => client.add(unit, { objectClass: ['top', 'organizationalUnit'], ou: 'brief' }));
      await add('mara');
      const since = await readAll();
      await under.administer((client) => client.del(unit));
      await describeAs(dnOf('mara'), 'Mara Anew');
      expect((await follow(since)).accounts.get('mara')).toBe('Mara Anew');
    });

    test('of who was deleted it says that they may be gone, or that it does not tell, and then they are missing', async () => {
      // Somebody came later: where times are followed, whoever came last must be found again. And somebody has gone before, by whom
      // it shows whether we may see that.
      await add('gwen', 'gyda', 'gerd');
      await under.administer((client) => client.del(dnOf('gerd')));
      const since = await readAll();
      await under.administer((client) => client.del(dnOf('gwen')));

      const { accounts, gone, cursor, areGoneTold } = await follow(since);

      expect(accounts.has('gwen')).toBe(false);
      expect(gone.has('gwen')).toBe(manners.deletions === 'told');
      expect(areGoneTold).toBe(manners.areGoneTold);
      const there = await present();
      expect(there).toContain(anchors.get('gyda'));
      expect(there).not.toContain(anchors.get('gwen'));
      // As long as nothing is said to be otherwise.
      expect((await follow(cursor)).areGoneTold).toBe(manners.areGoneTold);
      if (under.restore === undefined) return;
      await under.restore('gwen');
      expect([...(await follow(cursor)).accounts.keys()]).toContain('gwen');
    });

    test('tells of more changes than one search brings', async () => {
      const people = Array.from({ length: 55 }, (_, at) => `mass${at}`);
      const since = await readAll();
      await add(...people);

      const { accounts } = await follow(since);

      expect([...accounts.keys()].filter((person) => person.startsWith('mass'))).toHaveLength(people.length);
    });

    test('a look at everybody that is cut in a later page never ends as if it were whole, and the next one is', async () => {
      const people = Array.from({ length: 25 }, (_, at) => `whole${at}`);
      await add(...people);
      // In the second page of ten, or the third.
      under.cutAtEntry(21);
      await expect(readAll()).rejects.toBeInstanceOf(DirectoryUnreachable);
      under.cutAtEntry(21);
      await expect(present()).rejects.toBeInstanceOf(DirectoryUnreachable);

      anchors.clear();
      await readAll();
      expect([...anchors.keys()]).toEqual(expect.arrayContaining(people));
      expect((await present()).toSorted()).toEqual([...anchors.values()].toSorted());
    });

    describe('a look at everybody whose paging ends early', () => {
      beforeAll(() => add(...Array.from({ length: 95 }, (_, at) => `early${at}`)));

      test.each([
        ['the time limit', 3],
        ['the size limit', 4],
        ['an administrative limit', 11],
        ['being busy', 51],
      ])('by %s never ends as if it were whole', async (_, resultCode) => {
        // Behind whatever a look begins with, and before the last of its ten pages.
        under.endEarly(9, resultCode);
        await expect(readAll()).rejects.toThrow();
        under.endEarly(9, resultCode);
        await expect(present()).rejects.toThrow();
        await readAll();
      });
    });

    test('does not end when it is cut in the middle, and tells it all the next time', async () => {
      const people = Array.from({ length: 12 }, (_, at) => `cut${at}`);
      const since = await readAll();
      await add(...people);
      // Its second search is on its way.
      under.cutAtEntry(3);

      await expect(follow(since)).rejects.toThrow();

      const { accounts } = await follow(since);
      expect([...accounts.keys()]).toEqual(expect.arrayContaining(people));
    });

    describe('where the settings name', () => {
      const managed = (changes: Partial<ManagedSettings>) =>
        under.openManaged({ bases: [], attributes: [], groups: [], ...changes });
      const groupDn = (group: string) => `CN=${group},${under.elsewhere}`;
      const setMembers = (group: string, ...members: readonly string[]) =>
        under.administer((client) =>
          client.modify(groupDn(group), [
            new Change({ operation: 'replace', modification: new Attribute({ type: 'member', values: [...members] }) }),
          ]),
        );

      // By an attribute that nothing else is read for.
      test('a filter, tells who came to match it and who does no longer', async () => {
        await add('hana', 'ines');
        await set(dnOf('hana'), 'employeeType', 'staff');
        await using directory = managed({ bases: [{ dn: under.people, filter: '(employeeType=staff)' }] });
        const since = await readAll(directory);
        const read = async (name: string) => directory.read(anchors.get(name) ?? ('' as AccountAnchor), signal());
        expect((await read('hana'))?.base).toBe(under.people);

        await set(dnOf('ines'), 'employeeType', 'staff');
        await set(dnOf('hana'), 'employeeType', 'visitor');
        const { accounts, gone } = await follow(since, directory);

        expect([...accounts.keys()]).toContain('ines');
        expect(accounts.has('hana')).toBe(false);
        expect([...gone]).toContain('hana');
        expect((await read('hana'))?.base).toBeUndefined();
        expect((await read('ines'))?.base).toBe(under.people);
      });

      test('a base, tells who is in another container that has taken its place', async () => {
        const [base, next, old] = ['base', 'next', 'old'].map((name) => `ou=${name},${under.people}`);
        await under.administer(async (client) => {
          for (const [unit = '', name = ''] of [
            [base, 'mila'],
            [next, 'nele'],
          ]) {
            await client.add(unit, { objectClass: ['top', 'organizationalUnit'], ou: unit.slice(3, 7) });
            await client.add(`${under.rdn(name)},${unit}`, under.person(name));
          }
        });
        await using directory = managed({ bases: [{ dn: base ?? '' }] });
        const since = await readAll(directory);
        await move(base ?? '', old ?? '');
        await move(next ?? '', base ?? '');
        const { accounts, gone } = await follow(since, directory);
        expect([...accounts.keys()]).toContain('nele');
        expect([...gone]).toContain('mila');
      });

      test('attributes, tells them, and of whom they changed', async () => {
        await add('lara');
        await using directory = managed({ attributes: ['employeeType'] });
        const since = await readAll(directory);
        await set(dnOf('lara'), 'employeeType', 'visitor');
        const { accounts } = await follow(since, directory);
        expect([...accounts.keys()]).toContain('lara');
        const read = await directory.read(anchors.get('lara') ?? ('' as AccountAnchor), signal());
        expect(read?.attributes).toEqual({ employeetype: ['visitor'] });
      });

      test('groups, says who is in them however deep, and has everybody read when that changes', async () => {
        await add('jana', 'kira');
        await under.administer(async (client) => {
          await client.add(groupDn('inner'), under.group('inner', [dnOf('kira')]));
          await client.add(groupDn('outer'), under.group('outer', [groupDn('inner')]));
        });
        await setMembers('inner', dnOf('kira'), groupDn('outer'));
        await using directory = managed({ groups: [groupDn('outer')] });
        const accountOf = async (name: string) => directory.read(anchors.get(name) ?? ('' as AccountAnchor), signal());
        const groupsOf = async (name: string) => (await accountOf(name))?.groups;
        const toldOf = async (name: string) => {
          const account = await accountOf(name);
          return account && toldGroupsOf(account, [{ name: 'crew', group: groupDn('outer') }]);
        };
        const since = await readAll(directory);
        expect(await groupsOf('kira')).toEqual([groupDn('outer')]);
        expect(await groupsOf('jana')).toEqual([]);
        expect(await toldOf('kira')).toEqual({ in: ['crew'], notIn: [] });
        expect(await toldOf('jana')).toEqual({ in: [], notIn: ['crew'] });

        // What changes but the members is followed as ever.
        await describeAs(dnOf('jana'), 'Jana Anew');
        const { accounts, cursor } = await follow(since, directory);
        expect(accounts.get('jana')).toBe('Jana Anew');

        await setMembers('inner', dnOf('jana'), groupDn('outer'));
        await expect(follow(cursor, directory)).rejects.toBeInstanceOf(ChangesLost);
        await readAll(directory);
        expect(await groupsOf('jana')).toEqual([groupDn('outer')]);
        expect(await groupsOf('kira')).toEqual([]);
        expect(await toldOf('jana')).toEqual({ in: ['crew'], notIn: [] });
      });
    });

    test.each(['', '{}', 'nonsense', '{"counted":"uSNChanged"}', '[]'])(
      'a cursor that is none of its own means a full read: %j',
      async (cursor) => {
        await expect(follow(cursor)).rejects.toBeInstanceOf(ChangesLost);
      },
    );
  });
}
