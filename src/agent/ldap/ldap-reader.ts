// Reads a directory in any dialect: one account by what people type or by its anchor, its password rules, or everybody.
// Holds no connection of its own longer than one question, a full read apart. Cannot write.

import type { AccountAnchor, DirectoryAccount, PasswordPolicy } from '../directory/directory-account.js';
import type {
  AccountPage,
  ChangeCursor,
  ChangePage,
  DirectoryFollower,
  DirectoryReader,
  FoundAccount,
  PresencePage,
} from '../directory/ports.js';
import type { AccountLookup } from './account-lookup.js';
import { type NamedAttribute, refuseWrongNames } from './checks/check-attributes.js';
import type { ConnectionPool, Lease } from './connection-pool.js';
import type { Dialect, DirectoryServer } from './dialect.js';
import type { DirectoryWalk } from './directory-walk.js';

export interface ReaderParts<Server extends DirectoryServer> {
  readonly pool: ConnectionPool<Server>;
  readonly accounts: AccountLookup<Server>;
  readonly walk: DirectoryWalk<Server>;
  readonly dialect: Pick<Dialect<Server>, 'readPolicy' | 'schemaBinds'>;
  /** Attributes that the settings name. */
  readonly named: readonly NamedAttribute[];
}

export class LdapReader<Server extends DirectoryServer> implements DirectoryReader, DirectoryFollower {
  readonly #parts: ReaderParts<Server>;

  constructor(parts: ReaderParts<Server>) {
    this.#parts = parts;
  }

  find(userId: string, signal: AbortSignal): Promise<FoundAccount> {
    const { pool, accounts } = this.#parts;
    return pool.read(signal, (lease) => accounts.find(lease, userId, signal));
  }

  read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined> {
    const { pool, accounts } = this.#parts;
    return pool.read(signal, (lease) => accounts.read(lease, anchor, signal));
  }

  readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy> {
    const { pool, dialect } = this.#parts;
    return pool.read(signal, (lease) => dialect.readPolicy(lease, account, signal));
  }

  async *readAll(signal: AbortSignal): AsyncGenerator<AccountPage> {
    const { pool, walk, named, dialect } = this.#parts;
    const { schemaBinds } = dialect;
    // On a connection of its own: one that a schema was too large for is of no use any more.
    await refuseWrongNames({ named, schemaBinds, ask: (inner, question) => pool.read(inner, question) }, signal);
    yield* this.#pages((lease) => walk.readAll(lease, signal), signal);
  }

  readChanges(since: ChangeCursor, signal: AbortSignal): AsyncGenerator<ChangePage> {
    return this.#pages((lease) => this.#parts.walk.readChanges(lease, since, signal), signal);
  }

  readPresent(signal: AbortSignal): AsyncGenerator<PresencePage> {
    return this.#pages((lease) => this.#parts.walk.readPresent(lease, signal), signal);
  }

  async *#pages<Page>(read: (lease: Lease<Server>) => AsyncGenerator<Page>, signal: AbortSignal): AsyncGenerator<Page> {
    using lease = await this.#parts.pool.lease(signal);
    let isComplete = false;
    try {
      yield* read(lease);
      isComplete = true;
    } finally {
      // The directory keeps the rest of the pages ready for this connection until it is closed.
      if (!isComplete) lease.connection.destroy();
    }
  }
}
