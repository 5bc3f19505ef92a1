// TECHNOLOGY: approvals of held removals in SQLite, given by a command beside the running agent and spent by a pass.

import type { Clock } from '../../timing/clock.js';
import type { RemovalApprovals } from '../sync/run-pass.js';
import type { AgentDatabase } from './agent-database.js';

/** An approval nobody took is void: the directory has gone on since. */
export const APPROVAL_LIFETIME_MS = 24 * 3_600_000;

export class SqliteRemovalApprovals implements RemovalApprovals {
  readonly #database: AgentDatabase;
  readonly #clock: Clock;

  constructor(database: AgentDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** The plan of this id may be carried out, once, within a day. */
  give(planId: string): void {
    const nowMs = this.#clock.nowMs();
    this.#database.runDurably(() => {
      this.#database
        .prepare('DELETE FROM approved_removal WHERE approved_at_ms <= ?')
        .run(nowMs - APPROVAL_LIFETIME_MS);
      this.#database
        .prepare('INSERT OR REPLACE INTO approved_removal (plan_id, approved_at_ms) VALUES (?, ?)')
        .run(planId, nowMs);
    });
  }

  /** Whether it was given within a day, and is not spent. */
  isGiven(planId: string): boolean {
    const oldestMs = this.#clock.nowMs() - APPROVAL_LIFETIME_MS;
    const sql = 'SELECT 1 FROM approved_removal WHERE plan_id = ? AND approved_at_ms > ?';
    return this.#database.prepare(sql).get(planId, oldestMs) !== undefined;
  }

  spend(planId: string): void {
    this.#database.runDurably(() =>
      this.#database.prepare('DELETE FROM approved_removal WHERE plan_id = ?').run(planId),
    );
  }
}
