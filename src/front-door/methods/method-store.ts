// The port for what people registered with the front door itself: authenticator secrets (encrypted), further
// addresses, hashes of recovery codes.
// What the directory itself names is not kept here.

import type { AccountAnchor, TenantId } from '../../protocol/identifiers.js';

export interface AccountRef {
  readonly tenantId: TenantId;
  readonly anchor: AccountAnchor;
}

export interface RegisteredAuthenticator {
  readonly id: string;
  /** The shared secret, encrypted with the front door's data key; see data-box.ts. */
  readonly sealedSecret: Uint8Array;
  readonly registeredAtMs: number;
}

export const AUTHENTICATORS_PER_ACCOUNT_MAX = 5;
export const ADDRESSES_PER_ACCOUNT_MAX = 5;

export interface MethodStore {
  authenticators(account: AccountRef): Promise<readonly RegisteredAuthenticator[]>;
  /** False at AUTHENTICATORS_PER_ACCOUNT_MAX: nothing is added, nothing pushed out. */
  addAuthenticator(account: AccountRef, authenticator: RegisteredAuthenticator): Promise<boolean>;
  /** True for a time step later than any used before: no code works twice, nor does an older one after a newer. */
  useStep(authenticatorId: string, step: number): Promise<boolean>;
  addresses(account: AccountRef): Promise<readonly string[]>;
  /** False at ADDRESSES_PER_ACCOUNT_MAX. */
  addAddress(account: AccountRef, address: string, atMs: number): Promise<boolean>;
  /** In place of all there were. */
  setRecoveryCodes(account: AccountRef, digests: readonly Uint8Array[], atMs: number): Promise<void>;
  /** How many are good still. */
  recoveryCodesLeft(account: AccountRef): Promise<number>;
  /** Uses the code of this digest up: good `now`, or used `before`. Of two at once one is good. */
  useRecoveryCode(account: AccountRef, digest: Uint8Array, atMs: number): Promise<'now' | 'before' | 'unknown'>;
}
