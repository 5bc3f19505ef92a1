// Flows as they are kept: what was typed as a user ID is encrypted, since people type their password there by mistake.
// Bound to the session: a row's bytes are worth nothing in another. What a flow means is for flow.ts.

import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import type { DataBox } from '../methods/data-box.js';
import type { Flow } from './flow.js';
import type { FlowStore } from './flow-store.js';

/** The store with its user IDs sealed. Its `find` throws DataBoxNotOpened for a row that another data key sealed. */
export function sealedFlows(store: FlowStore, box: DataBox): FlowStore {
  const sealed = (sessionHash: string, flow: Flow): Flow => ({
    ...flow,
    userId: toBase64Url(box.seal(sessionHash, new TextEncoder().encode(flow.userId))),
  });
  return {
    create: (sessionHash, flow) => store.create(sessionHash, sealed(sessionHash, flow)),
    async find(sessionHash) {
      const stored = await store.find(sessionHash);
      if (stored === undefined) return undefined;
      const { flow, version } = stored;
      const userId = new TextDecoder().decode(box.open(sessionHash, fromBase64Url(flow.userId)));
      return { flow: { ...flow, userId }, version };
    },
    save: (sessionHash, flow, version) => store.save(sessionHash, sealed(sessionHash, flow), version),
    remove: (sessionHash) => store.remove(sessionHash),
    sessionsOf: (account) => store.sessionsOf(account),
  };
}
