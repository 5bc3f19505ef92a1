// What the directory allows for an account, as the agent decides it and the front door mirrors it. A closed union, no I/O.

import { z } from 'zod';

/** Why an account that is managed here must not be touched: the person is sent to their administrator. */
export const CONTACT_REASONS = [
  'write-back-off',
  'outside-write-back-scope',
  'protected-account',
  'disabled',
  'account-expired',
  'cannot-change-password',
  'smartcard-required',
  'service-or-trust-account',
  'agent-not-permitted',
  /** Of a sign-in: not at this hour, or not from the agent's machine. */
  'sign-in-restricted',
] as const;

/** Why nothing can be said or done just now. */
export const TRY_LATER_REASONS = ['directory-unreachable', 'draining', 'held'] as const;

/** Why one operation is closed although the account is open to others. */
export const OPERATION_CLOSED_REASONS = ['not-enabled', 'not-locked'] as const;

const operationAllowance = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('allowed') }),
  z.strictObject({ kind: z.literal('closed'), reason: z.enum(OPERATION_CLOSED_REASONS) }),
]);

export const dispositionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-managed-here') }),
  z.strictObject({
    kind: z.literal('write-back'),
    reset: operationAllowance,
    change: operationAllowance,
    unlock: operationAllowance,
    /** Not said by an agent of before, nor in a mirror that is of that time. */
    signIn: operationAllowance.default({ kind: 'closed', reason: 'not-enabled' }),
  }),
  z.strictObject({ kind: z.literal('contact-administrator'), reason: z.enum(CONTACT_REASONS) }),
  z.strictObject({ kind: z.literal('try-later'), reason: z.enum(TRY_LATER_REASONS) }),
]);

export type Disposition = z.infer<typeof dispositionSchema>;
export type OperationAllowance = z.infer<typeof operationAllowance>;
export type ContactReason = (typeof CONTACT_REASONS)[number];
export type TryLaterReason = (typeof TRY_LATER_REASONS)[number];
