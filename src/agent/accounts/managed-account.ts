// Turns a directory account into what the front door may know of it, cut to the protocol's limits. Pure.

import type { Disposition } from '../../protocol/dispositions.js';
import { LIMITS } from '../../protocol/limits.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import { phoneNumberIn } from '../../protocol/phone-number.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import { type ToldGroup, toldGroupsOf } from './told-groups.js';

/**
 * What the protocol carries. Names are cut; an address that is too long is left out, because half an address is another
 * address; further addresses than the limit are left out, and so is what is no whole phone number. `told`: the groups that may be told
 * of; no other ever is.
 */
export function toManagedAccount(
  account: DirectoryAccount,
  disposition: Disposition,
  told: readonly ToldGroup[],
): ManagedAccount {
  const managed: ManagedAccount = {
    anchor: account.anchor,
    displayName: cut(account.displayName),
    samAccountName: cut(account.samAccountName),
    domainName: cut(account.domainName),
    mail: addresses(account.mail),
    resetMail: addresses(account.resetMail),
    resetPhones: phones(account.resetPhones),
    disposition,
  };
  const { userPrincipalName } = account;
  if (userPrincipalName !== undefined && userPrincipalName.length <= LIMITS.nameUnitsMax)
    managed.userPrincipalName = userPrincipalName;
  const groups = toldGroupsOf(account, told);
  if (groups !== undefined) managed.groups = groups;
  return managed;
}

function cut(name: string): string {
  if (name.length <= LIMITS.nameUnitsMax) return name;
  // Half a surrogate pair at the end would not be text any more.
  return name.slice(0, LIMITS.nameUnitsMax).replace(/[\uD800-\uDBFF]$/, '');
}

function addresses(all: readonly string[]): string[] {
  const areFitting = all.length <= LIMITS.addressesMax && all.every(isFitting);
  return areFitting ? [...all] : all.filter(isFitting).slice(0, LIMITS.addressesMax);
}

function isFitting(address: string): boolean {
  return address.length <= LIMITS.addressUnitsMax;
}

function phones(all: readonly string[]): string[] {
  const numbers: string[] = [];
  for (const text of all) {
    const number = phoneNumberIn(text);
    if (number !== undefined && !numbers.includes(number) && numbers.length < LIMITS.phonesMax) numbers.push(number);
  }
  return numbers;
}
