// Finds and reads accounts over one lent connection: what the reader and the writer have in common. Cannot write.

import type { AccountAnchor, DirectoryAccount } from '../../directory/directory-account.js';
import { type DistinguishedName, isWithin, parseDistinguishedName } from '../../directory/distinguished-name.js';
import { type AccountPage, DirectoryMisconfigured, type FoundAccount } from '../../directory/ports.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import type { DirectoryEvents } from '../directory-events.js';
import type { LdapEntry } from '../ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import type { DomainController } from './domain-controller.js';
import { guidBytes } from './object-guid.js';
import { accountSearch, readAccount, singleAccountSearch } from './read-account.js';
import { accountsNamed, allPeople, anyAccount } from './resolve-user-id.js';

/** A cookie with nothing on the page is legal (RFC 2696 §3), but not for ever. */
const EMPTY_PAGES_MAX = 100;

export interface AccountLookupOptions {
  /** Accounts elsewhere do not exist for us. Throws DirectoryMisconfigured when it is no DN. */
  readonly baseDn: string;
  readonly resetMailAttribute: string;
  readonly pageSize: number;
  readonly events: DirectoryEvents;
}

/** What is needed of a lent connection here. */
export interface Leased {
  readonly connection: Pick<LdapConnection, 'search' | 'searchPage'>;
  readonly controller: DomainController;
}

export class AccountLookup {
  readonly #options: AccountLookupOptions;
  readonly #base: DistinguishedName;
  readonly #search: ReturnType<typeof accountSearch>;
  readonly #singleSearch: ReturnType<typeof singleAccountSearch>;
  #wasToldOfPermissions = false;

  constructor(options: AccountLookupOptions) {
    this.#options = options;
    try {
      this.#base = parseDistinguishedName(options.baseDn);
    } catch (cause) {
      throw new DirectoryMisconfigured(`the base DN ${JSON.stringify(options.baseDn)} is malformed`, { cause });
    }
    this.#search = accountSearch(options.resetMailAttribute);
    this.#singleSearch = singleAccountSearch(options.resetMailAttribute);
  }

  /** Two searches: which account it is, and, since only a search for one entry tells its groups, what it is. */
  async find(lease: Leased, userId: string, signal: AbortSignal): Promise<FoundAccount> {
    const { connection, controller } = lease;
    const filter = accountsNamed(userId, controller.domain);
    if (filter === undefined) return { kind: 'not-found' };
    const { baseDn } = this.#options;
    const entries = await connection
      // Two are enough to know that it is not one.
      .search({ ...this.#search, base: baseDn, scope: 'sub', filter, sizeLimit: 2 }, signal)
      .catch(refusedTo(searchBelow(baseDn)));
    const [only] = entries;
    if (only === undefined) return { kind: 'not-found' };
    if (entries.length > 1) return { kind: 'ambiguous', count: entries.length };
    const account = await this.read(lease, this.#account(only, controller).anchor, signal);
    return account === undefined ? { kind: 'not-found' } : { kind: 'found', account };
  }

  /** One search by objectGUID, wherever the account was moved; undefined when it is gone or outside the base. */
  async read({ connection, controller }: Leased, anchor: AccountAnchor, signal: AbortSignal) {
    if (guidBytes(anchor) === undefined) return undefined;
    try {
      const [entry] = await connection.search(
        { ...this.#singleSearch, base: guidName(anchor), scope: 'base', filter: anyAccount() },
        signal,
      );
      if (entry === undefined || !isWithin(parseDistinguishedName(entry.distinguishedName), this.#base))
        return undefined;
      return this.#account(entry, controller);
    } catch (error) {
      if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return undefined;
      return refusedTo('show an account')(error);
    }
  }

  /** Ends only after the page that the directory called the last. */
  async *readAll({ connection, controller }: Leased, signal: AbortSignal): AsyncGenerator<AccountPage> {
    const { baseDn, pageSize } = this.#options;
    const request = { ...this.#search, base: baseDn, scope: 'sub', filter: allPeople() } as const;
    let emptyPages = 0;
    let cookie: Buffer | undefined;
    do {
      const page = await connection
        .searchPage(request, { size: pageSize, cookie }, signal)
        .catch(refusedTo(searchBelow(baseDn)));
      emptyPages = page.entries.length === 0 ? emptyPages + 1 : 0;
      if (emptyPages > EMPTY_PAGES_MAX) {
        throw new DirectoryMisconfigured(`the directory goes on with empty pages below ${baseDn}`);
      }
      const accounts = page.entries.flatMap((entry) => this.#accountOrNone(entry, controller));
      yield { accounts, leftOut: page.entries.length - accounts.length };
      cookie = page.nextCookie;
    } while (cookie !== undefined);
  }

  /** Throws DirectoryMisconfigured when it cannot be read as it has to be. */
  #account(entry: LdapEntry, controller: DomainController): DirectoryAccount {
    const read = this.#read(entry, controller);
    if (read.kind === 'read') return read.account;
    throw new DirectoryMisconfigured(
      `the service account may not read ${read.missing} of ${entry.distinguishedName}: let it read the accounts below the base DN`,
    );
  }

  /** In a full read one hidden account must not hide all others. */
  #accountOrNone(entry: LdapEntry, controller: DomainController): DirectoryAccount[] {
    const read = this.#read(entry, controller);
    if (read.kind === 'read') return [read.account];
    const { distinguishedName } = entry;
    this.#options.events.accountUnreadable({ distinguishedName, missing: read.missing });
    return [];
  }

  #read(entry: LdapEntry, { domain }: DomainController) {
    const { resetMailAttribute, events } = this.#options;
    const read = readAccount(entry, { domainName: domain.netbiosName, resetMailAttribute });
    if (read.kind === 'read' && !read.arePermissionsReadable && !this.#wasToldOfPermissions) {
      this.#wasToldOfPermissions = true;
      events.permissionsUnreadable({ distinguishedName: entry.distinguishedName });
    }
    return read;
  }
}

/** A name that follows the account through renames (MS-ADTS 3.1.1.3.1.2.4). Only from an anchor that was parsed. */
export function guidName(anchor: AccountAnchor): string {
  return `<GUID=${anchor}>`;
}

function searchBelow(baseDn: string): string {
  return `search below ${baseDn}: check that it exists and that the service account may read it`;
}
