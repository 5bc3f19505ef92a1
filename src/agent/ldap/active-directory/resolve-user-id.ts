// Which accounts answer to a user ID, as a filter. Filter objects, never text, so that nothing typed can be syntax. Pure.
// All forms of a name count alike: when two accounts answer, none is chosen, even if one of them answers by its sign-in name
// and the other by an address only. Whoever may write an address must not thereby steer a reset to another account.

import { AndFilter, EqualityFilter, type Filter, OrFilter } from 'ldapts';
import { type AddressSources, addressFilters } from '../person-map.js';
import type { Domain } from './domain-controller.js';

/**
 * The accounts named by `userId` (canonical), or with that address in `mail`; undefined when no account of this domain can have
 * such a name.
 */
export function accountsNamed(userId: string, domain: Domain, mail: AddressSources): Filter | undefined {
  const isAddress = userId.includes('@') && !userId.includes('\\');
  const names = [...signInFilters(userId, domain), ...(isAddress ? addressFilters(mail, userId) : [])];
  return names.length === 0 ? undefined : accountsWith(new OrFilter({ filters: names }));
}

/**
 * The accounts that can sign in under `name`; undefined when none of this domain can. Addresses do not count here: whoever
 * writes one must not be taken for the account that signs in.
 */
export function accountsSigningInAs(name: string, domain: Domain): Filter | undefined {
  const names = signInFilters(name, domain);
  return names.length === 0 ? undefined : accountsWith(new OrFilter({ filters: names }));
}

/** Everybody the mirror holds: people's accounts, not computers. */
export function allPeople(): Filter {
  return accountsWith(new EqualityFilter({ attribute: 'objectCategory', value: 'person' }));
}

/** Any account at all: what turns out to be a service or trust account is told apart after it was read. */
export function anyAccount(): Filter {
  return new EqualityFilter({ attribute: 'objectClass', value: 'user' });
}

function accountsWith(condition: Filter): Filter {
  return new AndFilter({ filters: [anyAccount(), condition] });
}

function signInFilters(name: string, domain: Domain): Filter[] {
  const backslash = name.indexOf('\\');
  if (backslash !== -1) {
    const isOurs = isSameText(name.slice(0, backslash), domain.netbiosName, domain.dnsName);
    return isOurs ? samAccountName(name.slice(backslash + 1)) : [];
  }
  const at = name.lastIndexOf('@');
  if (at === -1) return samAccountName(name);
  return [
    new EqualityFilter({ attribute: 'userPrincipalName', value: name }),
    // Active Directory signs in NAME@DOMAIN whatever the account's own UPN is (MS-ADTS 5.1.1.1.1).
    ...(isSameText(name.slice(at + 1), domain.dnsName) ? samAccountName(name.slice(0, at)) : []),
  ];
}

/** None for what a sAMAccountName cannot hold (MS-SAMR 3.1.1.6), which directories might fold away. */
function samAccountName(name: string): Filter[] {
  if (name === '' || /["/\\[\]:;|=,+*?<>@\p{Cc}]/u.test(name)) return [];
  return [new EqualityFilter({ attribute: 'sAMAccountName', value: name })];
}

function isSameText(text: string, ...others: readonly string[]): boolean {
  return others.some((other) => other.toLowerCase() === text.toLowerCase());
}
