// One person's way through a reset, as a value: where they are, what they have shown, what comes next. Pure.
// Each function is one step and answers undefined when the flow is not where that step can be taken: the caller then shows
// where it is, which makes the back button, a reload and a second tab harmless. Holds no code and no password.

import { z } from 'zod';
import { LIMITS } from '../../protocol/limits.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import { POLICY_RULES, sealedExplanationSchema } from '../../protocol/outcomes.js';
import type { SealedExplanation } from '../../protocol/sealed-explanation.js';
import { LANGUAGES, type Language } from '../languages/language.js';
import { METHOD_KINDS } from '../methods/every-method.js';
import { FLOW_OPERATIONS, type FlowOperation } from './flow-operation.js';

export const FLOW_LIMITS = {
  /** From typing the user ID to the end, whatever happens in between. */
  lifetimeMs: 15 * 60_000,
  /** Passwords a person may try after proving once. */
  passwordTriesMax: 10,
  /** The wait before a code is sent a second time; doubled for each further one. */
  resendWaitMs: 30_000,
  codesSentMax: 5,
} as const;

const PROMPT_UNITS_MAX = 8_192;

const flowMethodSchema = z.object({
  id: z.string(),
  kind: z.enum(METHOD_KINDS),
  /** Where a code is sent to; empty where none is. */
  address: z.string(),
  /** Of the one row that is to prove it; undefined: whichever of its kind the account has. */
  keptId: z.string().optional(),
});

const openProofSchema = z.object({
  /** Keyed hash of the code, bound to session, account and gate; empty where the code is not ours. */
  digest: z.string(),
  /** What the page shows of it, as the method's own page reads it. */
  prompt: z.string().max(PROMPT_UNITS_MAX).default(''),
  issuedAtMs: z.number(),
  expiresAtMs: z.number(),
  triesLeft: z.int(),
});

const personSchema = z.object({
  kind: z.enum(['directory', 'cloud-only']),
  tenantId: identifierSchemas.tenantId,
  anchor: identifierSchemas.anchor,
  /** Every address that is told of what was done. */
  noticeAddresses: z.array(z.string()).readonly(),
  isAdministrator: z.boolean(),
  gates: z.union([z.literal(1), z.literal(2)]),
  methods: z.array(flowMethodSchema),
  offers: z.array(z.enum(FLOW_OPERATIONS)),
  /** The agents that found the account; the first to be asked. Empty for an account of the front door's own. */
  knownBy: z.array(identifierSchemas.agentId).max(LIMITS.recipientsMax).readonly().default([]),
});

const resultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed') }),
  z.object({ kind: z.literal('unlocked'), wasLocked: z.boolean() }),
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('expired') }),
  z.object({ kind: z.literal('not-permitted') }),
]);

const stopSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('blocked'), untilMs: z.number() }),
  z.object({ kind: z.literal('contact-administrator'), reason: z.string() }),
  z.object({ kind: z.literal('cannot-verify') }),
  z.object({ kind: z.literal('try-later') }),
  /** Something was done to the account meanwhile, not by this flow: whatever was proved here was proved before that. */
  z.object({ kind: z.literal('ended-elsewhere') }),
]);

/** Why the last submission was not taken; the same step may be tried again. */
export const refusalSchema = z.enum([...POLICY_RULES, 'seal-expired', 'not-sealed', 'directory-away']);

/** What the code page says above its field. */
export const CODE_NOTICES = [
  'missing',
  'malformed',
  'wrong',
  'expired',
  'already-used',
  'counter-back',
  'too-many-sent',
  'not-now',
  'sent-again',
] as const;

const stageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stopped'), stop: stopSchema }),
  z.object({ kind: z.literal('choosing-operation') }),
  /** `notice`: the way that was chosen is closed just now; nothing could be sent. */
  z.object({ kind: z.literal('choosing-method'), notice: z.enum(['not-sent']).optional() }),
  z.object({ kind: z.literal('answering'), methodId: z.string(), notice: z.enum(CODE_NOTICES).optional() }),
  /** `command`: what the page seals for, once the page was shown. */
  z.object({
    kind: z.literal('proven'),
    command: z.object({ resetId: identifierSchemas.resetId, notAfterMs: z.number() }).optional(),
    refusals: z.array(refusalSchema),
    /** Which word it was, for this person's browser alone. */
    explanation: sealedExplanationSchema.optional(),
  }),
  z.object({ kind: z.literal('submitted'), resetId: identifierSchemas.resetId }),
  z.object({ kind: z.literal('ended'), result: resultSchema }),
]);

/** Three bytes for a unit, nonce and tag, in base64url. */
const SEALED_USER_ID_UNITS_MAX = Math.ceil(((3 * LIMITS.userIdUnitsMax + 28) * 4) / 3);

export const flowSchema = z.object({
  supportId: z.string(),
  /** In which the person was last answered, and is written to. */
  language: z.enum(LANGUAGES).default('en'),
  /** A word for the settings of the organisation that it was begun under. */
  settings: z.string().default(''),
  tenantId: identifierSchemas.tenantId.optional(),
  /** As typed, to be shown again; bounded. Where it is stored it is sealed, which is longer. */
  userId: z.string().max(SEALED_USER_ID_UNITS_MAX),
  expiresAtMs: z.number(),
  /** Undefined where the flow stopped before there was anybody. */
  person: personSchema.optional(),
  operation: z.enum(FLOW_OPERATIONS).optional(),
  /** Kinds of method that were passed, one for each gate behind the person. */
  passed: z.array(z.enum(METHOD_KINDS)),
  openCodes: z.record(z.string(), openProofSchema),
  codesSent: z.int().default(0),
  passwordTries: z.int(),
  /** As the directory had it when the last page was shown. */
  isLocked: z.boolean(),
  stage: stageSchema,
});

export type Flow = z.infer<typeof flowSchema>;
export type FlowPerson = z.infer<typeof personSchema>;
export type FlowMethod = z.infer<typeof flowMethodSchema>;
export type OpenProof = z.infer<typeof openProofSchema>;
export type FlowStop = z.infer<typeof stopSchema>;
export type FlowResult = z.infer<typeof resultSchema>;
export type FlowStage = z.infer<typeof stageSchema>;
export type CodeNotice = (typeof CODE_NOTICES)[number];
export type Refusal = z.infer<typeof refusalSchema>;

export interface FlowStart {
  readonly supportId: string;
  readonly language: Language;
  readonly settings?: string;
  readonly tenantId: Flow['tenantId'];
  readonly userId: string;
  readonly nowMs: number;
}

const fresh = (start: FlowStart) => ({
  supportId: start.supportId,
  language: start.language,
  settings: start.settings ?? '',
  tenantId: start.tenantId,
  userId: start.userId,
  expiresAtMs: start.nowMs + FLOW_LIMITS.lifetimeMs,
  passed: [],
  openCodes: {},
  codesSent: 0,
  passwordTries: 0,
  isLocked: false,
});

export function startStopped(start: FlowStart, stop: FlowStop): Flow {
  return { ...fresh(start), stage: { kind: 'stopped', stop } };
}

export function startProving(start: FlowStart, person: FlowPerson): Flow {
  const [only, another] = person.offers;
  const flow = { ...fresh(start), person };
  return another === undefined
    ? { ...flow, operation: only, stage: { kind: 'choosing-method' } }
    : { ...flow, stage: { kind: 'choosing-operation' } };
}

export function isOver(flow: Flow, nowMs: number): boolean {
  return nowMs >= flow.expiresAtMs;
}

/** Whether the person stands before a gate. */
export function isProving({ stage }: Flow): boolean {
  return stage.kind === 'choosing-method' || stage.kind === 'answering';
}

/** The gate the person stands before, counted from 1. */
export function gateOf(flow: Flow): number {
  return flow.passed.length + 1;
}

/** Methods for this gate: never a kind that was passed already. */
export function methodsOf(flow: Flow): readonly FlowMethod[] {
  return flow.person?.methods.filter(({ kind }) => !flow.passed.includes(kind)) ?? [];
}

export function chooseOperation(flow: Flow, operation: FlowOperation): Flow | undefined {
  if (flow.stage.kind !== 'choosing-operation' || !flow.person?.offers.includes(operation)) return undefined;
  return { ...flow, operation, stage: { kind: 'choosing-method' } };
}

/** `begun`: what was just begun for the method; undefined keeps what is open. */
export function chooseMethod(
  flow: Flow,
  method: FlowMethod,
  begun: { readonly open: OpenProof; readonly isSent: boolean } | undefined,
): Flow | undefined {
  if (!isProving(flow)) return undefined;
  if (!methodsOf(flow).some(({ id }) => id === method.id)) return undefined;
  return {
    ...flow,
    openCodes: begun === undefined ? flow.openCodes : { ...flow.openCodes, [method.id]: begun.open },
    codesSent: flow.codesSent + (begun?.isSent === true ? 1 : 0),
    stage: { kind: 'answering', methodId: method.id },
  };
}

/** Nothing could be sent: another way is open, and what was sent before may still be right. */
export function failSending(flow: Flow, methodId: string, nowMs: number): Flow | undefined {
  if (flow.stage.kind !== 'choosing-method' && flow.stage.kind !== 'answering') return undefined;
  const isOpen = flow.stage.kind === 'answering' && isCodeOpen(flow, methodId, nowMs);
  return isOpen
    ? { ...flow, stage: { kind: 'answering', methodId, notice: 'too-many-sent' } }
    : { ...flow, stage: { kind: 'choosing-method', notice: 'not-sent' } };
}

export function leaveMethod(flow: Flow): Flow | undefined {
  return flow.stage.kind === 'answering' ? { ...flow, stage: { kind: 'choosing-method' } } : undefined;
}

/** When the next code may be asked for. */
export function mayResendAtMs(flow: Flow, methodId: string): number {
  const open = flow.openCodes[methodId];
  if (flow.codesSent >= FLOW_LIMITS.codesSentMax) return Number.POSITIVE_INFINITY;
  return open === undefined ? 0 : open.issuedAtMs + FLOW_LIMITS.resendWaitMs * 2 ** Math.max(0, flow.codesSent - 1);
}

/** Whether a code was issued for the method that may still be right. */
export function isCodeOpen(flow: Flow, methodId: string, nowMs: number): boolean {
  const open = flow.openCodes[methodId];
  return open !== undefined && open.triesLeft > 0 && nowMs < open.expiresAtMs;
}

/** Says something above the code field; takes nothing. */
export function noteCode(flow: Flow, notice: CodeNotice): Flow | undefined {
  return flow.stage.kind === 'answering' ? { ...flow, stage: { ...flow.stage, notice } } : undefined;
}

/**
 * Takes one try from the open code; at none left the code is dead, and only a new one can be right. `triesOfPerson`: how many more the
 * person has, whatever the code. `asked`: what is asked for in place of it, with the tries that are left.
 */
export function failCode(
  flow: Flow,
  notice: CodeNotice,
  { triesOfPerson, asked }: { readonly triesOfPerson: number; readonly asked: OpenProof | undefined },
): Flow | undefined {
  if (flow.stage.kind !== 'answering') return undefined;
  const { methodId } = flow.stage;
  const open = flow.openCodes[methodId];
  const openCodes =
    open === undefined
      ? flow.openCodes
      : {
          ...flow.openCodes,
          [methodId]: { ...(asked ?? open), triesLeft: Math.max(0, Math.min(open.triesLeft - 1, triesOfPerson)) },
        };
  return { ...flow, openCodes, stage: { kind: 'answering', methodId, notice } };
}

/** Asks in place of what went stale, with the tries that were left; takes none. */
export function askAnew(flow: Flow, asked: OpenProof | undefined): Flow | undefined {
  if (flow.stage.kind !== 'answering') return undefined;
  if (asked === undefined) return flow;
  const { methodId } = flow.stage;
  const triesLeft = Math.min(asked.triesLeft, flow.openCodes[methodId]?.triesLeft ?? asked.triesLeft);
  return { ...flow, openCodes: { ...flow.openCodes, [methodId]: { ...asked, triesLeft } } };
}

/** The code was right: on to the next gate, or through. What was open is closed. */
export function passGate(flow: Flow): Flow | undefined {
  if (flow.stage.kind !== 'answering' || flow.person === undefined) return undefined;
  const { methodId } = flow.stage;
  const method = methodsOf(flow).find(({ id }) => id === methodId);
  if (method === undefined) return undefined;
  const passed = [...flow.passed, method.kind];
  const isThrough = passed.length >= flow.person.gates;
  return {
    ...flow,
    passed,
    openCodes: {},
    stage: isThrough ? { kind: 'proven', refusals: [] } : { kind: 'choosing-method' },
  };
}

/** Readies a new command for the page that is about to be shown; an earlier one of this flow is not taken any more. */
export function armCommand(
  flow: Flow,
  armed: {
    readonly command: NonNullable<Extract<FlowStage, { kind: 'proven' }>['command']>;
    readonly isLocked: boolean;
    readonly knownBy: FlowPerson['knownBy'];
  },
): Flow | undefined {
  const { command, isLocked, knownBy } = armed;
  if (flow.stage.kind !== 'proven' || flow.person === undefined) return undefined;
  return { ...flow, isLocked, person: { ...flow.person, knownBy }, stage: { ...flow.stage, command } };
}

export function submit(flow: Flow): Flow | undefined {
  if (flow.stage.kind !== 'proven' || flow.stage.command === undefined) return undefined;
  if (flow.passwordTries >= FLOW_LIMITS.passwordTriesMax) return undefined;
  const { resetId } = flow.stage.command;
  return { ...flow, passwordTries: flow.passwordTries + 1, stage: { kind: 'submitted', resetId } };
}

/** Another password may be tried, without proving again. */
export function refuse(
  flow: Flow,
  refusals: readonly Refusal[],
  explanation?: SealedExplanation | undefined,
): Flow | undefined {
  const isHere = flow.stage.kind === 'submitted' || flow.stage.kind === 'proven';
  return isHere ? { ...flow, stage: { kind: 'proven', refusals: [...refusals], explanation } } : undefined;
}

/**
 * Nothing was written, since nobody was there to write it: the same step may be tried again, under a new reset id, for as long as
 * the flow lasts. It was no try of a password either.
 */
export function putOff(flow: Flow): Flow | undefined {
  if (flow.stage.kind !== 'submitted') return undefined;
  const passwordTries = Math.max(0, flow.passwordTries - 1);
  return { ...flow, passwordTries, stage: { kind: 'proven', refusals: ['directory-away'] } };
}

export function end(flow: Flow, result: FlowResult): Flow {
  return { ...flow, openCodes: {}, stage: { kind: 'ended', result } };
}

export function stop(flow: Flow, why: FlowStop): Flow {
  return { ...flow, openCodes: {}, stage: { kind: 'stopped', stop: why } };
}

/**
 * Something was done to the account, not by this flow. What was submitted stays unknown until its own answer comes, and for good where it
 * never does: nobody may be told that nothing was changed.
 */
export function endElsewhere(flow: Flow): Flow {
  if (flow.stage.kind === 'submitted') return end(flow, { kind: 'unknown' });
  return stop(flow, { kind: 'ended-elsewhere' });
}
