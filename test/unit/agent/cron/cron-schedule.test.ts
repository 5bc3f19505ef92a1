// The cron adapter: what it refuses, and that it stops.

import { expect, test } from 'vitest';
import { ScheduleRefused, startCron } from '../../../../src/agent/cron/cron-schedule.js';

const settings = { setting: 'sync.fullSchedule', timeZone: undefined, jitterMs: 0 };

test('refuses what is no cron expression, and says what to write', () => {
  expect(() => startCron({ ...settings, expression: '*/15 * * *  nonsense', onDue: () => undefined })).toThrow(
    ScheduleRefused,
  );
});

test('can be stopped before it ever fell due', () => {
  let due = 0;
  startCron({ ...settings, expression: '0 0 1 1 *', timeZone: 'Europe/Berlin', onDue: () => (due += 1) })[
    Symbol.dispose
  ]();
  expect(due).toBe(0);
});

test('knows when it fell due last, also before it was started', () => {
  const onDue = () => undefined;
  using nightly = startCron({ ...settings, expression: '30 2 * * *', timeZone: 'UTC', onDue });
  const agoMs = Date.now() - (nightly.lastDueMs() ?? 0);
  expect(agoMs).toBeGreaterThanOrEqual(0);
  expect(agoMs).toBeLessThanOrEqual(86_400_000);
  expect(new Date(nightly.lastDueMs() ?? 0).toISOString()).toMatch(/T02:30:00/);
});
