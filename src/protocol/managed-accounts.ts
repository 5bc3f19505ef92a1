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
