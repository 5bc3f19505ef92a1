// The port for what text messages have cost, of each organisation and day. Decides nothing; see decide-send.ts.

import type { TenantId } from '../../../protocol/identifiers.js';
import type { Spent } from './decide-send.js';

export interface SpendStore {
  /**
   * Replaces what was spent by what `decide` makes of it, with nobody in between; resolves to `decide`'s result. `day`: since
   * 1970-01-01 UTC. `decide` is pure and may run more than once.
   */
  update<T>(
    tenantId: TenantId,
    day: number,
    decide: (spent: Spent) => { readonly spent: Spent; readonly result: T },
  ): Promise<T>;
}
