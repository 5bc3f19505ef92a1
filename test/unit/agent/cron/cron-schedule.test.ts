// The cron adapter: what it refuses, that it falls due and stops, also across the changes of the clock, and that passes come of it one
// at a time.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { agentSettingsSchema } from '../../../../src/agent/config.js';
import { intervalMs, ScheduleRefused, startCron } from '../../../../src/agent/cron/cron-schedule.js';
import { SyncRunner } from '../../../../src/agent/sync/sync-runner.js';

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

/** Six fields are the library's own; the settings take five. */
const everySecond = { ...settings, expression: '* * * * * *', timeZone: 'UTC' };
const soon = { timeout: 15_000 };

test('falls due again and again, until it is stopped', async () => {
  let [stopped, other] = [0, 0];
  const running = startCron({ ...everySecond, onDue: () => (stopped += 1) });
  using _other = startCron({ ...everySecond, onDue: () => (other += 1) });
  await expect.poll(() => stopped, soon).toBeGreaterThan(1);
  running[Symbol.dispose]();
  const [before, otherBefore] = [stopped, other];
  // The other one shows that the time did come.
  await expect.poll(() => other, soon).toBeGreaterThan(otherBefore + 1);
  expect(stopped).toBe(before);
});

test('of whatever falls due while a pass is under way comes one more pass, and never two at a time', async () => {
  const ends: (() => void)[] = [];
  let [started, underWay, most, due] = [0, 0, 0, 0];
  const runner = new SyncRunner({
    directoryIds: ['corp'],
    runPass: async () => {
      started += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise<void>((resolve) => ends.push(resolve));
      underWay -= 1;
    },
    onFault: (_, error) => expect.unreachable(String(error)),
    signal: new AbortController().signal,
  });
  let idle: Promise<void> | undefined;
  const running = startCron({
    ...everySecond,
    onDue: () => {
      due += 1;
      idle = runner.requestAll('delta');
    },
  });
  await expect.poll(() => due, soon).toBeGreaterThan(2);
  running[Symbol.dispose]();
  expect(started).toBe(1);
  ends.shift()?.();
  await expect.poll(() => started).toBe(2);
  ends.shift()?.();
  await idle;
  expect([started, most]).toEqual([2, 1]);
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

describe('where the clock is changed', () => {
  const nightly = agentSettingsSchema('.').shape.sync.parse({}).fullSchedule;
  const [minute = '', hour = ''] = nightly.split(' ');

  test.each([
    // Put forward: this time of the day is not there that night.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T01:30:00.000Z'],
    ['30 3 * * *', 'Europe/Helsinki', '2026-03-29T12:00:00Z', '2026-03-28T01:30:00.000Z'],
    // Put back: there twice.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-25T01:30:00.000Z'],
    // The default is there once, in either night.
    [nightly, 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29T02:30:00.000Z'],
    [nightly, 'Europe/Berlin', '2026-10-25T03:29:00Z', '2026-10-24T02:30:00.000Z'],
    [nightly, 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-25T03:30:00.000Z'],
  ])('%s in %s fell due last before %s at %s', (expression, timeZone, now, due) => {
    using running = startCron({ ...settings, expression, timeZone, onDue: () => undefined });
    expect(new Date(running.lastDueMs(Date.parse(now)) ?? 0).toISOString()).toBe(due);
  });

  // Clocks are changed between midnight and four, by whichever country.
  test.each([
    ['Europe/London', '2026-03-29', '2026-10-25'],
    ['Europe/Berlin', '2026-03-29', '2026-10-25'],
    ['Europe/Helsinki', '2026-03-29', '2026-10-25'],
    ['America/New_York', '2026-03-08', '2026-11-01'],
    ['Australia/Sydney', '2026-10-04', '2026-04-05'],
    ['Africa/Cairo', '2026-04-24', '2026-10-30'],
  ])('the nightly pass by itself falls due once a night, in %s', (timeZone, ...days) => {
    using running = startCron({ ...settings, expression: nightly, timeZone, onDue: () => undefined });
    for (const day of days) {
      const noonMs = Date.parse(`${day}T12:00:00Z`);
      // Two days before to two after, hour by hour: each time that is told is one that it fell due.
      const told = Array.from({ length: 97 }, (_, hour) => running.lastDueMs(noonMs + (hour - 48) * HOUR_MS));
      const inLocalTime = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' });
      const nights = [...new Set(told)].map((dueMs) => inLocalTime.format(dueMs));
      expect(nights.every((night) => night.endsWith(`${hour.padStart(2, '0')}:${minute}`))).toBe(true);
      expect(new Set(nights).size).toBe(nights.length);
      expect(nights).toHaveLength(5);
    }
  });
});

const HOUR_MS = 3_600_000;

describe('with the time in our hands', () => {
  afterEach(() => void vi.useRealTimers());

  test.each([
    ['2026-03-28T12:00:00Z', '2026-03-29T02:30:00.000Z'],
    ['2026-10-24T12:00:00Z', '2026-10-25T03:30:00.000Z'],
  ])('a pass at half past four falls due in the night after %s, once', async (fromNoon, dueAt) => {
    vi.useFakeTimers({ now: Date.parse(fromNoon) });
    const due: string[] = [];
    const onDue = () => void due.push(new Date().toISOString());
    using _running = startCron({ ...settings, expression: '30 4 * * *', timeZone: 'Europe/Berlin', onDue });
    await vi.advanceTimersByTimeAsync(24 * HOUR_MS);
    expect(due).toEqual([dueAt]);
  });

  test('nothing falls due after the end, whatever waited for its moment by chance', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') });
    let due = 0;
    // Far longer than from one to the next, so that many wait at once.
    const running = startCron({ ...everySecond, jitterMs: HOUR_MS, onDue: () => (due += 1) });
    await vi.advanceTimersByTimeAsync(HOUR_MS / 2);
    expect(due).toBeGreaterThan(0);
    running[Symbol.dispose]();
    const before = due;
    await vi.advanceTimersByTimeAsync(2 * HOUR_MS);
    expect(due).toBe(before);
  });
});
