// One entry by its name, or that it is not there to be seen.

import type { LdapConnection, SearchRequest } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';

export interface EntryRequest extends Pick<SearchRequest, 'base' | 'attributes' | 'controls'> {
  /** What the directory refused to do when it refuses: completes "the directory refused to …". */
  readonly doing: string;
}

/** Undefined when it is not there or may not be seen. Throws what the ports promise. */
export async function readEntry(
  connection: Pick<LdapConnection, 'search'>,
  { doing, ...request }: EntryRequest,
  signal: AbortSignal,
): Promise<LdapEntry | undefined> {
  try {
    const [entry] = await connection.search({ ...request, scope: 'base' }, signal);
    return entry;
  } catch (error) {
    if (isHidden(error)) return undefined;
    return refusedTo(doing)(error);
  }
}

/** Whether a search was refused because there is nothing there that may be seen. */
export function isHidden(error: unknown): boolean {
  return error instanceof LdapRefusal && HIDDEN.includes(error.resultCode);
}

/** Servers say either of what somebody may not know to exist (RFC 4511 A.2). */
const HIDDEN: readonly number[] = [LDAP_CODES.noSuchObject, LDAP_CODES.insufficientAccessRights];
