// Tells which account the agent itself is bound as where a bind takes a distinguished name: by reading that very entry.
// Fails closed, and for one more reason than elsewhere: an account that has no entry is the server's own administrator (rootdn,
// Directory Manager), which no password policy holds and which may do everything.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import { isWithin, parseDistinguishedName } from '../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../directory/ports.js';
import { bindNameForm } from './bind-name.js';
import type { LdapConnection } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { ServiceAccountNames } from './dialect.js';
import type { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';

export interface OwnEntry {
  readonly connection: Pick<LdapConnection, 'search'>;
  readonly names: ServiceAccountNames;
  /** The attribute that anchors are made of. */
  readonly anchorAttribute: string;
  readonly anchorOf: (entry: LdapEntry) => AccountAnchor | undefined;
}

/** The service account's anchor, or `elsewhere` when its entry lies outside the base. Throws DirectoryMisconfigured. */
export async function readOwnEntry(own: OwnEntry, signal: AbortSignal): Promise<AccountAnchor | 'elsewhere'> {
  const { connection, anchorAttribute, anchorOf } = own;
  const { bindName, baseDn } = own.names;
  if (bindNameForm(bindName) !== 'distinguished-name') {
    throw new DirectoryMisconfigured(
      `the bind name ${bindName} has to be a distinguished name in this kind of directory`,
    );
  }
  const request = { base: bindName, scope: 'base', attributes: [anchorAttribute] } as const;
  const [entry] = await connection.search(request, signal).catch(noneIfHidden);
  if (entry === undefined) {
    throw new DirectoryMisconfigured(
      `there is no entry ${bindName} that can be read: bind as an ordinary account, which may read its own entry. The server's own administrator (rootdn, Directory Manager) is held by no password policy and must not be used`,
    );
  }
  if (!isWithin(parseDistinguishedName(bindName), parseDistinguishedName(baseDn))) return 'elsewhere';
  const anchor = anchorOf(entry);
  if (anchor !== undefined) return anchor;
  throw new DirectoryMisconfigured(
    `nothing is written while the service account ${bindName} cannot be told from others: let it read ${anchorAttribute} of its own entry`,
  );
}

function noneIfHidden(error: unknown): LdapEntry[] {
  if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return [];
  return refusedTo('show the service account')(error);
}
