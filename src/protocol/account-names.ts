// Every user ID a directory account answers to, in canonical form: what a person may have typed to mean it. Pure.
// The agent finds accounts by the same names; the mirror and the policies must agree with it. The mirror files accounts under them, and
// makes them again from what it holds to forget them: another form of them needs a step in the front door's migrations.

import type { ManagedAccount } from './managed-accounts.js';
import { canonicalUserId } from './user-id.js';

/** The one that people are shown, and know best. */
export function shownName({
  userPrincipalName,
  samAccountName,
}: Pick<ManagedAccount, 'userPrincipalName' | 'samAccountName'>): string {
  return userPrincipalName ?? samAccountName;
}

type Named = Pick<ManagedAccount, 'samAccountName'> & {
  readonly userPrincipalName?: string | undefined;
  readonly mail: readonly string[];
};

/** UPN, each mail address, sAMAccountName and DOMAIN\name; each once. */
export function accountNames(account: Named & InDomain): string[] {
  const names = ownNames(account);
  const last = inDomain(account);
  if (last !== undefined && !names.includes(last)) names.push(last);
  return names;
}

type InDomain = Pick<ManagedAccount, 'domainName' | 'samAccountName'>;

/** DOMAIN\name; undefined where that is no user ID. */
export function inDomain({ domainName, samAccountName }: InDomain): string | undefined {
  return canonicalUserId(`${domainName}\\${samAccountName}`);
}

/** The same without DOMAIN\name. */
export function ownNames({ userPrincipalName, samAccountName, mail }: Named): string[] {
  const names: string[] = [];
  if (userPrincipalName !== undefined) addName(names, userPrincipalName);
  for (const address of mail) addName(names, address);
  addName(names, samAccountName);
  return names;
}

function addName(names: string[], spelled: string): void {
  const name = canonicalUserId(spelled);
  if (name !== undefined && !names.includes(name)) names.push(name);
}
