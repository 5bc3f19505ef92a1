// Whether accounts that a completed read did not find may go: the decision that keeps one bad read from wiping out an organisation.
// Pure. Peers either never remove anybody or remove everybody after one wrong base DN.

import { hash } from 'node:crypto';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { HeldBecause } from '../../protocol/sync-reports.js';

export interface RemovalLimits {
  /** More accounts than this in one pass are held. */
  readonly countMax: number;
  /** A larger share of the directory's accounts is held: 0 up to 1. */
  readonly shareMax: number;
}

/** So few are no share of anything: in a directory of twenty, one who leaves is 5 %. */
const SHARE_COUNTS_ABOVE = 10;

export type GuardVerdict = { readonly kind: 'clear' } | { readonly kind: 'held'; readonly because: HeldBecause };

/**
 * `gone`: how many would go; `present`: of how many that are offered now. Exactly as many as a limit may go. The last two people of
 * a directory never go together, whatever the limits: an empty directory is almost always one that could not be seen.
 */
export function judgeRemovals(
  { gone, present }: { readonly gone: number; readonly present: number },
  { countMax, shareMax }: RemovalLimits,
): GuardVerdict {
  if (gone > 1 && gone >= present) return { kind: 'held', because: 'everybody' };
  // Said so that a limit which is no number holds everybody.
  if (!(gone <= countMax)) return { kind: 'held', because: 'count' };
  if (gone > SHARE_COUNTS_ABOVE && !(gone <= present * shareMax)) return { kind: 'held', because: 'share' };
  return { kind: 'clear' };
}

/** What whoever has looked at the directory types. */
export function approvalCommand(planId: string): string {
  return `drawbridge agent sync --approve-removals ${planId}`;
}

/** Names exactly these accounts of this directory: an approval of it holds for nobody else. 12 hexadecimal digits. */
export function removalPlanId(directoryId: string, gone: readonly AccountAnchor[]): string {
  return hash('sha256', [directoryId, ...gone.toSorted()].join('\n'), 'hex').slice(0, 12);
}
