// Whom an organisation has named for what: people who read what is written in the form, people who are told "it wasn't me". Pure.
// Knows neither mails nor pages.

import type { ContactWay } from './tenant.js';

/** `help-desk` reads what people write to their administrators; `security` is told when a person says "it wasn't me". */
export const CONTACT_ROLES = ['help-desk', 'security'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

/**
 * Who gets mails that are for a role: its own addresses, else those that are for everything, else the other role's, so that a message
 * finds somebody. Empty: nobody gets such mails; with a portal that is so for the help desk always, which people reach by their own hand.
 */
export function addressesFor(role: ContactRole, contact: ContactWay | undefined): readonly string[] {
  if (contact === undefined) return [];
  const { roles } = contact;
  if (contact.kind === 'portal') return role === 'security' ? (roles?.security ?? []) : [];
  const others = CONTACT_ROLES.flatMap((each) => contact.roles?.[each] ?? []);
  return contact.roles?.[role] ?? contact.addresses ?? others;
}
