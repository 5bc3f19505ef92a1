// The access rules that let the service account set passwords and unlock below each scope of an OpenLDAP directory, as LDIF for
// its configuration. Pure. Which rights those are stands in rights.ts.

import { formatForCommands, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { DelegationRequest } from '../../health/delegation.js';
import { rightsFor } from '../checks/needed-rights.js';
import { ldifLines } from '../ldif-lines.js';
import { NEEDED_RIGHTS } from './rights.js';

export function delegationCommands({ bindName, scope, operations }: DelegationRequest): readonly string[] {
  const needed = rightsFor(NEEDED_RIGHTS, operations).flatMap(({ attributes }) => attributes);
  const levels = [
    // Write alone: the service account never sees a hash. `manage` would lift the password rules.
    { attributes: needed.filter((name) => name === 'userPassword'), level: '=w' },
    { attributes: needed.filter((name) => name !== 'userPassword'), level: 'write' },
  ].filter(({ attributes }) => attributes.length > 0);
  const rules = scope.flatMap((base) =>
    levels.map(
      ({ attributes, level }) =>
        `to dn.subtree=${quoted(base)} attrs=${attributes.join(',')} by dn.exact=${quoted(bindName)} ${level} by * break`,
    ),
  );
  return [
    '# OpenLDAP, as LDIF for `ldapmodify -Y EXTERNAL -H ldapi:///` on the server. Put the name of your database in place of {1}mdb.',
    '# The rules go before all others; `by * break` leaves everybody else to those.',
    'dn: olcDatabase={1}mdb,cn=config',
    'changetype: modify',
    'add: olcAccess',
    ...rules.flatMap((rule, at) => ldifLines('olcAccess', `{${at}}${rule}`)),
  ];
}

/** The configuration's own reader takes one backslash of two away (seen with slapacl 2.5.13). */
function quoted(name: string): string {
  return `"${formatForCommands(parseDistinguishedName(name)).replaceAll('\\', '\\\\')}"`;
}
