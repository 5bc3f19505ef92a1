// Which organisation a user ID leads to, and which lead to nobody.

import { describe, expect, test } from 'vitest';
import { chooseTenant } from '../../../../src/front-door/tenants/choose-tenant.js';
import { aTenant } from '../../../support/front-door-builders.js';

const north = aTenant({ id: 'north', domains: ['north.example.com', 'north'] });
const example = aTenant({ id: 'example', domains: ['example.com'] });

describe('choosing the tenant of a user ID', () => {
  test('gives everything to a single tenant', () => {
    expect(chooseTenant([example], 'ada')?.id).toBe('example');
  });

  test.each([
    ['ada@example.com', 'example'],
    ['ada@west.example.com', 'example'],
    ['ada@north.example.com', 'north'],
    ['north\\ada', 'north'],
    ['odd"@"name@north.example.com', 'north'],
  ])('leads %s to %s', (userId, expected) => {
    expect(chooseTenant([example, north], userId)?.id).toBe(expected);
  });

  test.each(['ada', 'ada@notexample.com', 'ada@', 'ada@com', 'south\\ada'])('leads %s to nobody', (userId) => {
    expect(chooseTenant([example, north], userId)).toBeUndefined();
  });
});
