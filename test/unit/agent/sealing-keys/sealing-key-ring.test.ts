// The life of a sealing key: made, saved, published, succeeded, deleted; and what a wrong clock or a full disk does to it.

import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { SealingKeyRing } from '../../../../src/agent/sealing-keys/sealing-key-ring.js';
import { fromBase64Url } from '../../../../src/protocol/base64url.js';
import { rawPublicKey } from '../../../../src/protocol/handshake.js';
import {
  type KeyId,
  parseAccountAnchor,
  parseAgentId,
  parseKeyId,
  parseResetId,
  parseTenantId,
} from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { SealingContext } from '../../../../src/protocol/sealed-password.js';
import { sealPassword } from '../../../../src/protocol/sealing.js';
import { isValidSealingKey, type SealingKey, sealingKeySchema } from '../../../../src/protocol/sealing-keys.js';
import { openSealedPassword } from '../../../../src/protocol/unsealing.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { MemorySealingKeyStore } from '../../../support/memory-sealing-key-store.js';

const DAY_MS = 24 * 3_600_000;
const { privateKey: identity, publicKey } = generateKeyPairSync('ed25519');
const tenantId = parseTenantId('example');
const agentId = parseAgentId('00000000-0000-4000-8000-00000000a6e7');
const owner = { tenantId, agentId, identityPublicKey: rawPublicKey(publicKey) };
const CONTEXT: SealingContext = {
  tenantId,
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  anchor: parseAccountAnchor('anchor-of-ada'),
  operation: 'reset',
  flags: { unlock: false, mustChange: false },
  notAfterMs: 1,
};

let clock: FakeClock;
let store: MemorySealingKeyStore;

beforeEach(() => {
  clock = new FakeClock();
  store = new MemorySealingKeyStore();
});

function openRing(): Promise<SealingKeyRing> {
  const signer = { tenantId, agentId, identity };
  return SealingKeyRing.open({ store, clock, owner: signer, rotateAfterMs: 30 * DAY_MS, overlapMs: DAY_MS });
}

function currentOf(ring: SealingKeyRing): SealingKey {
  const [current] = ring.published();
  if (current === undefined) throw new Error('a ring always publishes a key');
  return current;
}

/** Seals to a published key as a browser does, and opens with what the ring has under its id. */
async function roundTrip(ring: SealingKeyRing, key: SealingKey): Promise<string | undefined> {
  const recipient = { keyId: key.keyId, publicKey: fromBase64Url(key.publicKey) };
  const sealed = await sealPassword({ password: 'Correct-7-horse', recipient, context: CONTEXT });
  const keyPair = ring.keyPairOf(key.keyId);
  if (keyPair === undefined) return undefined;
  return new TextDecoder().decode(openSealedPassword({ sealed, keyPair, context: CONTEXT }));
}

const idsOf = (ring: SealingKeyRing): KeyId[] => ring.published().map((key) => key.keyId);

describe('the sealing key ring', () => {
  it('makes a key at first, publishes it signed, and opens what is sealed to it', async () => {
    const ring = await openRing();
    expect(ring.published()).toHaveLength(1);
    const key = sealingKeySchema.parse(currentOf(ring));
    expect(await isValidSealingKey(key, owner, clock.nowMs())).toBe(true);
    expect(await roundTrip(ring, key)).toBe('Correct-7-horse');
  });

  it('is valid for a front door whose clock is as far off as a link tolerates', async () => {
    const key = currentOf(await openRing());
    expect(await isValidSealingKey(key, owner, clock.nowMs() - LIMITS.clockSkewMaxMs)).toBe(true);
  });

  it('is not valid for another agent, tenant or identity', async () => {
    const key = currentOf(await openRing());
    const others = [
      { ...owner, agentId: parseAgentId('00000000-0000-4000-8000-00000000ffff') },
      { ...owner, tenantId: parseTenantId('other-example') },
      { ...owner, identityPublicKey: rawPublicKey(generateKeyPairSync('ed25519').publicKey) },
    ];
    for (const other of others) expect(await isValidSealingKey(key, other, clock.nowMs())).toBe(false);
  });

  it('keeps its keys over a restart', async () => {
    const key = currentOf(await openRing());
    const again = await openRing();
    expect(idsOf(again)).toEqual([key.keyId]);
    expect(await roundTrip(again, key)).toBe('Correct-7-horse');
    expect(store.saves).toBe(1);
  });

  it('changes nothing before the time has come', async () => {
    const ring = await openRing();
    await clock.advance(30 * DAY_MS - 1);
    expect(await ring.rotateIfDue()).toBe(false);
    expect(store.saves).toBe(1);
  });

  it('then publishes a successor first, and goes on opening with the old one', async () => {
    const ring = await openRing();
    const old = currentOf(ring);
    await clock.advance(30 * DAY_MS);
    expect(await ring.rotateIfDue()).toBe(true);
    expect(ring.published()).toHaveLength(2);
    expect(currentOf(ring).keyId).not.toBe(old.keyId);
    expect(idsOf(ring)[1]).toBe(old.keyId);
    expect(await roundTrip(ring, old)).toBe('Correct-7-horse');
    expect(await roundTrip(ring, currentOf(ring))).toBe('Correct-7-horse');
  });

  it('stops opening with the old one when its time is over, even before it is deleted', async () => {
    const ring = await openRing();
    const old = currentOf(ring);
    await clock.advance(31 * DAY_MS + 1);
    expect(ring.keyPairOf(old.keyId)).toBeUndefined();
  });

  it('deletes the old private key from its store', async () => {
    const ring = await openRing();
    const old = currentOf(ring);
    await clock.advance(30 * DAY_MS);
    await ring.rotateIfDue();
    await clock.advance(DAY_MS + 1);
    expect(await ring.rotateIfDue()).toBe(true);
    expect((await store.load()).map((key) => key.keyId)).not.toContain(old.keyId);
    expect(idsOf(ring)).toHaveLength(1);
    expect(await ring.rotateIfDue()).toBe(false);
  });

  it('that slept past every key starts with a new one', async () => {
    const old = currentOf(await openRing());
    await clock.advance(90 * DAY_MS);
    const ring = await openRing();
    expect(idsOf(ring)).toHaveLength(1);
    expect(idsOf(ring)).not.toContain(old.keyId);
    expect(await store.load()).toHaveLength(1);
  });

  it('does not publish a key that could not be saved', async () => {
    const ring = await openRing();
    const old = currentOf(ring);
    await clock.advance(30 * DAY_MS);
    store.isBroken = true;
    await expect(ring.rotateIfDue()).rejects.toThrow();
    expect(idsOf(ring)).toEqual([old.keyId]);
    store.isBroken = false;
    expect(await ring.rotateIfDue()).toBe(true);
  });

  it('makes a new key when the one it has was made under a clock that ran ahead', async () => {
    const ahead = currentOf(await openRing());
    clock = new FakeClock(clock.nowMs() - DAY_MS);
    const ring = await openRing();
    expect(currentOf(ring).keyId).not.toBe(ahead.keyId);
    expect(currentOf(ring).notBeforeMs).toBeLessThanOrEqual(clock.nowMs());
  });

  it('has nothing under an id it never made', async () => {
    expect((await openRing()).keyPairOf(parseKeyId('AAAAAAAAAAAAAAAAAAAAAA'))).toBeUndefined();
  });
});
