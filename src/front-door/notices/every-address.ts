// Where a person is told of what was done to their account: every address that is known of it, wherever it is kept. Pure.

import { methodOf } from '../methods/every-method.js';
import type { KeptMethod } from '../methods/method-store.js';

/** `known`: what the directory, or the account itself, names. `kept`: what the person set up. Each address once, however it is spelt. */
export function everyAddress(known: readonly string[], kept: readonly KeptMethod[]): readonly string[] {
  const own = kept.filter(({ kind }) => methodOf(kind).hasMailbox).map(({ address }) => address);
  return [...new Map([...known, ...own].map((address) => [address.toLowerCase(), address])).values()];
}
