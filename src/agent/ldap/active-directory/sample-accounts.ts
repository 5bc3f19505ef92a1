// Real accounts below a base, a few from every place, with what their permissions say. They are read and never touched.

import { AndFilter, EqualityFilter, type Filter } from 'ldapts';
import { sampleNames } from '../checks/sample-names.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import { ownerAndDaclControl } from '../controls.js';
import type { LdapEntry } from '../ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import { allPeople } from './resolve-user-id.js';
import { MalformedSecurityDescriptor, readSecurityDescriptor, type SecurityDescriptor } from './security-descriptor.js';

export interface SampledEntry {
  readonly distinguishedName: string;
  /** Undefined when it may not be read. */
  readonly descriptor: SecurityDescriptor | undefined;
}

export interface SampledAccount extends SampledEntry {
  /** adminCount=1: the directory protects it, or once did. */
  readonly isMarkedProtected: boolean;
  /** Attributes that the directory itself says we may write, in lower case; undefined when it does not say. */
  readonly writableAttributes: ReadonlySet<string> | undefined;
  /** sDRightsEffective: bits of the descriptor that we may write. */
  readonly descriptorRights: bigint;
  /** The fine-grained policy it is under. */
  readonly policyName: string | undefined;
}

export interface SampleOptions {
  readonly base: string;
  /** Accounts at or below one of these are not looked at. */
  readonly excluded: readonly string[];
  /** Only protected ones. */
  readonly only?: 'marked-protected';
}

type Asked = Pick<LdapConnection, 'search'>;

export async function sampleAccounts(connection: Asked, options: SampleOptions, signal: AbortSignal) {
  const { base, only, excluded } = options;
  const filter: Filter =
    only === undefined
      ? allPeople()
      : new AndFilter({ filters: [allPeople(), new EqualityFilter({ attribute: 'adminCount', value: '1' })] });
  const accounts: SampledAccount[] = [];
  for (const name of await sampleNames(connection, { base, filter, excluded }, signal)) {
    const entry = await readEntry(connection, name, ACCOUNT_ATTRIBUTES, signal);
    if (entry !== undefined) accounts.push(accountOf(entry));
  }
  return accounts;
}

/** The permissions of one entry; undefined when the entry is not there or may not be seen. */
export async function readPermissions(
  connection: Asked,
  distinguishedName: string,
  signal: AbortSignal,
): Promise<SampledEntry | undefined> {
  const entry = await readEntry(connection, distinguishedName, [], signal);
  return entry === undefined ? undefined : { distinguishedName, descriptor: descriptorOf(entry) };
}

const ACCOUNT_ATTRIBUTES = ['adminCount', 'allowedAttributesEffective', 'sDRightsEffective', 'msDS-ResultantPSO'];

/** Undefined when it went away meanwhile. */
async function readEntry(
  connection: Asked,
  base: string,
  attributes: readonly string[],
  signal: AbortSignal,
): Promise<LdapEntry | undefined> {
  try {
    const [entry] = await connection.search(
      {
        base,
        scope: 'base',
        attributes: [...attributes, 'nTSecurityDescriptor'],
        controls: [ownerAndDaclControl()],
      },
      signal,
    );
    return entry;
  } catch (error) {
    if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return undefined;
    return refusedTo(`show the permissions of ${base}`)(error);
  }
}

function accountOf(entry: LdapEntry): SampledAccount {
  const writable = entry.texts('allowedAttributesEffective').map((name) => name.toLowerCase());
  return {
    distinguishedName: entry.distinguishedName,
    descriptor: descriptorOf(entry),
    isMarkedProtected: entry.integer('adminCount') === 1n,
    // Nothing at all is what a directory says that does not compute it; people may always write something of ours to see.
    writableAttributes: writable.length === 0 ? undefined : new Set(writable),
    descriptorRights: entry.integer('sDRightsEffective') ?? 0n,
    policyName: entry.text('msDS-ResultantPSO'),
  };
}

function descriptorOf(entry: LdapEntry): SecurityDescriptor | undefined {
  const bytes = entry.bytes('nTSecurityDescriptor');
  if (bytes === undefined) return undefined;
  try {
    return readSecurityDescriptor(bytes);
  } catch (error) {
    if (error instanceof MalformedSecurityDescriptor) return undefined;
    throw error;
  }
}
