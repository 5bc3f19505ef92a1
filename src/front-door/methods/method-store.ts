// The port for what people registered with the front door itself, whichever way it is: a row each, and the hashes of recovery codes.
// It hangs on the account's anchor: whoever is made anew under an old name inherits nothing. What a row's data means is its method's.

import type { AccountAnchor, TenantId } from '../../protocol/identifiers.js';
import type { MethodKind } from './every-method.js';

export interface AccountRef {
  readonly tenantId: TenantId;
  readonly anchor: AccountAnchor;
}

/** One way that a person set up. */
export interface KeptMethod {
  readonly id: string;
  readonly kind: MethodKind;
  /** What the person calls it; empty: nothing. */
  readonly name: string;
  /** Where it reaches the person; empty where it reaches nobody. One account has each address of a kind once. */
  readonly address: string;
  /** The method's own. What is secret is encrypted with the front door's data key; see data-box.ts. */
  readonly data: Uint8Array;
  /** What rises with each use, where the method counts: a step of time, a signature's number. */
  readonly counter: number;
  readonly setUpAtMs: number;
  /** Undefined: never, or the method does not count. */
  readonly usedAtMs: number | undefined;
}

export type NewMethod = Pick<KeptMethod, 'id' | 'kind' | 'name' | 'address' | 'data' | 'setUpAtMs'>;

/** Of one kind. */
export const METHODS_PER_KIND_MAX = 5;

export interface MethodStore {
  /** In the order in which they were set up. */
  list(account: AccountRef): Promise<readonly KeptMethod[]>;
  /** Nothing is added, and nothing pushed out, at METHODS_PER_KIND_MAX or for an address of this kind that is there. */
  add(account: AccountRef, method: NewMethod): Promise<'added' | 'there-already' | 'too-many'>;
  /** False where there is none of this id. */
  rename(account: AccountRef, id: string, name: string): Promise<boolean>;
  /** False where there is none of this id. */
  remove(account: AccountRef, id: string): Promise<boolean>;
  /** Adds it in place of all there were of its kind, at once: nobody meets both, or neither. */
  replace(account: AccountRef, method: NewMethod): Promise<void>;
  /**
   * True for a counter above any before: nothing is good twice, nor is an older one after a newer. And for 0 as long as there was no
   * other: there are authenticators that do not count. `usedAtMs` undefined: it was counted and not used.
   */
  advance(id: string, counter: number, usedAtMs: number | undefined): Promise<boolean>;
  /** When the person last said that all of them are right; undefined: never. */
  confirmedAtMs(account: AccountRef): Promise<number | undefined>;
  confirm(account: AccountRef, atMs: number): Promise<void>;
  /** In place of all there were. */
  setRecoveryCodes(account: AccountRef, digests: readonly Uint8Array[], atMs: number): Promise<void>;
  /** When those that are kept were made, used up or not; undefined: none are kept. */
  recoveryCodesMade(account: AccountRef): Promise<{ readonly madeAtMs: number } | undefined>;
  /** All of them. False where none are kept. */
  removeRecoveryCodes(account: AccountRef): Promise<boolean>;
  /** How many are good still. */
  recoveryCodesLeft(account: AccountRef): Promise<number>;
  /** Uses the code of this digest up: good `now`, or used `before`. Of two at once one is good. */
  useRecoveryCode(account: AccountRef, digest: Uint8Array, atMs: number): Promise<'now' | 'before' | 'unknown'>;
}

/** Those of one kind; of them the row of this id alone, where one is meant. */
export async function keptOfKind(
  store: Pick<MethodStore, 'list'>,
  account: AccountRef,
  kind: MethodKind,
  keptId: string | undefined = undefined,
): Promise<readonly KeptMethod[]> {
  const ofKind = (await store.list(account)).filter((kept) => kept.kind === kind);
  return keptId === undefined ? ofKind : ofKind.filter(({ id }) => id === keptId);
}
