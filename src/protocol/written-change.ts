// One account for the mirror, checked against the contract and written down once: the same text is told apart from what the mirror holds,
// and sent. Whoever holds one need not check it again. No I/O.

import { Failure } from '../failure/failure.js';
import type { Disposition } from './dispositions.js';
import type { AccountAnchor } from './identifiers.js';
import { isPlainlyManaged, type ManagedAccount, managedAccountSchema } from './managed-accounts.js';
import { personValues } from './person-values.js';

/** An account's data is not what the protocol carries. Names what is wrong, never its value. */
export class AccountOutOfContract extends Failure {
  readonly code = 'account-out-of-contract';
  readonly retry = { mayRetry: false, why: 'the same data is refused again' };
}

const PATHS_TOLD_MAX = 5;

/** An account as JSON in two parts: who it is, its own, and what may be done, which it shares with many. Its anchor stands beside it. */
export interface AccountText {
  /** See person-values.ts. */
  readonly person: string;
  readonly disposition: string;
}

export function accountText(account: ManagedAccount): AccountText {
  return { person: JSON.stringify(personValues(account)), disposition: dispositionText(account.disposition) };
}

/** Of what cannot become another: there are few of these, and each is everybody's. */
const written = new WeakMap<Disposition, string>();

function dispositionText(disposition: Disposition): string {
  const known = written.get(disposition);
  if (known !== undefined) return known;
  const text = JSON.stringify(disposition);
  // Whoever asks may not have looked yet whether it is in contract, or an object at all.
  if (Object(disposition) === disposition && Object.isFrozen(disposition)) written.set(disposition, text);
  return text;
}

/** An account as it may be sent: nothing else is made one of. */
export class WrittenChange {
  readonly anchor: AccountAnchor;
  readonly text: AccountText;
  readonly fingerprint: string;

  private constructor(anchor: AccountAnchor, text: AccountText, fingerprint: string) {
    this.anchor = anchor;
    this.text = text;
    this.fingerprint = fingerprint;
  }

  /** `text`: the account's. `fingerprint`: of the agent's own making. Throws AccountOutOfContract. */
  static of(
    account: ManagedAccount,
    { text, fingerprint }: { readonly text: AccountText; readonly fingerprint: string },
  ) {
    if (!isPlainlyManaged(account)) refuseOutOfContract(account);
    return new WrittenChange(account.anchor, text, fingerprint);
  }
}

function refuseOutOfContract(account: ManagedAccount): void {
  const { success, error } = managedAccountSchema.safeParse(account);
  if (success) return;
  const paths = error.issues.map(({ path }) => path.join('.')).slice(0, PATHS_TOLD_MAX);
  throw new AccountOutOfContract(`its ${paths.join(', ')} cannot be mirrored`);
}
