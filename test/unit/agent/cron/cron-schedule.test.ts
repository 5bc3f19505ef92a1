// The cron adapter: what it refuses, and that it stops.

import { expect, test } from 'vitest';
import { intervalMs, ScheduleRefused, startCron } from '../../../../src/agent/cron/cron-schedule.js';

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

test.each([
  ['30 2 * * *', '2026-11-25T17:00:00Z', '2026-11-25T02:30:00.000Z'],
  ['30 2 * * *', '2026-11-25T02:29:59Z', '2026-11-24T02:30:00.000Z'],
  // Of weekdays alone, on a Friday, a Monday and over a weekend.
  ['30 2 * * 1-5', '2026-11-27T15:00:00Z', '2026-11-27T02:30:00.000Z'],
  ['30 2 * * 1-5', '2026-11-30T01:00:00Z', '2026-11-27T02:30:00.000Z'],
  ['0 0 1 1 *', '2026-11-25T17:00:00Z', undefined],
])('%s fell due last before %s at %s, also before it was started', (expression, now, due) => {
  using running = startCron({ ...settings, expression, timeZone: 'UTC', onDue: () => undefined });
  const told = running.lastDueMs(Date.parse(now));
  expect(told === undefined ? undefined : new Date(told).toISOString()).toBe(due);
});

test('what fell due since it was last asked is told, and what it knew before is not forgotten', () => {
  using running = startCron({ ...settings, expression: '30 2 * * 1', timeZone: 'UTC', onDue: () => undefined });
  const at = (text: string) => running.lastDueMs(Date.parse(text));
  expect(at('2026-11-25T17:00:00Z')).toBe(Date.parse('2026-11-23T02:30:00Z'));
  expect(at('2026-11-25T17:02:00Z')).toBe(Date.parse('2026-11-23T02:30:00Z'));
  expect(at('2026-11-30T02:31:00Z')).toBe(Date.parse('2026-11-30T02:30:00Z'));
});

test.each([
  ['*/2 * * * *', 120_000],
  ['30 2 * * *', 86_400_000],
  ['nonsense', undefined],
])('%s falls due every %s ms', (expression, everyMs) => {
  expect(intervalMs({ expression, timeZone: 'UTC' })).toBe(everyMs);
});
