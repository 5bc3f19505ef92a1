// Passes as they are kept and told: one that found everybody as they were, and what a test changes of it.

import { PassTally } from '../../src/agent/sync/pass-tally.js';
import type { EndedPass, PassReport } from '../../src/protocol/sync-reports.js';

export interface ReportChanges extends Partial<Omit<PassReport, 'counts'>> {
  readonly counts?: Partial<PassReport['counts']>;
}

/** Of a full pass that was whole and found nobody, unless changed. */
export function aPassReport({ counts, ...changes }: ReportChanges = {}): PassReport {
  const nothing = new PassTally().report();
  return {
    directoryId: 'corp',
    generation: 1,
    kind: 'full',
    isFollowed: true,
    isDryRun: false,
    durationMs: 1,
    ...nothing,
    counts: { ...nothing.counts, ...counts },
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
