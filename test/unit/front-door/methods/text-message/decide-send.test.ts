// What a text costs, where it may go, and that a day never costs more than it may.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  costOf,
  dayOf,
  decideSpend,
  isCountry,
  isServed,
  NOTHING_SPENT,
  rangeOf,
  type Spent,
  type TextRules,
  takeBack,
} from '../../../../../src/front-door/methods/text-message/decide-send.js';

const rules: TextRules = {
  countries: ['44', '1212'],
  costs: new Map([
    ['44', 40_000],
    ['4477', 50_000],
  ]),
  costOtherwise: 90_000,
  costPerDayMax: 1_000_000,
};

test('goes to the countries that were named, and to no other', () => {
  const served = ['+447700900123', '+12125550123'];
  for (const number of served) expect(isServed(rules, number)).toBe(true);
  for (const number of ['+491512345678', '+12025550123', '+4', '+']) expect(isServed(rules, number)).toBe(false);
  expect(isServed({ countries: [] }, '+447700900123')).toBe(false);
});

test('costs what the longest beginning of its number says, for each of its parts', () => {
  expect(costOf(rules, '+442079460123', 1)).toBe(40_000);
  expect(costOf(rules, '+447700900123', 1)).toBe(50_000);
  expect(costOf(rules, '+447700900123', 3)).toBe(150_000);
  expect(costOf(rules, '+12125550123', 1)).toBe(90_000);
});

describe('whatever is asked for, in whichever order', () => {
  const steps = fc.array(fc.record({ cost: fc.nat(400_000), isTakenBack: fc.boolean() }), { maxLength: 60 });

  test('no more than the day’s cost is spent, and exactly what was allowed', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        let spent: Spent = NOTHING_SPENT;
        let sum = 0;
        for (const { cost, isTakenBack } of asked) {
          const decision = decideSpend(rules, spent, cost);
          spent = decision.spent;
          if (decision.kind === 'spend') sum += cost;
          if (decision.kind === 'spend' && isTakenBack) {
            spent = takeBack(spent, cost);
            sum -= cost;
          }
          expect(spent.cost).toBe(sum);
          expect(spent.cost).toBeLessThanOrEqual(rules.costPerDayMax);
        }
      }),
    );
  });

  test('what is refused would have passed it, and is news once', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        let spent: Spent = NOTHING_SPENT;
        let news = 0;
        for (const { cost } of asked) {
          const decision = decideSpend(rules, spent, cost);
          expect(decision.kind === 'stop').toBe(spent.cost + cost > rules.costPerDayMax);
          if (decision.isNews) news += 1;
          spent = decision.spent;
        }
        expect(news).toBe(spent.isStopped ? 1 : 0);
      }),
    );
  });
});

test('where nothing may be spent, nothing that costs is sent', () => {
  const nothing = { ...rules, costPerDayMax: 0 };
  expect(decideSpend(nothing, NOTHING_SPENT, 1).kind).toBe('stop');
});

test('a range is the first seven digits, and a day is one of UTC', () => {
  expect(rangeOf('+447700900123')).toBe('+4477009');
  expect(dayOf(Date.parse('2026-03-01T23:59:59.999Z')) + 1).toBe(dayOf(Date.parse('2026-03-02T00:00:00Z')));
});

test.each([
  ['49', true],
  ['1', true],
  ['1212', true],
  ['353', true],
  ['4', false],
  ['35', false],
  ['049', false],
  ['+49', false],
  ['', false],
  ['12345678', false],
])('%j as a country: %s', (digits, expected) => expect(isCountry(digits)).toBe(expected));
