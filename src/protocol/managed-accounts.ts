// An account of the organisation's directory as both sides know it: names, addresses, what may be done. No I/O.

import { z } from 'zod';
import { dispositionSchema } from './dispositions.js';
import {
  IDENTIFIER_PATTERNS,
  parseAccountAnchor,
  parseAgentId,
  parseKeyId,
  parseResetId,
  parseTenantId,
} from './identifiers.js';
import { LIMITS } from './limits.js';
import { passwordPolicySchema } from './password-policy.js';
import { PHONE_NUMBER } from './phone-number.js';
import { toldGroupsSchema } from './told-groups.js';

/** Identifiers as zod schemas, for frames and HTTP bodies. */
export const identifierSchemas = {
  tenantId: z.string().regex(IDENTIFIER_PATTERNS.TenantId).transform(parseTenantId),
  agentId: z.string().regex(IDENTIFIER_PATTERNS.AgentId).transform(parseAgentId),
  resetId: z.string().regex(IDENTIFIER_PATTERNS.ResetId).transform(parseResetId),
  anchor: z.string().regex(IDENTIFIER_PATTERNS.AccountAnchor).transform(parseAccountAnchor),
  keyId: z.string().regex(IDENTIFIER_PATTERNS.KeyId).transform(parseKeyId),
};

const name = z.string().max(LIMITS.nameUnitsMax);
const address = z.string().max(LIMITS.addressUnitsMax);

export const managedAccountSchema = z.strictObject({
  anchor: identifierSchemas.anchor,
  displayName: name,
  userPrincipalName: name.optional(),
  samAccountName: name,
  /** The NetBIOS name of the domain, as in `CORP\ada`. */
  domainName: name,
  /** Addresses the person signs in or is known with: they find an account, they prove nothing. */
  mail: z.array(address).max(LIMITS.addressesMax),
  /** Private addresses of the person, where a code can be read without the password that is to be reset. */
  resetMail: z.array(address).max(LIMITS.addressesMax),
  /** Absent: the agent tells of no group in this directory. */
  groups: toldGroupsSchema.optional(),
  /** Numbers of the person's phones, where a code can be sent as a text message. */
  resetPhones: z.array(z.string().regex(PHONE_NUMBER)).max(LIMITS.phonesMax).default([]),
  disposition: dispositionSchema,
});

export type ManagedAccount = z.infer<typeof managedAccountSchema>;

/**
 * A quick yes: such an account is what the schema takes. Of any other the schema has to be asked, which costs ten times as much; of a
 * million accounts hardly one is.
 */
export function isPlainlyManaged(account: ManagedAccount): boolean {
  const { anchor, displayName, userPrincipalName, samAccountName, domainName } = account;
  const { mail, resetMail, resetPhones, groups, disposition } = account;
  // As many as are looked at here: there is nothing else.
  const fields = 8 + ('userPrincipalName' in account ? 1 : 0) + ('groups' in account ? 1 : 0);
  return (
    countOf(account) === fields &&
    typeof anchor === 'string' &&
    IDENTIFIER_PATTERNS.AccountAnchor.test(anchor) &&
    isTextUpTo(displayName, LIMITS.nameUnitsMax) &&
    (userPrincipalName === undefined || isTextUpTo(userPrincipalName, LIMITS.nameUnitsMax)) &&
    isTextUpTo(samAccountName, LIMITS.nameUnitsMax) &&
    isTextUpTo(domainName, LIMITS.nameUnitsMax) &&
    areAddresses(mail) &&
    areAddresses(resetMail) &&
    arePhones(resetPhones) &&
    (groups === undefined || isTaken(groups, toldGroupsSchema)) &&
    isTaken(disposition, dispositionSchema)
  );
}

function countOf(account: object): number {
  let count = 0;
  for (const _ in account) count += 1;
  return count;
}

function isTextUpTo(text: unknown, unitsMax: number): boolean {
  return typeof text === 'string' && text.length <= unitsMax;
}

function areAddresses(all: readonly string[]): boolean {
  return (
    Array.isArray(all) &&
    all.length <= LIMITS.addressesMax &&
    all.every((each) => isTextUpTo(each, LIMITS.addressUnitsMax))
  );
}

function arePhones(all: readonly string[]): boolean {
  return (
    Array.isArray(all) &&
    all.length <= LIMITS.phonesMax &&
    all.every((each) => typeof each === 'string' && PHONE_NUMBER.test(each))
  );
}

/** Of a directory's people nearly all have the same few of these, by identity: they were made once. */
const taken = new WeakSet<object>();

function isTaken(value: object, schema: z.ZodType): boolean {
  if (taken.has(value)) return true;
  if (!Object.isFrozen(value) || !schema.safeParse(value).success) return false;
  taken.add(value);
  return true;
}

/** What the agent finds, live, for a user ID or an anchor. */
export const inspectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('found'),
    account: managedAccountSchema,
    policy: passwordPolicySchema,
    isLocked: z.boolean(),
    mustChange: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('not-found') }),
  /** More than one account answers to this user ID: none is chosen. */
  z.strictObject({ kind: z.literal('ambiguous') }),
  z.strictObject({ kind: z.literal('try-later'), reason: z.enum(['directory-unreachable', 'draining']) }),
]);

export type Inspection = z.infer<typeof inspectionSchema>;
