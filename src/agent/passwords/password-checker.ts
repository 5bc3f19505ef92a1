// Checks a password as it comes out of its seal: asks the breach list, if there is one, and puts every rule to it.
// The one thing here with an effect. The bytes stay the caller's to zero; the text made of them goes no further than the rules.

import { admitPasswordBytes } from '../../protocol/password-text.js';
import { type BreachedPasswords, BreachListUnusable, sha1Of } from './breached-passwords.js';
import { type BreachAnswer, checkPassword, modeOf, type PasswordCheck } from './check-password.js';
import type { RuleVerdict } from './rule-verdicts.js';

export interface PasswordCheckEvents {
  /** The list says nothing until somebody acts; passwords go unchecked by it meanwhile. */
  breachListUnusable(event: { readonly failure: unknown }): void;
}

/** What stays the same from one password to the next. */
export interface PasswordCheckerDeps
  extends Pick<PasswordCheck, 'bannedWords' | 'modes' | 'organisationNames' | 'schemePrefix'> {
  /** Undefined when the agent's settings name no list. */
  readonly breachedPasswords: BreachedPasswords | undefined;
  readonly events: PasswordCheckEvents;
}

/** What is known of this account and this command. */
export type PasswordCheckFacts = Pick<PasswordCheck, 'operation' | 'account' | 'policy' | 'passwordAge'> & {
  /** UTF-8. */
  readonly password: Uint8Array;
};

/** Throws nothing but the signal's reason. */
export async function checkPasswordBytes(
  deps: PasswordCheckerDeps,
  facts: PasswordCheckFacts,
  signal: AbortSignal,
): Promise<RuleVerdict[]> {
  const { password, ...known } = facts;
  const breach = await askBreachList(deps, password, signal);
  // @NOTE The text is a string and cannot be zeroed: it is made last, lives for one call, and the verdicts hold nothing of it.
  return checkPassword({ ...deps, ...known, breach, text: admitPasswordBytes(password) });
}

async function askBreachList(
  { breachedPasswords, events, modes }: PasswordCheckerDeps,
  password: Uint8Array,
  signal: AbortSignal,
): Promise<BreachAnswer> {
  if (breachedPasswords === undefined || modeOf('breached', modes) === 'off') return { kind: 'no-list' };
  try {
    return { kind: 'answered', timesSeen: await breachedPasswords.timesSeen(sha1Of(password), signal) };
  } catch (failure) {
    if (!(failure instanceof BreachListUnusable)) throw failure;
    events.breachListUnusable({ failure });
    return { kind: 'unusable' };
  }
}
