// What is kept of a pass on the agent's machine, and what follows from the records: which pass is owed, which comes too soon. Pure.

import { z } from 'zod';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import { type EndedPass, hasNews, type PassReport, passEndSchemas } from '../../protocol/sync-reports.js';

/** The first names, and how many more there are. */
export function toldNames(names: readonly string[], all: number): string {
  const told = names.join(', ');
  return all > names.length ? `${told} and ${all - names.length} more` : told;
}

/** In words, for people; a step that was not come to is not there. */
export const personStepsSchema = z.strictObject({
  read: z.string(),
  managed: z.string().optional(),
  match: z.string().optional(),
  effect: z.string(),
});

export const passRecordSchema = z.strictObject({
  directoryId: z.string(),
  generation: z.int().min(1),
  isDryRun: z.boolean(),
  endedAtMs: z.int(),
  result: z.discriminatedUnion('kind', [
    ...passEndSchemas,
    /** One person was looked at, step by step. */
    z.strictObject({ kind: z.literal('person'), userId: z.string(), steps: personStepsSchema }),
    /** Another agent keeps the mirror of this directory. */
    z.strictObject({ kind: z.literal('stood-by'), leader: identifierSchemas.agentId }),
  ]),
});

/** The newest pass over everybody that came to its end, whole or not. Records: the newest first. */
export function lastFullPass(records: readonly PassRecord[]): PassRecord | undefined {
  return records.find(({ isDryRun, result }) => !isDryRun && result.kind === 'done' && result.report.kind === 'full');
}

/** Of the newest of these records, first, that everybody was read for; undefined where there is none. */
export function lastWholeFullPass(records: readonly PassRecord[]): PassRecord | undefined {
  return records.find(
    ({ isDryRun, result }) =>
      !isDryRun && result.kind === 'done' && result.report.kind === 'full' && result.report.isWhole,
  );
}

/** After a pass that failed: what stood in the way may be gone. */
const OWED_PAUSE_MS = 15 * 60_000;

/**
 * Whether a full pass fell due (ms since 1970 UTC) and none has come to its end since; whole or not, since who cannot be read will
 * not be read by another one either. Not again shortly after one that failed.
 */
export function isFullPassOwed(records: readonly PassRecord[], lastDueMs: number | undefined, nowMs: number): boolean {
  const passes = records.filter(({ isDryRun, result }) => !isDryRun && result.kind !== 'person');
  const full = passes.find(({ result }) => result.kind === 'done' && result.report.kind === 'full');
  if (lastDueMs === undefined || (full !== undefined && full.endedAtMs >= lastDueMs)) return false;
  const [last] = passes;
  return last?.result.kind !== 'failed' || nowMs - last.endedAtMs >= OWED_PAUSE_MS;
}

/** Where changes cannot be followed every delta is a full pass: that often nobody's directory is read whole. */
const UNFOLLOWED_PAUSE_MS = 15 * 60_000;

/** Whether a delta that falls due by itself is left out: the directory was read whole a short while ago, and cannot be followed. */
export function isTooSoon([last]: readonly PassRecord[], nowMs: number): boolean {
  return (
    last?.result.kind === 'done' &&
    last.result.report.kind === 'full' &&
    !last.result.report.isFollowed &&
    !last.isDryRun &&
    nowMs - last.endedAtMs < UNFOLLOWED_PAUSE_MS
  );
}

/** What the front door is told of these: passes that have ended one way or the other, not what somebody looked at for themselves. */
export function endedPasses(records: readonly PassRecord[]): EndedPass[] {
  return records.flatMap(({ isDryRun, directoryId, generation, endedAtMs, result }) =>
    isDryRun || result.kind === 'person' || result.kind === 'stood-by'
      ? []
      : [{ directoryId, generation, endedAtMs, result }],
  );
}

/** A delta, or a reconciliation, that found everything as it was. */
export function isUneventful({ isDryRun, result }: PassRecord): boolean {
  return !isDryRun && result.kind === 'done' && !hasNews(result.report);
}

export type PersonSteps = z.infer<typeof personStepsSchema>;
export type PassRecord = z.infer<typeof passRecordSchema>;
export type NamedOutcome = keyof PassReport['named'];
