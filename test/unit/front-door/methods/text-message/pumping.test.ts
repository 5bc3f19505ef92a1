// Message pumping: whoever is paid for messages to a range of numbers has the front door send to it, by many accounts, all at once. The
// limits hold, and what it costs at most is known before.

import { describe, expect, test } from 'vitest';
import type { TextRules } from '../../../../../src/front-door/methods/text-message/decide-send.js';
import { parseAccountAnchor, parseTenantId } from '../../../../../src/protocol/identifiers.js';
import { ADA, openAttacked } from '../../../../support/attacked-front-door.js';
import { anAccount, anInspection, aTenant } from '../../../../support/front-door-builders.js';
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

const UNPRICED = { countries: ['44', '49', '81'], costPerDayMax: 1_000_000_000 };
/** Each of a range of its own. */
const numbersOf = (country: string, count: number) =>
  Array.from({ length: count }, (_, at) => `+${country}7${String(at).padStart(4, '0')}00123`);

describe('over more ranges than anybody could shut', () => {
  test('one country gets five hundred messages an hour, and leaves the others what is theirs', async () => {
    const { all, setup, gateway, told } = await pump(numbersOf('44', 520), UNPRICED);
    await all();
    expect(gateway.texts).toHaveLength(500);
    expect(told('textHeldBack')).toMatchObject(Array(20).fill({ limit: 'texts-to-country' }));
    expect(await setup.begin(setUpOf(521), ['+4915123456789'])).toMatchObject({ kind: 'pending' });
    const theirs = { ...setUpOf(1), account: { ...setUpOf(1).account, tenantId: parseTenantId('northwind') } };
    expect(await setup.begin(theirs, ['+447700900123'])).toMatchObject({ kind: 'pending' });
  });

  test('one organisation sends a thousand messages an hour, to however many countries', async () => {
    const numbers = ['44', '49', '81'].flatMap((country) => numbersOf(country, 360));
    const { all, gateway, told, clock, setup } = await pump(numbers, UNPRICED);
    await all();
    expect(gateway.texts).toHaveLength(1000);
    expect(told('textHeldBack')).toMatchObject(Array(80).fill({ limit: 'texts-of-tenant' }));
    await clock.advance(HOUR_MS);
    expect(await setup.begin(setUpOf(1081), ['+447700900123'])).toMatchObject({ kind: 'pending' });
  });
});

describe('one person gets ten messages a day', () => {
  const policy = { name: 'everyone', appliesTo: 'everyone', gates: 1, methods: ['text-message'] } as const;
  /** Three phones, to each of which five an hour may go. */
  const phones = ['+447700900123', '+447911900123', '+447400900123'];

  test('who asks for codes to one phone and another, in however many sessions', async () => {
    await using door = await openAttacked({ tenants: [aTenant({ unlock: false, policies: [policy] })] });
    door.relay.people[0] = anInspection({ account: anAccount({ resetPhones: phones }) });
    for (let round = 0; round < 6; round += 1) {
      for (const [at, phone] of phones.entries()) {
        const browser = await door.browser(`198.51.100.${round * phones.length + at}`).identify(ADA.userId);
        if (browser.path === '/reset/method') await browser.post({ method: `text-${at}` });
        if (browser.path === '/reset/code') await browser.post({ code: phone });
      }
    }
    expect(door.gateway.texts).toHaveLength(10);
  });

  test('who sets up one phone after another, in however many visits', async () => {
    await using door = await openAttacked({ tenants: [aTenant({ unlock: false, policies: [policy] })] });
    door.relay.people[0] = anInspection({ account: anAccount({ resetMail: [] }) });
    for (let visit = 0; visit < 3; visit += 1) {
      const browser = await door.signedIn(door.browser(`198.51.100.${visit}`));
      for (const number of numbersOf('44', 18).slice(visit * 6, visit * 6 + 6)) {
        await browser.post({ action: 'set-up', kind: 'text-message' }, '/security-info');
        await browser.post({ code: number }, '/security-info/set-up');
        await browser.post({ action: 'cancel' }, '/security-info/set-up');
      }
    }
    expect(door.gateway.texts).toHaveLength(10);
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
