// A hasher that is salted and quick, for tests of what is hashed and how often: argon2id takes tens of milliseconds each time, on purpose.

import { createHash, randomUUID } from 'node:crypto';
import type { PasswordHasher } from '../../src/front-door/people/cloud-accounts.js';

const digest = (salt: string, bytes: Uint8Array) => createHash('sha256').update(salt).update(bytes).digest('hex');

export const quickHasher: PasswordHasher = {
  hash: async (bytes) => {
    const salt = randomUUID();
    return `${salt}/${digest(salt, bytes)}`;
  },
  matches: async (hash, bytes) => {
    const [salt = '', kept] = hash.split('/');
    return digest(salt, bytes) === kept;
  },
};
