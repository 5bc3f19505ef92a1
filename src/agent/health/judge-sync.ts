// What the passes over a directory have to say about its health: whether the mirror is whole and fresh, whether removals wait, whom it
// leaves out. Pure: from the records that were kept.

import type { PassReport } from '../../protocol/sync-reports.js';
import { lastWholeFullPass, type PassRecord, toldNames } from '../sync/pass-report.js';
import { approvalCommand } from '../sync/removal-guard.js';
import type { Finding } from './precheck.js';
import type { PrecheckCode } from './precheck-catalogue.js';

/** Without a look at everybody for so long, who has left is still offered: a night that was missed, and half a day. */
export const WHOLE_PASS_WITHIN_MS = 36 * 3_600_000;
/** Without any pass for so long, who came or changed is not found while the agent is away. */
export const ANY_PASS_WITHIN_MS = 3_600_000;

export const SYNC_CODES = [
  'mirror-fresh',
  'mirror-behind',
  'mirror-whole',
  'mirror-removals',
  'mirror-left-out',
  'mirror-shared-names',
] as const satisfies readonly PrecheckCode[];

export interface SyncTimes {
  readonly nowMs: number;
  /** How often a delta falls due; undefined: not known. */
  readonly deltaEveryMs: number | undefined;
}

/** `records`: of one directory, the newest first. */
export function judgeSync(records: readonly PassRecord[], target: string, times: SyncTimes): Finding[] {
  const { nowMs } = times;
  const passes = records.filter(({ isDryRun, result }) => !isDryRun && result.kind !== 'person');
  const [last] = passes;
  if (last === undefined)
    return SYNC_CODES.map((code) => ({ code, status: 'cannot-tell', target, detail: 'no pass has ended yet' }));
  if (last.result.kind === 'stood-by') {
    const detail = `the agent ${last.result.leader} keeps the mirror of this directory`;
    return SYNC_CODES.map((code) => ({ code, status: 'pass', target, detail }));
  }
  // What a delta says it says of a few only.
  const full = passes.flatMap(({ result }) =>
    result.kind === 'done' && result.report.kind === 'full' ? [result.report] : [],
  )[0];
  return [
    freshness(passes, target, nowMs),
    pace(passes, target, times),
    wholeness(passes, target, nowMs),
    ...(full === undefined ? [] : [removals(full, target), leftOut(full, target), sharedNames(full, target)]),
  ];
}

function freshness(passes: readonly PassRecord[], target: string, nowMs: number): Finding {
  const code = 'mirror-fresh';
  const done = passes.find(({ result }) => result.kind === 'done');
  if (done === undefined)
    return { code, status: 'warn', target, detail: `no pass came to its end yet${troubleOf(passes)}` };
  const detail = `the last pass that came to its end did so at ${new Date(done.endedAtMs).toISOString()}${troubleOf(passes)}`;
  // A schedule may be slower than this: only where passes fail is their absence news.
  const isBehind = passes[0] !== done && nowMs - done.endedAtMs > ANY_PASS_WITHIN_MS;
  return { code, status: isBehind ? 'warn' : 'pass', target, detail };
}

/** A quick one among those that are kept of this time shows that a slow one had much to do, once. */
const PACE_LOOKED_BACK_MS = 3_600_000;

/**
 * Deltas that take longer than the time from one to the next: the mirror lags behind the directory by ever more than that. Of those
 * that found nothing only the newest is kept, so that how many there were is not known.
 */
function pace(passes: readonly PassRecord[], target: string, { nowMs, deltaEveryMs }: SyncTimes): Finding {
  const code = 'mirror-behind';
  const deltas = passes.flatMap(({ endedAtMs, result }) =>
    result.kind === 'done' && result.report.kind === 'delta' ? [{ endedAtMs, tookMs: result.report.durationMs }] : [],
  );
  const [last] = deltas;
  if (last === undefined || deltaEveryMs === undefined)
    return { code, status: 'pass', target, detail: 'no delta has ended yet' };
  const inSeconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
  const detail = `the last delta took ${inSeconds(last.tookMs)}, and one falls due every ${inSeconds(deltaEveryMs)}`;
  const lately = deltas.filter(({ endedAtMs }) => nowMs - endedAtMs <= PACE_LOOKED_BACK_MS);
  const isBehind = lately.length > 0 && lately.every(({ tookMs }) => tookMs > deltaEveryMs);
  return { code, status: isBehind ? 'warn' : 'pass', target, detail };
}

function troubleOf([last]: readonly PassRecord[]): string {
  return last?.result.kind === 'failed' ? `; the last one failed: ${last.result.failure}` : '';
}

function wholeness(passes: readonly PassRecord[], target: string, nowMs: number): Finding {
  const code = 'mirror-whole';
  const whole = lastWholeFullPass(passes);
  if (whole === undefined)
    return { code, status: 'warn', target, detail: `no full pass was whole yet${troubleOf(passes)}` };
  const detail = `the last full pass that was whole ended at ${new Date(whole.endedAtMs).toISOString()}${troubleOf(passes)}`;
  return { code, status: nowMs - whole.endedAtMs > WHOLE_PASS_WITHIN_MS ? 'warn' : 'pass', target, detail };
}

function removals({ held }: PassReport, target: string): Finding {
  const code = 'mirror-removals';
  if (held === undefined) return { code, status: 'pass', target, detail: 'none are held' };
  const { gone, present, planId, names } = held;
  return {
    code,
    status: 'warn',
    target,
    detail: `${gone} of ${present} accounts were not found any more among those managed here, and stay in the mirror: ${toldNames(names, gone)}`,
    advice: `see whether managed in the settings was changed, and whether the service account reads all of the directory; if they are gone: ${approvalCommand(planId)}`,
  };
}

function leftOut({ counts, leftOut: first }: PassReport, target: string): Finding {
  const code = 'mirror-left-out';
  if (counts.leftOut + counts.unreadable === 0) return { code, status: 'pass', target, detail: 'nobody is left out' };
  const named = first.map(({ name, failure }) => `${name} (${failure})`).join(', ');
  const unreadable = counts.unreadable === 0 ? [] : [`${counts.unreadable} accounts could not be read`];
  const malformed = counts.leftOut === 0 ? [] : [`${counts.leftOut} have data that cannot be mirrored: ${named}`];
  return { code, status: 'warn', target, detail: [...unreadable, ...malformed].join('; ') };
}

function sharedNames({ shared }: PassReport, target: string): Finding {
  const code = 'mirror-shared-names';
  if (shared === undefined || shared.count === 0)
    return { code, status: 'pass', target, detail: 'no name is two people’s' };
  const told = toldNames(shared.names, shared.count);
  const detail = `more than one account answers to ${shared.count === 1 ? 'a name' : `${shared.count} names`}, and cannot be reset by it: ${told}`;
  return { code, status: 'warn', target, detail };
}
