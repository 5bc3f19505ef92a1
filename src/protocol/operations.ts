// What may be asked of the agent for one account, and the flags that go with it. Bound into every sealed password.

export const OPERATIONS = ['reset', 'unlock'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** How a reset is carried out. Both always present: a forgotten flag is a compile error. */
export interface ResetFlags {
  /** Also clear the lock. A reset alone leaves an Active Directory account locked. */
  readonly unlock: boolean;
  /** The person must choose another password at the next sign-in. */
  readonly mustChange: boolean;
}
