// Lifts whatever throttles hold for one person, at an administrator's word: those of the account and of every name it answers to.
// Says what was lifted. Leaves those of addresses: they are about who asks, not about whom.

import type { AccountAnchor, TenantId } from '../../protocol/identifiers.js';
import { blockEnd } from './decide-throttle.js';
import { ACCOUNT_THROTTLES, type ThrottleName } from './throttle-rules.js';
import type { ThrottleStore } from './throttle-store.js';
import { accountKey, nobodysKey, typedKey } from './throttles.js';

export interface ClearedThrottle {
  readonly name: ThrottleName;
  /** The latest end of the blocks that were lifted; undefined where attempts were counted and nothing was shut yet. */
  readonly blockedUntilMs: number | undefined;
}

export interface PersonCleared {
  readonly tenantId: TenantId;
  readonly anchor: AccountAnchor;
  /** Canonical. */
  readonly userIds: readonly string[];
}

const START_THROTTLES = ['starts', 'starts-from-everywhere'] as const satisfies readonly ThrottleName[];
const SIGN_IN_THROTTLES = [
  'failed-sign-ins',
  'failed-sign-ins-from-everywhere',
] as const satisfies readonly ThrottleName[];
const CLEARED_THROTTLES = [...ACCOUNT_THROTTLES, ...START_THROTTLES, ...SIGN_IN_THROTTLES];

/** What held anything, each rule once. */
export async function clearPerson(
  deps: { readonly store: Pick<ThrottleStore, 'clear'>; readonly digestKey: Uint8Array; readonly nowMs: number },
  { tenantId, anchor, userIds }: PersonCleared,
): Promise<readonly ClearedThrottle[]> {
  const { store, digestKey, nowMs } = deps;
  const cleared = [...(await store.clear(CLEARED_THROTTLES, accountKey(tenantId, anchor)))];
  for (const userId of userIds) {
    const typed = typedKey(digestKey, tenantId, userId);
    cleared.push(...(await store.clear(SIGN_IN_THROTTLES, typed)));
    for (const key of [typed, nobodysKey(typed)]) cleared.push(...(await store.clear(START_THROTTLES, key)));
  }
  const byName = Map.groupBy(cleared, ({ name }) => name);
  return CLEARED_THROTTLES.filter((name) => byName.has(name)).map((name) => {
    const ends = (byName.get(name) ?? []).flatMap(({ state }) => blockEnd(state, nowMs) ?? []);
    return { name, blockedUntilMs: ends.length === 0 ? undefined : Math.max(...ends) };
  });
}
