// Takes what one agent tells of its passes, one after the other. Bounded: an agent that tells more than can be written is not waited
// for, and what does not fit is left out; it is told again.

import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import type { EndedPass } from '../../protocol/sync-reports.js';
import type { PassReports } from '../people/pass-reports.js';

const WAITING_MAX = 32;

export interface ReportLaneOptions {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  readonly reports: Pick<PassReports, 'keep'>;
  readonly onNotKept: (cause: unknown) => void;
}

export class ReportLane {
  readonly #options: ReportLaneOptions;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(options: ReportLaneOptions) {
    this.#options = options;
  }

  /** Never throws. */
  take(pass: EndedPass): void {
    if (this.#waiting >= WAITING_MAX) return;
    this.#waiting += 1;
    const { tenantId, agentId, reports, onNotKept } = this.#options;
    this.#last = this.#last
      .then(() => reports.keep({ tenantId, agentId }, pass))
      .catch(onNotKept)
      .finally(() => {
        this.#waiting -= 1;
      });
  }
}
