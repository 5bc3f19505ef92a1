// A tenant's policy in the words of the settings: who may reset, by how many proofs, who counts as an administrator. One schema for
// the YAML file and for the API, so that both say the same. Knows nothing of where a document comes from.

import { z } from 'zod';
import { groupNameSchema, TOLD_GROUPS_MAX } from '../../protocol/told-groups.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import { METHOD_KINDS, mayProveAdministrator } from '../methods/every-method.js';
import { ADDRESS_HINTS, DIRECTORY_ADDRESSES, type Selection, type Tenant } from './tenant.js';

const userId = z.string().min(1).max(256);
const groups = z
  .array(groupNameSchema)
  .min(1)
  .max(TOLD_GROUPS_MAX)
  .describe('Groups of the directory, by the names that the agent tells them by (`tellGroups` of its settings).');

const selection = (peopleMax: number) =>
  z
    .strictObject({
      people: z
        .array(userId)
        .min(1)
        .max(peopleMax)
        .describe('User IDs: of each person any one that they answer to.')
        .optional(),
      groups: groups.optional(),
    })
    .refine(({ people, groups: named }) => people !== undefined || named !== undefined, {
      error: 'must name `people`, `groups` or both',
    });

const NEVER_OF_ADMINISTRATORS = METHOD_KINDS.filter((kind) => !mayProveAdministrator(kind)).join(', ');
const SELECTION_WORDS = '`people: [USER ID, …]`, `groups: [NAME, …]` or both';
const PEOPLE_MAX = 10_000;
const ADMINISTRATORS_MAX = 1_000;

const policy = z
  .strictObject({
    name: z.string().min(1).max(64),
    /** Whom the policy is for; the first that fits a person is theirs. */
    appliesTo: z
      .union([z.enum(['everyone', 'administrators']), selection(PEOPLE_MAX)], {
        error: `must be \`everyone\`, \`administrators\`, or ${SELECTION_WORDS}`,
      })
      .describe('Whom it is for. The first policy that fits a person is theirs.'),
    /** How many different methods a person must pass. Administrators always pass two. */
    gates: z
      .union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' })
      .describe('How many different methods must be passed. Administrators always pass two.'),
    /** Where administrators are meant: two at least, security-questions not counted. */
    methods: z.array(z.enum(METHOD_KINDS)).min(1),
    /** Whether the private addresses and phones that the directory names are ways to prove oneself. */
    directoryAddresses: z
      .enum(DIRECTORY_ADDRESSES, { error: 'must be `count`, `confirm` or `ignore`' })
      .describe(
        'Whether private addresses and phones that the directory names prove who somebody is: at once (`count`), once the person, signed in, has confirmed them (`confirm`), or never (`ignore`). Accounts of the front door’s own are not meant: what an administrator set of them always counts.',
      )
      .default('count'),
  })
  .refine((value) => new Set(value.methods).size >= value.gates, {
    path: ['methods'],
    error: 'must name at least as many different methods as there are gates',
  });

/** Keys of a tenant's settings; each but `policies` turns something on, and is off by default. */
export const POLICY_FIELDS = {
  /** For whom self-service reset is turned on. Nobody by default. */
  reset: z
    .union([z.enum(['off', 'everyone']), selection(PEOPLE_MAX)], {
      error: `must be \`off\`, \`everyone\`, or ${SELECTION_WORDS}`,
    })
    .describe('For whom self-service reset is turned on.')
    .default('off'),
  /** Whether people may unlock their account without a new password. */
  unlock: z.boolean().describe('Whether people may unlock their account without a new password.').default(false),
  policies: z
    .array(policy)
    .min(1)
    .max(100)
    .default([
      { name: 'everyone', appliesTo: 'everyone', gates: 1, methods: ['email-code'], directoryAddresses: 'count' },
    ]),
  /** Accounts of the directory that count as administrators: always two gates. */
  administrators: z
    .union([z.array(userId).max(ADMINISTRATORS_MAX), selection(ADMINISTRATORS_MAX)], {
      error: `must be a list of user IDs, or ${SELECTION_WORDS}`,
    })
    .describe('Accounts of the directory that count as administrators.')
    .default([]),
  /** Whether people are told by mail when their password was set or their account unlocked. Of changes to their methods they always are. */
  notify: z
    .boolean()
    .describe(
      'Whether people are told by mail when their password was set or their account unlocked. Of changes to their methods they always are.',
    )
    .default(true),
  /** Whether a page shows masked addresses and numbers to whoever has proved nothing yet. */
  addressHints: z
    .enum(ADDRESS_HINTS, { error: 'must be `shown` or `after-first-proof`' })
    .describe(
      'Whether people see their addresses and numbers, masked, where they choose how to prove who they are: at once (`shown`), or once they have passed a first gate (`after-first-proof`): before it several are told apart by number only.',
    )
    .default('shown'),
};

const fields = z.strictObject(POLICY_FIELDS);
export type PolicyDocument = z.output<typeof fields>;

export const policyDocumentSchema = fields.superRefine(refuseMethodsOfAdministrators);

/** Adds an issue for every policy that an administrator could not pass, or that asks administrators what they are never asked. */
export function refuseMethodsOfAdministrators(
  value: Pick<PolicyDocument, 'administrators' | 'policies'>,
  context: z.core.$RefinementCtx,
): void {
  for (const index of policiesOfAdministrators(value)) {
    const { appliesTo, methods = [] } = value.policies[index] ?? {};
    const fit = methods.filter(mayProveAdministrator);
    const refuse = (message: string) =>
      context.addIssue({ code: 'custom', path: ['policies', index, 'methods'], message });
    if (new Set(fit).size < 2)
      refuse(
        `is the policy of an administrator, who always passes two gates: name two different methods, ${NEVER_OF_ADMINISTRATORS} not counted`,
      );
    else if (appliesTo === 'administrators' && fit.length < methods.length)
      refuse(
        `is the policy of administrators, who never prove themselves by ${NEVER_OF_ADMINISTRATORS}: leave them out`,
      );
  }
}

/** Which policies are the first that fits somebody who is known to be an administrator. */
function policiesOfAdministrators(document: Pick<PolicyDocument, 'administrators' | 'policies'>): number[] {
  const { policies } = document;
  const { people: named = [], groups: theirGroups = [] } = canonicalSelection(document.administrators);
  const isAnybody = named.length + theirGroups.length > 0;
  if (!isAnybody && !policies.some(({ appliesTo }) => appliesTo === 'administrators')) return [];
  const theirs: number[] = [];
  for (const [index, { appliesTo }] of policies.entries()) {
    if (typeof appliesTo === 'string') return [...theirs, index];
    const { people = [], groups: meant = [] } = canonicalSelection(appliesTo);
    const isOneOfThem = people.some((each) => named.includes(each)) || meant.some((each) => theirGroups.includes(each));
    if (isOneOfThem) theirs.push(index);
  }
  return theirs;
}

/** What of a tenant a document decides, as the subjects take it: user IDs in their canonical form. */
export function policyOf(
  document: PolicyDocument,
): Pick<Tenant, 'reset' | 'unlock' | 'policies' | 'administrators' | 'notify' | 'addressHints'> {
  const { reset, unlock, policies, administrators, notify, addressHints } = document;
  return {
    reset: typeof reset === 'string' ? reset : canonicalSelection(reset),
    unlock,
    policies: policies.map((each) => ({
      ...each,
      appliesTo: typeof each.appliesTo === 'string' ? each.appliesTo : canonicalSelection(each.appliesTo),
    })),
    administrators: canonicalSelection(administrators),
    notify,
    addressHints,
  };
}

/** The document that the settings of a tenant hold. */
export function documentOf(settings: PolicyDocument): PolicyDocument {
  const { reset, unlock, policies, administrators, notify, addressHints } = settings;
  return { reset, unlock, policies, administrators, notify, addressHints };
}

/** Names of the keys that differ; of `policies` each policy by its name. */
export function changesBetween(before: PolicyDocument, after: PolicyDocument): string[] {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const keys = (['reset', 'unlock', 'administrators', 'notify', 'addressHints'] as const).filter(
    (key) => !isSame(before[key], after[key]),
  );
  const named = (document: PolicyDocument) => document.policies.map(({ name }) => name);
  const names = [...new Set([...named(before), ...named(after)])];
  const ofName = (document: PolicyDocument, name: string) => document.policies.filter((each) => each.name === name);
  const changed = names.filter((name) => !isSame(ofName(before, name), ofName(after, name)));
  const isReordered = changed.length === 0 && !isSame(named(before), named(after));
  return [...keys, ...changed.map((name) => `policies/${name}`), ...(isReordered ? ['policies'] : [])];
}

function canonicalSelection(
  selected:
    | readonly string[]
    | { readonly people?: readonly string[] | undefined; readonly groups?: readonly string[] | undefined },
): Selection {
  const { people = [], groups: named = [] } = isList(selected) ? { people: selected } : selected;
  return { people: people.flatMap((each) => canonicalUserId(each) ?? []), groups: [...named] };
}

function isList(selected: readonly string[] | object): selected is readonly string[] {
  return Array.isArray(selected);
}
