// The port for flows in progress. Found by the hash of the session's cookie; the cookie itself is never stored.
// What a flow means is for flow.ts.

import type { AccountRef } from '../methods/method-store.js';
import type { Flow } from './flow.js';

export interface StoredFlow {
  readonly flow: Flow;
  /** Rises with every save: two requests at once cannot both go on from the same state. */
  readonly version: number;
}

export interface FlowStore {
  create(sessionHash: string, flow: Flow): Promise<void>;
  find(sessionHash: string): Promise<StoredFlow | undefined>;
  /** False when another request saved in between, or the flow is gone: nothing was changed. */
  save(sessionHash: string, flow: Flow, version: number): Promise<boolean>;
  remove(sessionHash: string): Promise<void>;
  /** The sessions whose flow is about this account, whoever they are. */
  sessionsOf(account: AccountRef): Promise<readonly string[]>;
}
