// Asks a directory's checks one after another, each with a deadline of its own: one that hangs or breaks ends itself, is told
// as such, and ends nothing else. Decides nothing by what is found.

import { codeOf, describeFailure, Failure } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';
import { type Check, type Finding, type Precheck, precheckOf } from './precheck.js';
import { PRECHECKS } from './precheck-catalogue.js';

/** Longer than any of its questions may take by itself, so that those can say what went wrong. */
export const CHECK_DEADLINE_MS = 30_000;

export interface RunOptions {
  readonly directoryId: string;
  readonly checks: readonly Check[];
  readonly clock: Clock;
  /** For each check. Default 30 000. */
  readonly deadlineMs?: number;
  readonly signal: AbortSignal;
}

/** In the order of the checks. Throws only the signal's reason. */
export async function runChecks(options: RunOptions): Promise<Precheck[]> {
  const { directoryId, checks, signal } = options;
  const findings: Finding[] = [];
  for (const check of checks) {
    signal.throwIfAborted();
    const obstacle = obstacleTo(check, findings);
    findings.push(...(obstacle === undefined ? await look(check, options) : untold(check, obstacle)));
  }
  return findings.map((finding) => precheckOf(directoryId, finding));
}

async function look(check: Check, options: RunOptions): Promise<readonly Finding[]> {
  const { clock, deadlineMs = CHECK_DEADLINE_MS, signal } = options;
  const what = `the check ${check.codes.join(', ')}`;
  try {
    return await withDeadline({ clock, deadlineMs, what, signal }, check.look);
  } catch (error) {
    signal.throwIfAborted();
    // A mistake of ours in one check must not hide what the others find.
    return untold(check, error instanceof Failure ? describeFailure(error) : `a mistake of ours: ${codeOf(error)}`);
  }
}

/** Why it is no use to ask; undefined when nothing speaks against it. */
function obstacleTo({ needs, target }: Check, findings: readonly Finding[]): string | undefined {
  if (needs === undefined) return undefined;
  const isMet = findings.some(
    (finding) =>
      finding.code === needs.code &&
      (finding.status === 'pass' || finding.status === 'warn') &&
      (needs.of === 'any-target' || finding.target === target),
  );
  return isMet ? undefined : `cannot be looked at before this passes: ${PRECHECKS[needs.code].title}`;
}

function untold({ codes, target }: Check, detail: string): Finding[] {
  return codes.map((code) => ({ code, status: 'cannot-tell', target, detail }));
}
