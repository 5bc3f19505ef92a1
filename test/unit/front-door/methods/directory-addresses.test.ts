// What of what is known of a person proves who they are, under whichever rule; and what an administrator is told of it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  directoryAddressesInWords,
  type KnownAddresses,
  ownerOf,
  uncountedMethods,
} from '../../../../src/front-door/methods/directory-addresses.js';
import { METHOD_KINDS } from '../../../../src/front-door/methods/every-method.js';
import type { MethodOwner, ProofMethod } from '../../../../src/front-door/methods/proof-method.js';
import { DIRECTORY_ADDRESSES } from '../../../../src/front-door/tenants/tenant.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';

const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor('ada') };
const ada: KnownAddresses = {
  ...account,
  kind: 'directory',
  addresses: ['ada@example.net'],
  phones: ['+447700900947'],
};

/** Offers what counts, and `own` besides, as the methods do. */
const methodsWith = (own: readonly string[]): ProofMethod[] => {
  const one = (
    kind: 'email-code' | 'text-message',
    counted: (owner: MethodOwner) => readonly string[],
  ): ProofMethod => ({
    kind,
    typed: ([text]) => text,
    registered: async (owner) => {
      const mine = own.filter((address) => address.includes('@') === (kind === 'email-code'));
      const all = [...counted(owner), ...mine].map((address) => [address.toLowerCase(), address] as const);
      return [...new Map(all).values()].map((address, index) => ({ id: `${kind}-${index}`, kind, address }));
    },
    start: async () => undefined,
    verify: async () => 'wrong',
  });
  return [
    one('email-code', ({ countedAddresses }) => countedAddresses),
    one('text-message', ({ countedPhones }) => countedPhones),
  ];
};

const anyKnown: fc.Arbitrary<KnownAddresses> = fc
  .record({
    kind: fc.constantFrom<KnownAddresses['kind'][]>('directory', 'cloud-only'),
    addresses: fc.array(fc.string(), { maxLength: 3 }),
    phones: fc.array(fc.string(), { maxLength: 3 }),
  })
  .map((known) => ({ ...account, ...known }));

test('an account of the directory’s has what the rule lets count, all or nothing; one of the front door’s own always all', () => {
  fc.assert(
    fc.property(anyKnown, fc.constantFrom(...DIRECTORY_ADDRESSES), (person, rule) => {
      const doCount = person.kind === 'cloud-only' || rule === 'count';
      expect(ownerOf(person, rule)).toEqual({
        ...account,
        countedAddresses: doCount ? person.addresses : [],
        countedPhones: doCount ? person.phones : [],
      });
    }),
  );
});

test('what does not count is what the directory names and the person has not made their own, however it is spelt', async () => {
  const addressesOf = async (own: readonly string[], kinds: typeof METHOD_KINDS | readonly [] = METHOD_KINDS) =>
    (await uncountedMethods(methodsWith(own), kinds, ada, 'confirm')).map(({ address }) => address);
  expect(await addressesOf([])).toEqual(['ada@example.net', '+447700900947']);
  expect(await addressesOf(['ADA@example.net', 'other@example.net'])).toEqual(['+447700900947']);
  expect(await addressesOf([], [])).toEqual([]);
});

test('nothing is left out where it counts', async () => {
  expect(await uncountedMethods(methodsWith([]), METHOD_KINDS, ada, 'count')).toEqual([]);
  expect(await uncountedMethods(methodsWith([]), METHOD_KINDS, { ...ada, kind: 'cloud-only' }, 'ignore')).toEqual([]);
});

test('an administrator is told how much is named, by whom, and what the policy makes of it', () => {
  const policy = { name: 'staff', gates: 1, methods: [], directoryAddresses: 'confirm', undecided: [] } as const;
  expect(directoryAddressesInWords(ada, policy)).toBe(
    'the directory names 1 address and 1 phone; policy staff does not count them until confirmed',
  );
  expect(directoryAddressesInWords(ada, { ...policy, directoryAddresses: 'ignore', undecided: ['it'] })).toBe(
    'the directory names 1 address and 1 phone; the strictest of the policies it, staff ignores them',
  );
  expect(directoryAddressesInWords({ ...ada, addresses: [], phones: [] }, policy)).toBe('the directory names none');
  expect(directoryAddressesInWords({ ...ada, kind: 'cloud-only', phones: [] }, policy)).toBe(
    'set by an administrator: 1 address, always counted',
  );
});
