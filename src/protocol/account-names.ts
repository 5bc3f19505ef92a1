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

/** UPN, each mail address, sAMAccountName and DOMAIN\name; each once. */
export function accountNames(
  account: Pick<ManagedAccount, 'samAccountName' | 'domainName'> & {
    readonly userPrincipalName?: string | undefined;
    readonly mail: readonly string[];
  },
): string[] {
  const { userPrincipalName, samAccountName, domainName, mail } = account;
  const spelled = [userPrincipalName ?? '', ...mail, samAccountName, `${domainName}\\${samAccountName}`];
  return [...new Set(spelled.flatMap((name) => canonicalUserId(name) ?? []))];
}
