// Which filter a user ID becomes where people are named by uid, and which become none.

import { EqualityFilter, OrFilter } from 'ldapts';
import { expect, test } from 'vitest';
import { USUAL_PERSON } from '../../../../src/agent/ldap/person-entry.js';
import { peopleNamed } from '../../../../src/agent/ldap/uid-and-mail.js';

const PEOPLE = '(|(objectClass=person)(objectClass=posixAccount))';
const named = (userId: string) => peopleNamed(userId, { domainName: 'example.com' }, USUAL_PERSON.mail)?.toString();

test.each([
  ['ada', `(&${PEOPLE}(|(uid=ada)))`],
  ['ada@example.com', `(&${PEOPLE}(|(uid=ada@example.com)(mail=ada@example.com)))`],
  ['example.com\\ada', `(&${PEOPLE}(uid=ada))`],
  ['EXAMPLE.com\\ada', `(&${PEOPLE}(uid=ada))`],
  ['*)(uid=*', `(&${PEOPLE}(|(uid=\\2a\\29\\28uid=\\2a)))`],
])('%s', (userId, filter) => {
  expect(named(userId)).toBe(filter);
});

test.each([
  ['', 'nothing'],
  ['example.com\\', 'no name'],
  ['other.com\\ada', 'another domain'],
  ['ａｄａ', 'a compatibility form, which OpenLDAP folds into ada'],
  ['ad\u00ada', 'a character that is dropped before the comparison'],
  ['ada\ufe0f', 'another such one'],
  ['ada\0', 'a control'],
  ['ada\ud800', 'no text'],
])('%j is nobody: %s', (userId) => {
  expect(named(userId)).toBeUndefined();
});

test('a filter is made of objects, so that a name is never syntax', () => {
  const filter = peopleNamed('a*', { domainName: 'example.com' }, USUAL_PERSON.mail);
  const names = filter instanceof Object && 'filters' in filter ? filter.filters : [];

  expect(names).toContainEqual(new OrFilter({ filters: [new EqualityFilter({ attribute: 'uid', value: 'a*' })] }));
});
