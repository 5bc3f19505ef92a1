// Tells which account the agent itself is bound as, because that one must never be written to. Fails closed: an answer is a
// proof, and without one it throws. Looks for names an account signs in with alone: an address is not who somebody is.

import type { AccountAnchor } from '../../../protocol/identifiers.js';
import { isWithin, parseDistinguishedName } from '../../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../../directory/ports.js';
import { bindNameForm } from '../bind-name.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import type { Held, ServiceAccountNames } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import type { DomainController } from './domain-controller.js';
import { guidAnchor } from './object-guid.js';
import { accountsSigningInAs, anyAccount } from './resolve-user-id.js';

export type BoundLease = Held<Pick<DomainController, 'domain'>, Pick<LdapConnection, 'search'>>;

/**
 * The service account's anchor, or `elsewhere` when its name proves that it lies outside the base.
 * Throws DirectoryMisconfigured when it cannot be told apart from the accounts that may be written to.
 */
export async function readServiceAccount(
  lease: BoundLease,
  names: ServiceAccountNames,
  signal: AbortSignal,
): Promise<AccountAnchor | 'elsewhere'> {
  const entries = await namesakes(lease, names.bindName, signal);
  const [only] = entries;
  const anchor = entries.length === 1 ? guidAnchor(only?.bytes('objectGUID')) : undefined;
  if (anchor !== undefined) return anchor;
  if (entries.length === 0 && isElsewhere(lease.server, names)) return 'elsewhere';
  const why = entries.length > 1 ? 'several accounts sign in by it' : 'no account that can be read signs in by it';
  throw new DirectoryMisconfigured(
    `nothing is written while the service account ${names.bindName} cannot be told from others (${why}): give its distinguished name as bindName, and let it read its own entry`,
  );
}

/** Two at most: they are enough to know that it is not one. */
async function namesakes(
  { connection, server }: BoundLease,
  bindName: string,
  signal: AbortSignal,
): Promise<readonly LdapEntry[]> {
  const { domain } = server;
  const attributes = ['objectGUID'];
  if (bindNameForm(bindName) !== 'distinguished-name') {
    const filter = accountsSigningInAs(bindName, domain);
    if (filter === undefined) return [];
    return connection
      .search({ attributes, base: domain.namingContext, scope: 'sub', filter, sizeLimit: 2 }, signal)
      .catch(refusedTo(SHOW));
  }
  if (!isBelow(bindName, domain.namingContext)) return [];
  try {
    return await connection.search({ attributes, base: bindName, scope: 'base', filter: anyAccount() }, signal);
  } catch (error) {
    if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return [];
    return refusedTo(SHOW)(error);
  }
}

const SHOW = 'show the service account';

/** A user principal name proves nothing: its part behind the @ may belong to any domain. */
function isElsewhere({ domain }: BoundLease['server'], { bindName, baseDn }: ServiceAccountNames): boolean {
  switch (bindNameForm(bindName)) {
    case 'distinguished-name':
      return !isBelow(bindName, baseDn);
    case 'domain-and-name': {
      const named = bindName.slice(0, bindName.indexOf('\\')).toLowerCase();
      return named !== domain.netbiosName.toLowerCase() && named !== domain.dnsName.toLowerCase();
    }
    case 'user-principal-name':
      return false;
  }
}

function isBelow(name: string, base: string): boolean {
  return isWithin(parseDistinguishedName(name), parseDistinguishedName(base));
}
