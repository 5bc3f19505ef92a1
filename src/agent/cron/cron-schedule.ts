// TECHNOLOGY: the only importer of node-cron. Calls a function when a five-field cron expression falls due, and once for whatever
// fell due while the machine slept. Knows nothing of what is run; a run that takes long is the callee's to serialise.

import { type ScheduledTask, schedule, validate } from 'node-cron';
import { Failure } from '../../failure/failure.js';

/** The expression is none that node-cron takes. */
export class ScheduleRefused extends Failure {
  readonly code = 'schedule-refused';
  readonly retry = { mayRetry: false, why: 'the same expression is refused again' };
}

export interface CronOptions {
  /** The setting it comes from, for the message. */
  readonly setting: string;
  readonly expression: string;
  /** IANA time zone; the machine's own when undefined. */
  readonly timeZone: string | undefined;
  /** Up to so long after the time, by chance, so that many agents do not come together. */
  readonly jitterMs: number;
  readonly onDue: () => void;
}

export interface RunningSchedule extends Disposable {
  /** When it fell due last before now, also before it was started (ms since 1970 UTC); undefined: not within eight days. */
  lastDueMs(nowMs: number): number | undefined;
}

/** Starts at once; disposing stops it. Throws ScheduleRefused. */
export function startCron(options: CronOptions): RunningSchedule {
  const { setting, expression, timeZone, jitterMs, onDue } = options;
  if (!validate(expression)) {
    throw new ScheduleRefused(
      `${setting} "${expression}" is no cron expression: write five fields, as in */15 * * * *`,
    );
  }
  let isStopped = false;
  // The library forgets a random delay when the next one begins, and goes through with it after the end.
  const unlessStopped = () => {
    if (!isStopped) onDue();
  };
  const task = schedule(expression, unlessStopped, {
    maxRandomDelay: jitterMs,
    suppressMissedWarning: true,
    ...(timeZone === undefined ? {} : { timezone: timeZone }),
  });
  task.on('execution:missed', unlessStopped);
  // Looking back takes its time: not where there is nothing to be found.
  const isOften = (apartMs(task) ?? Number.POSITIVE_INFINITY) <= LOOKED_BACK_MS;
  let known: { readonly dueMs: number | undefined; readonly upToMs: number } = { dueMs: undefined, upToMs: 0 };
  return {
    lastDueMs: (nowMs) => {
      if (!isOften) return undefined;
      const fromMs = Math.max(known.upToMs, nowMs - LOOKED_BACK_MS);
      known = { dueMs: lastMatchMs(task, fromMs, nowMs) ?? known.dueMs, upToMs: nowMs };
      return known.dueMs;
    },
    [Symbol.dispose]: () => {
      isStopped = true;
      void task.destroy();
    },
  };
}

/** How often it falls due: from the next time to the one after; undefined where there are no two, or none at all. */
export function intervalMs({ expression, timeZone }: Pick<CronOptions, 'expression' | 'timeZone'>): number | undefined {
  if (!validate(expression)) return undefined;
  const task = schedule(expression, () => undefined, timeZone === undefined ? {} : { timezone: timeZone });
  try {
    return apartMs(task);
  } finally {
    void task.destroy();
  }
}

const MINUTE_MS = 60_000;
const LOOKED_BACK_MS = 8 * 86_400_000;

function apartMs(task: ScheduledTask): number | undefined {
  const [next, following] = task.getNextRuns(2);
  return next === undefined || following === undefined ? undefined : following.getTime() - next.getTime();
}

/** Minute by minute, backwards: the library tells of times to come alone. */
function lastMatchMs(task: ScheduledTask, fromMs: number, toMs: number): number | undefined {
  for (let atMs = Math.floor(toMs / MINUTE_MS) * MINUTE_MS; atMs > fromMs; atMs -= MINUTE_MS)
    if (task.match(new Date(atMs))) return atMs;
  return undefined;
}
