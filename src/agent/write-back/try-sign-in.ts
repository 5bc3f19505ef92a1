// Asks the directory once whether a password is the person's, for a command the ledger has taken. The caller holds the account's
// turn. Writes nothing: what got no answer is open to another try, and never `unknown`.

import { assertNever } from '../../failure/assert.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { withDeadline } from '../../timing/waits.js';
import type { SignInResult, WriteIntent } from '../directory/ports.js';
import type { Command } from './command.js';
import { agentSays, directorySays, type Ending } from './ending.js';
import { type WhyNotDeps, whyNoAttempt, whyNotNow } from './why-not-now.js';
import type { WriteBackEvents } from './write-back-events.js';

export interface SignInDeps extends WhyNotDeps {
  readonly events: WriteBackEvents;
}

export async function trySignIn(
  deps: SignInDeps,
  { command, password }: { readonly command: Command; readonly password: Uint8Array },
  intent: WriteIntent,
  signal: AbortSignal,
): Promise<Ending> {
  const { account, domainController } = intent;
  const refusal = await whyNoAttempt(deps, intent, signal);
  if (refusal !== undefined) return agentSays(refusal);

  // From here to `markSent` nothing waits, as for a write.
  signal.throwIfAborted();
  const stop = whyNotNow(deps, command);
  if (stop !== undefined) return agentSays(stop);
  deps.ledger.markSent(command.resetId, {
    sentAtMs: deps.clock.nowMs(),
    domainController,
    passwordLastSetBefore: account.state.passwordLastSet,
    revisionBefore: account.revision,
    mustChange: false,
  });
  return directorySays(outcomeOf(await askOnce(deps, command, intent, password)), domainController);
}

/** Seen to its end, whoever stops waiting: what the directory counts is then answered for. Never throws. */
async function askOnce(
  deps: SignInDeps,
  { resetId, operation, anchor }: Command,
  intent: WriteIntent,
  password: Uint8Array,
): Promise<SignInResult> {
  const never = new AbortController().signal;
  try {
    return await withDeadline(
      { clock: deps.clock, deadlineMs: SIGN_IN_MS, what: 'the answer to a sign-in', signal: never },
      (signal) => intent.signIn(password, signal),
    );
  } catch (error) {
    deps.events.directoryFailed({ resetId, operation, anchor, error });
    return { kind: 'no-answer' };
  }
}

function outcomeOf(result: SignInResult): ResetOutcome {
  switch (result.kind) {
    case 'right':
      return { kind: 'done', settledBy: 'answer', ...(result.next === undefined ? {} : { next: result.next }) };
    case 'wrong-password':
    case 'account-locked':
      return { kind: result.kind, evidence: result.evidence };
    case 'contact-administrator':
      return { kind: result.kind, reason: result.reason };
    case 'no-such-account':
      return { kind: 'no-such-account' };
    case 'agent-fault':
      return result;
    case 'no-answer':
      return { kind: 'try-later', reason: 'directory-unreachable' };
    default:
      return assertNever(result);
  }
}

// The adapter's own deadlines are shorter; this net is for one that hangs.
const SIGN_IN_MS = 40_000;
