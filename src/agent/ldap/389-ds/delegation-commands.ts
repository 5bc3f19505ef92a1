// The access control instructions that let the service account set passwords and unlock below each scope of a 389 Directory
// Server, as LDIF. Pure. Which rights those are stands in rights.ts.

import { formatForCommands, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { DelegationRequest } from '../../health/delegation.js';
import { rightsFor } from '../checks/needed-rights.js';
import { ldifLines } from '../ldif-lines.js';
import { NEEDED_RIGHTS } from './rights.js';

export function delegationCommands({ bindName, scope, operations }: DelegationRequest): readonly string[] {
  const trustee = parseDistinguishedName(bindName);
  if (trustee.some((relative) => relative.some(({ value }) => value.includes('*')))) return [`# ${NO_NAME}`];
  // Escaped as in a name, though it stands in a URL: the server undoes pairs with a backslash there, and none with a per cent sign
  // (measured on 2.3.1).
  const who = `ldap:///${formatForCommands(trustee)}`;
  return [
    '# 389 Directory Server, as LDIF for `ldapmodify` as the Directory Manager. In FreeIPA use a permission and a privilege instead.',
    ...scope.flatMap((base) => [
      ...ldifLines('dn', base),
      'changetype: modify',
      'add: aci',
      ...rightsFor(NEEDED_RIGHTS, operations).flatMap(({ purpose, attributes }) =>
        ldifLines(
          'aci',
          `(targetattr="${attributes.join(' || ')}")` +
            `(version 3.0; acl "Drawbridge: ${purpose}"; allow (write) userdn="${who}";)`,
        ),
      ),
      '',
    ]),
  ];
}

const NO_NAME =
  'In an instruction of 389 Directory Server `*` stands for anything, even escaped: give the service account a name without it.';
