// Makes the mirror agree with accounts as they were read, one after the other, and takes those away that are gone: what every pass
// does, however it came by them. Promises: one bad account is left out and stops nobody else; nobody goes whom the directory
// still has under that very anchor. Knows nothing of how a directory is read.

import { describeFailure } from '../../failure/failure.js';
import { ownNames } from '../../protocol/account-names.js';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import { NAMES_TOLD_MAX } from '../../protocol/sync-reports.js';
import { accountText, WrittenChange } from '../../protocol/written-change.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import { DirectoryMisconfigured, type DirectoryReader } from '../directory/ports.js';
import { changedFields, fingerprintOf, wholeWordOf } from './fingerprint.js';
import { keptWordOf } from './kept-word.js';
import type { Seen } from './mirror-contents.js';
import type { MirrorLine, OnReplaced } from './mirror-line.js';
import type { PassTally } from './pass-tally.js';

export interface MirrorUpdateDeps {
  readonly directoryId: string;
  readonly reader: Pick<DirectoryReader, 'read'>;
  /**
   * What the front door shall know of an account; undefined: nothing, since it is not managed here. Throws for data that cannot be
   * mirrored, which leaves that account as it was.
   */
  readonly mirrorOf: (account: DirectoryAccount) => ManagedAccount | undefined;
  readonly events: {
    syncAccountLeftOut(report: {
      readonly directoryId: string;
      readonly anchor: string;
      readonly failure: string;
    }): void;
  };
}

const FIRST_LOOK = { isSecondLook: false };
const SECOND_LOOK = { isSecondLook: true };

export class MirrorUpdate {
  readonly #deps: MirrorUpdateDeps;
  readonly #line: MirrorLine;
  readonly #tally: PassTally;
  readonly #signal: AbortSignal;

  constructor(
    deps: MirrorUpdateDeps,
    { line, tally, signal }: { readonly line: MirrorLine; readonly tally: PassTally; readonly signal: AbortSignal },
  ) {
    this.#deps = deps;
    this.#line = line;
    this.#tally = tally;
    this.#signal = signal;
  }

  /** `seenOf`: what the mirror holds of an account that is managed here. Returns whether this one is. */
  take(
    account: DirectoryAccount,
    seenOf: (anchor: AccountAnchor) => Seen,
    { isSecondLook }: { readonly isSecondLook: boolean } = FIRST_LOOK,
  ): boolean {
    const tally = this.#tally;
    tally.counts.read += 1;
    let change: WrittenChange | undefined;
    let seen: Seen | undefined;
    try {
      const mirrored = this.#deps.mirrorOf(account);
      if (mirrored === undefined) {
        // Whoever is looked at once more was counted by the first look, wherever they were.
        if (isSecondLook) tally.counts.read -= 1;
        else tally.counts.notManaged += 1;
        return false;
      }
      // DOMAIN\name is somebody else's only where the name is.
      tally.collisions?.add(ownNames(mirrored));
      seen = seenOf(account.anchor);
      change = changeOf(mirrored, seen);
    } catch (error) {
      seen ??= seenOf(account.anchor);
      // It is there: what the mirror has of it stays, and it is not taken for gone.
      this.#leaveOut({ anchor: account.anchor, name: account.samAccountName }, error);
      return true;
    }
    if (change === undefined) {
      tally.counts.unchanged += 1;
      return true;
    }
    const outcome = seen.kind === 'new' ? 'added' : seen.isAbsent ? 'restored' : 'changed';
    tally.count(outcome, account.samAccountName);
    this.#line.add(change, outcome === 'changed' ? fieldsCounter(tally, change.fingerprint) : undefined);
    return true;
  }

  /** Each once more asked for by its anchor, since a read may miss who moves meanwhile; who is still there is taken instead. */
  async takeAway(gone: readonly AccountAnchor[], seenOf: (anchor: AccountAnchor) => Seen): Promise<void> {
    const names = await this.namesOf(gone);
    for (let at = 0; at < gone.length; at += LIMITS.accountsPerBatchMax) {
      const absent: AccountAnchor[] = [];
      for (const anchor of gone.slice(at, at + LIMITS.accountsPerBatchMax)) {
        const account = await this.#look(anchor, names);
        if (account === 'unreadable') continue;
        const isHere = account !== undefined && this.take(account, seenOf, SECOND_LOOK);
        if (!isHere) absent.push(anchor);
        await this.#line.showLife();
      }
      await this.#line.settle();
      for (const anchor of absent) this.#tally.count('quarantined', names.get(anchor) ?? anchor);
      await this.#line.takeAway(absent);
    }
  }

  /** One that may not be read is there, and stops nobody else. */
  async #look(anchor: AccountAnchor, names: ReadonlyMap<AccountAnchor, string>) {
    try {
      return await this.#deps.reader.read(anchor, this.#signal);
    } catch (error) {
      if (!(error instanceof DirectoryMisconfigured)) throw error;
      this.#leaveOut({ anchor, name: names.get(anchor) ?? anchor }, error);
      return 'unreadable';
    }
  }

  #leaveOut({ anchor, name }: { readonly anchor: AccountAnchor; readonly name: string }, error: unknown): void {
    const failure = describeFailure(error);
    this.#tally.leaveOut(name, failure);
    this.#deps.events.syncAccountLeftOut({ directoryId: this.#deps.directoryId, anchor, failure });
  }

  /** Of the first of them, as the mirror knows them: the directory does not any more. */
  async namesOf(anchors: readonly AccountAnchor[]): Promise<ReadonlyMap<AccountAnchor, string>> {
    const entries = await this.#line.look(anchors.slice(0, NAMES_TOLD_MAX));
    return new Map([...entries].map(([anchor, { samAccountName }]) => [anchor, samAccountName]));
  }
}

function fieldsCounter(tally: PassTally, fingerprint: string): OnReplaced {
  return (replaced) => tally.countFields(changedFields(replaced, fingerprint));
}

/**
 * What there is to send; undefined where the mirror holds the same. Throws for what the front door would refuse, and with it
 * everybody in the same batch.
 */
function changeOf(mirrored: ManagedAccount, seen: Seen): WrittenChange | undefined {
  const text = accountText(mirrored);
  const wholeWord = wholeWordOf(text);
  const isKnown = seen.kind === 'known' && !seen.isAbsent && seen.word !== undefined;
  if (isKnown && seen.word === keptWordOf(wholeWord)) return undefined;
  return WrittenChange.of(mirrored, { text, fingerprint: fingerprintOf(mirrored, wholeWord) });
}
