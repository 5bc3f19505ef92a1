// The access rules that let the service account set passwords and unlock below each scope of an OpenLDAP directory, as LDIF for
// its configuration. Pure. What each right is for was measured: docs/directories.md, "OpenLDAP", "Rights".

import { formatForCommands, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { DelegationRequest } from '../../health/delegation.js';
import { ldifLines } from '../ldif-lines.js';

/** Write alone: the service account never sees a hash. `manage` would lift the password rules. */
const PASSWORD = { attributes: 'userPassword', level: '=w', neededFor: ['reset', 'reset-after-compromise', 'change'] };
const LOCK = {
  attributes: 'pwdAccountLockedTime,pwdReset',
  level: 'write',
  neededFor: ['reset', 'reset-after-compromise', 'unlock'],
};

export function delegationCommands({ bindName, scope, operations }: DelegationRequest): readonly string[] {
  const needed = [PASSWORD, LOCK].filter(({ neededFor }) => operations.some((each) => neededFor.includes(each)));
  const rules = scope.flatMap((base) =>
    needed.map(
      ({ attributes, level }) =>
        `to dn.subtree=${quoted(base)} attrs=${attributes} by dn.exact=${quoted(bindName)} ${level} by * break`,
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
