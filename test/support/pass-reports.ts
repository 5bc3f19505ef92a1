// Passes as they are kept and told: one that found everybody as they were, and what a test changes of it.

import type { EndedPass, PassReport } from '../../src/protocol/sync-reports.js';

export interface ReportChanges extends Partial<Omit<PassReport, 'counts'>> {
  readonly counts?: Partial<PassReport['counts']>;
}

const NO_COUNTS = {
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

/** Of a full pass that was whole and found nobody, unless changed. */
export function aPassReport({ counts, ...changes }: ReportChanges = {}): PassReport {
  return {
    directoryId: 'corp',
    generation: 1,
    kind: 'full',
    isFollowed: true,
    isDryRun: false,
    isWhole: true,
    counts: { ...NO_COUNTS, ...counts },
    changedFields: {},
    named: { added: [], changed: [], restored: [], quarantined: [] },
    leftOut: [],
    durationMs: 1,
    ...changes,
  };
}

export function anEndedPass(changes: ReportChanges & { readonly endedAtMs?: number } = {}) {
  const { endedAtMs = 5, ...ofReport } = changes;
  const report = aPassReport(ofReport);
  const { directoryId, generation } = report;
  return { directoryId, generation, endedAtMs, result: { kind: 'done' as const, report } } satisfies EndedPass;
}

export function aFailedPass(generation = 1, directoryId = 'corp') {
  const result = { kind: 'failed' as const, failure: 'no link' };
  return { directoryId, generation, endedAtMs: 5, result } satisfies EndedPass;
}
