// What 389 Directory Server says of rights, read as it says it and in no other way: hostile or broken text is no answer.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveRightsOf, mayReplace } from '../../../../../src/agent/ldap/389-ds/effective-rights.js';
import { anyCharacter } from '../../../../support/any-text.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const entryOf = (onAttributes: string | string[], onEntry: string | string[] = 'v') =>
  anEntry({ dn: 'uid=ada', entryLevelRights: onEntry, attributeLevelRights: onAttributes });
const rightsOf = (...told: Parameters<typeof entryOf>) => effectiveRightsOf(entryOf(...told));

// As 2.3.1 wrote it.
const SEEN = 'userPassword:wo, passwordRetryCount:rscwo, aci:none, uid:rsc, memberOf:none';

test('an answer of the server is read: what may be replaced, what not, what was not told', () => {
  const rights = rightsOf(SEEN, 'vadn');

  expect([...(rights?.onEntry ?? [])]).toEqual(['v', 'a', 'd', 'n']);
  expect(
    ['userPassword', 'PASSWORDRETRYCOUNT', 'aci', 'uid', 'memberOf', 'mail'].map(
      (name) => rights !== undefined && mayReplace(rights, name),
    ),
  ).toEqual([true, true, false, false, false, undefined]);
});

test.each(['w', 'o', 'rscw', 'WO', 'rscWO', 'none'])('%s is not enough to replace a value', (letters) => {
  const rights = rightsOf(`userPassword:${letters}`);

  expect(rights !== undefined && mayReplace(rights, 'userPassword')).toBe(false);
});

test('on no entry and no attribute there may be none', () => {
  expect(rightsOf('userPassword:none', 'none')).toEqual({
    onEntry: new Set(),
    onAttributes: new Map([['userpassword', new Set()]]),
  });
});

describe('is no answer:', () => {
  test.each<[string, Parameters<typeof entryOf>]>([
    ['the error of a control that was not critical', ['*:50', '50']],
    ['no attribute at all', ['*:none', 'v']],
    ['an unknown letter', ['userPassword:rwx', 'v']],
    ['an unknown letter on the entry', [SEEN, 'vx']],
    ['a letter twice', ['userPassword:woo', 'v']],
    ['an attribute twice, in any case', ['userPassword:wo, USERPASSWORD:none', 'v']],
    ['two values', [['userPassword:wo', 'userPassword:none'], 'v']],
    ['two values on the entry', [SEEN, ['v', 'vadn']]],
    ['empty text', ['', 'v']],
    ['empty text on the entry', [SEEN, '']],
    ['text before it', [` ${SEEN}`, 'v']],
    ['text behind it', [`${SEEN},`, 'v']],
    ['another separator', ['userPassword:wo,aci:none', 'v']],
    ['an attribute without rights', ['userPassword:', 'v']],
    ['no name', [':wo', 'v']],
    ['letters that only look alike', ['userPassword:wо', 'v']],
    ['control characters', ['userPassword:wo\0', 'v']],
    ['a line more', ['userPassword:wo\n', 'v']],
  ])('%s', (_, told) => {
    expect(rightsOf(...told)).toBeUndefined();
  });

  test('half of one', () => {
    expect(effectiveRightsOf(anEntry({ dn: 'uid=ada', attributeLevelRights: SEEN }))).toBeUndefined();
    expect(effectiveRightsOf(anEntry({ dn: 'uid=ada', entryLevelRights: 'v' }))).toBeUndefined();
    expect(effectiveRightsOf(anEntry({ dn: 'uid=ada' }))).toBeUndefined();
  });
});

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.;_-]{0,12}$/);
const letters = fc.subarray(['r', 's', 'c', 'w', 'o', 'W', 'O']).map((some) => some.join('') || 'none');

test('whatever is told in its form is read as told', () => {
  const pairs = fc.uniqueArray(fc.tuple(name, letters), { minLength: 1, selector: ([each]) => each.toLowerCase() });
  fc.assert(
    fc.property(pairs, (told) => {
      const rights = rightsOf(told.map((pair) => pair.join(':')).join(', '));

      expect([...(rights?.onAttributes ?? [])].map(([key, set]) => [key, [...set].join('') || 'none'])).toEqual(
        told.map(([key, value]) => [key.toLowerCase(), value]),
      );
    }),
  );
});

test('no text is taken for a right that its words do not give', () => {
  const text = fc.array(anyCharacter, { maxLength: 5 }).map((some) => some.join(''));
  const told = ['userPassword', 'uid', ':', ':wo', ':none', ', ', '*', '50', '__proto__'];
  const onAttributes = fc.array(fc.oneof(text, fc.constantFrom(...told))).map((some) => some.join(''));
  const onEntry = fc.oneof(text, fc.constantFrom('v', 'vadn', 'none', 'vv', 'None'));
  fc.assert(
    fc.property(onAttributes, onEntry, (attributes, entry) => {
      const rights = rightsOf(attributes, entry);
      if (rights === undefined) return;

      expect(entry).toMatch(/^(?:none|[vadn]{1,4})$/);
      const isTold = attributes.split(', ').some((pair) => /^userpassword:(?=.*w)(?=.*o)[rscwoWO]+$/i.test(pair));
      expect(mayReplace(rights, 'userPassword') === true).toBe(isTold);
    }),
    { numRuns: 500 },
  );
});
