// What somebody has registered here, as it can be taken away: every kept row by its id, and all recovery codes as one.
// Who may take it away, and who is told, is decided outside.

import type { MethodKind } from './every-method.js';
import type { AccountRef, MethodStore } from './method-store.js';

/** Stands for all of somebody's recovery codes where others have an id. No id of a kept row is ever this. */
export const RECOVERY_CODES_ID = 'recovery-codes';
/** The one kind that the store keeps apart from the rows of all others. */
export const RECOVERY_CODES_KIND = 'recovery-code' satisfies MethodKind;

export interface RemovableWay {
  /** Of the kept row, or RECOVERY_CODES_ID. */
  readonly id: string;
  readonly kind: MethodKind;
  readonly setUpAtMs: number;
}

type ReadingStore = Pick<MethodStore, 'list' | 'recoveryCodesMade'>;
export type RemovingStore = ReadingStore & Pick<MethodStore, 'remove' | 'removeRecoveryCodes'>;

export async function waysToRemove(store: ReadingStore, account: AccountRef): Promise<readonly RemovableWay[]> {
  const kept = (await store.list(account)).map(({ id, kind, setUpAtMs }) => ({ id, kind, setUpAtMs }));
  const codes = await store.recoveryCodesMade(account);
  const ofCodes = { id: RECOVERY_CODES_ID, kind: RECOVERY_CODES_KIND } as const;
  return codes === undefined ? kept : [...kept, { ...ofCodes, setUpAtMs: codes.madeAtMs }];
}

/** False where there is none of this id (any more). */
export function removeWay(store: RemovingStore, account: AccountRef, id: string): Promise<boolean> {
  return id === RECOVERY_CODES_ID ? store.removeRecoveryCodes(account) : store.remove(account, id);
}
