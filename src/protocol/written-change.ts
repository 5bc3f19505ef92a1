// One account for the mirror, checked against the contract and written down once: the same text is counted, told apart from what the
// mirror holds, and sent. Whoever holds one need not check it again. Keeps the text and no object: a batch of them lives long enough for
// a collector to copy all that it is made of. No I/O.

import { Failure } from '../failure/failure.js';
import type { Disposition } from './dispositions.js';
import type { MirroredChange } from './frames.js';
import { isPlainlyManaged, type ManagedAccount, managedAccountSchema } from './managed-accounts.js';

/** An account's data is not what the protocol carries. Names what is wrong, never its value. */
export class AccountOutOfContract extends Failure {
  readonly code = 'account-out-of-contract';
  readonly retry = { mayRetry: false, why: 'the same data is refused again' };
}

const PATHS_TOLD_MAX = 5;

/** An account as JSON in two parts: who it is, its own, and what may be done, which it shares with many. */
export interface AccountText {
  /** Without the disposition. */
  readonly person: string;
  readonly disposition: string;
}

export function accountText(account: ManagedAccount): AccountText {
  const { anchor, displayName, userPrincipalName, samAccountName, domainName } = account;
  const { mail, resetMail, groups, resetPhones, disposition } = account;
  const who = { anchor, displayName, userPrincipalName, samAccountName, domainName };
  const person = JSON.stringify({ ...who, mail, resetMail, groups, resetPhones });
  return { person, disposition: dispositionText(disposition) };
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

/** To everybody else a change like any other; only the codec takes the text. */
export class WrittenChange implements MirroredChange {
  readonly fingerprint: string;
  readonly #text: AccountText;

  private constructor(text: AccountText, fingerprint: string) {
    this.#text = text;
    this.fingerprint = fingerprint;
  }

  /** `text`: the account's. `fingerprint`: of the agent's own making. Throws AccountOutOfContract. */
  static of(
    account: ManagedAccount,
    { text, fingerprint }: { readonly text: AccountText; readonly fingerprint: string },
  ) {
    if (!isPlainlyManaged(account)) refuseOutOfContract(account);
    return new WrittenChange(text, fingerprint);
  }

  /** Made anew each time. */
  get account(): ManagedAccount {
    const { person, disposition } = this.#text;
    return managedAccountSchema.parse({ ...JSON.parse(person), disposition: JSON.parse(disposition) });
  }

  /** On the wire, in UTF-8, but for its disposition. */
  get bytes(): number {
    return Buffer.byteLength(this.#text.person) + BYTES_AROUND;
  }

  /** `placeOf`: where in its batch a disposition is told, by its text. */
  textIn(placeOf: (disposition: string) => number): string {
    const { person, disposition } = this.#text;
    return `{"account":${person},"disposition":${placeOf(disposition)},"fingerprint":"${this.fingerprint}"}`;
  }
}

/** Names, signs, the fingerprint and the place of the disposition. */
const BYTES_AROUND = 100;

function refuseOutOfContract(account: ManagedAccount): void {
  const { success, error } = managedAccountSchema.safeParse(account);
  if (success) return;
  const paths = error.issues.map(({ path }) => path.join('.')).slice(0, PATHS_TOLD_MAX);
  throw new AccountOutOfContract(`its ${paths.join(', ')} cannot be mirrored`);
}
