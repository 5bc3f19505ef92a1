// A sealing key of each visit's own, beside the agents': what is sealed for says then nothing of whose password it is. The private half
// is kept for accounts of the front door's own alone: of everybody else's it never exists outside the moment it was made in.
// Lives in this process: what was sealed before a restart is refused, and the person types again.

import type { KeyId } from '../../protocol/identifiers.js';
import type { OwnSealingKey } from '../sealing-keys/own-sealing-key.js';

/**
 * Keys kept, some kilobytes each; beyond that the oldest goes, whosever it is, and its person types again. So many that it takes strangers
 * at scores of addresses to push out what somebody is using.
 */
export const VISIT_KEYS_MAX = 10_000;

type OfferedKey = Pick<OwnSealingKey, 'keyId' | 'publicKey'>;

export interface VisitKeys {
  /** The public half for the page of this command, made anew for each; `isOurs`: what is sealed is for us to open. */
  offer(commandId: string, isOurs: boolean): Promise<OfferedKey>;
  /** What was offered for the command and not taken yet, whosever it is. */
  offered(commandId: string): KeyId | undefined;
  /** The key of a command that is ours, once: it is forgotten. */
  take(commandId: string): OwnSealingKey | undefined;
}

export function createVisitKeys(deps: { readonly make: () => Promise<OwnSealingKey> }): VisitKeys {
  const kept = new Map<string, { readonly shown: OfferedKey; readonly own: OwnSealingKey | undefined }>();
  return {
    async offer(commandId, isOurs) {
      const before = kept.get(commandId);
      if (before !== undefined) return before.shown;
      const key = await deps.make();
      const shown = { keyId: key.keyId, publicKey: key.publicKey };
      kept.set(commandId, { shown, own: isOurs ? key : undefined });
      const [oldest] = kept.keys();
      if (kept.size > VISIT_KEYS_MAX && oldest !== undefined) kept.delete(oldest);
      return shown;
    },
    offered: (commandId) => kept.get(commandId)?.shown.keyId,
    take(commandId) {
      const key = kept.get(commandId)?.own;
      kept.delete(commandId);
      return key;
    },
  };
}
