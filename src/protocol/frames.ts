// Every frame of an established link, and its codec. A frame is one JSON object; unknown kinds and fields are refused.
// The front door asks, the agent answers; both send heartbeats, and say why they close. No I/O.

import { z } from 'zod';
import { Failure } from '../failure/failure.js';
import { LINK_END_REASONS } from './close-codes.js';
import { dispositionSchema } from './dispositions.js';
import { LIMITS } from './limits.js';
import { identifierSchemas, inspectionSchema, type ManagedAccount, managedAccountSchema } from './managed-accounts.js';
import { listingSchema } from './mirror-listing.js';
import { AGENT_OPERATIONS } from './operations.js';
import { resetOutcomeSchema } from './outcomes.js';
import { accountOf, personValuesSchema } from './person-values.js';
import { sealingKeySchema } from './sealing-keys.js';
import { endedPassSchema } from './sync-reports.js';
import { toldDirectorySchema } from './told-groups.js';
import { WrittenBatch } from './written-batch.js';

export const sealedPasswordSchema = z.strictObject({
  keyId: identifierSchemas.keyId,
  enc: z.string().regex(/^[A-Za-z0-9_-]{87}$/),
  ciphertext: z.string().regex(/^[A-Za-z0-9_-]{1387}$/),
});

/** Canonical. What is sealed is then sealed for this name, see named-account.ts, and the account must answer to it. */
const sealedForName = z.string().min(1).max(LIMITS.userIdUnitsMax);

const flagsSchema = z.strictObject({ unlock: z.boolean(), mustChange: z.boolean() });

/** Which account is meant: what a person typed, or the anchor of one found before. */
const subjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user-id'), userId: z.string().min(1).max(LIMITS.userIdUnitsMax) }),
  z.strictObject({ kind: z.literal('anchor'), anchor: identifierSchemas.anchor }),
]);

/** What the front door may ask of an agent. The list is closed: nothing else can be reached through the link. */
export const agentRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('inspect'), subject: subjectSchema }),
  z.strictObject({
    kind: z.enum(['reset', 'reset-after-compromise']),
    resetId: identifierSchemas.resetId,
    anchor: identifierSchemas.anchor,
    flags: flagsSchema,
    notAfterMs: z.int(),
    sealed: sealedPasswordSchema,
  }),
  /** With the current password, sealed beside the new one. */
  z.strictObject({
    kind: z.literal('change'),
    resetId: identifierSchemas.resetId,
    anchor: identifierSchemas.anchor,
    userId: sealedForName.optional(),
    notAfterMs: z.int(),
    sealed: sealedPasswordSchema,
  }),
  /** With the password that the person says is theirs. */
  z.strictObject({
    kind: z.literal('sign-in'),
    resetId: identifierSchemas.resetId,
    anchor: identifierSchemas.anchor,
    userId: sealedForName.optional(),
    notAfterMs: z.int(),
    sealed: sealedPasswordSchema,
  }),
  z.strictObject({
    kind: z.literal('unlock'),
    resetId: identifierSchemas.resetId,
    anchor: identifierSchemas.anchor,
    notAfterMs: z.int(),
  }),
  /** Without a password: the agent makes one that nobody learns. Only to an agent that offers it. */
  z.strictObject({
    kind: z.literal('invalidate-password'),
    resetId: identifierSchemas.resetId,
    anchor: identifierSchemas.anchor,
    notAfterMs: z.int(),
  }),
]);

export const agentAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('inspected'), inspection: inspectionSchema }),
  z.strictObject({ kind: z.literal('outcome'), outcome: resetOutcomeSchema }),
]);

const requestNumber = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Which pass over a directory, and which of its frames, counted from 0: what is out of turn is refused. */
const turn = { generation: z.int().min(1), step: z.int().min(0) };
const directoryId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/);
/** The agent's own word for what it sent of an account; the front door keeps it, and reads nothing into it. Empty: not known. */
const fingerprint = z.string().regex(new RegExp(`^[A-Za-z0-9_-]{0,${LIMITS.fingerprintUnitsMax}}$`));

/** The agent's own word for where its last pass ended; the front door keeps it, and reads nothing into it. */
const mark = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

/** What the mirror holds of one account, with the names it goes by, for people. */
export const namedEntrySchema = z.strictObject({
  anchor: identifierSchemas.anchor,
  fingerprint,
  isAbsent: z.boolean(),
  displayName: z.string().max(LIMITS.nameUnitsMax),
  samAccountName: z.string().max(LIMITS.nameUnitsMax),
});

/** Which of a batch's, counted from 0. */
const dispositionPlace = z
  .int()
  .min(0)
  .max(LIMITS.accountsPerBatchMax - 1);

/** One account for the mirror, new or changed, as a batch tells of it: what may be done stands in it, or with that of others. */
const toldChangeSchema = z.strictObject({
  account: managedAccountSchema.extend({ disposition: dispositionSchema.optional() }),
  /** From link version 3 on. */
  disposition: dispositionPlace.optional(),
  fingerprint,
});

/** The same in short: its anchor, who it is, which of the batch's dispositions, counted from 0, and its fingerprint. */
const toldRowSchema = z.tuple([identifierSchemas.anchor, personValuesSchema, dispositionPlace, fingerprint]);

/** Accounts that are new or changed, and such as are gone: only what is named here changes. */
export const syncBatchSchema = z.strictObject({
  kind: z.literal('sync-batch'),
  ...turn,
  changed: z.array(toldChangeSchema).max(LIMITS.accountsPerBatchMax),
  absent: z.array(identifierSchemas.anchor).max(LIMITS.accountsPerBatchMax),
  /** From link version ROWS_SINCE on, and instead: nothing is `changed` then. */
  rows: z.array(toldRowSchema).max(LIMITS.accountsPerBatchMax).optional(),
  /** Each once, since nearly all people have the same few. */
  dispositions: z.array(dispositionSchema).max(LIMITS.accountsPerBatchMax).optional(),
});

/** What either end may say at any time. */
const either = [
  z.strictObject({ kind: z.literal('ping') }),
  z.strictObject({ kind: z.literal('pong') }),
  /** The last frame: who sends it closes now, and why. Only here is the reason the peer's own word; a close code is anybody's. */
  z.strictObject({ kind: z.literal('closing'), reason: z.enum(LINK_END_REASONS) }),
] as const;

/** Frames from the front door to the agent. */
export const frontDoorFrameSchema = z.discriminatedUnion('kind', [
  ...either,
  z.strictObject({
    kind: z.literal('request'),
    number: requestNumber,
    request: agentRequestSchema,
    /** The agent gets ready, and waits for `write-decided` before it writes. From version AHEAD_SINCE on. */
    isAhead: z.literal(true).optional(),
  }),
  /** What was asked ahead under this number may be written now, or never. */
  z.strictObject({ kind: z.literal('write-decided'), number: requestNumber, mayWrite: z.boolean() }),
  /** The pass may go on. `mark`: of the last pass that came to its end, unless another agent has kept the mirror since. */
  z.strictObject({ kind: z.literal('sync-begun'), ...turn, mark: mark.optional() }),
  /** It may not: this other agent keeps the directory's mirror for now. */
  z.strictObject({ kind: z.literal('sync-led'), ...turn, by: identifierSchemas.agentId }),
  /** The next page of what it holds, by anchor. `total`, with the first: of how many, those included that are absent. */
  z.strictObject({
    kind: z.literal('sync-listed'),
    ...turn,
    total: z.int().min(0).optional(),
    listing: listingSchema,
    isLast: z.boolean(),
  }),
  /** Those of the anchors that it holds. */
  z.strictObject({
    kind: z.literal('sync-looked'),
    ...turn,
    entries: z.array(namedEntrySchema).max(LIMITS.lookedUpMax),
  }),
  /** The batch, or the end of the pass, is committed to the front door's store. */
  z.strictObject({
    kind: z.literal('sync-committed'),
    ...turn,
    /**
     * Of a batch, from link version REPLACED_SINCE on: the fingerprint that it held of each account that is changed, in that order. Empty
     * where it held none.
     */
    replaced: z.array(fingerprint).max(LIMITS.accountsPerBatchMax).optional(),
  }),
  /** It is not: the store failed, or it came out of turn. The pass is over; the next one has a new generation. */
  z.strictObject({ kind: z.literal('sync-refused'), ...turn }),
  z.strictObject({
    kind: z.literal('go-away'),
    reconnectAfterMinMs: z.int().min(0),
    reconnectAfterMaxMs: z.int().min(0),
  }),
]);

/** Frames from the agent to the front door. */
export const agentFrameSchema = z.discriminatedUnion('kind', [
  ...either,
  /** First frame after the handshake, and again whenever one of these changes. */
  z.strictObject({
    kind: z.literal('ready'),
    software: z.string().max(64),
    sealingKeys: z.array(sealingKeySchema).min(1).max(LIMITS.sealingKeysPerAgentMax),
    operations: z.array(z.enum(AGENT_OPERATIONS)).max(AGENT_OPERATIONS.length),
    isHeld: z.boolean(),
    /** Its directories, and of which groups of each it tells. Absent: of none in any. */
    directories: z.array(toldDirectorySchema).max(LIMITS.directoriesPerAgentMax).optional(),
  }),
  z.strictObject({ kind: z.literal('answer'), number: requestNumber, answer: agentAnswerSchema }),
  /** The agent finishes what it has and takes nothing new. */
  z.strictObject({ kind: z.literal('draining') }),
  /** A pass came to its end, whichever; it may be told more than once. Nobody answers. */
  z.strictObject({ kind: z.literal('pass-ended'), pass: endedPassSchema }),
  /** A pass over one of the agent's directories begins; an earlier one of this link is over. */
  z.strictObject({
    kind: z.literal('sync-begin'),
    ...turn,
    directoryId,
    /** What the directory says of itself, the same to every agent that reads it. Undefined: it says nothing to this one. */
    directoryKey: identifierSchemas.anchor.optional(),
  }),
  /** What does the mirror hold of this directory, behind this anchor? */
  z.strictObject({ kind: z.literal('sync-list'), ...turn, after: identifierSchemas.anchor.optional() }),
  /** What does the mirror hold of this directory under these anchors, and who is that? */
  z.strictObject({
    kind: z.literal('sync-look'),
    ...turn,
    anchors: z.array(identifierSchemas.anchor).max(LIMITS.lookedUpMax),
  }),
  /**
   * The same contract as code that zod makes of it, since every account of a directory comes through here: a third of the time. What
   * that code does not take is judged by the schema itself, which says where. Strict: no schema that zod can make none of.
   */
  z.compile(syncBatchSchema, { strict: true }),
  /** The pass came to its end: whoever could be read is mirrored. `mark`: by which the agent knows this state again. */
  z.strictObject({ kind: z.literal('sync-complete'), ...turn, mark: mark.optional() }),
]);

export type FrontDoorFrame = z.infer<typeof frontDoorFrameSchema>;
/** As it stands on the wire. */
type ToldFrame = z.infer<typeof agentFrameSchema>;
type ToldBatch = Extract<ToldFrame, { kind: 'sync-batch' }>;
/** Accounts that are new or changed, each whole. */
type SyncBatch = Omit<ToldBatch, 'changed' | 'rows' | 'dispositions'> & { readonly changed: readonly MirroredChange[] };
export type AgentFrame = Exclude<ToldFrame, ToldBatch> | SyncBatch;
/** The same as an agent sends it. */
type SentBatch<Changed> = Omit<SyncBatch, 'changed'> & { readonly changed: Changed };
/** What an agent sends: the front door reads it as AgentFrame. */
export type SentFrame = Exclude<AgentFrame, SyncBatch> | SentBatch<SyncBatch['changed'] | WrittenBatch>;
export type SentSyncFrame = Extract<SentFrame, { kind: `sync-${string}` }>;
export type SyncFrame = Extract<AgentFrame, { kind: `sync-${string}` }>;
export type SyncReply = Extract<FrontDoorFrame, { kind: `sync-${string}` }>;
/** An answer that lets the pass go on. */
export type TakenSyncReply = Exclude<SyncReply, { kind: 'sync-refused' }>;
/** See `sync-begun`. */
export type SyncMark = string;
export type NamedEntry = z.infer<typeof namedEntrySchema>;
/** One account for the mirror, new or changed. */
export interface MirroredChange {
  readonly account: ManagedAccount;
  readonly fingerprint: string;
}
export type AgentRequest = z.infer<typeof agentRequestSchema>;
export type AgentAnswer = z.infer<typeof agentAnswerSchema>;
export type AccountSubject = z.infer<typeof subjectSchema>;
export type ResetRequest = Extract<AgentRequest, { sealed: unknown; flags: unknown }>;
export type ChangeRequest = Extract<AgentRequest, { kind: 'change' }>;
export type SignInRequest = Extract<AgentRequest, { kind: 'sign-in' }>;
export type UnlockRequest = Extract<AgentRequest, { kind: 'unlock' }>;
export type InvalidateRequest = Extract<AgentRequest, { kind: 'invalidate-password' }>;

/** What the peer sent is not a frame of this protocol. The link ends with `malformed-frame`. */
export class MalformedFrame extends Failure {
  readonly code = 'malformed-frame';
  readonly retry = { mayRetry: false, why: 'the peer speaks another language' };
}

export function encodeFrame(frame: FrontDoorFrame | SentFrame): Uint8Array {
  if (!isWritten(frame)) return utf8.encode(JSON.stringify(frame));
  const { changed, ...rest } = frame;
  return changed.frameWith(JSON.stringify(rest));
}

function isWritten(frame: FrontDoorFrame | SentFrame): frame is SentBatch<WrittenBatch> {
  return frame.kind === 'sync-batch' && frame.changed instanceof WrittenBatch;
}

/** Each change with what may be done, for a front door that speaks a version before ROWS_SINCE. */
export function spelledOut(frame: SentFrame): SentFrame {
  return isWritten(frame) ? decodeAgentFrame(encodeFrame(frame)) : frame;
}

const utf8 = new TextEncoder();

/** Whether a frame of the agent's own making is in contract. What was checked when it was written is not checked once more. */
export function isInContract(frame: SentFrame): boolean {
  return agentFrameSchema.safeParse(isWritten(frame) ? { ...frame, changed: [] } : frame).success;
}

/** Decodes and checks; throws MalformedFrame with the paths, never the values, of what is wrong. */
export function decodeWith<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's message quotes what it read, which may be anything: not passed on.
    throw new MalformedFrame('a frame that is not JSON in UTF-8');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.join('.') || '(frame)').slice(0, 5);
  throw new MalformedFrame(`a frame that is not valid at ${paths.join(', ')}`);
}

/** An agent's frame. Throws MalformedFrame as `decodeWith` does. */
export function decodeAgentFrame(bytes: Uint8Array): AgentFrame {
  const frame = decodeWith(agentFrameSchema, bytes);
  return frame.kind === 'sync-batch' ? spellOut(frame) : frame;
}

/**
 * Each account with what may be done, which is told of it alone or of many; into the objects that were read for this. No transform of the
 * schema's: those keep every frame for long.
 */
function spellOut({ rows = [], dispositions = [], ...batch }: ToldBatch): SyncBatch {
  const changed: MirroredChange[] = [];
  if (rows.length > 0 && batch.changed.length > 0)
    throw new MalformedFrame('a batch that tells of accounts in two ways');
  // Everybody's who name it.
  for (const each of dispositions) Object.freeze(each);
  for (const { account, disposition: place, fingerprint } of batch.changed) {
    if (place !== undefined) {
      if (account.disposition !== undefined) throw withoutOneDisposition();
      account.disposition = dispositions[place];
    }
    if (!isWhole(account)) throw withoutOneDisposition();
    changed.push({ account, fingerprint });
  }
  for (const [anchor, values, place, fingerprint] of rows) {
    const disposition = dispositions[place];
    if (disposition === undefined) throw withoutOneDisposition();
    changed.push({ account: accountOf(values, { anchor, disposition }), fingerprint });
  }
  return { ...batch, changed };
}

function isWhole(account: ToldBatch['changed'][number]['account']): account is ManagedAccount {
  return account.disposition !== undefined;
}

function withoutOneDisposition(): MalformedFrame {
  return new MalformedFrame('a batch that tells of an account without one disposition');
}
