// What counts against whoever enters wrong passwords: by what was typed and from where, never by whose account it is.

import { canonicalUserId } from '../../protocol/user-id.js';
import type { Caller } from '../resets/prove.js';
import type { ThrottleKey } from '../throttles/throttle-store.js';
import { typedKey } from '../throttles/throttles.js';
import type { Visit } from './visit.js';

interface KeyDeps {
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
}

/** The asker's own first, then what is everybody's: the same work whoever is meant. */
export function failuresOf(deps: KeyDeps, visit: Visit, { addressKey }: Caller): readonly ThrottleKey[] {
  const typed = typedKeyOf(deps, visit);
  return [
    { name: 'failed-sign-ins', key: `${typed}/${addressKey}` },
    { name: 'failed-sign-ins-from-everywhere', key: typed },
    { name: 'failed-sign-ins-from-address', key: addressKey },
  ];
}

export function typedKeyOf({ digestKey }: KeyDeps, { tenantId, userId }: Visit): string {
  return typedKey(digestKey, tenantId, canonicalUserId(userId) ?? '');
}
