// What a page is given of somebody's addresses: all, for it to mask, or nothing but a number.

import { expect, test } from 'vitest';
import { shownAddresses } from '../../../../src/front-door/methods/shown-addresses.js';

const mailbox = { kind: 'email-code', address: 'ada@example.net' } as const;
const other = { kind: 'email-code', address: 'ada@example.org' } as const;
const phone = { kind: 'text-message', address: '+447700900947' } as const;
const app = { kind: 'authenticator-code', address: '' } as const;
const all = [mailbox, app, phone, other];

test.each(['shown', undefined] as const)('all of them where the policy says %s', (hints) => {
  expect(shownAddresses(all, hints)).toEqual([mailbox.address, '', phone.address, other.address]);
});

test('no part of any otherwise: several of a kind are counted in their order, and the only one is not', () => {
  const shown = shownAddresses(all, 'after-first-proof');
  expect(shown).toEqual([{ number: 1 }, '', { number: undefined }, { number: 2 }]);
  expect(JSON.stringify(shown)).not.toMatch(/ada|example|7700/);
});
