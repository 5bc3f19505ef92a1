// What a pass came to: numbers, some names for people, what is held and why. Types only: made by the passes, kept and printed elsewhere.

import type { MirroredField } from './fingerprint.js';
import type { HeldBecause } from './removal-guard.js';

/** Beyond so many nobody reads on; the numbers count everybody. */
export const NAMES_TOLD_MAX = 20;

export interface HeldRemovals {
  readonly planId: string;
  readonly because: HeldBecause;
  readonly gone: number;
  /** Of how many that are offered. */
  readonly present: number;
  /** The first of them. */
  readonly names: readonly string[];
}

/** In numbers of accounts; `named` and `leftOut` have the first of them. */
export interface PassReport {
  readonly directoryId: string;
  readonly generation: number;
  /** Looked only: nothing was sent, and the numbers are what would have been. */
  readonly isDryRun: boolean;
  /** Everybody who is there could be read. */
  readonly isWhole: boolean;
  readonly counts: {
    readonly read: number;
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
    /** Were absent, and are there again. */
    readonly restored: number;
    /** No longer offered from now on. */
    readonly quarantined: number;
    /** Their data cannot be mirrored; what the mirror had of them stays. */
    readonly leftOut: number;
    /** Are there, and could not be read, so that nobody can be said to be gone. */
    readonly unreadable: number;
  };
  /** How often each field had changed. */
  readonly changedFields: Readonly<Partial<Record<MirroredField, number>>>;
  readonly named: Readonly<Record<NamedOutcome, readonly string[]>>;
  readonly leftOut: readonly { readonly name: string; readonly failure: string }[];
  readonly held: HeldRemovals | undefined;
  readonly durationMs: number;
}

export type NamedOutcome = 'added' | 'changed' | 'restored' | 'quarantined';
