// What goes in and comes out of the API, as schemas: requests are checked by them, and openapi.ts is made from them.
// Strict: a field that is not named here is refused, so that nothing in clear can ride along.

import { z } from 'zod';
import { CONTACT_REASONS, TRY_LATER_REASONS } from '../../protocol/dispositions.js';
import { sealedPasswordSchema } from '../../protocol/frames.js';
import { LIMITS } from '../../protocol/limits.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import { OPERATIONS } from '../../protocol/operations.js';
import { OUTCOME_CODES } from '../../protocol/outcome-codes.js';
import { resetOutcomeSchema } from '../../protocol/outcomes.js';
import { sealingKeySchema } from '../../protocol/sealing-keys.js';
import { endedPassSchema } from '../../protocol/sync-reports.js';
import { METHOD_KINDS } from '../methods/every-method.js';
import { TOLD_KINDS } from '../people/pass-reports.js';
import { POLICY_SOURCES } from '../tenants/policies.js';
import { policyDocumentSchema } from '../tenants/policy-document.js';
import { DIRECTORY_ADDRESSES } from '../tenants/tenant.js';
import { WRONG_PLACE_RULES } from './api-problems.js';

const described = <Schema extends z.ZodType>(schema: Schema, description: string) => schema.describe(description);
const instantMs = (description: string) =>
  described(z.int().min(0), `${description} In milliseconds since 1970-01-01T00:00:00Z.`);

const resetId = described(
  identifierSchemas.resetId,
  'A UUID in lower case that the caller makes for this one intent. The same id never has two effects.',
);
const anchor = described(
  identifierSchemas.anchor,
  'The immutable value that ties the account to its person, as POST /api/v1/routes told it.',
);
const notAfterMs = instantMs(
  'After this instant the agent refuses the command. At most `notAfterMsMax` of the sealing keys’ answer.',
);

export const routeQuerySchema = z.strictObject({
  userId: described(
    z.string().min(1).max(LIMITS.userIdUnitsMax),
    'What the person is known by: user principal name, mail address, sAMAccountName or DOMAIN\\name.',
  ),
});

export const resetFlagsSchema = z.strictObject({
  unlock: described(z.boolean(), 'Also clear the lock. A reset alone leaves a locked account locked.'),
  mustChange: described(z.boolean(), 'The person must choose another password at the next sign-in.'),
});

const sealed = z.array(sealedPasswordSchema).min(1).max(LIMITS.recipientsMax);

export const submissionSchema = z.discriminatedUnion('operation', [
  z.strictObject({
    operation: described(
      z.enum(['reset', 'reset-after-compromise']),
      'After a `reset`, a directory may go on taking the password before it for a while; after a `reset-after-compromise` it does not.',
    ),
    resetId,
    anchor,
    flags: resetFlagsSchema,
    notAfterMs,
    sealed: described(sealed, 'The new password, sealed once for each recipient of GET /api/v1/sealing-keys.'),
  }),
  z.strictObject({
    operation: described(
      z.literal('change'),
      'By the current password. Everything that goes with a reset stays as it is.',
    ),
    resetId,
    anchor,
    notAfterMs,
    sealed: described(
      sealed,
      'The current and the new password in one text, sealed once for each recipient of GET /api/v1/sealing-keys.',
    ),
  }),
  z.strictObject({ operation: z.literal('unlock'), resetId, anchor, notAfterMs }),
]);

export const resetPathSchema = z.strictObject({ resetId });
export const sealingKeysQuerySchema = z.strictObject({ anchor });

const offers = described(z.array(z.enum(OPERATIONS)).max(OPERATIONS.length), 'What POST /api/v1/resets takes for it.');

const routeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('blocked'), untilMs: instantMs('When the throttle on the pages ends.') }),
  z.strictObject({
    kind: z.literal('contact-administrator'),
    reason: z.enum(['tenant-off', 'person-not-enabled', 'nothing-allowed', ...CONTACT_REASONS]),
  }),
  z.strictObject({ kind: z.literal('cannot-verify'), reason: z.enum(['unknown', 'ambiguous', 'too-few-methods']) }),
  z.strictObject({ kind: z.literal('try-later'), reason: z.enum(TRY_LATER_REASONS) }),
  z.strictObject({
    kind: z.literal('prove'),
    gates: z.union([z.literal(1), z.literal(2)]),
    methods: z.array(z.enum(METHOD_KINDS)),
    offers,
  }),
]);

const ruleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('length-at-least'), units: z.int().min(0) }),
  z.strictObject({ kind: z.literal('categories'), atLeast: z.int().min(1) }),
  z.strictObject({ kind: z.literal('without-name'), names: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('not-recent'), remembered: z.int().min(1) }),
  z.strictObject({ kind: z.literal('age-at-least'), hours: z.int().min(1) }),
  z.strictObject({ kind: z.literal('not-guessable') }),
]);

const gates = z.union([z.literal(1), z.literal(2)]);
const directoryAddresses = described(
  z.enum(DIRECTORY_ADDRESSES),
  'Whether the private addresses and phones that the directory names prove who the person is.',
);

const chosenPolicySchema = z.strictObject({
  name: described(z.string(), 'Of the first policy that fits the account; `unmentioned` where none does.'),
  gates: z.union([z.literal(1), z.literal(2)]),
  methods: z.array(z.enum(METHOD_KINDS)),
  directoryAddresses,
  undecided: described(
    z.array(z.string()),
    'Earlier policies that may be the account’s, since no agent tells of a group that they name: two gates then, and only methods that all of them take.',
  ),
});

export const routeAnswerSchema = z.strictObject({
  tenantId: identifierSchemas.tenantId,
  route: described(routeSchema, 'What the person would meet on the front door’s own pages just now, and why.'),
  account: described(
    z.strictObject({
      anchor,
      kind: described(
        z.enum(['directory', 'cloud-only']),
        'Whether the organisation’s directory holds it, or the front door itself.',
      ),
      offers: described(
        offers,
        'What POST /api/v1/resets takes for this account just now. The caller’s own proof stands in for the methods, so this may hold more than the route says; empty when the administrator has to act, or nobody is there to carry it out.',
      ),
      rules: described(
        z.array(ruleSchema).max(16),
        'What directory and agent demand of a new password that is set by a reset, or by a change where no reset is offered. Every change by the current password is held to `not-recent` and `age-at-least`, a reset where the domain controller can do that. Lengths in UTF-16 code units.',
      ),
      isLocked: described(
        z.boolean(),
        'Whether the account is locked; absent when the directory could not be asked.',
      ).optional(),
    }),
    'Absent when the user ID leads to no account, or to more than one.',
  ).optional(),
  policy: described(
    chosenPolicySchema,
    'The account’s policy: only for tokens that have the scope `policy:read` as well.',
  ).optional(),
});

export const emptyQuerySchema = z.strictObject({});

export const policyAnswerSchema = z.strictObject({
  tenantId: identifierSchemas.tenantId,
  source: described(
    z.enum(POLICY_SOURCES),
    'Where changes are made: in the front door’s settings (`file`), or by PUT /api/v1/policy (`api`).',
  ),
  put: described(
    z.strictObject({
      atMs: instantMs('When it was put.'),
      tokenId: described(z.string(), 'The token that it was put with.'),
    }),
    'Absent while the policy is the one of the settings.',
  ).optional(),
  policy: described(policyDocumentSchema, 'As the settings would say it, with every default.'),
  derived: described(
    z.strictObject({
      administratorsGates: described(z.literal(2), 'Administrators always pass two, whatever their policy says.'),
      unmentioned: described(
        z.strictObject({ gates, methods: z.array(z.enum(METHOD_KINDS)), directoryAddresses }),
        'Holds whoever no policy fits.',
      ),
      leftOut: described(
        z.array(z.strictObject({ policy: z.string(), method: z.enum(METHOD_KINDS) })),
        'Methods that the policy names and nobody is offered, since the front door’s settings do not set them up any more, or do not take them as all that is asked. The gates stay.',
      ),
      groups: described(
        z.array(z.strictObject({ name: z.string(), told: z.enum(['everywhere', 'in-some-directories', 'nowhere']) })),
        'The groups that the policy names, and whether the agents on line tell of them. Whoever is in a directory whose agent does not has two gates, and is not turned on by such a group.',
      ),
    }),
    'What follows from it.',
  ),
});

export const sealingKeysAnswerSchema = z.strictObject({
  tenantId: described(identifierSchemas.tenantId, 'Part of what every password is sealed for.'),
  anchor,
  recipients: described(
    z
      .array(
        z.strictObject({
          agentId: described(identifierSchemas.agentId, 'Absent for a key of the front door itself.').optional(),
          ...sealingKeySchema.omit({ signature: true }).shape,
          signature: described(
            sealingKeySchema.shape.signature,
            'By the agent’s identity key (Ed25519), over the canonical bytes of tenant, agent and key. Absent for a key of the front door itself.',
          ).optional(),
        }),
      )
      .min(1)
      .max(LIMITS.recipientsMax),
    'Seal once for each of them: whichever agent is asked can open its own.',
  ),
  nowMs: instantMs('The front door’s clock.'),
  notAfterMsMax: instantMs('The latest `notAfterMs` that is taken now.'),
});

export const passReportsQuerySchema = z.strictObject({
  directoryId: described(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
    'The directory’s `id` in the agent’s settings. Absent: all of them.',
  ).optional(),
  kind: described(
    z.enum(TOLD_KINDS),
    'Only passes of this kind that came to their end, or only those that `failed`. Absent: all of them.',
  ).optional(),
});

export const passReportsAnswerSchema = z.strictObject({
  tenantId: identifierSchemas.tenantId,
  passes: described(
    z.array(
      z.strictObject({
        agentId: described(identifierSchemas.agentId, 'Who told of it.'),
        receivedAtMs: instantMs('When it was told, by the front door’s clock.'),
        ...endedPassSchema.shape,
      }),
    ),
    'As the agents told them, the last first: the front door has not looked itself. Those that found nothing new are left out, but for the last of each directory. The last full pass of each is kept however many came after it: ask for `kind=full`.',
  ),
  nowMs: instantMs('The front door’s clock.'),
});

export const resetAnswerSchema = z.strictObject({
  resetId,
  anchor,
  operation: z.enum(OPERATIONS),
  state: described(
    z.enum(['settled', 'open', 'pending']),
    '`settled`: final. `open`: see the outcome; the same body may be sent again until `notAfterMs`. `pending`: it was sent and no answer has come: it may have happened. Send the same body again, under the same id.',
  ),
  outcome: described(resetOutcomeSchema, 'Absent while it is pending.').optional(),
  meaning: described(
    z.strictObject({
      code: described(z.enum(OUTCOME_CODES), 'Stable: see docs/outcomes.md.'),
      eventNumber: described(z.int().min(1000).max(9999), 'The same in the agent’s log and audit journal.'),
      severity: z.enum(['information', 'warning', 'error']),
      person: described(z.string(), 'What to tell the person, in English; it tells nothing of the account.'),
      helpDesk: described(z.string(), 'What a help desk needs to know.'),
      administrator: described(z.string(), 'What whoever runs the directory and the agent needs to know.'),
    }),
    'What the outcome means. Absent while it is pending.',
  ).optional(),
  submittedAtMs: instantMs('When it was first submitted.'),
  answeredAtMs: instantMs('When the outcome was learnt.').optional(),
});

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: described(z.string(), 'Stable: decide by this.'),
  detail: described(z.string(), 'What to do.'),
  instance: described(z.string(), 'Quote this when asking for help.'),
  scope: described(z.string(), 'The scope that is missing.').optional(),
  reason: z.enum(['tenant-off', 'person-not-enabled', 'operation-not-offered']).optional(),
  errors: z
    .array(
      z.strictObject({
        pointer: described(z.string(), 'JSON Pointer into the body, or a parameter’s name after a #.'),
        rule: z.enum(WRONG_PLACE_RULES),
      }),
    )
    .optional(),
});

export type Submission = z.output<typeof submissionSchema>;
export type RouteAnswer = z.output<typeof routeAnswerSchema>;
export type SealingKeysAnswer = z.output<typeof sealingKeysAnswerSchema>;
export type PolicyAnswer = z.output<typeof policyAnswerSchema>;
export type PassReportsQuery = z.output<typeof passReportsQuerySchema>;
export type PassReportsAnswer = z.output<typeof passReportsAnswerSchema>;
export type ResetAnswer = z.output<typeof resetAnswerSchema>;
