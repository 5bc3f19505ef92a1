// Who an account is as a list of values, in one order for good: of a million people the names of their fields would be half of what is
// sent and kept. What the order is, only this file knows. No I/O.

import { z } from 'zod';
import type { AccountAnchor } from './identifiers.js';
import { type ManagedAccount, managedAccountSchema } from './managed-accounts.js';

/** Where each field stands. Its anchor and what may be done stand beside it. */
export const PERSON_FIELDS = [
  'displayName',
  'userPrincipalName',
  'samAccountName',
  'domainName',
  'mail',
  'resetMail',
  'resetPhones',
  'groups',
] as const satisfies readonly (keyof ManagedAccount)[];

const { displayName, userPrincipalName, samAccountName, domainName, mail, resetMail, resetPhones, groups } =
  managedAccountSchema.shape;

/** As `PERSON_FIELDS` orders them; null: the account has none. */
export const personValuesSchema = z.tuple([
  displayName,
  userPrincipalName.unwrap().nullable(),
  samAccountName,
  domainName,
  mail,
  resetMail,
  resetPhones.unwrap(),
  groups.unwrap().nullable(),
]);

export type PersonValues = z.infer<typeof personValuesSchema>;

export function personValues(account: ManagedAccount): PersonValues {
  const { displayName, userPrincipalName, samAccountName, domainName, mail, resetMail, resetPhones, groups } = account;
  // An account that nobody has looked at yet may have no list of phones: the contract takes that for none.
  const phones = resetPhones ?? [];
  return [displayName, userPrincipalName ?? null, samAccountName, domainName, mail, resetMail, phones, groups ?? null];
}

const called = z.tuple([
  z.unknown(),
  userPrincipalName.unwrap().nullable(),
  samAccountName,
  domainName,
  mail,
  ...([z.unknown(), z.unknown(), z.unknown()] as const),
]);

/** What the account that these are of is called by, whatever else of them is none of the contract's. Undefined: they do not say. */
export function namesIn(values: unknown) {
  const known = called.safeParse(values).data;
  if (known === undefined) return undefined;
  const [, userPrincipalName, samAccountName, domainName, mail] = known;
  return { ...(userPrincipalName === null ? {} : { userPrincipalName }), samAccountName, domainName, mail };
}

/** The account that these are of. */
export function accountOf(
  values: PersonValues,
  { anchor, disposition }: { readonly anchor: AccountAnchor; readonly disposition: ManagedAccount['disposition'] },
): ManagedAccount {
  const [displayName, userPrincipalName, samAccountName, domainName, mail, resetMail, resetPhones, groups] = values;
  const account: ManagedAccount = {
    anchor,
    displayName,
    samAccountName,
    domainName,
    mail,
    resetMail,
    resetPhones,
    disposition,
  };
  if (userPrincipalName !== null) account.userPrincipalName = userPrincipalName;
  if (groups !== null) account.groups = groups;
  return account;
}
