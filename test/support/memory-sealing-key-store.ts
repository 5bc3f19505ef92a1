// The sealing keys' store in memory. Keeps copies, as a file would.

import type { SealingKeyStore, StoredSealingKey } from '../../src/agent/sealing-keys/sealing-key-store.js';

export class MemorySealingKeyStore implements SealingKeyStore {
  #keys: readonly StoredSealingKey[] = [];
  saves = 0;
  isBroken = false;

  async load(): Promise<readonly StoredSealingKey[]> {
    return this.#keys.map(copyOf);
  }

  async save(keys: readonly StoredSealingKey[]): Promise<void> {
    if (this.isBroken) throw new Error('the disk is full');
    this.saves += 1;
    this.#keys = keys.map(copyOf);
  }
}

function copyOf(key: StoredSealingKey): StoredSealingKey {
  return { ...key, publicKey: key.publicKey.slice(), privateKey: key.privateKey.slice() };
}
