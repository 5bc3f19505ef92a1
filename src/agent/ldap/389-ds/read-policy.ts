// The password rules that will apply to one account: its own policy where its entry names one, else the server's. Says honestly
// when they may not be read.

import type { DirectoryAccount, PasswordPolicy } from '../../directory/directory-account.js';
import { DirectoryUnreachable } from '../../directory/ports.js';
import type { Held } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import { readEntry } from '../read-entry.js';
import { CONFIG_DN, type DirectoryServer389 } from './directory-server.js';
import { RULE_ATTRIBUTES, type Rules389, rulesIn } from './password-rules.js';

/** What the hints of the page, and MS-SAMR 3.1.1.7.2, call complex: three kinds, and no part of a name. */
const COMPLEX_KINDS = 3;

export async function readPolicy(
  held: Held<DirectoryServer389>,
  account: DirectoryAccount,
  signal: AbortSignal,
): Promise<PasswordPolicy> {
  const { source, rules } = await readEffectiveRules(held, { account, besides: [] }, signal);
  const { lengthMin = 0, kindsMin = 0, historyLength = 0, ageMinMs = 0 } = rules ?? {};
  return {
    source,
    lengthMin,
    // The server's fifth kind is any character beyond ASCII, and its names are all of the entry's: nearly the same.
    mustBeComplex: kindsMin >= COMPLEX_KINDS,
    historyLength,
    // For everybody but the Directory Manager, whom the agent never is.
    historyOnReset: 'enforced',
    ageMinMs,
  };
}

export interface EffectiveRules {
  readonly source: PasswordPolicy['source'];
  /** Undefined when they may not be read. */
  readonly rules: Rules389 | undefined;
  /** The account's entry, with what was asked for besides. */
  readonly person: LdapEntry;
}

export async function readEffectiveRules(
  { connection, server }: Held<DirectoryServer389>,
  asked: { readonly account: DirectoryAccount; readonly besides: readonly string[] },
  signal: AbortSignal,
): Promise<EffectiveRules> {
  const doing = 'show its password rules';
  const { distinguishedName: base } = asked.account;
  const attributes = ['pwdpolicysubentry', ...asked.besides];
  const person = await readEntry(connection, { base, attributes, doing }, signal);
  if (person === undefined) throw new DirectoryUnreachable('the account is gone');
  const own = server.policies === undefined ? undefined : person.text('pwdpolicysubentry');
  const policy = await readEntry(connection, { base: own ?? CONFIG_DN, attributes: RULE_ATTRIBUTES, doing }, signal);
  const rules = policy === undefined ? undefined : rulesIn(policy);
  if (own === undefined) return { source: rules === undefined ? 'unreadable' : 'domain', rules, person };
  return { source: rules === undefined ? 'fine-grained-unreadable' : 'fine-grained', rules, person };
}
