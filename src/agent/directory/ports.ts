// What the agent needs of a directory, narrowed by permission: a reader cannot write, and a writer writes one intent.
// Every method has a deadline of its own inside the adapter and ends early with the signal.
// All throw DirectoryUnreachable (may be retried) or DirectoryMisconfigured (somebody has to act first), nothing else expected.

import { Failure } from '../../failure/failure.js';
import type { DirectoryEvidence, PolicyRule } from '../../protocol/outcomes.js';
import type { AccountAnchor, DirectoryAccount, PasswordPolicy } from './directory-account.js';

/** No domain controller answered, or the one that did went away before anything was written. */
export class DirectoryUnreachable extends Failure {
  readonly code = 'directory-unreachable';
  readonly retry = { mayRetry: true, why: 'the domain controller may be back, or another may answer' };
}

/** The directory answers, but refuses the agent itself: its bind, its base DN, its certificate. */
export class DirectoryMisconfigured extends Failure {
  readonly code = 'directory-misconfigured';
  readonly retry = { mayRetry: false, why: 'the same settings are refused again; somebody has to change them' };
}

export type FoundAccount =
  | { readonly kind: 'found'; readonly account: DirectoryAccount }
  | { readonly kind: 'not-found' }
  /** More than one account answers to the user ID: none is chosen. */
  | { readonly kind: 'ambiguous'; readonly count: number };

/** One page of a full read. */
export interface AccountPage {
  readonly accounts: readonly DirectoryAccount[];
  /** Accounts that are there and could not be read: whoever is missing above may be one of them. */
  readonly leftOut: number;
}

export interface DirectoryReader {
  /** Resolves a user ID (UPN, mail, sAMAccountName, DOMAIN\name), already canonical, to one account or a reason. */
  find(userId: string, signal: AbortSignal): Promise<FoundAccount>;
  /** The account under this anchor, wherever it was moved; undefined when it is gone. */
  read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined>;
  /** The rules the directory will apply to this account's next password. */
  readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy>;
  /**
   * Every account under the base, page by page. Ends normally only when the directory said the last page was the last;
   * throws otherwise, so that an early end is never taken for the whole. Absence tells something only where nothing was left out.
   */
  readAll(signal: AbortSignal): AsyncIterable<AccountPage>;
}

/** One change to one account, as one modify. */
export type AccountChange =
  | {
      readonly kind: 'reset';
      /** UTF-8 bytes, admitted text. The caller zeroes them. */
      readonly password: Uint8Array;
      readonly unlock: boolean;
      readonly mustChange: boolean;
    }
  | { readonly kind: 'unlock' };

/** What came of the one modify. */
export type WriteResult =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused-by-policy'; readonly rules: readonly PolicyRule[]; readonly evidence: DirectoryEvidence }
  | { readonly kind: 'not-permitted'; readonly evidence: DirectoryEvidence }
  | { readonly kind: 'no-such-account'; readonly evidence: DirectoryEvidence }
  | { readonly kind: 'agent-fault'; readonly evidence: DirectoryEvidence }
  /** The request never left: nothing was written. */
  | { readonly kind: 'not-sent' }
  /** It left and no answer came: it may or may not be applied. Settle it before saying anything. */
  | { readonly kind: 'answer-lost' };

export type Settlement = 'applied' | 'not-applied' | 'cannot-tell';

/** One intent on one domain controller: read there, written there, settled there. */
export interface WriteIntent extends AsyncDisposable {
  readonly account: DirectoryAccount;
  /** Names the domain controller (host and, where known, its invocation id), for the ledger and the log. */
  readonly domainController: string;
  /** Carries the change out as one modify. Called once. */
  apply(change: AccountChange, signal: AbortSignal): Promise<WriteResult>;
}

/** What has to be known to settle a lost answer, also after a restart. */
export interface UnsettledWrite {
  readonly anchor: AccountAnchor;
  readonly domainController: string;
  readonly kind: AccountChange['kind'];
  readonly passwordLastSetBefore: bigint;
}

export interface DirectoryWriter {
  /** Reads the account afresh on the domain controller that will be written to. Undefined when it is gone. */
  prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined>;
  /** Reads the account back on the same domain controller. `cannot-tell` when that one cannot be reached in time. */
  settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement>;
}

/** What a first look at a directory tells. */
export interface DirectoryProbe {
  /** The server that answered; more is known to who opened the directory. */
  readonly server: { readonly name: string };
  /** The service account itself, which must never be written to; undefined when it is proven to lie outside the base. */
  readonly bindAnchor: AccountAnchor | undefined;
}

/** One directory, opened: what the wiring holds. Subjects take the narrower ports above. */
export interface Directory extends DirectoryReader, DirectoryWriter, AsyncDisposable {
  /** Connects, binds, looks at the base DN and at itself. Throws what is wrong, with what to do. */
  probe(signal: AbortSignal): Promise<DirectoryProbe>;
}
