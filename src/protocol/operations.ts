// What may be asked of the agent for one account, and the flags that go with it. Bound into every sealed password.
// OPERATIONS are asked in a person's name, by the pages and by other portals; AGENT_OPERATIONS are all there are.

/**
 * `reset-after-compromise` is a reset after which the password before it is dead at once: Active Directory goes on taking it
 * for a while after an ordinary one. `change` needs the current password, and no right of the service account. `sign-in` asks
 * whether a password is the person's, and writes nothing; the directory counts a wrong one as a failed attempt.
 */
export const OPERATIONS = ['reset', 'reset-after-compromise', 'unlock', 'change', 'sign-in'] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * What the front door may ask of an agent for one account. `invalidate-password` comes with no password at all: the agent makes one
 * that nobody ever learns, so that whatever was set before is of no use any more. Nobody asks for it to get in; decision 0014.
 */
export const AGENT_OPERATIONS = [...OPERATIONS, 'invalidate-password'] as const;
export type AgentOperation = (typeof AGENT_OPERATIONS)[number];

/** The operations that come with a sealed password. */
export type SealedOperation = Exclude<Operation, 'unlock'>;

/** How a reset is carried out. Both always present: a forgotten flag is a compile error. */
export interface ResetFlags {
  /** Also clear the lock. A reset alone leaves an Active Directory account locked. */
  readonly unlock: boolean;
  /** The person must choose another password at the next sign-in. */
  readonly mustChange: boolean;
}

/** What a change and a sign-in are sealed with: they have no flags. */
export const NO_FLAGS: ResetFlags = { unlock: false, mustChange: false };
