// Tells which kind of directory a server is, by what its root DSE advertises (RFC 4512 §5.1). One table, each row with its source.
// Refuses what it does not know: a guess would write passwords in a dialect that nobody tried.

import type { DirectoryKind } from '../directory/directory-kind.js';
import { DirectoryMisconfigured } from '../directory/ports.js';
import type { LdapConnection } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { LdapEntry } from './ldap-entry.js';

export async function detectKind(
  connection: Pick<LdapConnection, 'endpoint' | 'search'>,
  signal: AbortSignal,
): Promise<DirectoryKind> {
  const { url } = connection.endpoint;
  const [root] = await connection
    .search({ base: '', scope: 'base', attributes: ATTRIBUTES }, signal)
    .catch(refusedTo(`show the root of ${url}`));
  const kind = root === undefined ? undefined : kindOf(root);
  if (kind !== undefined) return kind;
  throw new DirectoryMisconfigured(
    `${url} does not show which kind of directory it is: name it as \`kind\` in the settings, if it is one of those served`,
  );
}

/** Pure. Undefined when no row fits, or only that of a directory which is not served (AD LDS). */
export function kindOf(root: LdapEntry): DirectoryKind | undefined {
  return SIGNS.find(({ isShown }) => isShown(root))?.kind;
}

const ATTRIBUTES = ['objectClass', 'structuralObjectClass', 'supportedCapabilities', 'vendorName'];

interface Sign {
  readonly kind: DirectoryKind;
  readonly isShown: (root: LdapEntry) => boolean;
  readonly source: string;
}

const SIGNS: readonly Sign[] = [
  {
    kind: 'active-directory',
    isShown: (root) => root.texts('supportedCapabilities').includes('1.2.840.113556.1.4.800'),
    source: 'MS-ADTS 3.1.1.3.4.3, LDAP_CAP_ACTIVE_DIRECTORY_OID; Samba 4.17 shows it too, AD LDS does not',
  },
  {
    kind: 'openldap',
    isShown: (root) =>
      ['objectClass', 'structuralObjectClass'].some((name) => root.texts(name).includes('OpenLDAProotDSE')),
    source: 'OpenLDAP servers/slapd/root_dse.c; seen on 2.5.13',
  },
  {
    kind: '389-ds',
    isShown: (root) => root.text('vendorName') === '389 Project',
    source: 'RFC 3045 §2.1; seen on 389 Directory Server 2.3.1',
  },
];
