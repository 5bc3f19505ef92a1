// The printed commands: exactly the rights of the operations, and names in which no shell finds anything of its own.

import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatDistinguishedName,
  formatForCommands,
  isSameName,
  parseDistinguishedName,
} from '../../../../../src/agent/directory/distinguished-name.js';
import { delegationCommands } from '../../../../../src/agent/ldap/active-directory/delegation-commands.js';
import { inSingleQuotes } from '../../../../../src/agent/ldap/shell-quotes.js';

const BASE = 'DC=corp,DC=example,DC=com';
const REQUEST = {
  bindName: 'svc-drawbridge@corp.example.com',
  baseDn: BASE,
  scope: [`OU=Staff,${BASE}`, `OU=Students,${BASE}`],
  operations: ['reset', 'unlock'],
} as const;
const TRUSTEE = { name: 'CORP\\svc-drawbridge', sid: 'S-1-5-21-1-2-3-1104' };

const commands = (changes: object = {}, trustee: typeof TRUSTEE | undefined = TRUSTEE) =>
  delegationCommands({ ...REQUEST, ...changes }, trustee).filter((line) => line !== '' && !line.startsWith('#'));

test('name every scope and every right of the operations, once', () => {
  expect(commands({ scope: [`OU=Staff,${BASE}`] })).toEqual([
    'dsacls "OU=Staff,DC=corp,DC=example,DC=com" /I:S /G "CORP\\svc-drawbridge:CA;Reset Password;user"',
    'dsacls "OU=Staff,DC=corp,DC=example,DC=com" /I:S /G "CORP\\svc-drawbridge:WP;lockoutTime;user"',
    'dsacls "OU=Staff,DC=corp,DC=example,DC=com" /I:S /G "CORP\\svc-drawbridge:WP;pwdLastSet;user"',
    "samba-tool dsacl set --objectdn='OU=Staff,DC=corp,DC=example,DC=com' --sddl=\"" +
      '(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1-2-3-1104)' +
      '(OA;CIIO;WP;28630ebf-41d5-11d1-a9c1-0000f80367c1;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1-2-3-1104)' +
      '(OA;CIIO;WP;bf967a0a-0de6-11d0-a285-00aa003049e2;bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1-2-3-1104)"',
  ]);
  expect(commands()).toHaveLength(8);
  expect(commands({ operations: ['unlock'] }).join('\n')).not.toMatch(/Reset Password|pwdLastSet|00299570/);
});

test.each([
  ['svc-drawbridge@corp.example.com', 'svc-drawbridge'],
  ["CORP\\svc o'brien", "svc o'\\''brien"],
  [`CN=svc-drawbridge,OU=Service,${BASE}`, 'svc-drawbridge'],
])('look the SID of %s up when the directory was not asked', (bindName, shown) => {
  const lines = delegationCommands({ ...REQUEST, bindName }, undefined);

  expect(lines).toContain(`sid=$(samba-tool user show '${shown}' --attributes=objectSid | sed -n 's/^objectSid: //p')`);
  expect(lines.filter((line) => line.startsWith('samba-tool')).every((line) => line.includes('$sid)'))).toBe(true);
});

const HOSTILE = [
  'OU=R&D',
  'OU=\\"quoted\\"',
  "OU=O'Brien",
  'OU=$HOME `id` $(id)',
  'OU=back\\\\slash\\\\',
  'OU=a\\, b\\; c\\+d',
  'OU=100%PATH% !x! ^',
  'OU=\\ blanks\\ ',
  'OU=\\#number',
  'OU=Größe Ω 東京',
  'OU=line\\0Abreak\\0D',
  'OU=\\<in\\>|out',
];

describe('a name between quotes', () => {
  test.each(HOSTILE)('%s holds nothing that a shell or a command prompt knows, and is the same name', (unit) => {
    const written = formatForCommands(parseDistinguishedName(`${unit},${BASE}`));

    expect(written).not.toMatch(/["'`$%!^&|<>;\r\n]/);
    expect(isSameName(parseDistinguishedName(written), parseDistinguishedName(`${unit},${BASE}`))).toBe(true);
  });

  test('stays readable where it can', () => {
    expect(formatForCommands(parseDistinguishedName('OU=Größe Ω,DC=corp'))).toBe('OU=Größe Ω,DC=corp');
  });

  test('of any text is the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (value) => {
        const name = [[{ type: 'OU', value, form: 'text' as const }]];
        const written = formatForCommands(name);
        expect(written).not.toMatch(/["'`$%!^&|<>;\r\n]/);
        expect(parseDistinguishedName(written)).toEqual(parseDistinguishedName(formatDistinguishedName(name)));
      }),
    );
  });
});

test.each([...HOSTILE, "'", "''", '', '-n', '\u00e9'])('a shell hands %j on as it is', (text) => {
  const said = execFileSync('sh', ['-c', `printf '%s' ${inSingleQuotes(text)}`], { encoding: 'utf8' });

  expect(said).toBe(text);
});
