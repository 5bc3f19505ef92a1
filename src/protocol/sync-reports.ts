// What a pass over a directory came to, as the agent keeps it and the front door is told: numbers, the first names, what is held and
// why. Values and their schemas. No I/O.

import { z } from 'zod';
import { PERSON_FIELDS } from './person-values.js';

/** What may change of an account in the mirror; its anchor never does. */
export const MIRRORED_FIELDS = [...PERSON_FIELDS, 'disposition'] as const;
export type MirroredField = (typeof MIRRORED_FIELDS)[number];

/**
 * Over everybody; or over those who have changed since the last pass; or over these, and whoever is gone is looked for among
 * everybody's anchors. Each does what the next ones do, and more: `full`, `reconciliation`, `delta`.
 */
export const PASS_KINDS = ['full', 'reconciliation', 'delta'] as const;
export type PassKind = (typeof PASS_KINDS)[number];

/** Why the removal guard holds: more than its count, more than its share, everybody. */
export const HELD_BECAUSE = ['count', 'share', 'everybody'] as const;
export type HeldBecause = (typeof HELD_BECAUSE)[number];

/** Names exactly those whom a removal plan would let go. */
export const REMOVAL_PLAN_ID = /^[0-9a-f]{12}$/;

/** Beyond so many nobody reads on; the numbers count everybody. */
export const NAMES_TOLD_MAX = 20;
const NAME_UNITS_MAX = 160;
const FAILURE_UNITS_MAX = 600;

/** Cut to what a report takes. */
export const reportedName = (name: string) => cut(name, NAME_UNITS_MAX);
export const reportedFailure = (failure: string) => cut(failure, FAILURE_UNITS_MAX);

function cut(text: string, unitsMax: number): string {
  return text.length <= unitsMax ? text : `${text.slice(0, unitsMax - 1)}…`.toWellFormed();
}

const count = z.int().min(0);
const name = z.string().max(NAME_UNITS_MAX);
const names = z.array(name).max(NAMES_TOLD_MAX);
const failure = z.string().max(FAILURE_UNITS_MAX);

const heldRemovalsSchema = z.strictObject({
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
  directoryId: z.string().max(32),
  generation: z.int().min(1),
  kind: z.enum(PASS_KINDS).default('full'),
  /** Of a full pass that a delta became: why. */
  because: failure.optional(),
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
  leftOut: z.array(z.strictObject({ name, failure })).max(NAMES_TOLD_MAX),
  held: heldRemovalsSchema.optional(),
  /** Of a full pass: names that more than one account answers to, in number, and the first of them. */
  shared: z.strictObject({ count, names }).optional(),
  durationMs: z.number().min(0),
});

/** A pass that came to an end of one kind or the other. */
export const passEndSchemas = [
  z.strictObject({ kind: z.literal('done'), report: passReportSchema }),
  /** Nobody who was not read was removed; what had been sent stays. */
  z.strictObject({ kind: z.literal('failed'), failure }),
] as const;

/** What the front door is told of a pass. */
export const endedPassSchema = z.strictObject({
  directoryId: z.string().max(32),
  /** Rises with every pass of the agent. */
  generation: z.int().min(1),
  /** By the agent's clock, ms since 1970 UTC. */
  endedAtMs: z.int(),
  result: z.discriminatedUnion('kind', [...passEndSchemas]),
});

/** Whether a pass that came to its end found anything but what was there. A full pass always has: how many there are. */
export function hasNews({ kind, counts }: PassReport): boolean {
  const { read: _, unchanged: __, notManaged: ___, ...eventful } = counts;
  return kind === 'full' || Object.values(eventful).some((number) => number > 0);
}

export type HeldRemovals = z.infer<typeof heldRemovalsSchema>;
export type PassReport = z.infer<typeof passReportSchema>;
export type EndedPass = z.infer<typeof endedPassSchema>;
