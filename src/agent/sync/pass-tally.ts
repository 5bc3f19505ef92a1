// Counts what a pass finds and does, and keeps the first names for people. Pure but for its own counters.

import {
  type HeldRemovals,
  type MirroredField,
  NAMES_TOLD_MAX,
  type PassReport,
  reportedFailure,
  reportedName,
} from '../../protocol/sync-reports.js';
import type { NameCollisions } from './name-collisions.js';
import type { NamedOutcome } from './pass-report.js';

export class PassTally {
  readonly counts = {
    read: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    restored: 0,
    quarantined: 0,
    leftOut: 0,
    notManaged: 0,
    unreadable: 0,
  };
  held: HeldRemovals | undefined;
  /** How many are there, where only that was looked at; undefined: in no pass of that kind. */
  lookedOver: number | undefined;
  /** Of everybody; undefined where only some are read. */
  collisions: NameCollisions | undefined;
  readonly #changedFields: Partial<Record<MirroredField, number>> = {};
  readonly #named: Record<NamedOutcome, string[]> = { added: [], changed: [], restored: [], quarantined: [] };
  readonly #leftOut: { readonly name: string; readonly failure: string }[] = [];

  /** Everybody who is there could be read. */
  get isWhole(): boolean {
    return this.counts.unreadable === 0;
  }

  count(outcome: NamedOutcome, name: string): void {
    this.counts[outcome] += 1;
    if (this.#named[outcome].length < NAMES_TOLD_MAX) this.#named[outcome].push(reportedName(name));
  }

  countFields(fields: readonly MirroredField[]): void {
    for (const field of fields) this.#changedFields[field] = (this.#changedFields[field] ?? 0) + 1;
  }

  leaveOut(name: string, failure: string): void {
    this.counts.leftOut += 1;
    if (this.#leftOut.length < NAMES_TOLD_MAX)
      this.#leftOut.push({ name: reportedName(name), failure: reportedFailure(failure) });
  }

  report(): Pick<
    PassReport,
    'isWhole' | 'counts' | 'changedFields' | 'named' | 'leftOut' | 'held' | 'shared' | 'lookedOver'
  > {
    return {
      isWhole: this.isWhole,
      counts: this.counts,
      changedFields: this.#changedFields,
      named: this.#named,
      leftOut: this.#leftOut,
      ...(this.lookedOver === undefined ? {} : { lookedOver: this.lookedOver }),
      ...(this.held === undefined ? {} : { held: this.held }),
      ...(this.collisions === undefined
        ? {}
        : { shared: { count: this.collisions.count, names: [...this.collisions.names] } }),
    };
  }
}
