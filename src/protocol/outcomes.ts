// How a reset, an unlock, a change or a sign-in ended: a closed list, true to what the directory said. No I/O, no words for people.

import { z } from 'zod';
import { CONTACT_REASONS, TRY_LATER_REASONS } from './dispositions.js';
import { identifierSchemas } from './managed-accounts.js';
import { SEALED_EXPLANATION_CHARACTERS } from './sealed-explanation.js';

/** The directory's or our own rule that refused a password. `some-directory-rule`: the directory does not say which. */
export const POLICY_RULES = [
  'too-short',
  'too-long',
  'not-complex',
  'contains-name',
  'in-history',
  'too-young',
  'inadmissible-characters',
  /** Contains, or nearly is, what many people choose: a word, a phrase, a pattern. Our own rule. */
  'banned-word',
  /** In a list of passwords that were stolen elsewhere. Our own rule. */
  'breached',
  'some-directory-rule',
] as const;

/** Why the agent cannot do what is asked here, where it knows: somebody has to set something right. */
export const AGENT_FAULT_REASONS = [
  /** The server only follows another, and names it or not: referrals are never followed. */
  'takes-no-writes',
  /** A control that the directory said it takes, and does not. */
  'control-refused',
  /** The directory's rules do not make anybody change a password that was reset: must-change would not hold. */
  'must-change-has-no-effect',
] as const;
export type AgentFaultReason = (typeof AGENT_FAULT_REASONS)[number];

/** Of a password that is right: why another one has to be chosen before anything else. */
export const NEXT_STEPS = [
  /** An administrator set it, to be used once. */
  'must-change',
  'password-expired',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** What the directory answered, for the administrator: never shown to the person. */
const evidenceSchema = z.strictObject({
  ldapResultCode: z.int().min(0),
  /** The Win32 code of the diagnostic, 8 hex digits, where there was one: the leading one, or the sub-code of a refused bind. */
  win32: z
    .string()
    .regex(/^[0-9A-F]{8}$/)
    .optional(),
  /** The error of the password policy control (draft-behera-ldap-password-policy-10 §6.2), where there was one. */
  passwordPolicyError: z.int().min(0).max(127).optional(),
  /** The control that went with the request and that its answer depends on. */
  control: z.enum(['policy-hints', 'password-policy']).optional(),
});

/** Which word it was, for whoever sealed the password and for nobody else; see sealed-explanation.ts. */
export const sealedExplanationSchema = z.strictObject({
  keyId: identifierSchemas.keyId,
  ciphertext: z
    .string()
    .length(SEALED_EXPLANATION_CHARACTERS)
    .regex(/^[A-Za-z0-9_-]*$/),
});

export const resetOutcomeSchema = z.discriminatedUnion('kind', [
  /** The directory said so. `settledBy: 'probe'`: the answer was lost, and reading the account back showed it applied. */
  z.strictObject({
    kind: z.literal('done'),
    settledBy: z.enum(['answer', 'probe']),
    /** Of a reset: the domain controller did not compare the password with earlier ones, because it cannot on a reset. */
    history: z.literal('not-enforced').optional(),
    /** Of a sign-in: the password is right, and the directory wants another one before it lets anybody in. */
    next: z.enum(NEXT_STEPS).optional(),
  }),
  z.strictObject({
    kind: z.literal('refused-by-policy'),
    rules: z.array(z.enum(POLICY_RULES)).min(1).max(8),
    evidence: evidenceSchema.optional(),
    explanation: sealedExplanationSchema.optional(),
    /** Of a reset after a compromise: the earlier password was replaced by one that nobody knows before the new one was refused. */
    hasReplacedOldPassword: z.literal(true).optional(),
  }),
  /** Of a change or a sign-in: the current password is another. Nothing was written; the directory counts it as a failed attempt. */
  z.strictObject({ kind: z.literal('wrong-password'), evidence: evidenceSchema.optional() }),
  /** Of a change or a sign-in: the account is locked. Nothing was written. */
  z.strictObject({ kind: z.literal('account-locked'), evidence: evidenceSchema.optional() }),
  z.strictObject({ kind: z.literal('contact-administrator'), reason: z.enum(CONTACT_REASONS) }),
  z.strictObject({ kind: z.literal('no-such-account') }),
  /** The agent's service account lacks a right: never the person's fault. */
  z.strictObject({ kind: z.literal('not-permitted'), evidence: evidenceSchema.optional() }),
  /** The directory could not be reached, or the agent is held or draining. Nothing was written. */
  z.strictObject({ kind: z.literal('try-later'), reason: z.enum(TRY_LATER_REASONS) }),
  /** The command's own `notAfterMs` has passed. Nothing was written. */
  z.strictObject({ kind: z.literal('expired') }),
  /** The agent's own guardrail, or one more wrong password could lock the account. Nothing was written. */
  z.strictObject({ kind: z.literal('over-limit'), retryAfterMs: z.int().min(0) }),
  /** Altered, sealed to another key, or for another account, tenant or request. Nothing was written. */
  z.strictObject({ kind: z.literal('unsealing-failed') }),
  /** The same reset id was used for something else before. Nothing was written. */
  z.strictObject({ kind: z.literal('reset-id-reused') }),
  /** Sent to the directory, and no way to learn whether it was applied. */
  z.strictObject({ kind: z.literal('unknown') }),
  /** The directory answered something that has no meaning here: a fault of the agent's or of its configuration. */
  z.strictObject({
    kind: z.literal('agent-fault'),
    reason: z.enum(AGENT_FAULT_REASONS).optional(),
    evidence: evidenceSchema.optional(),
  }),
]);

export type ResetOutcome = z.infer<typeof resetOutcomeSchema>;
export type ResetOutcomeKind = ResetOutcome['kind'];
export type PolicyRule = (typeof POLICY_RULES)[number];
export type DirectoryEvidence = z.infer<typeof evidenceSchema>;
