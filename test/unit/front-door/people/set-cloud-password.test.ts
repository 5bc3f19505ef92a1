// What becomes of a password sealed for the front door itself, decided by the same admission as the agent's.

import { expect, test } from 'vitest';
import { HasherBusy } from '../../../../src/front-door/people/bounded-hasher.js';
import type { CloudAccount } from '../../../../src/front-door/people/cloud-accounts.js';
import { setCloudPassword } from '../../../../src/front-door/people/set-cloud-password.js';
import { makeOwnSealingKey } from '../../../../src/front-door/sealing-keys/own-sealing-key.js';
import { fromBase64Url } from '../../../../src/protocol/base64url.js';
import { parseAccountAnchor, parseResetId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { sealForAll } from '../../../../src/protocol/sealing.js';
import { FakeClock } from '../../../support/fake-clock.js';

const tenantId = parseTenantId('example');
const anchor = parseAccountAnchor('cloud-1');
const account: CloudAccount = {
  tenantId,
  anchor,
  userIds: ['cleo'],
  displayName: 'Cleo Example',
  addresses: [],
  isAdministrator: false,
  passwordHash: undefined,
};

async function resetTo(password: string, options: { readonly isHasherBusy?: true } = {}) {
  const clock = new FakeClock();
  const ownKey = await makeOwnSealingKey();
  const hashed: Uint8Array[] = [];
  const command = {
    resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
    anchor,
    flags: { unlock: true, mustChange: false },
    notAfterMs: clock.nowMs() + 1000,
  };
  const recipients = [{ keyId: ownKey.keyId, publicKey: fromBase64Url(ownKey.publicKey) }];
  const [sealed] = await sealForAll({ password, recipients, context: { tenantId, operation: 'reset', ...command } });
  if (sealed === undefined) throw new Error('nothing was sealed');
  const deps = {
    clock,
    ownKey,
    hasher: {
      async hash(bytes: Uint8Array) {
        if (options.isHasherBusy === true) throw new HasherBusy('too many');
        hashed.push(bytes.slice());
        return 'hash';
      },
      matches: async () => false,
    },
    cloudAccounts: {
      find: async () => account,
      read: async () => account,
      add: async () => false,
      setPasswordHash: async () => 'set' as const,
    },
  };
  const outcome = await setCloudPassword(deps, tenantId, { kind: 'reset', ...command, sealed });
  return { outcome, hashed: hashed.map((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) };
}

test('a password within the rules is hashed as it was typed', async () => {
  expect(await resetTo('seven otters Grüße')).toEqual({
    outcome: { kind: 'done', settledBy: 'answer' },
    hashed: ['seven otters Grüße'],
  });
});

test('where too many are hashing it is told to be tried again, since nothing was written', async () => {
  const { outcome } = await resetTo('seven otters Grüße', { isHasherBusy: true });
  expect(outcome).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });
});

test.each([
  ['a byte order mark before it', '\ufeffseven otters sing', 'inadmissible-characters'],
  ['a zero-width space in it', 'seven\u200b otters sing', 'inadmissible-characters'],
  ['a control character in it', 'seven\u0000 otters sing', 'inadmissible-characters'],
  ['letters that are not composed', 'seven otters si\u0301ng', 'inadmissible-characters'],
  ['too many characters', 'o'.repeat(128), 'too-long'],
  ['too few characters', 'otters', 'too-short'],
  ['the user ID in it', 'seven otters and Cleo', 'contains-name'],
] as const)('with %s, a password is refused and never hashed', async (_name, password, rule) => {
  expect(await resetTo(password)).toEqual({ outcome: { kind: 'refused-by-policy', rules: [rule] }, hashed: [] });
});
