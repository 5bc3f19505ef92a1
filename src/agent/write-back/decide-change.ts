// From what is asked, what the account is and what the directory allows: the one change to make, the one question to ask,
// or the answer that ends it.
// Pure. The front door may ask for less than the agent allows, never for more.

import { assertNever } from '../../failure/assert.js';
import { accountNames } from '../../protocol/account-names.js';
import type { Disposition, OperationAllowance } from '../../protocol/dispositions.js';
import type { ResetRequest } from '../../protocol/frames.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { CommandRequest } from './command.js';

export type ChangeDecision =
  | { readonly kind: 'reset' | 'reset-after-compromise'; readonly unlock: boolean; readonly mustChange: boolean }
  | { readonly kind: 'change' }
  | { readonly kind: 'unlock' }
  /** Nothing is changed: the directory is asked whether the password is right. */
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'answer'; readonly outcome: ResetOutcome };

/** What is written. */
export type DecidedChange = Exclude<ChangeDecision, { kind: 'answer' | 'sign-in' }>;

export function decideChange(
  request: CommandRequest,
  account: DirectoryAccount,
  disposition: Disposition,
): ChangeDecision {
  // Sealed for a name: or a password could be tried with an account that its owner does not mean.
  if ('userId' in request && request.userId !== undefined && !answersTo(account, request.userId))
    return answer({ kind: 'no-such-account' });
  switch (disposition.kind) {
    case 'not-managed-here':
      return answer({ kind: 'no-such-account' });
    case 'contact-administrator':
    case 'try-later':
      return answer(disposition);
    case 'write-back':
      return decideAllowed(request, account, disposition);
    default:
      return assertNever(disposition);
  }
}

function answersTo(account: DirectoryAccount, userId: string): boolean {
  return accountNames(account).includes(userId);
}

function decideAllowed(
  request: CommandRequest,
  account: DirectoryAccount,
  { reset, change, unlock, signIn }: Extract<Disposition, { kind: 'write-back' }>,
): ChangeDecision {
  switch (request.kind) {
    case 'unlock':
      return decideUnlock(unlock);
    case 'change':
      return decideWithPassword({ kind: 'change' }, account, change);
    case 'sign-in':
      return decideWithPassword({ kind: 'sign-in' }, account, signIn);
    case 'reset':
    case 'reset-after-compromise':
      return decideReset({ request, account, reset, unlock });
    case 'invalidate-password':
      // As after a compromise, which it is; whoever is locked out stays so.
      if (reset.kind === 'closed') return answer({ kind: 'contact-administrator', reason: 'write-back-off' });
      return { kind: 'reset-after-compromise', unlock: false, mustChange: false };
    default:
      return assertNever(request);
  }
}

/** What the directory is asked with the person's own password. */
function decideWithPassword(
  asked: Extract<ChangeDecision, { kind: 'change' | 'sign-in' }>,
  { state }: DirectoryAccount,
  allowance: OperationAllowance,
): ChangeDecision {
  if (allowance.kind === 'closed') return answer({ kind: 'contact-administrator', reason: 'write-back-off' });
  // Not tried: the directory would refuse it, and some count even that as a failed attempt.
  return state.isLocked ? answer({ kind: 'account-locked' }) : asked;
}

function decideUnlock(unlock: OperationAllowance): ChangeDecision {
  if (unlock.kind === 'allowed') return { kind: 'unlock' };
  // What was asked for already holds, and it is the directory that says so.
  if (unlock.reason === 'not-locked') return answer({ kind: 'done', settledBy: 'probe' });
  return answer({ kind: 'contact-administrator', reason: 'write-back-off' });
}

function decideReset(options: {
  readonly request: ResetRequest;
  readonly account: DirectoryAccount;
  readonly reset: OperationAllowance;
  readonly unlock: OperationAllowance;
}): ChangeDecision {
  const { request, account, reset, unlock } = options;
  const mayUnlock = unlock.kind === 'allowed' || unlock.reason === 'not-locked';
  // A reset that leaves the person locked out, though they were promised otherwise, would be a "done" that is not true.
  const staysLocked = request.flags.unlock && !mayUnlock && account.state.isLocked;
  if (reset.kind === 'closed' || staysLocked) {
    return answer({ kind: 'contact-administrator', reason: 'write-back-off' });
  }
  return { kind: request.kind, unlock: request.flags.unlock && mayUnlock, mustChange: request.flags.mustChange };
}

function answer(outcome: ResetOutcome): ChangeDecision {
  return { kind: 'answer', outcome };
}
