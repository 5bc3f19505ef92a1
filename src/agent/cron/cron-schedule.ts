// TECHNOLOGY: the only importer of node-cron. Calls a function when a five-field cron expression falls due.
// Knows nothing of what is run; a run that takes long is the callee's to serialise.

import { schedule, validate } from 'node-cron';
import { Failure } from '../../failure/failure.js';

/** The expression is none that node-cron takes. */
export class ScheduleRefused extends Failure {
  readonly code = 'schedule-refused';
  readonly retry = { mayRetry: false, why: 'the same expression is refused again' };
}

export interface CronOptions {
  readonly expression: string;
  /** IANA time zone; the machine's own when undefined. */
  readonly timeZone: string | undefined;
  readonly onDue: () => void;
}

/** Starts at once; disposing stops it. Throws ScheduleRefused. */
export function startCron(options: CronOptions): Disposable {
  if (!validate(options.expression)) {
    throw new ScheduleRefused(
      `sync.schedule "${options.expression}" is no cron expression: write five fields, as in */15 * * * *`,
    );
  }
  const task = schedule(
    options.expression,
    options.onDue,
    options.timeZone === undefined ? {} : { timezone: options.timeZone },
  );
  return { [Symbol.dispose]: () => void task.destroy() };
}
