// What is printed for directories that are not Active Directory: every right of the operations, names that stay what they are.

import { describe, expect, test } from 'vitest';
import type { DelegationRequest } from '../../../../src/agent/health/delegation.js';
import { delegationCommands as commands389 } from '../../../../src/agent/ldap/389-ds/delegation-commands.js';
import { ldifLine } from '../../../../src/agent/ldap/ldif-lines.js';
import { delegationCommands as openLdapCommands } from '../../../../src/agent/ldap/openldap/delegation-commands.js';

const REQUEST: DelegationRequest = {
  bindName: 'cn=svc-drawbridge,ou=services,dc=example,dc=com',
  baseDn: 'dc=example,dc=com',
  scope: ['ou=people,dc=example,dc=com'],
  operations: ['reset', 'unlock'],
};
const ODD = { ...REQUEST, scope: ['ou=R&D \\"x\\"\\, y,dc=example,dc=com'], bindName: 'cn=svc\\, x,dc=example,dc=com' };
const rulesOf = (lines: readonly string[], attribute: string) =>
  lines.filter((line) => line.startsWith(`${attribute}:`));

describe('OpenLDAP', () => {
  test('gets a rule for passwords and one for locks, which leave everybody else alone', () => {
    expect(rulesOf(openLdapCommands(REQUEST), 'olcAccess')).toEqual([
      'olcAccess: {0}to dn.subtree="ou=people,dc=example,dc=com" attrs=userPassword by dn.exact="cn=svc-drawbridge,ou=services,dc=example,dc=com" =w by * break',
      'olcAccess: {1}to dn.subtree="ou=people,dc=example,dc=com" attrs=pwdAccountLockedTime,pwdReset by dn.exact="cn=svc-drawbridge,ou=services,dc=example,dc=com" write by * break',
    ]);
  });

  test('gets only what the operations need', () => {
    expect(openLdapCommands({ ...REQUEST, operations: ['unlock'] }).join('\n')).not.toMatch(/userPassword|pwdReset/);
    expect(openLdapCommands({ ...REQUEST, operations: ['reset'] }).join('\n')).not.toContain('pwdAccountLockedTime');
    expect(rulesOf(openLdapCommands({ ...REQUEST, operations: ['change'] }), 'olcAccess')).toHaveLength(1);
    expect(rulesOf(openLdapCommands({ ...REQUEST, operations: ['sign-in'] }), 'olcAccess')).toEqual([]);
  });

  // Seen with slapacl 2.5.13: with one backslash the rule is about another entry.
  test('gets two backslashes for one', () => {
    const [rule] = rulesOf(openLdapCommands(ODD), 'olcAccess');

    expect(rule).toContain('dn.subtree="ou=R\\\\26D \\\\22x\\\\22\\\\2c y,dc=example,dc=com"');
    expect(rule).toContain('dn.exact="cn=svc\\\\2c x,dc=example,dc=com"');
  });
});

describe('389 Directory Server', () => {
  test('gets one instruction for passwords and one for locks on each scope', () => {
    const lines = commands389({ ...REQUEST, scope: [...REQUEST.scope, 'ou=more,dc=example,dc=com'] });

    expect(rulesOf(lines, 'dn')).toEqual(['dn: ou=people,dc=example,dc=com', 'dn: ou=more,dc=example,dc=com']);
    expect(rulesOf(lines, 'aci').slice(0, 2)).toEqual([
      'aci: (targetattr="userPassword")(version 3.0; acl "Drawbridge: set passwords"; allow (write) userdn="ldap:///cn=svc-drawbridge,ou=services,dc=example,dc=com";)',
      'aci: (targetattr="passwordRetryCount || accountUnlockTime")(version 3.0; acl "Drawbridge: unlock"; allow (write) userdn="ldap:///cn=svc-drawbridge,ou=services,dc=example,dc=com";)',
    ]);
  });

  // Seen on 2.3.1: with the backslash as a per cent pair, as RFC 4516 has it, the instruction is about nobody.
  test('gets the account escaped as a name is, not as a URL is', () => {
    expect(rulesOf(commands389(ODD), 'aci')[0]).toContain('userdn="ldap:///cn=svc\\2c x,dc=example,dc=com"');
  });

  // Seen on 2.3.1: `a\2ab` lets `axb` in too.
  test('gets no right for an account whose name would stand for others too', () => {
    const lines = commands389({ ...REQUEST, bindName: 'cn=svc\\2a,dc=example,dc=com' });

    expect(rulesOf(lines, 'aci')).toEqual([]);
    expect(lines).toEqual([expect.stringContaining('a name without it')]);
  });

  test('gets only what the operations need', () => {
    expect(rulesOf(commands389({ ...REQUEST, operations: ['reset'] }), 'aci')).toHaveLength(1);
    expect(rulesOf(commands389({ ...REQUEST, operations: ['sign-in'] }), 'aci')).toEqual([]);
    expect(commands389({ ...REQUEST, operations: ['unlock'] }).join('\n')).not.toContain('userPassword');
  });
});

test.each([
  ['ou=people', 'dn: ou=people'],
  ['ou=Größe', `dn:: ${Buffer.from('ou=Größe').toString('base64')}`],
  ['ou=a\nb', `dn:: ${Buffer.from('ou=a\nb').toString('base64')}`],
  [' ou=a', `dn:: ${Buffer.from(' ou=a').toString('base64')}`],
  ['', 'dn: '],
])('LDIF writes %j as %s', (value, line) => expect(ldifLine('dn', value)).toBe(line));
