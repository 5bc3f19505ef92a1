// Who a connection has reached: an OpenLDAP server, the suffix that holds the base, and the password policies of its people.
// Asked once per connection. Refuses a server that cannot set a password by RFC 3062.

import { EqualityFilter } from 'ldapts';
import { type DistinguishedName, isSameName, parseDistinguishedName } from '../../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../../directory/ports.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import { PASSWORD_POLICY_OID } from '../controls.js';
import type { DirectoryServer } from '../dialect.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import { PASSWORD_MODIFY_OID } from '../password-modify.js';
import { readEntry } from '../read-entry.js';
import { serverName } from '../server-name.js';
import { type Suffix, suffixOf } from '../suffix.js';
import { NO_RULES, type OpenLdapRules, RULE_ATTRIBUTES, rulesIn } from './password-rules.js';

export interface OpenLdapServer extends DirectoryServer {
  readonly suffix: Suffix;
  /** Whether the ppolicy overlay is there: without it there are no rules, no locks and no must-change. */
  readonly hasPolicies: boolean;
  /** Policies that entries may name, as they were when the connection was made. */
  readonly policies: readonly Policy[];
  /** The policy of everybody else; undefined when the settings do not name it. */
  readonly defaultPolicy: Policy | undefined;
}

export interface Policy {
  readonly distinguishedName: string;
  readonly rules: OpenLdapRules;
}

export interface Placement {
  readonly baseDn: string;
  readonly passwordPolicyDn: string | undefined;
}

/** What is needed of a connection here. */
export type Asked = Pick<LdapConnection, 'endpoint' | 'search'>;

/** Throws DirectoryMisconfigured when nothing may be written there. */
export async function readOpenLdapServer(
  connection: Asked,
  { baseDn, passwordPolicyDn }: Placement,
  signal: AbortSignal,
): Promise<OpenLdapServer> {
  const { url } = connection.endpoint;
  const [root] = await connection
    .search({ base: '', scope: 'base', attributes: ROOT_DSE_ATTRIBUTES }, signal)
    .catch(refusedTo(`show the root of ${url}`));
  if (root === undefined || !root.texts('supportedExtension').includes(PASSWORD_MODIFY_OID)) {
    throw new DirectoryMisconfigured(`${url} does not set passwords by RFC 3062: load that operation on the server`);
  }
  const suffix = suffixOf(root, baseDn, url);
  const hasPolicies = root.texts('supportedControl').includes(PASSWORD_POLICY_OID);
  return {
    name: serverName(connection.endpoint),
    suffix,
    hasPolicies,
    policies: hasPolicies ? await readPolicies(connection, suffix.distinguishedName, signal) : [],
    defaultPolicy:
      passwordPolicyDn === undefined ? undefined : await readDefaultPolicy(connection, passwordPolicyDn, signal),
  };
}

/** The rules for an entry with this `pwdPolicySubentry`; undefined when they cannot be read. Pure. */
export function rulesFor(
  { hasPolicies, policies, defaultPolicy }: Pick<OpenLdapServer, 'hasPolicies' | 'policies' | 'defaultPolicy'>,
  policyDn: string | undefined,
): OpenLdapRules | undefined {
  if (!hasPolicies) return NO_RULES;
  if (policyDn === undefined) return defaultPolicy?.rules;
  const wanted = parseDistinguishedName(policyDn);
  return policies.find((policy) => isNamed(policy, wanted))?.rules;
}

function isNamed({ distinguishedName }: Policy, name: DistinguishedName): boolean {
  return isSameName(parseDistinguishedName(distinguishedName), name);
}

const ROOT_DSE_ATTRIBUTES = ['namingContexts', 'supportedExtension', 'supportedControl'];
/** More policies than anybody keeps; a person whose policy was left out counts as one whose rules cannot be read. */
const POLICIES_MAX = 200;

async function readPolicies(connection: Asked, base: string, signal: AbortSignal): Promise<Policy[]> {
  const filter = new EqualityFilter({ attribute: 'objectClass', value: 'pwdPolicy' });
  try {
    const entries = await connection.search(
      { base, scope: 'sub', filter, attributes: RULE_ATTRIBUTES, sizeLimit: POLICIES_MAX },
      signal,
    );
    return entries.flatMap((entry) => {
      const rules = rulesIn(entry);
      return rules === undefined ? [] : [{ distinguishedName: entry.distinguishedName, rules }];
    });
  } catch (error) {
    // What may not be searched cannot be read; what is only away for a moment is said so.
    if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.insufficientAccessRights) return [];
    return refusedTo(`show the password policies below ${base}`)(error);
  }
}

async function readDefaultPolicy(connection: Asked, base: string, signal: AbortSignal): Promise<Policy> {
  const doing = `show the password policy ${base}`;
  const entry = await readEntry(connection, { base, attributes: RULE_ATTRIBUTES, doing }, signal);
  const rules = entry === undefined ? undefined : rulesIn(entry);
  if (rules !== undefined) return { distinguishedName: base, rules };
  throw new DirectoryMisconfigured(
    `the service account cannot read the password policy ${base}: correct passwordPolicyDn in the settings, or let it read that entry`,
  );
}
