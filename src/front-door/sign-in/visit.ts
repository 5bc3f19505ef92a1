// One person's visit with a password they know, as a value: entering it, changing it, or signed in. Pure.
// Each function is one step and answers undefined when the visit is not where that step can be taken, as in resets/flow.ts.
// Holds no password. Who is meant stays hidden until the password was found right: whoever enters learns nothing from the page.

import { z } from 'zod';
import { LIMITS } from '../../protocol/limits.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import { type PolicyRule, sealedExplanationSchema } from '../../protocol/outcomes.js';
import type { SealedExplanation } from '../../protocol/sealed-explanation.js';
import { LANGUAGES, type Language } from '../languages/language.js';
import { METHOD_KINDS } from '../methods/every-method.js';
import { type Flow, flowSchema, refusalSchema } from '../resets/flow.js';

export const VISIT_LIMITS = {
  /** From typing the user ID until the password is found right. */
  enteringMs: 15 * 60_000,
  /** From then on, whatever happens in between. */
  signedInMs: 30 * 60_000,
  /** For how long a way that was proved with lets ways be changed. */
  confirmedMs: 10 * 60_000,
} as const;

/** What the person came for. */
export const PURPOSES = ['security-info', 'change-password'] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * What is said above the field of the current password. `wrong`: also of nobody, and of an account that is locked or closed, which
 * whoever does not know the password must not be told.
 */
export const ENTRY_NOTICES = ['wrong', 'seal-expired', 'not-sealed', 'away'] as const;
export type EntryNotice = (typeof ENTRY_NOTICES)[number];

/** Of what is shown again in a form: as long as an address may be. */
export const CHOSEN_UNITS_MAX = 254;

/** Why another password has to be chosen before anything else. */
export const MUSTS = ['must-change', 'password-expired'] as const;
export type Must = (typeof MUSTS)[number];

const commandSchema = z.object({ resetId: identifierSchemas.resetId, notAfterMs: z.number() });

const visitPersonSchema = z.object({
  kind: z.enum(['directory', 'cloud-only']),
  tenantId: identifierSchemas.tenantId,
  anchor: identifierSchemas.anchor,
  /** All that the account answers to, canonical. */
  userIds: z.array(z.string()).readonly(),
  isAdministrator: z.boolean(),
  memberships: z.object({
    in: z.array(z.string()).readonly(),
    notIn: z.union([z.literal('all-others'), z.array(z.string()).readonly()]),
  }),
  /** Where a code can be read without the password. */
  addresses: z.array(z.string()).readonly(),
  /** Numbers of phones that the directory names. */
  phones: z.array(z.string()).readonly().default([]),
  /** Every address that is told of what was done. */
  noticeAddresses: z.array(z.string()).readonly(),
  knownBy: z.array(identifierSchemas.agentId).max(LIMITS.recipientsMax).readonly(),
});

const pendingSetupSchema = z.object({
  prompt: z.string(),
  data: z.string(),
  issuedAtMs: z.number(),
  expiresAtMs: z.number(),
  triesLeft: z.int(),
});

export const SETUP_PROBLEMS = [
  'question-twice',
  'answer-too-short',
  'answer-too-long',
  'answer-in-question',
  'answer-is-name',
  'answers-alike',
  'missing',
  'malformed',
  'not-served',
  'wrong',
  'expired',
  'there-already',
  'not-private',
  'too-many',
  'not-now',
  'too-many-sent',
  'blocked',
] as const;

const atSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list') }),
  /** A way is being set up: the first step, or the second one once something is pending. */
  z.object({
    kind: z.literal('setting-up'),
    method: z.enum(METHOD_KINDS),
    pending: pendingSetupSchema.optional(),
    /** What is pending went to what the directory names: nobody has shown that they know the whole of it, and it stays masked. */
    isNamed: z.boolean().optional(),
    /** It was sent once more, and the code before is of no use any more. */
    wasSentAgain: z.boolean().optional(),
    problem: z.enum(SETUP_PROBLEMS).optional(),
    /** In which field the problem is; and what was chosen in the form, to be shown again. */
    field: z.int().optional(),
    chosen: z.array(z.string().max(CHOSEN_UNITS_MAX)).max(8).readonly().optional(),
  }),
  /** What is told once. */
  z.object({ kind: z.literal('shown'), method: z.enum(METHOD_KINDS), texts: z.array(z.string()).readonly() }),
]);

/** One way, as the list of them calls it. */
const triedSchema = z.object({ method: z.enum(METHOD_KINDS), name: z.string(), address: z.string() });

/** What is said above the list. `works`: of what was tried; `not-now`: nothing could be sent for it; `expired`: a proof took too long. */
export const NEWS = [
  'added',
  'added-untold',
  'removed',
  'removed-untold',
  'renamed',
  'confirmed',
  'works',
  'not-now',
  'expired',
] as const;

const stopSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('blocked'), untilMs: z.number() }),
  z.object({ kind: z.literal('contact-administrator'), reason: z.string() }),
]);

const stageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('entering'),
    purpose: z.enum(PURPOSES),
    /** What the page seals for, once the page was shown. */
    command: commandSchema.optional(),
    notice: z.enum(ENTRY_NOTICES).optional(),
    /** Why the new password was not taken: the current one was right then. */
    refusals: z.array(refusalSchema).readonly(),
    /** Which word it was, for this person's browser alone. */
    explanation: sealedExplanationSchema.optional(),
    must: z.enum(MUSTS).optional(),
    /** The password was right once: the account's rules may be shown. */
    isKnown: z.boolean(),
  }),
  z.object({ kind: z.literal('submitted'), purpose: z.enum(PURPOSES), isKnown: z.boolean() }),
  z.object({ kind: z.literal('stopped'), stop: stopSchema }),
  /** `unknown`: nobody can say whether the new password was taken. */
  z.object({ kind: z.literal('ended'), result: z.enum(['changed', 'unknown', 'not-permitted']) }),
  z.object({
    kind: z.literal('signed-in'),
    /** Until when ways may be changed; 0: something has to be proved first. */
    confirmedUntilMs: z.number(),
    /** The proof that is under way. `tried`: the one way that it tries; undefined: it lets ways be changed. */
    proving: z.object({ flow: flowSchema, tried: triedSchema.optional() }).optional(),
    /** What the one before it had sent: beginning anew sends nothing sooner. `sentTo`: the address that each way's id stood for then. */
    left: flowSchema
      .pick({ codesSent: true, openCodes: true })
      .extend({ sentTo: z.record(z.string(), z.string()).default({}) })
      .optional(),
    at: atSchema,
    /** What was done last. */
    news: z.enum(NEWS).optional(),
    /** What `works`. */
    worked: triedSchema.optional(),
  }),
]);

export const visitSchema = z.object({
  supportId: z.string(),
  language: z.enum(LANGUAGES),
  tenantId: identifierSchemas.tenantId.optional(),
  /** As typed. */
  userId: z.string().max(LIMITS.userIdUnitsMax),
  expiresAtMs: z.number(),
  /** Undefined where nobody is meant; no page may differ for that. */
  person: visitPersonSchema.optional(),
  stage: stageSchema,
});

export type Visit = z.infer<typeof visitSchema>;
export type VisitStage = Visit['stage'];
export type VisitPerson = z.infer<typeof visitPersonSchema>;
export type VisitCommand = z.infer<typeof commandSchema>;
export type SignedIn = Extract<VisitStage, { kind: 'signed-in' }>;
export type Tried = z.infer<typeof triedSchema>;
export type News = (typeof NEWS)[number];
export type Entering = Extract<VisitStage, { kind: 'entering' }>;

export function startVisit(start: {
  readonly supportId: string;
  readonly language: Language;
  readonly tenantId: Visit['tenantId'];
  readonly userId: string;
  readonly purpose: Purpose;
  readonly person: VisitPerson | undefined;
  readonly nowMs: number;
}): Visit {
  const { nowMs, purpose, ...visit } = start;
  return { ...visit, expiresAtMs: nowMs + VISIT_LIMITS.enteringMs, stage: entering(purpose) };
}

const entering = (purpose: Purpose): Entering => ({ kind: 'entering', purpose, refusals: [], isKnown: false });

export function isVisitOver(visit: Visit, nowMs: number): boolean {
  return nowMs >= visit.expiresAtMs;
}

/** Readies a new command for the page that is about to be shown; an earlier one is not taken any more. */
export function armEntry(visit: Visit, command: VisitCommand): Visit | undefined {
  const { stage } = visit;
  return stage.kind === 'entering' ? { ...visit, stage: { ...stage, command } } : undefined;
}

export function submitEntry(visit: Visit): Visit | undefined {
  const { stage } = visit;
  if (stage.kind !== 'entering' || stage.command === undefined) return undefined;
  return { ...visit, stage: { kind: 'submitted', purpose: stage.purpose, isKnown: stage.isKnown } };
}

/** The current password may be entered again. */
export function askEntryAgain(visit: Visit, notice: EntryNotice): Visit | undefined {
  const { stage } = visit;
  if (stage.kind !== 'submitted' && stage.kind !== 'entering') return undefined;
  const { purpose, isKnown } = stage;
  return { ...visit, stage: { ...entering(purpose), isKnown, notice } };
}

/** The new password was not taken; the current one may be the right one. */
export function refuseNewPassword(
  visit: Visit,
  refusals: readonly PolicyRule[],
  explanation: SealedExplanation | undefined,
): Visit | undefined {
  const { stage } = visit;
  if (stage.kind !== 'submitted') return undefined;
  const { purpose, isKnown } = stage;
  return { ...visit, stage: { ...entering(purpose), isKnown, refusals: [...refusals], explanation } };
}

/** The password is right, and another one is chosen now: since the person came for that, or `must`. */
export function leadToChange(visit: Visit, nowMs: number, must: Must | undefined): Visit | undefined {
  if (visit.stage.kind !== 'submitted' || visit.person === undefined) return undefined;
  const expiresAtMs = nowMs + VISIT_LIMITS.enteringMs;
  return { ...visit, expiresAtMs, stage: { ...entering('change-password'), isKnown: true, must } };
}

/** Whether somebody is there who has shown that they know the password: whose visit it is may be told, and ended from elsewhere. */
export function isKnown({ stage }: Visit): boolean {
  if (stage.kind === 'entering' || stage.kind === 'submitted') return stage.isKnown;
  return stage.kind === 'signed-in';
}

export type EntryOperation = 'sign-in' | 'change';

/** What the password that is entered is for. */
export function operationOf({ purpose, isKnown }: Pick<Entering, 'purpose' | 'isKnown'>): EntryOperation {
  return purpose === 'change-password' && isKnown ? 'change' : 'sign-in';
}

/** `hasMethods`: then one of them has to be proved before ways are changed. */
export function enter(visit: Visit, nowMs: number, hasMethods: boolean): Visit | undefined {
  if (visit.stage.kind !== 'submitted' || visit.person === undefined) return undefined;
  const confirmedUntilMs = hasMethods ? 0 : nowMs + VISIT_LIMITS.signedInMs;
  return {
    ...visit,
    expiresAtMs: nowMs + VISIT_LIMITS.signedInMs,
    stage: { kind: 'signed-in', confirmedUntilMs, at: { kind: 'list' } },
  };
}

export function stopVisit(visit: Visit, stop: Extract<VisitStage, { kind: 'stopped' }>['stop']): Visit {
  return { ...visit, stage: { kind: 'stopped', stop } };
}

export function endVisit(visit: Visit, result: Extract<VisitStage, { kind: 'ended' }>['result']): Visit {
  return { ...visit, stage: { kind: 'ended', result } };
}

/** Changes where the signed-in person is. */
export function move(visit: Visit, change: Partial<Omit<SignedIn, 'kind'>>): Visit | undefined {
  const { stage } = visit;
  return stage.kind === 'signed-in' ? { ...visit, stage: { ...stage, ...change } } : undefined;
}

/** Back to the list, whatever was begun. */
export function leave(visit: Visit): Visit | undefined {
  return endProving(move(visit, { at: { kind: 'list' } }) ?? visit, undefined);
}

export function isConfirmed(visit: Visit, nowMs: number): boolean {
  return visit.stage.kind === 'signed-in' && nowMs < visit.stage.confirmedUntilMs;
}

/** What the proofs of this visit had sent, the one under way among them. */
function sentBefore({ stage }: Visit): SignedIn['left'] {
  if (stage.kind !== 'signed-in') return undefined;
  const { proving, left } = stage;
  if (proving === undefined) return left;
  const { codesSent, openCodes, passed, person } = proving.flow;
  const sentTo = Object.fromEntries((person?.methods ?? []).map(({ id, address }) => [id, address]));
  // A code of the second gate is right behind the first one alone.
  return { codesSent, openCodes: passed.length === 0 ? openCodes : {}, sentTo: { ...left?.sentTo, ...sentTo } };
}

/**
 * The flow with what was sent before it in this visit: it goes on from there. A code is right for the address that it went to alone: once
 * a way is gone, the id that it had may be another's.
 */
export function withSentBefore<Begun extends Flow>(visit: Visit, flow: Begun): Begun {
  const before = sentBefore(visit);
  if (before === undefined) return flow;
  const { codesSent, openCodes, sentTo } = before;
  const others = (flow.person?.methods ?? []).filter(({ id, address }) => sentTo[id] !== address).map(({ id }) => id);
  return { ...flow, codesSent, openCodes: codesBut(openCodes, others) };
}

function codesBut(openCodes: Flow['openCodes'], ids: readonly string[]): Flow['openCodes'] {
  return Object.fromEntries(Object.entries(openCodes).filter(([id]) => !ids.includes(id)));
}

/** Begins a proof, in place of one that is under way. `tried`: the one way that it tries; undefined: it lets ways be changed. */
export function startProving(visit: Visit, flow: Flow, tried: Tried | undefined): Visit | undefined {
  return move(visit, { proving: { flow, tried }, left: sentBefore(visit), news: undefined });
}

/** The proof under way has gone on to here; where it is through, or a try has nowhere to go on to, it is over. */
export function goOnProving(visit: Visit, flow: Flow, nowMs: number): Visit | undefined {
  const { stage } = visit;
  if (stage.kind !== 'signed-in' || stage.proving === undefined) return undefined;
  const { tried } = stage.proving;
  const moved = move(visit, { proving: { flow, tried } });
  if (moved === undefined) return undefined;
  if (tried === undefined) return flow.stage.kind === 'proven' ? confirm(moved, nowMs) : moved;
  switch (flow.stage.kind) {
    case 'proven':
      return endTry(visit, flow, tried);
    case 'choosing-method':
      // There is one way to choose from: it was left, or nothing could be sent for it.
      return endProving(moved, flow.stage.notice === undefined ? undefined : 'not-now');
    default:
      return moved;
  }
}

/** To the list, where a way is gone: nothing is proved by it that is under way in another tab. */
export function showRemoved(visit: Visit, news: 'removed' | 'removed-untold'): Visit | undefined {
  return endProving(move(visit, { at: { kind: 'list' } }) ?? visit, news);
}

/** Ends the proof under way without one; what it had sent stays sent. */
export function endProving(
  visit: Visit,
  news: Extract<News, 'not-now' | 'expired' | 'removed' | 'removed-untold'> | undefined,
): Visit | undefined {
  return move(visit, { proving: undefined, left: sentBefore(visit), news });
}

/** The proof is through: ways may be changed for a while. What it had sent is used up. */
function confirm(visit: Visit, nowMs: number): Visit | undefined {
  const confirmedUntilMs = nowMs + VISIT_LIMITS.confirmedMs;
  return move(visit, { proving: undefined, left: undefined, confirmedUntilMs });
}

/**
 * What was tried works, and that is all. On purpose no confirmation, however many ways a change asks for: it tries what the person
 * points at, be it the weakest, and what may be done next must not hang on which button began a proof.
 */
function endTry(visit: Visit, flow: Flow, tried: Tried): Visit | undefined {
  if (visit.stage.kind !== 'signed-in') return undefined;
  const { left } = visit.stage;
  // Its own code is used up, and counts no more; what was sent for other ways waits as before.
  const used = flow.person?.methods.map(({ id }) => id) ?? [];
  return move(visit, {
    proving: undefined,
    left: left && { ...left, openCodes: codesBut(left.openCodes, used) },
    news: 'works',
    worked: tried,
  });
}
