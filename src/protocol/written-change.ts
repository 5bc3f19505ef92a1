// One account for the mirror, checked against the contract and written down once: the same text is counted, told apart from what the
// mirror holds, and sent. Whoever holds one need not check it again. No I/O.

import { Failure } from '../failure/failure.js';
import type { MirroredChange } from './frames.js';
import { isPlainlyManaged, type ManagedAccount, managedAccountSchema } from './managed-accounts.js';

/** An account's data is not what the protocol carries. Names what is wrong, never its value. */
export class AccountOutOfContract extends Failure {
  readonly code = 'account-out-of-contract';
  readonly retry = { mayRetry: false, why: 'the same data is refused again' };
}

const PATHS_TOLD_MAX = 5;

/** To everybody else a change like any other; only the codec takes the text. */
export class WrittenChange implements MirroredChange {
  readonly account: ManagedAccount;
  readonly fingerprint: string;
  readonly #json: string;

  private constructor(account: ManagedAccount, fingerprint: string, json: string) {
    this.account = account;
    this.fingerprint = fingerprint;
    this.#json = json;
  }

  /** `json`: the account's. `fingerprint`: of the agent's own making. Throws AccountOutOfContract. */
  static of(account: ManagedAccount, { json, fingerprint }: { readonly json: string; readonly fingerprint: string }) {
    if (!isPlainlyManaged(account)) refuseOutOfContract(account);
    return new WrittenChange(account, fingerprint, `{"account":${json},"fingerprint":"${fingerprint}"}`);
  }

  static jsonOf(change: MirroredChange): string {
    return change instanceof WrittenChange ? change.#json : JSON.stringify(change);
  }
}

function refuseOutOfContract(account: ManagedAccount): void {
  const { success, error } = managedAccountSchema.safeParse(account);
  if (success) return;
  const paths = error.issues.map(({ path }) => path.join('.')).slice(0, PATHS_TOLD_MAX);
  throw new AccountOutOfContract(`its ${paths.join(', ')} cannot be mirrored`);
}
