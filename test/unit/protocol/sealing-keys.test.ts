// A published sealing key is its agent's, whole, and valid for its time.

import { describe, expect, test } from 'vitest';
import { parseAgentId, parseTenantId } from '../../../src/protocol/identifiers.js';
import { isValidSealingKey, type SealingKey } from '../../../src/protocol/sealing-keys.js';
import { aSealingKey, enrolled, TENANT } from '../../support/link-parties.js';
import { memoryAgentRegistry } from '../../support/memory-agent-registry.js';

const identity = await enrolled(memoryAgentRegistry());
const owner = { tenantId: TENANT, agentId: identity.agentId, identityPublicKey: identity.publicKey };
const key = await aSealingKey(identity, { notBeforeMs: 1_000, notAfterMs: 2_000 });
const another = await aSealingKey(identity);

describe('a sealing key', () => {
  test('is valid from its first to its last millisecond', async () => {
    const atTimes = await Promise.all([999, 1_000, 2_000, 2_001].map((atMs) => isValidSealingKey(key, owner, atMs)));
    expect(atTimes).toEqual([false, true, true, false]);
  });

  test.each<[string, Partial<SealingKey>]>([
    ['another public key under its id', { publicKey: another.publicKey }],
    ['another id', { keyId: another.keyId }],
    ['another key altogether under its signature', { publicKey: another.publicKey, keyId: another.keyId }],
    ['an earlier beginning', { notBeforeMs: 0 }],
    ['a later end', { notAfterMs: 3_000 }],
    ['another signature', { signature: another.signature }],
    [
      'a signature in another spelling',
      { signature: `${key.signature.slice(0, -1)}${key.signature.endsWith('A') ? 'B' : 'A'}` },
    ],
    ['a public key in another spelling', { publicKey: `${'A'.repeat(86)}B` }],
  ])('is not valid with %s', async (_, changes) => {
    expect(await isValidSealingKey({ ...key, ...changes }, owner, 1_500)).toBe(false);
  });

  test('is not valid as another agent’s or another tenant’s', async () => {
    const stranger = await enrolled(memoryAgentRegistry());
    const others = [
      { ...owner, agentId: parseAgentId('00000000-0000-4000-8000-0000000000a1') },
      { ...owner, tenantId: parseTenantId('elsewhere') },
      { ...owner, identityPublicKey: stranger.publicKey },
    ];
    expect(await Promise.all(others.map((other) => isValidSealingKey(key, other, 1_500)))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
