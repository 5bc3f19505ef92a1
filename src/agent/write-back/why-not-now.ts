// What may stand in the way of a command that was taken: the agent's own switches and limits, and a lock that a wrong password could
// bring about. Asked before the directory is; says an outcome, or undefined where nothing does.

import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { Clock } from '../../timing/clock.js';
import type { WriteIntent } from '../directory/ports.js';
import { type Command, isExpired } from './command.js';
import { checkGuardrails, type Guardrails, limitsFor } from './guardrails.js';
import { countedAs, type Ledger } from './ledger.js';
import { mayAttempt } from './lockout-arithmetic.js';

/** The agent's own switches, asked again right before every write and every sign-in. */
export interface WriteGate {
  /** The local kill switch: an administrator on this machine holds all writes, and sign-ins with them. */
  isHeld(): boolean;
  /** The agent is stopping and takes nothing new. */
  isDraining(): boolean;
}

export interface WhyNotDeps {
  readonly clock: Clock;
  readonly gate: WriteGate;
  readonly guardrails: Guardrails;
  readonly ledger: Ledger;
}

/** Asked early to spare work, and once more right before the directory is asked. */
export function whyNotNow({ clock, gate, guardrails, ledger }: WhyNotDeps, command: Command): ResetOutcome | undefined {
  const nowMs = clock.nowMs();
  if (isExpired(command, nowMs)) return { kind: 'expired' };
  if (gate.isDraining()) return { kind: 'try-later', reason: 'draining' };
  if (gate.isHeld()) return { kind: 'try-later', reason: 'held' };
  const of = countedAs(command.operation);
  const { perAccountPerHour, perMinute } = limitsFor(of, guardrails);
  const verdict = checkGuardrails({
    nowMs,
    accountFilledMs: ledger.nthNewestSentMs({ nth: perAccountPerHour, of, anchor: command.anchor }),
    agentFilledMs: ledger.nthNewestSentMs({ nth: perMinute, of, anchor: undefined }),
  });
  return verdict.kind === 'allowed' ? undefined : verdict;
}

/** Before whatever counts as a failed attempt if the password is wrong. Throws as a reader of directories does. */
export async function whyNoAttempt(
  { clock }: Pick<WhyNotDeps, 'clock'>,
  intent: Pick<WriteIntent, 'readLockout'>,
  signal: AbortSignal,
): Promise<ResetOutcome | undefined> {
  const verdict = mayAttempt(await intent.readLockout(signal), clock.nowMs());
  return verdict.kind === 'allowed' ? undefined : { kind: 'over-limit', retryAfterMs: verdict.retryAfterMs };
}
