// Times as OpenLDAP and 389 Directory Server write them.

import { expect, test } from 'vitest';
import { generalizedTimeMs, generalizedTimeSeconds } from '../../../../src/agent/ldap/generalized-time.js';

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
    expect(generalizedTimeSeconds(text)).toBe(0n);
  },
);
