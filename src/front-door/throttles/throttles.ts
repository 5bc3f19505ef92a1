// Counts attempts and asks whether a block holds. The thin effect around decide-throttle.ts.
// Keys hold account anchors or keyed hashes of what was typed, so that a store that leaks tells no user IDs.

import { createHmac } from 'node:crypto';
import type { AccountAnchor, TenantId } from '../../protocol/identifiers.js';
import type { Clock } from '../../timing/clock.js';
import {
  attemptsLeft,
  blockEnd,
  decideAttempt,
  forgottenAtMs,
  NO_ATTEMPTS,
  withdrawAttempt,
} from './decide-throttle.js';
import { ACCOUNT_THROTTLES, THROTTLE_RULES, type ThrottleName } from './throttle-rules.js';
import type { ThrottleKey, ThrottleStore } from './throttle-store.js';

export interface Throttles {
  /**
   * Counts an attempt against each in turn; false at the first that was shut already, and the ones after it count nothing: whoever is shut
   * out by their own limit takes nothing from what is everybody's.
   */
  attempt(keys: readonly ThrottleKey[]): Promise<boolean>;
  /** Takes back an attempt that was counted, and allowed, before it showed to be none. */
  giveBack(key: ThrottleKey): Promise<void>;
  /** The latest end of the blocks that hold now, or undefined. */
  blockedUntil(keys: readonly ThrottleKey[]): Promise<number | undefined>;
  /** How many more attempts all of them allow. */
  attemptsLeft(keys: readonly ThrottleKey[]): Promise<number>;
  clear(names: readonly ThrottleName[], key: string): Promise<void>;
}

export function createThrottles(deps: { readonly store: ThrottleStore; readonly clock: Clock }): Throttles {
  const { store, clock } = deps;
  return {
    async attempt(keys) {
      for (const key of keys) {
        const rule = THROTTLE_RULES[key.name];
        const isAllowed = await store.update(key, (before) => {
          const { state, isAllowed } = decideAttempt(rule, before ?? NO_ATTEMPTS, clock.nowMs());
          return { state, forgottenAtMs: forgottenAtMs(rule, state), result: isAllowed };
        });
        if (!isAllowed) return false;
      }
      return true;
    },
    async giveBack(key) {
      const rule = THROTTLE_RULES[key.name];
      await store.update(key, (before) => {
        const state = withdrawAttempt(rule, before ?? NO_ATTEMPTS);
        return { state, forgottenAtMs: forgottenAtMs(rule, state), result: undefined };
      });
    },
    async blockedUntil(keys) {
      const states = await Promise.all(keys.map((key) => store.read(key)));
      const ends = states.flatMap((state) => (state && blockEnd(state, clock.nowMs())) ?? []);
      return ends.length === 0 ? undefined : Math.max(...ends);
    },
    async attemptsLeft(keys) {
      const left = keys.map(async (key) => {
        const state = (await store.read(key)) ?? NO_ATTEMPTS;
        return attemptsLeft(THROTTLE_RULES[key.name], state, clock.nowMs());
      });
      return Math.min(...(await Promise.all(left)));
    },
    async clear(names, key) {
      await store.clear(names, key);
    },
  };
}

/** The key of an account: its anchor, so that two spellings of a user ID count together. */
export function accountKey(tenantId: TenantId, anchor: AccountAnchor): string {
  return `${tenantId}/${anchor}`;
}

/** Every throttle that stops a person, for a look before they begin. */
export function accountThrottles(key: string, methodKinds: readonly string[]): ThrottleKey[] {
  return ACCOUNT_THROTTLES.flatMap((name): ThrottleKey[] =>
    name === 'proof-attempts' ? methodKinds.map((kind) => ({ name, key: `${key}/${kind}` })) : [{ name, key }],
  );
}

/** What a message to the account counts against. `sends`: the method's own throttle; undefined: nothing is sent, and nothing counts. */
export function messageThrottles(sends: ThrottleName | undefined, key: string): readonly ThrottleKey[] {
  if (sends === undefined) return [];
  return sends === 'code-mails'
    ? [
        { name: sends, key },
        { name: 'code-mails-of-day', key },
      ]
    : [{ name: sends, key }];
}

/** The key of a user ID as typed (canonical): the same work and the same row whether anybody answers to it or not. */
export function typedKey(digestKey: Uint8Array, tenantId: TenantId | undefined, userId: string): string {
  const text = `${tenantId ?? ''}\n${userId}`;
  return createHmac('sha256', digestKey).update(text).digest('base64url');
}

/** Who cannot be verified counts as nobody by this name; see find-route.ts. */
export function nobodysKey(typed: string): string {
  return `nobody/${typed}`;
}

/** The key of a client address: IPv4 whole, IPv6 by its /64, which one subscriber has whole. Who has gone has none to tell. */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return 'gone';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const heads = head === '' ? [] : head.split(':');
  const tails = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - heads.length - tails.length)).fill('0');
  const groups = [...heads, ...zeros, ...tails].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
