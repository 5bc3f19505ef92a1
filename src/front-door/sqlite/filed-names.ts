// How the names of an account are filed, and asked for: DOMAIN\name in the row of the name that it is of, so that an account has no row
// more for it. Pure. Whoever is filed under what is asked for answers to that name, and nobody else (account-names.ts).

import { z } from 'zod';
import { inDomain, ownNames } from '../../protocol/account-names.js';
import { type ManagedAccount, managedAccountSchema } from '../../protocol/managed-accounts.js';
import { canonicalUserId } from '../../protocol/user-id.js';

export interface FiledName {
  readonly name: string;
  /** Before this name and a backslash; empty: none. Has no backslash itself. */
  readonly domain: string;
}

export function isSameName(one: FiledName, other: FiledName): boolean {
  return one.name === other.name && one.domain === other.domain;
}

type Named = Pick<ManagedAccount, 'userPrincipalName' | 'samAccountName' | 'domainName' | 'mail'>;

export function filedNames(account: Named): FiledName[] {
  const bare = canonicalUserId(account.samAccountName);
  const whole = inDomain(account);
  const asked = whole === undefined ? undefined : askedName(whole);
  const names = ownNames(account).map((name) => ({
    name,
    domain: name === bare && asked?.name === bare ? asked.domain : '',
  }));
  // As where the domain has a backslash in it.
  const isFiled = whole === undefined || names.some((filed) => isFiledUnder(filed, whole));
  return isFiled ? names : [...names, { name: whole, domain: '' }];
}

/** Undefined: it is not what is written today. A step of the tables takes `name` and `domain` from it: see `filed_names`. */
export function filedNamesIn(text: string): FiledName[] | undefined {
  const named = namedSchema.safeParse(JSON.parse(text)).data;
  return named && filedNames(named);
}

/** A canonical user ID as a name in a domain: the first backslash ends the domain. */
export function askedName(userId: string): FiledName {
  const at = userId.indexOf('\\');
  return { name: userId.slice(at + 1), domain: userId.slice(0, Math.max(at, 0)) };
}

/** Whether who is filed so answers to this canonical user ID. */
export function isFiledUnder(filed: FiledName, userId: string): boolean {
  const asked = askedName(userId);
  return filed.name === userId || (asked.domain !== '' && isSameName(filed, asked));
}

const { userPrincipalName, samAccountName, domainName, mail } = managedAccountSchema.shape;
const namedSchema = z.object({ userPrincipalName, samAccountName, domainName, mail });
