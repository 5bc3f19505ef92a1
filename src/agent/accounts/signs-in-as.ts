// Whether an account is the one that signs in under a name of the settings. Pure. In doubt it says yes: whoever is taken for a
// service account is left alone, and their administrator is told why.

import type { DirectoryAccount } from '../directory/directory-account.js';
import { isSameText, MalformedDistinguishedName, parseDistinguishedName } from '../directory/distinguished-name.js';

type Named = Pick<DirectoryAccount, 'distinguishedName' | 'userPrincipalName' | 'samAccountName' | 'domainName'>;

/** `name`: a distinguished name, NAME@DOMAIN or DOMAIN\\NAME. */
export function signsInAs(account: Named, name: string): boolean {
  const wanted = name.toLowerCase();
  if (account.userPrincipalName?.toLowerCase() === wanted) return true;
  const own = account.samAccountName.toLowerCase();
  // Of nearly everybody not even this is in it; all are compared with every such name.
  if (wanted.includes(own)) {
    const dnsName = dnsNameOf(account.distinguishedName);
    const names = [
      // Active Directory signs in NAME@DOMAIN whatever the account's own UPN is (MS-ADTS 5.1.1.1.1).
      `${own}@${dnsName}`,
      `${account.domainName.toLowerCase()}\\${own}`,
      `${dnsName}\\${own}`,
    ];
    if (names.includes(wanted)) return true;
  }
  return name.includes('=') && isNamed(account.distinguishedName, name);
}

function isNamed(distinguishedName: string, name: string): boolean {
  try {
    return isSameText(distinguishedName, name);
  } catch (error) {
    if (error instanceof MalformedDistinguishedName) return false;
    throw error;
  }
}

/** As in `corp.example.com`. */
function dnsNameOf(distinguishedName: string): string {
  const parts = parseDistinguishedName(distinguishedName).flatMap(([part]) => part ?? []);
  const labels = parts.filter(({ type }) => type.toUpperCase() === 'DC').map(({ value }) => value);
  return labels.join('.').toLowerCase();
}
