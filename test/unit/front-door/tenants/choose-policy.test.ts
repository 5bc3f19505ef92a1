// How many gates a person has before them, and whether they may reset at all.

import { describe, expect, test } from 'vitest';
import { choosePolicy, isPersonEnabled } from '../../../../src/front-door/tenants/choose-policy.js';
import { aTenant } from '../../../support/front-door-builders.js';

const ada = { userIds: ['ada', 'ada@example.com'], isAdministrator: false };
const root = { userIds: ['root'], isAdministrator: true };

describe('choosing a policy', () => {
  test('takes the first that applies', () => {
    const tenant = aTenant({
      policies: [
        { name: 'few', appliesTo: { people: ['ada@example.com'] }, gates: 2, methods: ['email-code'] },
        { name: 'all', appliesTo: 'everyone', gates: 1, methods: ['email-code'] },
      ],
    });
    expect(choosePolicy(tenant, ada).name).toBe('few');
    expect(choosePolicy(tenant, { ...ada, userIds: ['bob'] }).name).toBe('all');
  });

  test('never lets an administrator pass with one gate', () => {
    const tenant = aTenant({ policies: [{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['email-code'] }] });
    expect(choosePolicy(tenant, root).gates).toBe(2);
  });

  test('asks two gates of a person nobody wrote a policy for', () => {
    expect(choosePolicy(aTenant({ policies: [] }), ada).gates).toBe(2);
  });
});

describe('who may reset', () => {
  test.each([
    ['off', false],
    ['everyone', true],
  ] as const)('%s', (reset, expected) => {
    expect(isPersonEnabled(aTenant({ reset }), ada)).toBe(expected);
  });

  test('a person on the list by any of their user IDs, and nobody else', () => {
    const tenant = aTenant({ reset: { people: ['ada@example.com'] } });
    expect(isPersonEnabled(tenant, ada)).toBe(true);
    expect(isPersonEnabled(tenant, root)).toBe(false);
  });
});
