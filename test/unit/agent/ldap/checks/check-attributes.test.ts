// What is said of the attributes that settings name, by the schema of a directory.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DirectoryUnreachable } from '../../../../../src/agent/directory/ports.js';
import {
  judgeAttributes,
  namedAttributes,
  refuseWrongNames,
} from '../../../../../src/agent/ldap/checks/check-attributes.js';
import { AnswerTooLarge } from '../../../../../src/agent/ldap/connection-failures.js';
import { parseAttributeType, Schema } from '../../../../../src/agent/ldap/schema.js';

/** As OpenLDAP, 389 Directory Server and Active Directory write them. */
const DESCRIPTIONS = [
  "( 2.5.4.41 NAME 'name' DESC 'RFC4519: common supertype (of names)' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15{32768} )",
  "( 2.5.4.4 NAME ( 'sn' 'surname' ) DESC 'RFC2256: last (family) name(s) NAME' SUP name )",
  "( 0.9.2342.19200300.100.1.60 NAME 'jpegPhoto' SYNTAX 1.3.6.1.4.1.1466.115.121.1.28 )",
  "( 1.2.840.113556.1.2.210 NAME 'proxyAddresses' SYNTAX '1.3.6.1.4.1.1466.115.121.1.15' )",
  "( 1.1.1 NAME 'exactMail' EQUALITY caseExactIA5Match SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )",
  "( 1.1.2 NAME 'circle' SUP circle )",
];
const schema = new Schema(DESCRIPTIONS);

describe('a schema', () => {
  test('knows a type by every name, in any case, with what its superior says', () => {
    for (const name of ['sn', 'Surname'])
      expect(schema.find(name)).toEqual({
        syntax: '1.3.6.1.4.1.1466.115.121.1.15',
        equality: 'caseIgnoreMatch',
      });
    expect(schema.find('proxyaddresses')).toEqual({ syntax: '1.3.6.1.4.1.1466.115.121.1.15', equality: undefined });
  });

  test('is not led in circles by a superior that is its own', () => {
    expect(schema.find('circle')).toEqual({ syntax: undefined, equality: undefined });
  });

  test('passes over what describes nothing', () => {
    expect(new Schema(['', '(', 'NAME', "( 1.2 DESC 'NAME' )", '\0']).size).toBe(0);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseAttributeType(text)).not.toThrow();
      }),
    );
  });
});

describe('before everybody is read', () => {
  const named = namedAttributes({ attributes: { mail: [{ attribute: 'mial' }] }, managed: [], anchor: undefined });
  const asking = (answer: () => Promise<Schema>) => ({ named, schemaBinds: true, ask: () => answer() as never });
  const never = new AbortController().signal;

  test('a name that is not there is refused', async () => {
    await expect(
      refuseWrongNames(
        asking(async () => schema),
        never,
      ),
    ).rejects.toThrow(/no attribute mial.*nothing is mirrored/);
  });

  test('a name that only an extensibleObject could have is no reason to hold everybody up', async () => {
    await refuseWrongNames({ ...asking(async () => schema), schemaBinds: false }, never);
    expect(judgeAttributes(named, { schema, schemaBinds: false })).toMatchObject([{ status: 'warn' }]);
  });

  test('a schema that cannot be read, or is too large, holds nothing up', async () => {
    for (const failure of [new AnswerTooLarge('too large'), new DirectoryUnreachable('away')])
      await refuseWrongNames(
        asking(() => Promise.reject(failure)),
        never,
      );
    await refuseWrongNames(
      asking(async () => new Schema([])),
      never,
    );
  });

  test('a mistake of ours, and an end that was asked for, are told as what they are', async () => {
    const mistake = new TypeError('a mistake');
    await expect(
      refuseWrongNames(
        asking(() => Promise.reject(mistake)),
        never,
      ),
    ).rejects.toBe(mistake);
    const ended = AbortSignal.abort(new Error('asked to end'));
    await expect(
      refuseWrongNames(
        asking(() => Promise.reject(new DirectoryUnreachable('cut'))),
        ended,
      ),
    ).rejects.toThrow('asked to end');
  });
});

describe('settings', () => {
  const judged = (
    attributes: Parameters<typeof namedAttributes>[0]['attributes'],
    managed: string[] = [],
    anchor?: string,
  ) =>
    judgeAttributes(namedAttributes({ attributes, managed, anchor }), { schema, schemaBinds: true }).map(
      ({ status, detail }) => `${status} ${detail}`,
    );

  test('whose attributes are all there pass', () => {
    const attributes = {
      surname: [{ attribute: 'sn' }, { fixed: 'nobody' }],
      mail: [{ attribute: 'proxyAddresses', transform: 'smtp-address' as const }],
    };

    expect(judged(attributes, ['jpegPhoto'])).toEqual(['pass there are sn, proxyAddresses, jpegPhoto']);
  });

  test('that know people by what the directory does not have fail, before anybody is read', () => {
    expect(judged({}, [], 'ipaUniqueID')).toEqual(['fail anchor: there is no attribute ipaUniqueID']);
    expect(judged({}, [], 'sn')).toEqual(['pass there are sn']);
  });

  test('that name an attribute which is not there, or holds no text, fail, each with the setting', () => {
    const attributes = { displayName: [{ attribute: 'dispalyName' }, { attribute: 'jpegPhoto' }] };

    expect(judged(attributes, ['emploeeType'])).toEqual([
      'fail attributes.displayName: there is no attribute dispalyName',
      'fail attributes.displayName: jpegPhoto holds no text',
      'fail managed: there is no attribute emploeeType',
    ]);
  });

  test('that find people by an attribute which is compared with regard to case are warned of', () => {
    expect(judged({ mail: [{ attribute: 'exactMail' }] })).toEqual([
      'warn attributes.mail: the server compares exactMail by caseExactIA5Match: nobody is found by another spelling',
    ]);
    expect(judged({ resetMail: [{ attribute: 'exactMail' }] })).toEqual(['pass there are exactMail']);
  });

  test('cannot be judged by a schema that may not be read', () => {
    const named = namedAttributes({ attributes: {}, managed: ['sn'], anchor: undefined });

    expect(judgeAttributes(named, { schema: new Schema([]), schemaBinds: true })).toEqual([
      { status: 'cannot-tell', detail: 'the schema may not be read', advice: expect.stringContaining('schema') },
    ]);
  });
});
