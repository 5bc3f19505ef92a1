// Names that are more than one account's: all of them are found, and no others.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NameCollisions } from '../../../../src/agent/sync/name-collisions.js';
import { NAMES_TOLD_MAX } from '../../../../src/protocol/sync-reports.js';
import { anyCharacter } from '../../../support/any-text.js';

test('a name of two accounts is one, of three too; of one account it is none', () => {
  const names = new NameCollisions();
  names.add(['ada', 'ada@example.com']);
  names.add(['bea', 'shared@example.com']);
  expect(names.count).toBe(0);
  names.add(['cara', 'shared@example.com']);
  names.add(['dina', 'shared@example.com', 'ada']);
  expect([names.count, names.names]).toEqual([2, ['shared@example.com', 'ada']]);
});

test.each([0, 100_000, 600_000])(
  'of hundreds of thousands no two are taken for one, and the first shared ones are told (room for %i)',
  (expected) => {
    const names = new NameCollisions(expected);
    for (let at = 0; at < 300_000; at += 1) names.add([`person${at}`, `person${at}@example.com`]);
    expect(names.count).toBe(0);
    for (let at = 0; at < 30; at += 1) names.add([`person${at * 7}`]);
    expect(names.count).toBe(30);
    expect(names.names).toEqual(Array.from({ length: NAMES_TOLD_MAX }, (_, at) => `person${at * 7}`));
  },
);

test.each([
  ['a name', 'ada'],
  ['an address at a usual host', 'ada@one.example'],
  ['an address at another host', 'ada@three.example'],
])('%s is nobody else’s before it is told of twice', (_, name) => {
  const others = ['ada', 'ada@one.example', 'ada@two.example', 'ada@three.example', 'ada@', '@one.example'];
  const names = new NameCollisions();
  names.add(['host@one.example', 'host@two.example']);
  names.add(others);
  expect(names.names).toEqual([]);
  names.add([name]);
  expect(names.names).toEqual([name]);
});

const nameArbitrary = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 3 }),
  // The same few parts before the same few hosts, and such as are nearly those.
  fc
    .tuple(fc.constantFrom('a', 'b', 'a@', ''), fc.constantFrom('', '@one', '@two', '@three', '@ne'))
    .map((parts) => parts.join('')),
);

test('whatever the names are', () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(nameArbitrary, { maxLength: 4 }), { maxLength: 60 }), (accounts) => {
      const names = new NameCollisions();
      const seen = new Set<string>();
      const shared = new Set<string>();
      for (const account of accounts) {
        names.add(account);
        for (const name of account) {
          if (seen.has(name)) shared.add(name);
          seen.add(name);
        }
      }
      expect(names.names).toEqual([...shared].slice(0, NAMES_TOLD_MAX));
    }),
  );
});
