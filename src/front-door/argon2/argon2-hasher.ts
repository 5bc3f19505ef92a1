// Hashes the passwords of cloud-only accounts with argon2id. The only importer of the argon2 package.
// Knows no account: it is given bytes and gives text, or says whether the two belong together.

import { argon2id, hash, verify } from 'argon2';
import type { PasswordHasher } from '../people/cloud-accounts.js';

/** OWASP's stronger choice for argon2id: 46 MiB, one pass, one lane (Password Storage Cheat Sheet). The encoded hash names them. */
const PARAMETERS = { type: argon2id, memoryCost: 46 * 1024, timeCost: 1, parallelism: 1 } as const;

export const argon2Hasher: PasswordHasher = {
  hash: (password) => hash(Buffer.from(password.buffer, password.byteOffset, password.byteLength), PARAMETERS),
  matches: (passwordHash, password) =>
    verify(passwordHash, Buffer.from(password.buffer, password.byteOffset, password.byteLength)),
};
