// The agent's sealing keys: makes them, publishes them signed, opens with them, replaces and deletes them in time.
// A key is saved before it is published, so nothing is ever sealed to a key that a restart forgets. Deleting an old key is
// what makes old traffic unreadable for ever. Knows nothing of files, links or passwords.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { toBase64Url } from '../../protocol/base64url.js';
import { type HpkeKeyPair, makeHpkeKeyPair } from '../../protocol/hpke.js';
import type { AgentId, KeyId, TenantId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { keyIdOf } from '../../protocol/sealing.js';
import { type SealingKey, signSealingKey } from '../../protocol/sealing-keys.js';
import type { Clock } from '../../timing/clock.js';
import type { SealingKeyStore, StoredSealingKey } from './sealing-key-store.js';

export interface SealingKeyRingOptions {
  readonly store: SealingKeyStore;
  readonly clock: Clock;
  /** Who signs the published keys. */
  readonly owner: { readonly tenantId: TenantId; readonly agentId: AgentId; readonly identity: KeyObject };
  /** How long one key is the current one. */
  readonly rotateAfterMs: number;
  /** How long it still opens what was sealed to it before. */
  readonly overlapMs: number;
}

export const ROTATE_AFTER_MS_DEFAULT = 30 * 24 * 3_600_000;
export const OVERLAP_MS_DEFAULT = 24 * 3_600_000;

interface RingKey extends StoredSealingKey {
  readonly pair: HpkeKeyPair;
}

export class SealingKeyRing {
  readonly #options: SealingKeyRingOptions;
  /** Newest first. */
  #keys: readonly RingKey[] = [];

  /** Loads the keys and makes the first where there is none that is current. Throws what the store throws. */
  static async open(options: SealingKeyRingOptions): Promise<SealingKeyRing> {
    const ring = new SealingKeyRing(options);
    ring.#keys = (await options.store.load()).map(usable);
    await ring.rotateIfDue();
    return ring;
  }

  private constructor(options: SealingKeyRingOptions) {
    this.#options = options;
  }

  /** Signed, the one to seal to first; its predecessor follows while pages loaded before the change may still use it. */
  published(): readonly SealingKey[] {
    const { owner } = this.#options;
    return this.#live()
      .slice(0, LIMITS.sealingKeysPerAgentMax)
      .map(({ keyId, publicKey, notBeforeMs, notAfterMs }) =>
        signSealingKey({ keyId, publicKey: toBase64Url(publicKey), notBeforeMs, notAfterMs }, owner),
      );
  }

  /** Undefined when the key is unknown, or its time is over even if it was not deleted yet. */
  keyPairOf(keyId: KeyId): HpkeKeyPair | undefined {
    return this.#live().find((key) => key.keyId === keyId)?.pair;
  }

  /**
   * Makes a successor when the current key's time has come, and deletes keys that are past theirs. True when what is
   * published changed. Call it once an hour; one call at a time.
   */
  async rotateIfDue(): Promise<boolean> {
    const nowMs = this.#options.clock.nowMs();
    const live = this.#live();
    const current = live[0];
    // A key from the future was made while the clock was wrong: the clock that is right now would keep it for too long.
    const isDue = current === undefined || nowMs >= current.rotateAtMs || nowMs < current.notBeforeMs;
    if (!isDue && live.length === this.#keys.length) return false;
    const keys = isDue ? [await this.#make(nowMs), ...live] : live;
    await this.#options.store.save(keys.map(({ pair: _, ...stored }) => stored));
    for (const dropped of this.#keys.filter((key) => !keys.includes(key))) dropped.privateKey.fill(0);
    this.#keys = keys;
    return true;
  }

  #live(): readonly RingKey[] {
    const nowMs = this.#options.clock.nowMs();
    return this.#keys.filter((key) => nowMs <= key.notAfterMs);
  }

  async #make(nowMs: number): Promise<RingKey> {
    const { rotateAfterMs, overlapMs } = this.#options;
    const { publicKey, privateKey } = makeHpkeKeyPair();
    return usable({
      keyId: await keyIdOf(publicKey),
      publicKey,
      privateKey: Uint8Array.from(privateKey.export({ type: 'pkcs8', format: 'der' })),
      // A front door whose clock is behind ours within what the link tolerates must not see a key of the future.
      notBeforeMs: nowMs - LIMITS.clockSkewMaxMs,
      rotateAtMs: nowMs + rotateAfterMs,
      notAfterMs: nowMs + rotateAfterMs + overlapMs,
    });
  }
}

/** What opens with it takes the private half as a KeyObject, which cannot be printed or logged by mistake. */
function usable(stored: StoredSealingKey): RingKey {
  const { publicKey } = stored;
  const key = Buffer.from(stored.privateKey);
  try {
    return { ...stored, pair: { publicKey, privateKey: createPrivateKey({ key, type: 'pkcs8', format: 'der' }) } };
  } finally {
    key.fill(0);
  }
}
