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

test.each([
  ['are their names', (at: number) => `person${at}@example.com`],
  ['are others', (at: number) => `given${at % 977}.family${at}@example.com`],
  ['are at hosts of their own', (at: number) => `mail@host${at}.example`],
])(
  'of hundreds of thousands whose addresses %s no two are taken for one, and the first shared ones are told',
  (_, addressOf) => {
    const names = new NameCollisions();
    for (let at = 0; at < 300_000; at += 1) names.add([`person${at}`, addressOf(at)]);
    expect(names.count).toBe(0);
    const shared = Array.from({ length: 15 }, (_each, at) => [`person${at * 19_997}`, addressOf(at * 19_997 + 1)]);
    for (const pair of shared) names.add(pair);
    expect(names.count).toBe(30);
    expect(names.names).toEqual(shared.flat().slice(0, NAMES_TOLD_MAX));
  },
);

test('of more than a million of which each is told of twice all are found', () => {
  const names = new NameCollisions();
  for (let at = 0; at < 1_200_000; at += 1) names.add([`person${at}`]);
  expect(names.count).toBe(0);
  for (let at = 0; at < 1_200_000; at += 1) names.add([`person${at}`]);
  expect(names.count).toBe(1_200_000);
});

test('gives its room back, and tells what it found all the same', () => {
  const names = new NameCollisions();
  names.add(['ada']);
  names.add(['ada']);
  names[Symbol.dispose]();
  expect([names.count, names.names]).toEqual([1, ['ada']]);
  expect(() => names.add(['bea'])).toThrow();
});

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
