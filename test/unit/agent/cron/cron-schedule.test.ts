// The cron adapter: what it refuses, and that it stops.

import { expect, test } from 'vitest';
import { ScheduleRefused, startCron } from '../../../../src/agent/cron/cron-schedule.js';

test('refuses what is no cron expression, and says what to write', () => {
  expect(() => startCron({ expression: '*/15 * * *  nonsense', timeZone: undefined, onDue: () => undefined })).toThrow(
    ScheduleRefused,
  );
});

test('can be stopped before it ever fell due', () => {
  let due = 0;
  startCron({ expression: '0 0 1 1 *', timeZone: 'Europe/Berlin', onDue: () => (due += 1) })[Symbol.dispose]();
  expect(due).toBe(0);
});
