// Message pumping: whoever is paid for messages to a range of numbers has the front door send to it, by many accounts, all at once. The
// limits hold, and what it costs at most is known before.

import { describe, expect, test } from 'vitest';
import type { TextRules } from '../../../../../src/front-door/methods/text-message/decide-send.js';
import { parseAccountAnchor, parseTenantId } from '../../../../../src/protocol/identifiers.js';
import { RULES, textBench } from './text-bench.js';

const tenantId = parseTenantId('example');
const HOUR_MS = 60 * 60_000;
const setUpOf = (account: number) => ({
  account: { tenantId, anchor: parseAccountAnchor(`account-${account}`) },
  sessionHash: `session-${account}`,
  supportId: 'support',
  organisationName: 'Example',
  userId: `person-${account}@example.com`,
  workAddresses: [],
  language: 'en' as const,
});

async function pump(numbers: readonly string[], rules: Partial<TextRules> = {}) {
  const bench = await textBench(rules);
  const all = () => Promise.all(numbers.map((number, at) => bench.setup.begin(setUpOf(at), [number])));
  return { ...bench, all };
}

const oneRange = Array.from({ length: 400 }, (_, at) => `+447700900${String(at).padStart(3, '0')}`);
const manyRanges = Array.from({ length: 400 }, (_, at) => `+4477${String(at).padStart(3, '0')}00123`);

describe('four hundred accounts at once', () => {
  test('get thirty messages an hour to numbers of one range', async () => {
    const { all, gateway, told } = await pump(oneRange, { costPerDayMax: 1_000_000_000 });
    const answers = await all();
    expect(gateway.texts).toHaveLength(30);
    expect(answers.filter(({ kind }) => kind === 'pending')).toHaveLength(30);
    expect(told('textHeldBack')).toHaveLength(370);
    expect(JSON.stringify(told('textHeldBack'))).not.toContain('7700900');
  });

  test('cost thirty messages an hour, hour after hour, until the day’s cost is reached', async () => {
    const { all, gateway, clock } = await pump(oneRange);
    for (let hour = 0; hour < 12; hour += 1) {
      await all();
      await clock.advance(HOUR_MS);
    }
    const cost = gateway.texts.length * RULES.costOtherwise;
    expect(cost).toBe(RULES.costPerDayMax);
  });

  test('spread over many ranges, cost what a day may cost and not a message more', async () => {
    const { all, gateway, told } = await pump(manyRanges);
    await all();
    expect(gateway.texts).toHaveLength(RULES.costPerDayMax / RULES.costOtherwise);
    expect(told('textsStopped')).toHaveLength(1);
  });

  test('cannot spend the day’s cost twice by a gateway that leaves open what it did', async () => {
    const { all, gateway } = await pump(manyRanges);
    gateway.mood = 'is-silent';
    await all();
    await all();
    expect(gateway.texts).toHaveLength(RULES.costPerDayMax / RULES.costOtherwise);
  });

  test('leave other organisations what is theirs', async () => {
    const { all, setup, gateway } = await pump(manyRanges);
    await all();
    const theirs = { ...setUpOf(1), account: { ...setUpOf(1).account, tenantId: parseTenantId('northwind') } };
    expect(await setup.begin(theirs, ['+447700900123'])).toMatchObject({ kind: 'pending' });
    expect(gateway.texts.at(-1)?.number).toBe('+447700900123');
  });
});

test('one phone gets five messages an hour, from however many accounts and organisations', async () => {
  const { setup, gateway, clock } = await textBench();
  const steps = Array.from({ length: 40 }, (_, at) => {
    const step = setUpOf(at);
    return at % 2 === 0 ? step : { ...step, account: { ...step.account, tenantId: parseTenantId('northwind') } };
  });
  await Promise.all(steps.map((step) => setup.begin(step, ['+447700900123'])));
  expect(gateway.texts).toHaveLength(5);
  await clock.advance(HOUR_MS);
  expect(await setup.begin(setUpOf(41), ['+447700900123'])).toMatchObject({ kind: 'pending' });
});

test('no number stands in what throttles keep', async () => {
  const { setup, store } = await textBench();
  await setup.begin(setUpOf(1), ['+447700900123']);
  for (const key of ['+447700900123', '+4477009', 'example/+4477009'])
    for (const name of ['texts-to-number', 'texts-to-range'] as const)
      expect(await store.throttles.read({ name, key })).toBeUndefined();
});
