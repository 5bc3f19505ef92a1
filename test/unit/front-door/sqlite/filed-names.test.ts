// How names are filed: who is filed under what somebody asks for is who answers to it, and nobody else.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedAddress, askedName, filedNames, isFiledUnder } from '../../../../src/front-door/sqlite/filed-names.js';
import { accountNames } from '../../../../src/protocol/account-names.js';
import { canonicalUserId } from '../../../../src/protocol/user-id.js';
import { anAccount } from '../../../support/front-door-builders.js';

describe('the names of an account', () => {
  test('are filed with its domain, and the host of one address, in the row of the name that they are of', () => {
    const account = anAccount({ samAccountName: 'Ada', domainName: 'CORP', userPrincipalName: 'ada@example.com' });
    expect(filedNames({ ...account, mail: ['lovelace@example.com', 'Ada@example.net', 'Ada@Example.com'] })).toEqual([
      { name: 'lovelace@example.com', domain: '', host: '' },
      { name: 'ada@example.net', domain: '', host: '' },
      { name: 'ada', domain: 'corp', host: 'example.com' },
    ]);
  });

  test('are filed with nothing left out where a backslash is in the domain itself', () => {
    const account = anAccount({ samAccountName: 'ada', domainName: 'c\\d', userPrincipalName: undefined });
    expect(filedNames({ ...account, mail: [] })).toEqual([
      { name: 'ada', domain: '', host: '' },
      { name: 'c\\d\\ada', domain: '', host: '' },
    ]);
  });

  test('are those that the account answers to, whatever is in them', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '@', '\\', ' ', 'é', 'e\u0301', '\u0000'), maxLength: 4 });
    const account = fc.record(
      { userPrincipalName: text, samAccountName: text, domainName: text, mail: fc.array(text, { maxLength: 2 }) },
      { requiredKeys: ['samAccountName', 'domainName', 'mail'] },
    );
    let found = 0;
    fc.assert(
      fc.property(account, text, text, (named, one, other) => {
        const { samAccountName, domainName } = named;
        const whole = `${domainName}\\${samAccountName}`;
        const typed = [one, `${one}\\${other}`, `${one}@${other}`, `${samAccountName}@${one}`, samAccountName, whole];
        // What is filed is hers too, in each of its forms.
        for (const { name, domain, host } of filedNames(named))
          typed.push(name, `${domain}\\${name}`, `${name}@${host}`);
        for (const userId of typed.flatMap((each) => canonicalUserId(each) ?? [])) {
          const isHers = accountNames(named).includes(userId);
          if (isHers) found += 1;
          expect(filedNames(named).some((filed) => isFiledUnder(filed, userId))).toBe(isHers);
        }
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(500);
  });
});

test('the first backslash of what is asked for ends the domain', () => {
  expect([askedName('corp\\a\\b'), askedName('ada'), askedName('\\ada')]).toEqual([
    { name: 'a\\b', domain: 'corp' },
    { name: 'ada', domain: '' },
    { name: 'ada', domain: '' },
  ]);
});

test('the last @ of what is asked for ends the name', () => {
  expect([askedAddress('a@b@example.com'), askedAddress('ada'), askedAddress('ada@')]).toEqual([
    { name: 'a@b', host: 'example.com' },
    { name: 'ada', host: '' },
    { name: 'ada', host: '' },
  ]);
});
