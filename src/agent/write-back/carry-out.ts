// Carries out one command the ledger has taken: checks, waits its turn, reads the account and opens the seal meanwhile, decides,
// writes or asks once.
// Everything before `markSent` may fail freely, since nothing was written; after it nothing throws and nothing is repeated.
// The open password lives here only, as bytes, and is zeroed on every way out.

import { assert, assertNever } from '../../failure/assert.js';
import type { Disposition } from '../../protocol/dispositions.js';
import type { TenantId } from '../../protocol/identifiers.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { DeadlineExceeded, nextTurn, startDeadline, unlessAborted, withDeadline } from '../../timing/waits.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import {
  type AccountChange,
  DirectoryMisconfigured,
  DirectoryUnreachable,
  type WriteIntent,
  type WriteResult,
} from '../directory/ports.js';
import type { Command, CommandRequest } from './command.js';
import { type DecidedChange, decideChange } from './decide-change.js';
import { agentSays, directorySays, type Ending } from './ending.js';
import type { SentFacts } from './ledger.js';
import {
  type OpenedPasswords,
  type OpeningResult,
  openPasswords,
  type UnsealingKeys,
  zeroPasswords,
} from './open-password.js';
import { outcomeOfWrite } from './outcome-of-write.js';
import type { PasswordRules } from './password-rules.js';
import { type SettleDeps, settleWrite } from './settle-write.js';
import { trySignIn } from './try-sign-in.js';
import type { Turns } from './turns.js';
import { type WhyNotDeps, whyNoAttempt, whyNotNow } from './why-not-now.js';

export interface CarryOutDeps extends SettleDeps, WhyNotDeps {
  /** The agent's own tenant, from its identity: never one that a request names. */
  readonly tenantId: TenantId;
  readonly keys: UnsealingKeys;
  /** Pure: what the directory allows for this account. */
  readonly decideDisposition: (account: DirectoryAccount) => Disposition;
  readonly passwordRules: PasswordRules;
  /** A password that nobody will ever know, fit for any policy; from a generator fit for secrets. */
  readonly makeThrowAway: () => Uint8Array;
}

interface WriteTurns {
  readonly accounts: Turns;
  readonly domainControllers: Turns;
}

/** What a command waits for. */
export interface Leave {
  /** Ends the waiting, never a write that has begun. */
  readonly signal: AbortSignal;
  /** Waited for before anything is written or tried, when all else is ready; false: it never may be. */
  readonly mayWrite: Promise<boolean>;
}

export async function carryOut(
  deps: CarryOutDeps,
  turns: WriteTurns,
  command: Command,
  { signal, mayWrite }: Leave,
): Promise<Ending> {
  const stop = whyNotNow(deps, command);
  if (stop !== undefined) return agentSays(stop);
  const { resetId, operation, anchor } = command;
  try {
    using deadline = startDeadline({
      clock: deps.clock,
      deadlineMs: BEFORE_SENDING_MS,
      what: 'a turn to write',
      signal,
    });
    using turn = await turns.accounts.take(anchor, deadline.signal);
    const leave = { signal: deadline.signal, mayWrite };
    return turn === undefined ? TOO_MANY_WAIT : await readAndWrite(deps, turns, command, leave);
  } catch (error) {
    if (signal.aborted) return agentSays({ kind: 'try-later', reason: 'draining' });
    if (!isDirectoryTrouble(error)) throw error;
    deps.events.directoryFailed({ resetId, operation, anchor, error });
    return agentSays({ kind: 'try-later', reason: 'directory-unreachable' });
  }
}

/** A seal that does not open is answered whatever the directory says of the account, and without waiting for it. */
async function readAndWrite(deps: CarryOutDeps, turns: WriteTurns, command: Command, leave: Leave): Promise<Ending> {
  const reading = deps.writer.prepare(command.anchor, leave.signal);
  // Looked at once the seal is open, and of no interest if it is not.
  reading.catch(() => undefined);
  let opening: Opening | undefined;
  try {
    opening = await openMeanwhile(deps, command.request);
    if (opening.kind === 'answer') return agentSays(opening.outcome);
    const intent = await reading;
    if (intent === undefined) return directorySays({ kind: 'no-such-account' }, undefined);
    return await writeWith(deps, turns, { command, passwords: opening.passwords }, intent, leave);
  } finally {
    if (opening?.kind === 'opened' && opening.passwords !== undefined) zeroPasswords(opening.passwords);
    const givenBack = giveBack(deps, command, reading);
    // Before the account is anybody else's. A read alone holds nobody up, and ends by the adapter's own deadlines.
    if (opening?.kind === 'opened') await givenBack;
  }
}

type Opening = OpeningResult | { readonly kind: 'opened'; readonly passwords: undefined };

/** Has the directory at work while this process is. */
async function openMeanwhile(deps: CarryOutDeps, request: CommandRequest): Promise<Opening> {
  if (request.kind === 'unlock') return { kind: 'opened', passwords: undefined };
  if (request.kind === 'invalidate-password') {
    const password = deps.makeThrowAway();
    return { kind: 'opened', passwords: { password, currentPassword: undefined, explain: () => undefined } };
  }
  // In this one the question leaves for the directory.
  await nextTurn();
  return openPasswords({ request, tenantId: deps.tenantId, keys: deps.keys });
}

interface OpenedCommand {
  readonly command: Command;
  readonly passwords: OpenedPasswords | undefined;
}

async function writeWith(
  deps: CarryOutDeps,
  turns: WriteTurns,
  opened: OpenedCommand,
  intent: WriteIntent,
  leave: Leave,
): Promise<Ending> {
  const { signal } = leave;
  const { command, passwords } = opened;
  const { account, domainController } = intent;
  const decision = decideChange(command.request, account, deps.decideDisposition(account));
  if (decision.kind === 'answer') return directorySays(decision.outcome, domainController);
  if (decision.kind === 'sign-in') {
    assert(passwords !== undefined, 'a sign-in is opened with the password');
    if (!(await isToBeWritten(leave))) return TAKEN_BACK;
    return trySignIn(deps, { command, password: passwords.password }, intent, signal);
  }
  // Our rules are for what people choose: nobody chose this one.
  const isNobodys = command.request.kind === 'invalidate-password';
  const refusal = isNobodys ? undefined : await whyNotThis(deps, decision, passwords, intent, signal);
  if (refusal !== undefined) return agentSays(refusal);
  if (!(await isToBeWritten(leave))) return TAKEN_BACK;
  using turn = await turns.domainControllers.take(domainController, signal);
  if (turn === undefined) return TOO_MANY_WAIT;

  // From here to `markSent` nothing waits: no other command can take the last place of a guardrail in between.
  signal.throwIfAborted();
  const stop = whyNotNow(deps, command);
  if (stop !== undefined) return agentSays(stop);
  const change = changeOf(decision, passwords, deps.makeThrowAway);
  const passwordLastSetBefore = account.state.passwordLastSet;
  const facts: SentFacts = {
    sentAtMs: deps.clock.nowMs(),
    domainController,
    passwordLastSetBefore,
    revisionBefore: account.revision,
    mustChange: 'mustChange' in change && change.mustChange,
  };
  deps.ledger.markSent(command.resetId, facts);

  try {
    const result = await applyOnce(deps, command, intent, change);
    return result.kind === 'answer-lost'
      ? await settleWrite(deps, { ...command, ...facts, state: 'sent' }, NEVER)
      : directorySays(await outcomeOfWrite(deps, intent, change, result), domainController);
  } finally {
    if (change.kind === 'reset-after-compromise') change.throwAway.fill(0);
  }
}

/** A word that does not come is no failure of the directory's, which was ready. */
async function isToBeWritten({ signal, mayWrite }: Leave): Promise<boolean> {
  try {
    return await unlessAborted(mayWrite, signal);
  } catch (error) {
    if (error instanceof DeadlineExceeded) return false;
    throw error;
  }
}

/** Our own rules against the new password, and what a wrong current one would do. Undefined when neither stands in the way. */
async function whyNotThis(
  { clock, passwordRules }: CarryOutDeps,
  decision: DecidedChange,
  passwords: OpenedPasswords | undefined,
  intent: WriteIntent,
  signal: AbortSignal,
): Promise<ResetOutcome | undefined> {
  if (passwords === undefined) return undefined;
  const { account } = intent;
  const operation = decision.kind === 'change' ? 'change' : 'reset';
  const question = { operation, account, password: passwords.password } as const;
  const { rules, explanation } = await passwordRules.refusing(question, signal);
  if (rules.length > 0) {
    return { kind: 'refused-by-policy', rules: [...rules], explanation: explanation && passwords.explain(explanation) };
  }
  if (decision.kind !== 'change') return undefined;
  return whyNoAttempt({ clock }, intent, signal);
}

/** Never throws: whatever goes wrong here goes wrong after the command was marked as sent. */
async function applyOnce(
  deps: CarryOutDeps,
  command: Command,
  intent: WriteIntent,
  change: AccountChange,
): Promise<WriteResult> {
  try {
    return await withDeadline(
      { clock: deps.clock, deadlineMs: APPLY_MS, what: 'the answer to a write', signal: NEVER },
      (signal) => intent.apply(change, signal),
    );
  } catch (error) {
    const { resetId, operation, anchor } = command;
    deps.events.directoryFailed({ resetId, operation, anchor, error });
    return { kind: 'answer-lost' };
  }
}

function changeOf(
  decision: DecidedChange,
  passwords: OpenedPasswords | undefined,
  makeThrowAway: CarryOutDeps['makeThrowAway'],
): AccountChange {
  if (decision.kind === 'unlock') return { kind: 'unlock' };
  assert(passwords !== undefined, 'only a command whose passwords were opened sets one');
  const { password, currentPassword } = passwords;
  switch (decision.kind) {
    case 'change':
      assert(currentPassword !== undefined, 'a change is opened with the current password');
      return { kind: 'change', currentPassword, password };
    case 'reset':
      return { ...decision, kind: 'reset', password };
    case 'reset-after-compromise':
      return { ...decision, kind: 'reset-after-compromise', password, throwAway: makeThrowAway() };
    default:
      return assertNever(decision);
  }
}

/** Never rejects: a connection that cannot be given back must not turn an outcome that is known into another. */
async function giveBack(
  deps: CarryOutDeps,
  command: Command,
  reading: Promise<WriteIntent | undefined>,
): Promise<void> {
  const intent = await reading.catch(() => undefined);
  try {
    await intent?.[Symbol.asyncDispose]();
  } catch (error) {
    const { resetId, operation, anchor } = command;
    deps.events.directoryFailed({ resetId, operation, anchor, error });
  }
}

function isDirectoryTrouble(error: unknown): boolean {
  return (
    error instanceof DirectoryUnreachable ||
    error instanceof DirectoryMisconfigured ||
    error instanceof DeadlineExceeded
  );
}

/** How long a command may wait for its turns and for the account to be read; then nothing was written. */
const BEFORE_SENDING_MS = 15_000;
// The adapter's own deadlines are shorter; this net is for one that hangs.
const APPLY_MS = 70_000;
// A write that has begun is seen to its end: the one who asked may be gone, the ledger is not.
const NEVER = new AbortController().signal;

/** Nobody waits for this answer; it leaves the id open, as nothing was written. */
const TAKEN_BACK = agentSays({ kind: 'try-later', reason: 'directory-unreachable' });
const TOO_MANY_WAIT = agentSays({ kind: 'over-limit', retryAfterMs: 5_000 });
