// The port for accounts that live in the front door's own store, in no directory. Holds hashes of passwords, never passwords.
// One reset id sets one password once.

import type { AccountAnchor, ResetId, TenantId } from '../../protocol/identifiers.js';

export interface CloudAccount {
  readonly tenantId: TenantId;
  readonly anchor: AccountAnchor;
  /** Every user ID it answers to, canonical; no two accounts of a tenant share one. */
  readonly userIds: readonly string[];
  readonly displayName: string;
  /** Where codes and notices go. */
  readonly addresses: readonly string[];
  readonly isAdministrator: boolean;
  /** argon2id in its encoded form; undefined until a password is first set. */
  readonly passwordHash: string | undefined;
}

export interface CloudAccounts {
  find(tenantId: TenantId, userId: string): Promise<CloudAccount | undefined>;
  read(tenantId: TenantId, anchor: AccountAnchor): Promise<CloudAccount | undefined>;
  /** Adds an account. False when its anchor or one of its user IDs is taken. */
  add(account: CloudAccount): Promise<boolean>;
  /** Sets the hash once per reset id: the same id again changes nothing and is answered `already-set`. */
  setPasswordHash(change: {
    readonly tenantId: TenantId;
    readonly anchor: AccountAnchor;
    readonly resetId: ResetId;
    readonly passwordHash: string;
    readonly atMs: number;
  }): Promise<'set' | 'already-set' | 'reset-id-reused' | 'no-such-account'>;
}

/** Turns a password into something that can be compared with and not turned back. */
export interface PasswordHasher {
  /** `password`: UTF-8 bytes, the caller's to zero. */
  hash(password: Uint8Array): Promise<string>;
  matches(passwordHash: string, password: Uint8Array): Promise<boolean>;
}
