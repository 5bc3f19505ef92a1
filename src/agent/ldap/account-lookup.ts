// Finds and reads single accounts over one lent connection, in any dialect: what the reader and the writer have in common. Cannot
// write.

import type { AccountAnchor, DirectoryAccount } from '../directory/directory-account.js';
import { type DistinguishedName, isWithin, parseDistinguishedName } from '../directory/distinguished-name.js';
import { type AccountPage, DirectoryMisconfigured, type FoundAccount } from '../directory/ports.js';
import type { LdapConnection } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { AccountDialect, Held } from './dialect.js';
import type { DirectoryEvents } from './directory-events.js';
import type { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';

export interface AccountLookupOptions<Server> {
  /** Which of the agent's directories this is. */
  readonly directoryId: string;
  readonly dialect: AccountDialect<Server>;
  /** Accounts elsewhere do not exist for us. Throws DirectoryMisconfigured when it is no DN. */
  readonly baseDn: string;
  readonly events: DirectoryEvents;
}

/** What is needed of a lent connection here. */
export type Asking<Server> = Held<Server, Pick<LdapConnection, 'search'>>;

export class AccountLookup<Server> {
  readonly #options: AccountLookupOptions<Server>;
  readonly base: DistinguishedName;
  #wasToldOfPermissions = false;

  constructor(options: AccountLookupOptions<Server>) {
    this.#options = options;
    try {
      this.base = parseDistinguishedName(options.baseDn);
    } catch (cause) {
      throw new DirectoryMisconfigured(`the base DN ${JSON.stringify(options.baseDn)} is malformed`, { cause });
    }
  }

  /** Two searches: which account it is, and, since only a search for one entry tells its groups, what it is. */
  async find(held: Asking<Server>, userId: string, signal: AbortSignal): Promise<FoundAccount> {
    const { connection, server } = held;
    const { baseDn, dialect } = this.#options;
    const filter = dialect.named(userId, server);
    if (filter === undefined) return { kind: 'not-found' };
    const entries = await connection
      // Two are enough to know that it is not one.
      .search({ ...dialect.search, base: baseDn, scope: 'sub', filter, sizeLimit: 2 }, signal)
      .catch(refusedTo(searchBelow(baseDn)));
    const [only] = entries;
    if (only === undefined) return { kind: 'not-found' };
    if (entries.length > 1) return { kind: 'ambiguous', count: entries.length };
    const account = await this.read(held, this.#account(only, server).anchor, signal);
    return account === undefined ? { kind: 'not-found' } : { kind: 'found', account };
  }

  /** One search by the anchor, wherever the account was moved; undefined when it is gone or outside the base. */
  async read({ connection, server }: Asking<Server>, anchor: AccountAnchor, signal: AbortSignal) {
    const { baseDn, dialect } = this.#options;
    const place = dialect.under(anchor, baseDn);
    if (place === undefined) return undefined;
    try {
      const [entry] = await connection.search({ ...dialect.singleSearch, ...place }, signal);
      if (entry === undefined || !isWithin(parseDistinguishedName(entry.distinguishedName), this.base))
        return undefined;
      return this.#account(entry, server);
    } catch (error) {
      if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return undefined;
      return refusedTo('show an account')(error);
    }
  }

  /** In a read of many, one hidden account must not hide all others. */
  accountsOf(entries: readonly LdapEntry[], server: Server): AccountPage {
    const accounts = entries.flatMap((entry) => this.#accountOrNone(entry, server));
    return { accounts, leftOut: entries.length - accounts.length };
  }

  /** Throws DirectoryMisconfigured when it cannot be read as it has to be. */
  #account(entry: LdapEntry, server: Server): DirectoryAccount {
    const read = this.#read(entry, server);
    if (read.kind === 'read') return read.account;
    throw new DirectoryMisconfigured(
      `the service account may not read ${read.missing} of ${entry.distinguishedName}: let it read the accounts below the base DN`,
    );
  }

  #accountOrNone(entry: LdapEntry, server: Server): DirectoryAccount[] {
    const read = this.#read(entry, server);
    if (read.kind === 'read') return [read.account];
    const { distinguishedName } = entry;
    this.#options.events.accountUnreadable({ distinguishedName, missing: read.missing });
    return [];
  }

  #read(entry: LdapEntry, server: Server): ReadingOf<DirectoryAccount> {
    const { directoryId, dialect, events } = this.#options;
    const read = dialect.readAccount(entry, server);
    if (read.kind === 'unreadable') return read;
    if (!read.arePermissionsReadable && !this.#wasToldOfPermissions) {
      this.#wasToldOfPermissions = true;
      events.permissionsUnreadable({ distinguishedName: entry.distinguishedName });
    }
    return { kind: 'read', account: { ...read.account, directoryId } };
  }
}

type ReadingOf<Account> =
  | { readonly kind: 'read'; readonly account: Account }
  | { readonly kind: 'unreadable'; readonly missing: string };

/** What the directory refused to do when it refuses: completes "the directory refused to …". */
export function searchBelow(baseDn: string): string {
  return `search below ${baseDn}: check that it exists and that the service account may read it`;
}
