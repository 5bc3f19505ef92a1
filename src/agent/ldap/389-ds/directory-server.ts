// Who a connection has reached: a 389 Directory Server, the suffix that holds the base, and the password rules of its people.
// Asked once per connection. Refuses what is another kind of server.

import { AndFilter, EqualityFilter } from 'ldapts';
import { isSameName, parseDistinguishedName } from '../../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../../directory/ports.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import type { DirectoryServer } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import { PASSWORD_MODIFY_OID } from '../password-modify.js';
import { readEntry } from '../read-entry.js';
import { serverName } from '../server-name.js';
import { type Suffix, suffixOf } from '../suffix.js';
import { areOwnPoliciesOff, RULE_ATTRIBUTES, type Rules389, rulesIn } from './password-rules.js';

export interface DirectoryServer389 extends DirectoryServer {
  readonly suffix: Suffix;
  /**
   * Where the root DSE tells the number of the last change; undefined when changes get none now (the USN plugin is off): what it
   * once wrote stays on entries after that.
   */
  readonly changeCounter: string | undefined;
  /** The rules of everybody who has none of their own; undefined when `cn=config` may not be read. */
  readonly ownRules: Rules389 | undefined;
  /** Policies that entries may name, as they were when the connection was made; undefined when entries' own do not count. */
  readonly policies: readonly Policy[] | undefined;
}

export interface Policy {
  readonly distinguishedName: string;
  readonly rules: Rules389;
}

/** What is needed of a connection here. */
export type Asked = Pick<LdapConnection, 'endpoint' | 'search'>;

/** Where the server keeps its own rules. */
export const CONFIG_DN = 'cn=config';

/** Throws DirectoryMisconfigured when nothing may be written there. */
export async function readDirectoryServer(
  connection: Asked,
  baseDn: string,
  signal: AbortSignal,
): Promise<DirectoryServer389> {
  const { url } = connection.endpoint;
  const [root] = await connection
    .search({ base: '', scope: 'base', attributes: ROOT_DSE_ATTRIBUTES }, signal)
    .catch(refusedTo(`show the root of ${url}`));
  if (root === undefined || !root.texts('supportedExtension').includes(PASSWORD_MODIFY_OID)) {
    throw new DirectoryMisconfigured(
      `${url} is no 389 Directory Server: correct the address or the kind in the settings`,
    );
  }
  const suffix = suffixOf(root, baseDn, url);
  const request = { base: CONFIG_DN, attributes: RULE_ATTRIBUTES, doing: 'show its password rules' };
  const config = await readEntry(connection, request, signal);
  return {
    name: serverName(connection.endpoint),
    suffix,
    changeCounter: await findChangeCounter(connection, root, suffix, signal),
    ownRules: config === undefined ? undefined : rulesIn(config),
    policies:
      config !== undefined && areOwnPoliciesOff(config)
        ? undefined
        : await readPolicies(connection, suffix.distinguishedName, signal),
  };
}

/** The rules for an entry with this `pwdpolicysubentry`; undefined when they cannot be read. Pure. */
export function rulesFor(
  { ownRules, policies }: Pick<DirectoryServer389, 'ownRules' | 'policies'>,
  policyDn: string | undefined,
): Rules389 | undefined {
  if (policyDn === undefined || policies === undefined) return ownRules;
  const wanted = parseDistinguishedName(policyDn);
  return policies.find(({ distinguishedName }) => isSameName(parseDistinguishedName(distinguishedName), wanted))?.rules;
}

const ROOT_DSE_ATTRIBUTES = ['namingContexts', 'supportedExtension', 'nsBackendSuffix'];
/** More policies than anybody keeps; a person whose policy was left out counts as one whose rules cannot be read. */
const POLICIES_MAX = 200;

/** The root DSE tells the last number of each database, or of all together (nsslapd-entryusn-global), while the plugin is on. */
async function findChangeCounter(
  connection: Asked,
  root: LdapEntry,
  suffix: Suffix,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ending = `:${suffix.distinguishedName}`.toLowerCase();
  const backend = root
    .texts('nsBackendSuffix')
    .find((text) => text.toLowerCase().endsWith(ending))
    ?.slice(0, -ending.length);
  const attributes = ['lastusn', ...(backend === undefined ? [] : [`lastusn;${backend.toLowerCase()}`])];
  const [again] = await connection
    .search({ base: '', scope: 'base', attributes }, signal)
    .catch(refusedTo('show its root'));
  return attributes.find((name) => again?.integer(name) !== undefined);
}

async function readPolicies(connection: Asked, base: string, signal: AbortSignal): Promise<Policy[]> {
  // The class ldapsubentry is not found by a search that does not name it.
  const classes = ['ldapsubentry', 'passwordpolicy'];
  const filters = classes.map((value) => new EqualityFilter({ attribute: 'objectClass', value }));
  try {
    const entries = await connection.search(
      {
        base,
        scope: 'sub',
        filter: new AndFilter({ filters }),
        attributes: RULE_ATTRIBUTES,
        sizeLimit: POLICIES_MAX,
      },
      signal,
    );
    return entries.flatMap((entry) => {
      const rules = rulesIn(entry);
      return rules === undefined ? [] : [{ distinguishedName: entry.distinguishedName, rules }];
    });
  } catch (error) {
    if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.insufficientAccessRights) return [];
    return refusedTo(`show the password policies below ${base}`)(error);
  }
}
