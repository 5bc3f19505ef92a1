// What a pass came to: numbers, some names for people, what is held and why; and the record that is kept of it. Pure.

import { z } from 'zod';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import { MIRRORED_FIELDS } from './fingerprint.js';
import { HELD_BECAUSE, REMOVAL_PLAN_ID } from './removal-guard.js';

/** Beyond so many nobody reads on; the numbers count everybody. */
export const NAMES_TOLD_MAX = 20;

/** The first names, and how many more there are. */
export function toldNames(names: readonly string[], all: number): string {
  const told = names.join(', ');
  return all > names.length ? `${told} and ${all - names.length} more` : told;
}

const count = z.int().min(0);
const names = z.array(z.string()).max(NAMES_TOLD_MAX);

/**
 * Over everybody; or over those who have changed since the last pass; or over these, and whoever is gone is looked for among
 * everybody's anchors. Each does what the next ones do, and more: `full`, `reconciliation`, `delta`.
 */
export const PASS_KINDS = ['full', 'reconciliation', 'delta'] as const;
export type PassKind = (typeof PASS_KINDS)[number];

export const heldRemovalsSchema = z.strictObject({
  planId: z.string().regex(REMOVAL_PLAN_ID),
  because: z.enum(HELD_BECAUSE),
  gone: count,
  /** Of how many that are offered. */
  present: count,
  /** Who went shortly before, and count with them. */
  before: count.optional(),
  /** The first of them. */
  names,
});

/** In numbers of accounts; `named` and `leftOut` have the first of them. */
export const passReportSchema = z.strictObject({
  directoryId: z.string(),
  generation: z.int().min(1),
  kind: z.enum(PASS_KINDS).default('full'),
  /** Of a full pass that a delta became: why. */
  because: z.string().optional(),
  /** What changes from now on can be told by the directory. */
  isFollowed: z.boolean().default(true),
  /** Looked only: nothing was sent, and the numbers are what would have been. */
  isDryRun: z.boolean(),
  /** Everybody who is there could be read. */
  isWhole: z.boolean(),
  counts: z.strictObject({
    read: count,
    added: count,
    changed: count,
    unchanged: count,
    /** Were absent, and are there again. */
    restored: count,
    /** No longer offered from now on. */
    quarantined: count,
    /** Their data cannot be mirrored; what the mirror had of them stays. */
    leftOut: count,
    /** Are there, and are not managed here by the settings' rules, or by what they are. */
    notManaged: count.default(0),
    /** Are there, and could not be read, so that nobody can be said to be gone. */
    unreadable: count,
  }),
  /** Of a reconciliation: among how many it was looked for who is gone. */
  lookedOver: count.optional(),
  /** How often each field had changed. */
  changedFields: z.partialRecord(z.enum(MIRRORED_FIELDS), count),
  named: z.strictObject({ added: names, changed: names, restored: names, quarantined: names }),
  leftOut: z.array(z.strictObject({ name: z.string(), failure: z.string() })).max(NAMES_TOLD_MAX),
  held: heldRemovalsSchema.optional(),
  /** Of a full pass: names that more than one account answers to, in number, and the first of them. */
  shared: z.strictObject({ count, names }).optional(),
  durationMs: z.number().min(0),
});

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
    z.strictObject({ kind: z.literal('done'), report: passReportSchema }),
    /** One person was looked at, step by step. */
    z.strictObject({ kind: z.literal('person'), userId: z.string(), steps: personStepsSchema }),
    /** Another agent keeps the mirror of this directory. */
    z.strictObject({ kind: z.literal('stood-by'), leader: identifierSchemas.agentId }),
    /** Nobody who was not read was removed; what had been sent stays. */
    z.strictObject({ kind: z.literal('failed'), failure: z.string() }),
  ]),
});

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

/** A delta, or a reconciliation, that found everything as it was. */
export function isUneventful({ isDryRun, result }: PassRecord): boolean {
  return !isDryRun && result.kind === 'done' && !hasNews(result.report);
}

/** A full pass always has: how many there are. */
export function hasNews({ kind, counts }: PassReport): boolean {
  const { read: _, unchanged: __, notManaged: ___, ...eventful } = counts;
  return kind === 'full' || Object.values(eventful).some((number) => number > 0);
}

export type HeldRemovals = z.infer<typeof heldRemovalsSchema>;
export type PersonSteps = z.infer<typeof personStepsSchema>;
export type PassReport = z.infer<typeof passReportSchema>;
export type PassRecord = z.infer<typeof passRecordSchema>;
export type NamedOutcome = keyof PassReport['named'];
