// What the agent needs of a directory, narrowed by permission: a reader cannot write, and a writer writes one intent.
// Every method has a deadline of its own inside the adapter and ends early with the signal.
// All throw DirectoryUnreachable (may be retried) or DirectoryMisconfigured (somebody has to act first), nothing else expected.

import { Failure } from '../../failure/failure.js';
import type { ContactReason } from '../../protocol/dispositions.js';
import type { AgentFaultReason, DirectoryEvidence, NextStep, PolicyRule } from '../../protocol/outcomes.js';
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
  /** More than one account answers to the user ID: none is chosen. Who they are is for administrators of the directory alone. */
  | { readonly kind: 'ambiguous'; readonly distinguishedNames: readonly string[] };

/** Of accounts of one directory that share a name: whoever reads them settles whose it is, and asks once more. */
export const NAMESAKES_TOLD_MAX = 10;

/** One page of a full read. */
export interface AccountPage {
  readonly accounts: readonly DirectoryAccount[];
  /** Accounts that are there and could not be read: whoever is missing above may be one of them. */
  readonly leftOut: number;
  /** On the last page, where changes can be followed: from where, so that nothing is missed that came after the read began. */
  readonly cursor?: ChangeCursor;
}

/** Where a reader stands among a directory's changes: opaque to whoever keeps it. */
export type ChangeCursor = string;

/** One page of what has changed. */
export interface ChangePage extends AccountPage {
  /** Have changed, and may be accounts here no longer: each has to be asked for once more before it counts as gone. */
  readonly gone: readonly AccountAnchor[];
  /** On the last page: whoever is gone was told. Otherwise that has to be looked for. */
  readonly areGoneTold?: boolean;
}

/** One page of who is there, managed here or not. */
export interface PresencePage {
  readonly anchors: readonly AccountAnchor[];
  /** Are there, and what they are known by could not be read. */
  readonly leftOut: number;
}

/** The directory cannot tell what has changed since then: everybody has to be read again. */
export class ChangesLost extends Failure {
  readonly code = 'changes-lost';
  readonly retry = { mayRetry: false, why: 'the same question cannot be answered later either' };
}

export interface DirectoryReader {
  /** Resolves a user ID (UPN, mail, sAMAccountName, DOMAIN\name), already canonical, to one account or a reason. */
  find(userId: string, signal: AbortSignal): Promise<FoundAccount>;
  /** The account under this anchor, wherever it was moved; undefined when it is gone. */
  read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined>;
  /** The rules the directory will apply to this account's next password. */
  readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy>;
}

/** Reads many at a time, for the mirror. */
export interface DirectoryFollower {
  /**
   * Every account under the base, page by page. Ends normally only when the directory said the last page was the last;
   * throws otherwise, so that an early end is never taken for the whole. Absence tells something only where nothing was left out.
   */
  readAll(signal: AbortSignal): AsyncIterable<AccountPage>;
  /**
   * Accounts that have changed since, as they are now, page by page; some that have not may be among them. The last page has the
   * next cursor. Who was deleted may not be told, see `areGoneTold`. Throws ChangesLost.
   */
  readChanges(since: ChangeCursor, signal: AbortSignal): AsyncIterable<ChangePage>;
  /** What every account under the base is known by, and nothing else of it. Ends as `readAll` does. */
  readPresent(signal: AbortSignal): AsyncIterable<PresencePage>;
}

/** One change to one account: one modify where the directory can. Passwords are UTF-8 bytes of admitted text; the caller zeroes them. */
export type AccountChange =
  | {
      readonly kind: 'reset';
      readonly password: Uint8Array;
      readonly unlock: boolean;
      readonly mustChange: boolean;
    }
  | {
      /** A reset after which the earlier password is dead at once. */
      readonly kind: 'reset-after-compromise';
      readonly password: Uint8Array;
      readonly unlock: boolean;
      readonly mustChange: boolean;
      /**
       * Set first, by a modify of its own, where the directory goes on taking the password before the last one: afterwards
       * that is this one, which nobody knows.
       */
      readonly throwAway: Uint8Array;
    }
  /** With the current password; needs no right of the service account. The directory applies all of its rules. */
  | { readonly kind: 'change'; readonly currentPassword: Uint8Array; readonly password: Uint8Array }
  | { readonly kind: 'unlock' };

/** What came of it. `evidence` is undefined where the answer is the adapter's own and nothing was sent. */
export type WriteResult =
  | { readonly kind: 'applied' }
  | {
      readonly kind: 'refused-by-policy';
      readonly rules: readonly PolicyRule[];
      readonly evidence: DirectoryEvidence | undefined;
    }
  /**
   * The throw-away password was set, the new one refused: nobody knows the password in force. The earlier one may be taken for a
   * while, as after any reset, until another is set.
   */
  | {
      readonly kind: 'refused-after-throw-away';
      readonly rules: readonly PolicyRule[];
      readonly evidence: DirectoryEvidence | undefined;
    }
  /** The current password of a change is another. The directory counts it as a failed attempt. */
  | { readonly kind: 'wrong-password'; readonly evidence: DirectoryEvidence | undefined }
  /** The directory takes no change from an account that is locked. */
  | { readonly kind: 'account-locked'; readonly evidence: DirectoryEvidence | undefined }
  /** Of a change that begins with a bind as the person: something about the account that no password helps against. */
  | {
      readonly kind: 'contact-administrator';
      readonly reason: ContactReason;
      readonly evidence: DirectoryEvidence | undefined;
    }
  | { readonly kind: 'not-permitted'; readonly evidence: DirectoryEvidence | undefined }
  | { readonly kind: 'no-such-account'; readonly evidence: DirectoryEvidence | undefined }
  /** `reason`: where it is known what somebody has to set right. */
  | {
      readonly kind: 'agent-fault';
      readonly reason?: AgentFaultReason;
      readonly evidence: DirectoryEvidence | undefined;
    }
  /** The request never left: nothing was written. */
  | { readonly kind: 'not-sent' }
  /** It left and no answer came: it may or may not be applied. Settle it before saying anything. */
  | { readonly kind: 'answer-lost' };

/** What a directory says to a person who signs in. Nothing is written, but what it counts and notes of sign-ins by itself. */
export type SignInResult =
  /** `next`: it is right, and the directory wants another one first. Told of no wrong password. */
  | { readonly kind: 'right'; readonly next: NextStep | undefined }
  | Extract<
      WriteResult,
      {
        readonly kind:
          | 'wrong-password'
          | 'account-locked'
          | 'contact-administrator'
          | 'no-such-account'
          | 'agent-fault';
      }
    >
  /** None was asked for, or none came: a wrong password may have been counted. */
  | { readonly kind: 'no-answer' };

export type Settlement = 'applied' | 'not-applied' | 'cannot-tell';

/** What a wrong password would do, as the server that will be written to counts: badPwdCount is not replicated. */
export interface LockoutFacts {
  /** Failed attempts that still count. */
  readonly failures: number;
  /** Attempts that lock the account; 0: never. */
  readonly threshold: number;
  /** When the last of them happened (ms since 1970 UTC); undefined when there is none. */
  readonly lastFailureAtMs: number | undefined;
  /** For how long a failed attempt counts; 0: until one succeeds. */
  readonly windowMs: number;
}

/** One intent on one domain controller: read there, written or tried there, settled there. */
export interface WriteIntent extends AsyncDisposable {
  readonly account: DirectoryAccount;
  /** Names the domain controller (host and, where known, its invocation id), for the ledger and the log. */
  readonly domainController: string;
  /** Whether that one compares a password that is reset with earlier ones. */
  readonly historyOnReset: PasswordPolicy['historyOnReset'];
  /** Asked before whatever may fail for a wrong password. Throws as a reader does. */
  readLockout(signal: AbortSignal): Promise<LockoutFacts>;
  /** Carries the change out. Called once, and never beside `signIn`. */
  apply(change: AccountChange, signal: AbortSignal): Promise<WriteResult>;
  /**
   * Asks whether the password (UTF-8; the caller zeroes it) is the person's, once. Never throws. A wrong one counts as a failed
   * attempt: `readLockout` is asked before.
   */
  signIn(password: Uint8Array, signal: AbortSignal): Promise<SignInResult>;
}

/** What has to be known to settle a lost answer, also after a restart. */
export interface UnsettledWrite {
  readonly anchor: AccountAnchor;
  readonly domainController: string;
  readonly kind: AccountChange['kind'];
  readonly passwordLastSetBefore: bigint;
  /** DirectoryAccount.revision as it was read before. */
  readonly revisionBefore: string | undefined;
  /** Of a reset: it is done only if the person has to change the password as well, which may be a second operation. */
  readonly mustChange: boolean;
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
  /** The `identity` of the service account itself, which must never be written to; undefined when it is proven to lie outside the base. */
  readonly bindIdentity: AccountAnchor | undefined;
  /** Of the entry at the base: whoever reads the same part of the same directory finds the same. Undefined: it may not be read. */
  readonly baseAnchor: AccountAnchor | undefined;
}

/** One directory, opened: what the wiring holds. Subjects take the narrower ports above. */
export interface Directory extends DirectoryReader, DirectoryFollower, DirectoryWriter, AsyncDisposable {
  /** Connects, binds, looks at the base DN and at itself. Throws what is wrong, with what to do. */
  probe(signal: AbortSignal): Promise<DirectoryProbe>;
}
