// Wires the ways of proving who one is, and of setting them up, over a house's store: a part of front-door.ts. Decides nothing, and knows
// none of them.

import { randomBytes, randomUUID } from 'node:crypto';
import type { House } from './front-door.js';
import { everyProof, everySetup, type MethodMeans } from './methods/every-method.js';
import type { MethodSetup } from './methods/method-setup.js';
import type { ProofMethod } from './methods/proof-method.js';

type Kept = Pick<House, 'store' | 'secrets' | 'tenants'>;

type WaysOptions = Pick<MethodMeans, 'outbox' | 'texts' | 'clock' | 'noticeSettings' | 'hasher' | 'publicUrl'>;

/** The ways to prove who one is, over this house's store. */
export function proofMethodsOf(kept: Kept, options: WaysOptions): readonly ProofMethod[] {
  return everyProof(meansOf(kept, options));
}

/** How each of them is set up by its person. */
export function methodSetupsOf(kept: Kept, options: WaysOptions): readonly MethodSetup[] {
  return everySetup(meansOf(kept, options));
}

function meansOf({ store, secrets, tenants }: Kept, options: WaysOptions): MethodMeans {
  const { digestKey, dataKey } = secrets;
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  return { ...options, store: store.methods, tenants, digestKey, dataKey, random, randomUuid: randomUUID };
}
