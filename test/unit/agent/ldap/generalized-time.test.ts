// Times as OpenLDAP and 389 Directory Server write them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generalizedTimeMs, wholeSeconds } from '../../../../src/agent/ldap/generalized-time.js';

test.each([
  ['19700101000000Z', 0],
  ['20261125011438Z', Date.UTC(2026, 10, 25, 1, 14, 38)],
  ['20261125011439.140418Z', Date.UTC(2026, 10, 25, 1, 14, 39, 140)],
  ['20261125011439.5Z', Date.UTC(2026, 10, 25, 1, 14, 39, 500)],
])('%s', (text, epochMs) => {
  expect(generalizedTimeMs(text)).toBe(epochMs);
});

test.each([undefined, '', '000001010000Z', '20261325011438Z', '20261125011438+0100', '20261125011438', 'tomorrow'])(
  '%j is no time that is believed',
  (text) => {
    expect(generalizedTimeMs(text)).toBeUndefined();
  },
);

test('every instant of four digits of a year, to the millisecond', () => {
  const [from, to] = [Date.UTC(1000, 0, 1), Date.UTC(9999, 11, 31)];
  fc.assert(
    fc.property(fc.integer({ min: from, max: to }), (epochMs) => {
      const [seconds = '', fraction = ''] = new Date(epochMs).toISOString().replaceAll(/[-T:]/g, '').split('.');
      expect(generalizedTimeMs(`${seconds}.${fraction}`)).toBe(epochMs);
      expect(generalizedTimeMs(`${seconds}Z`)).toBe(Math.floor(epochMs / 1000) * 1000);
    }),
  );
});

test('in whole seconds, and none as 0', () => {
  expect([wholeSeconds(undefined), wholeSeconds(1999)]).toEqual([0n, 1n]);
});
