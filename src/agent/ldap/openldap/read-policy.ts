// The password rules that will apply to one account: its own policy where its entry names one, else the directory's, where the
// settings say which that is. Says honestly when neither can be read.

import type { DirectoryAccount, PasswordPolicy } from '../../directory/directory-account.js';
import { DirectoryUnreachable } from '../../directory/ports.js';
import type { Held } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import { readEntry } from '../read-entry.js';
import type { OpenLdapServer } from './openldap-server.js';
import { NO_RULES, type OpenLdapRules, RULE_ATTRIBUTES, rulesIn } from './password-rules.js';

export async function readPolicy(
  held: Held<OpenLdapServer>,
  account: DirectoryAccount,
  signal: AbortSignal,
): Promise<PasswordPolicy> {
  const { source, rules = NO_RULES } = await readEffectiveRules(held, { account, besides: [] }, signal);
  const { lengthMin, historyLength, ageMinMs } = rules;
  return {
    source,
    lengthMin,
    // Kinds of characters are a matter of modules of its own (pwdCheckModule), which no entry tells of.
    mustBeComplex: false,
    historyLength,
    historyOnReset: historyOnReset(held.server),
    ageMinMs,
  };
}

/** For everybody but the server's own administrator, whom the agent never is. */
export function historyOnReset({ hasPolicies }: Pick<OpenLdapServer, 'hasPolicies'>): PasswordPolicy['historyOnReset'] {
  return hasPolicies ? 'enforced' : 'not-enforced';
}

export interface EffectiveRules {
  readonly source: PasswordPolicy['source'];
  /** Undefined when they may not be read, or nobody said where they are. */
  readonly rules: OpenLdapRules | undefined;
  /** The account's entry, with what was asked for besides. */
  readonly person: LdapEntry;
}

export async function readEffectiveRules(
  { connection, server }: Held<OpenLdapServer>,
  asked: { readonly account: DirectoryAccount; readonly besides: readonly string[] },
  signal: AbortSignal,
): Promise<EffectiveRules> {
  const doing = 'show its password rules';
  const { distinguishedName: base } = asked.account;
  const attributes = ['pwdPolicySubentry', ...asked.besides];
  const person = await readEntry(connection, { base, attributes, doing }, signal);
  if (person === undefined) throw new DirectoryUnreachable('the account is gone');
  if (!server.hasPolicies) return { source: 'domain', rules: NO_RULES, person };
  const own = person.text('pwdPolicySubentry');
  const policyDn = own ?? server.defaultPolicy?.distinguishedName;
  if (policyDn === undefined) return { source: 'unreadable', rules: undefined, person };
  const policy = await readEntry(connection, { base: policyDn, attributes: RULE_ATTRIBUTES, doing }, signal);
  const rules = policy === undefined ? undefined : rulesIn(policy);
  if (rules === undefined)
    return { source: own === undefined ? 'unreadable' : 'fine-grained-unreadable', rules, person };
  return { source: own === undefined ? 'domain' : 'fine-grained', rules, person };
}
