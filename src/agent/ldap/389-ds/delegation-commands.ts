// The access control instructions that let the service account set passwords and unlock below each scope of a 389 Directory
// Server, as LDIF. Pure. What each right is for was measured: docs/directories.md, "389 Directory Server", "Rights".

import { formatForCommands, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { DelegationRequest } from '../../health/delegation.js';
import { ldifLines } from '../ldif-lines.js';

const RIGHTS = [
  {
    name: 'set passwords',
    attributes: ['userPassword', 'passwordExpirationTime'],
    neededFor: ['reset', 'reset-after-compromise', 'change'],
  },
  {
    name: 'unlock',
    attributes: ['passwordRetryCount', 'retryCountResetTime', 'accountUnlockTime'],
    neededFor: ['reset', 'reset-after-compromise', 'unlock'],
  },
];

export function delegationCommands({ bindName, scope, operations }: DelegationRequest): readonly string[] {
  const needed = RIGHTS.filter(({ neededFor }) => operations.some((each) => neededFor.includes(each)));
  const who = urlOf(bindName);
  return [
    '# 389 Directory Server, as LDIF for `ldapmodify` as the Directory Manager. In FreeIPA use a permission and a privilege instead.',
    ...scope.flatMap((base) => [
      ...ldifLines('dn', base),
      'changetype: modify',
      'add: aci',
      ...needed.flatMap(({ name, attributes }) =>
        ldifLines(
          'aci',
          `(targetattr="${attributes.join(' || ')}")` +
            `(version 3.0; acl "Drawbridge: ${name}"; allow (write) userdn="${who}";)`,
        ),
      ),
      '',
    ]),
  ];
}

/** A name as the server takes it in an instruction: an LDAP URL (RFC 4516 §2.1), in which a backslash is a percent pair. */
function urlOf(name: string): string {
  return `ldap:///${formatForCommands(parseDistinguishedName(name)).replaceAll('\\', '%5c')}`;
}
