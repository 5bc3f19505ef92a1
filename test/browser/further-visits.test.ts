// Visits beside those of every-screen.test.ts, in a house of their own, so that both run side by side and nobody's limits are another's:
// on a phone, by keyboard alone, of the left-out, and to what few people meet once they have signed in.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { headingsOfFailedChanges } from '../../scripts/demonstration/every-heading.js';
import { seenHeadings } from './examine.js';
import { type House, openHouse } from './house.js';
import { keyboardVisits } from './screens/by-keyboard.js';
import { leftOutVisits } from './screens/left-out.js';
import { phoneVisits } from './screens/on-a-phone.js';
import { rareSignedInScreens } from './screens/rare-signed-in.js';

describe('further visits, in a real browser', () => {
  let opened: House | undefined;
  const house = () => {
    if (opened === undefined) throw new Error('the house is not open');
    return opened;
  };

  beforeAll(async () => {
    opened = await openHouse('further-visits');
  });
  afterEach(() => {
    expect(opened?.takeTroubles()).toEqual([]);
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());

  phoneVisits(house);
  keyboardVisits(house);
  leftOutVisits(house);
  rareSignedInScreens(house);

  test('every heading that few people meet was met and examined', () => {
    expect([...headingsOfFailedChanges()].filter((heading) => !seenHeadings.has(heading))).toEqual([]);
  });
});
