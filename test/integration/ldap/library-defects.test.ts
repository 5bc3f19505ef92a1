// What ldapts gets wrong about names, bytes and values although the wire is in order, and that we come through it: against a
// real OpenLDAP directory with data that nobody wished for. Which known defect each test answers: docs/ldap-faults.md.

import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Attribute, Change, EqualityFilter } from 'ldapts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../src/agent/directory/ports.js';
import { parseEndpoint, type SearchRequest } from '../../../src/agent/ldap/connection.js';
import { aResponse, element, text } from '../../support/ldap-messages.js';
import {
  behindFaults,
  deadline,
  type FaultyDirectory,
  PEOPLE_DN,
  type RealDirectory,
  startDirectory,
} from './faulty-directory.js';

/** Bytes that are no UTF-8, and bytes that are, with a mark in front that a decoder swallows. */
const NO_TEXT = Buffer.from([0xff, 0x80, 0x00, 0xc3]);
const LOOKS_LIKE_TEXT = Buffer.from([0xef, 0xbb, 0xbf, 0xc3, 0xa4, 0x31]);

const STRANGE = `dn: cn=Strange\\2C \\#Name\\2B \\22x\\22,${PEOPLE_DN}
objectClass: inetOrgPerson
cn: Strange, #Name+ "x"
cn;lang-de:: ${Buffer.from('Ärger').toString('base64')}
sn:: ${Buffer.from('Lučić').toString('base64')}
userPassword:: ${NO_TEXT.toString('base64')}
jpegPhoto:: ${LOOKS_LIKE_TEXT.toString('base64')}
jpegPhoto:: ${NO_TEXT.toString('base64')}
`;

let real: RealDirectory;
let path: FaultyDirectory;
beforeAll(async () => {
  real = await startDirectory(await mkdtemp(join(inject('labFolder'), 'defects-')), STRANGE);
});
afterAll(() => real.directory.stop());
beforeEach(async () => {
  path = await behindFaults(real);
});

function find(request: Partial<SearchRequest>) {
  return path.pool.read(deadline(), ({ connection }) =>
    connection.search({ base: PEOPLE_DN, scope: 'sub', attributes: ['cn'], ...request }, deadline()),
  );
}

describe('a filter finds whom it names', () => {
  test.each<[string, EqualityFilter]>([
    ['by bytes that are no text', new EqualityFilter({ attribute: 'userPassword', value: NO_TEXT })],
    ['by letters beyond ASCII', new EqualityFilter({ attribute: 'sn', value: 'Lučić' })],
    ['by an attribute with an option', new EqualityFilter({ attribute: 'cn;lang-de', value: 'ärger' })],
    ['by an attribute that is an OID', new EqualityFilter({ attribute: '2.5.4.3', value: 'strange, #name+ "x"' })],
  ])('%s', async (_, filter) => {
    expect(await find({ filter })).toHaveLength(1);
  });

  test.each(['*', '*)(uid=*', '\\2a', 'person1)(objectClass=*', 'person1\0'])('and nobody by %j', async (value) => {
    expect(await find({ filter: new EqualityFilter({ attribute: 'uid', value }) })).toEqual([]);
  });
});

test('a name that the directory gave, whatever is in it, leads back to the same entry', async () => {
  const [entry] = await find({ filter: new EqualityFilter({ attribute: 'sn', value: 'Lučić' }) });
  const distinguishedName = entry?.distinguishedName ?? '';
  const modification = new Attribute({ type: 'description', values: ['found again'] });
  using lease = await path.pool.lease(deadline());
  const changes = [new Change({ operation: 'replace', modification })];

  expect(await lease.connection.modify({ distinguishedName, changes, controls: [] }, deadline())).toEqual({
    kind: 'applied',
  });
  const [changed] = await find({ base: distinguishedName, scope: 'base', attributes: ['description'] });
  expect(changed?.text('description')).toBe('found again');
});

describe('the values of an entry', () => {
  test('are bytes where bytes are wanted, also those that look like text', async () => {
    const [entry] = await find({
      filter: new EqualityFilter({ attribute: 'sn', value: 'Lučić' }),
      attributes: ['jpegPhoto'],
    });

    expect(entry?.allBytes('jpegPhoto')).toEqual([LOOKS_LIKE_TEXT, NO_TEXT]);
  });

  test('are our own: changing them changes nothing', async () => {
    const [entry] = await find({
      filter: new EqualityFilter({ attribute: 'sn', value: 'Lučić' }),
      attributes: ['jpegPhoto'],
    });
    entry?.bytes('jpegPhoto')?.fill(0);

    expect(entry?.bytes('jpegPhoto')).toEqual(LOOKS_LIKE_TEXT);
  });

  test('are a list, be there none, one or many of them', async () => {
    const [entry] = await find({
      filter: new EqualityFilter({ attribute: 'sn', value: 'Lučić' }),
      attributes: ['sn', 'objectClass', 'mail'],
    });

    expect(entry?.texts('sn')).toEqual(['Lučić']);
    expect(entry?.texts('OBJECTCLASS')).toContain('inetOrgPerson');
    expect(entry?.texts('mail')).toEqual([]);
    expect(entry?.text('mail')).toBeUndefined();
    expect(entry?.text('never asked for')).toBeUndefined();
  });

  test('are found under names that every object has, and nothing else is changed by them', async () => {
    const named = (name: string) => element(0x30, text(name), element(0x31, text('from the server')));
    const attributes = element(0x30, named('__proto__'), named('constructor'), named('hasOwnProperty'));
    path.proxy.inject(
      { kind: 'scripted', answer: (id) => aResponse(id, element(0x64, text('CN=a'), attributes)) },
      { operation: 'entry' },
    );
    const [entry] = await find({});

    expect(entry?.distinguishedName).toBe('CN=a');
    expect(entry?.text('constructor')).toBe('from the server');
    expect(entry?.text('toString')).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(Object.hasOwn({}, 'hasOwnProperty')).toBe(false);
  });
});

test.each(['ldap://dc1', 'LDAP://dc1:636', 'ldapi:///tmp/x', 'ldaps://dc1/DC=x', 'ldaps://user@dc1'])(
  '%s is no address: TLS comes first, and nothing else stands in it',
  (url) => {
    expect(() => parseEndpoint(url)).toThrow(DirectoryMisconfigured);
  },
);
