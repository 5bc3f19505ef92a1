// What `drawbridge agent delegation --print` needs of a directory: the commands that give its service account exactly the
// rights that the settings use. The commands themselves belong to each kind of directory. Types only.

import type { Operation } from '../../protocol/operations.js';

export interface DelegationRequest {
  /** As in the settings. */
  readonly bindName: string;
  readonly baseDn: string;
  readonly scope: readonly string[];
  readonly operations: readonly Operation[];
}

export interface Delegating {
  /**
   * Lines for a terminal: commands, and remarks that begin with `#`. `look-up` asks the directory who the service account is, and
   * throws when it cannot be asked; `offline` asks nothing.
   */
  delegation(
    request: Pick<DelegationRequest, 'scope' | 'operations'>,
    how: 'look-up' | 'offline',
    signal: AbortSignal,
  ): Promise<readonly string[]>;
}
