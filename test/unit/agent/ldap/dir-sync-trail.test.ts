// When changes cannot be followed by DirSync, and when they only cannot just now.

import { expect, test } from 'vitest';
import { ChangesLost, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { dirSyncTrail } from '../../../../src/agent/ldap/active-directory/dir-sync-trail.js';
import { AnswerTooLarge } from '../../../../src/agent/ldap/connection-failures.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';

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
