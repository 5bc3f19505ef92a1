// When changes cannot be followed by DirSync, when they only cannot just now, and when it tells who is gone.

import { describe, expect, test } from 'vitest';
import { ChangesLost, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { dirSyncTrail } from '../../../../src/agent/ldap/active-directory/dir-sync-trail.js';
import { AnswerTooLarge } from '../../../../src/agent/ldap/connection-failures.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';
import { aLease, anAccountEntry } from '../../../support/account-leases.js';

const namingContext = 'DC=corp,DC=example,DC=com';
const cursor = JSON.stringify({ dirSync: namingContext, accounts: 'AAAA', containers: 'AAAA' });

/** Follows from the cursor where every question fails so. */
async function followed(error: unknown): Promise<unknown> {
  const connection = { searchChanges: () => Promise.reject(error) };
  const held = { connection, server: { name: 'dc1', domain: { namingContext } } };
  const walk = dirSyncTrail([]).follow(held as never, cursor, new AbortController().signal);
  return walk.next().catch((failure: unknown) => failure);
}

test.each<[string, unknown]>([
  ['more has changed than one answer may hold', new AnswerTooLarge('dc1 did not answer a request (answer-too-large)')],
  ['the server takes no such question', new LdapRefusal(12, '')],
])('everybody is read where %s', async (_, error) => {
  expect(await followed(error)).toBeInstanceOf(ChangesLost);
});

test.each<[string, unknown]>([
  ['the server is away', new DirectoryUnreachable('dc1 did not answer a request')],
  ['the server is busy', new LdapRefusal(51, '')],
])('the pass fails, and is made again, where %s', async (_, error) => {
  expect(await followed(error)).toBe(error);
});

describe('whoever is gone', () => {
  const trail = dirSyncTrail([]);
  const signal = () => new AbortController().signal;
  type Answer = Parameters<typeof aLease>[0][number];
  const deleted: Answer = [anAccountEntry()];

  /** The cursor of a whole read; `shown`: what the search for somebody who was deleted comes to. */
  const begun = async (shown: Answer) => (await trail.begin(aLease([shown]), signal())).end() ?? '';
  const followedOn = async (since: string, shown: Answer) => {
    const walk = trail.follow(aLease([shown]), since, signal());
    for (;;) {
      const step = await walk.next();
      if (step.done === true) return step.value ?? '';
    }
  };

  test('is told to whom somebody who was deleted is shown, from cursor to cursor', async () => {
    const since = await begun(deleted);
    expect(trail.areGoneTold(since)).toBe(true);
    expect(trail.areGoneTold(await followedOn(since, deleted))).toBe(true);
  });

  test.each<[string, Answer]>([
    ['nothing there is to be seen', new LdapRefusal(32, '')],
    ['nobody may look there', new LdapRefusal(50, '')],
    ['nobody is seen there', []],
    ['of who is seen there nothing may be read', [anAccountEntry({ objectGUID: [] })]],
  ])('is not said to be told where %s, nor once it was so', async (_, shown) => {
    expect(trail.areGoneTold(await begun(shown))).toBe(false);
    const hidden = await followedOn(await begun(deleted), shown);
    expect(trail.areGoneTold(hidden)).toBe(false);
    // Who went meanwhile is never told.
    expect(trail.areGoneTold(await followedOn(hidden, deleted))).toBe(false);
  });

  test('is not said to be told by a cursor of before that was looked for, which is followed on', async () => {
    expect(trail.areGoneTold(cursor)).toBe(false);
    const since = cursor.replace(namingContext, 'DC=corp');
    expect(trail.areGoneTold(await followedOn(since, deleted))).toBe(false);
  });

  test('fails the read where that cannot be seen just now', async () => {
    await expect(begun(new LdapRefusal(51, ''))).rejects.toBeInstanceOf(DirectoryUnreachable);
  });
});
