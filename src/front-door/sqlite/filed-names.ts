// How the names of an account are filed, and asked for: DOMAIN\name and name@host in the row of the name that they are of, so that an
// account has no row more for them. Pure. Whoever is filed under what is asked for answers to that name, and nobody else (account-names.ts).

import { inDomain, ownNames } from '../../protocol/account-names.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import { namesIn } from '../../protocol/person-values.js';
import { canonicalUserId } from '../../protocol/user-id.js';

export interface FiledName {
  readonly name: string;
  /** Before this name and a backslash; empty: none. Has no backslash itself. */
  readonly domain: string;
  /** Behind this name and an @; empty: none. Has no @ itself. An account with more addresses of one name has the others as names. */
  readonly host: string;
}

export function isSameName(one: FiledName, other: FiledName): boolean {
  return one.name === other.name && one.domain === other.domain && one.host === other.host;
}

type Named = Pick<ManagedAccount, 'userPrincipalName' | 'samAccountName' | 'domainName' | 'mail'>;

export function filedNames(account: Named): FiledName[] {
  const bare = canonicalUserId(account.samAccountName);
  const whole = inDomain(account);
  const own = ownNames(account);
  const asked = askedName(whole ?? '');
  const domain = asked.name === bare ? asked.domain : '';
  const address = own.find((name) => askedAddress(name).name === bare && askedAddress(name).host !== '');
  const { host } = askedAddress(address ?? '');
  const names = own
    .filter((name) => name !== address)
    .map((name) => (name === bare ? { name, domain, host } : { name, domain: '', host: '' }));
  // As where the domain has a backslash in it.
  const isFiled = whole === undefined || names.some((filed) => isFiledUnder(filed, whole));
  return isFiled ? names : [...names, { name: whole, domain: '', host: '' }];
}

/** `person`: as the store keeps it. Undefined: it is not what is written today. */
export function filedNamesIn(person: string): FiledName[] | undefined {
  const named = namesIn(JSON.parse(person));
  return named && filedNames(named);
}

/** A canonical user ID as a name in a domain: the first backslash ends the domain. */
export function askedName(userId: string): Pick<FiledName, 'name' | 'domain'> {
  const at = userId.indexOf('\\');
  return { name: userId.slice(at + 1), domain: userId.slice(0, Math.max(at, 0)) };
}

/** A canonical user ID as a name at a host: the last @ ends the name. */
export function askedAddress(userId: string): Pick<FiledName, 'name' | 'host'> {
  const at = userId.lastIndexOf('@');
  return at < 0 ? { name: userId, host: '' } : { name: userId.slice(0, at), host: userId.slice(at + 1) };
}

/** Whether who is filed so answers to this canonical user ID. */
export function isFiledUnder(filed: FiledName, userId: string): boolean {
  const [{ name, domain }, { name: local, host }] = [askedName(userId), askedAddress(userId)];
  return (
    filed.name === userId ||
    (domain !== '' && filed.name === name && filed.domain === domain) ||
    (host !== '' && filed.name === local && filed.host === host)
  );
}
