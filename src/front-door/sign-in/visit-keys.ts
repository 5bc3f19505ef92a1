// A sealing key of each visit's own, beside the agents': what is sealed for says then nothing of whose password it is. The private half
// is kept for accounts of the front door's own alone: of everybody else's it never exists outside the moment it was made in.
// Lives in this process: what was sealed before a restart is refused, and the person types again.

import type { OwnSealingKey } from '../sealing-keys/own-sealing-key.js';

/** Private halves kept; beyond that the oldest goes, and its person types again. */
export const VISIT_KEYS_MAX = 1_000;

export interface VisitKeys {
  /** The public half for the page of this command, made anew for each; `isOurs`: what is sealed is for us to open. */
  offer(commandId: string, isOurs: boolean): Promise<Pick<OwnSealingKey, 'keyId' | 'publicKey'>>;
  /** The key of a command that is ours, once: it is forgotten. */
  take(commandId: string): OwnSealingKey | undefined;
}

export function createVisitKeys(deps: { readonly make: () => Promise<OwnSealingKey> }): VisitKeys {
  const kept = new Map<string, OwnSealingKey>();
  const shown = new Map<string, Pick<OwnSealingKey, 'keyId' | 'publicKey'>>();
  return {
    async offer(commandId, isOurs) {
      const before = shown.get(commandId);
      if (before !== undefined) return before;
      const key = await deps.make();
      const offered = { keyId: key.keyId, publicKey: key.publicKey };
      remember(shown, commandId, offered);
      if (isOurs) remember(kept, commandId, key);
      return offered;
    },
    take(commandId) {
      const key = kept.get(commandId);
      kept.delete(commandId);
      shown.delete(commandId);
      return key;
    },
  };
}

function remember<T>(map: Map<string, T>, id: string, value: T): void {
  map.set(id, value);
  const [oldest] = map.keys();
  if (map.size > VISIT_KEYS_MAX && oldest !== undefined) map.delete(oldest);
}
