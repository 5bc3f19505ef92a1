// Reads an Active Directory: one account by what people type or by its anchor, its password rules, or everybody.
// Holds no connection of its own longer than one question, a full read apart. Cannot write.

import type { AccountAnchor, DirectoryAccount, PasswordPolicy } from '../../directory/directory-account.js';
import type { AccountPage, DirectoryReader, FoundAccount } from '../../directory/ports.js';
import type { ConnectionPool } from '../connection-pool.js';
import type { AccountLookup } from './account-lookup.js';
import type { DomainController } from './domain-controller.js';
import { readPolicy } from './read-policy.js';

export class ActiveDirectoryReader implements DirectoryReader {
  readonly #pool: ConnectionPool<DomainController>;
  readonly #accounts: AccountLookup;

  constructor(pool: ConnectionPool<DomainController>, accounts: AccountLookup) {
    this.#pool = pool;
    this.#accounts = accounts;
  }

  find(userId: string, signal: AbortSignal): Promise<FoundAccount> {
    return this.#pool.read(signal, (lease) => this.#accounts.find(lease, userId, signal));
  }

  read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined> {
    return this.#pool.read(signal, (lease) => this.#accounts.read(lease, anchor, signal));
  }

  readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy> {
    return this.#pool.read(signal, (lease) => readPolicy(lease, account, signal));
  }

  async *readAll(signal: AbortSignal): AsyncGenerator<AccountPage> {
    using lease = await this.#pool.lease(signal);
    let isComplete = false;
    try {
      yield* this.#accounts.readAll(lease, signal);
      isComplete = true;
    } finally {
      // The directory keeps the rest of the pages ready for this connection until it is closed.
      if (!isComplete) lease.connection.destroy();
    }
  }
}
