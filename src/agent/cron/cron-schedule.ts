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
  /** When it fell due last before now, taking times to be as far apart as the next two are (ms since 1970 UTC). */
  lastDueMs(): number | undefined;
}

/** Starts at once; disposing stops it. Throws ScheduleRefused. */
export function startCron(options: CronOptions): RunningSchedule {
  const { setting, expression, timeZone, jitterMs, onDue } = options;
  if (!validate(expression)) {
    throw new ScheduleRefused(
      `${setting} "${expression}" is no cron expression: write five fields, as in */15 * * * *`,
    );
  }
  const task = schedule(expression, onDue, {
    maxRandomDelay: jitterMs,
    suppressMissedWarning: true,
    ...(timeZone === undefined ? {} : { timezone: timeZone }),
  });
  task.on('execution:missed', onDue);
  return { lastDueMs: () => lastDueMs(task), [Symbol.dispose]: () => void task.destroy() };
}

function lastDueMs(task: ScheduledTask): number | undefined {
  const [next, following] = task.getNextRuns(2).map((date) => date.getTime());
  return next === undefined || following === undefined ? undefined : next - (following - next);
}
