// Finds and reads single accounts over one lent connection, in any dialect: what the reader and the writer have in common. Cannot
// write.

import type { AccountAnchor, DirectoryAccount } from '../directory/directory-account.js';
import { type DistinguishedName, isWithin, parseDistinguishedName } from '../directory/distinguished-name.js';
import { type AccountPage, DirectoryMisconfigured, type FoundAccount, NAMESAKES_TOLD_MAX } from '../directory/ports.js';
import type { LdapConnection, SearchRequest } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { AccountDialect, Held, WhatIsAsked } from './dialect.js';
import type { DirectoryEvents } from './directory-events.js';
import type { GroupMembers, Memberships } from './group-members.js';
import type { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';
import { baseAround, type ManagedBase, within } from './managed-bases.js';

export interface AccountLookupOptions<Server> {
  /** Which of the agent's directories this is. */
  readonly directoryId: string;
  readonly dialect: AccountDialect<Server>;
  /** Accounts elsewhere do not exist for us. */
  readonly baseDn: string;
  /** Within that. */
  readonly bases: readonly ManagedBase[];
  /** Read of every account besides. */
  readonly attributes: readonly string[];
  readonly groupMembers: GroupMembers;
  readonly events: DirectoryEvents;
}

/** What is needed of a lent connection here. */
export type Asking<Server> = Held<Server, Pick<LdapConnection, 'search' | 'searchPage'>>;

export class AccountLookup<Server> {
  readonly #options: AccountLookupOptions<Server>;
  readonly base: DistinguishedName;
  #wasToldOfPermissions = false;

  constructor(options: AccountLookupOptions<Server>) {
    this.#options = options;
    this.base = parseDistinguishedName(options.baseDn);
  }

  /** What is asked for of many. */
  get search(): WhatIsAsked {
    return this.#asked(this.#options.dialect.search);
  }

  /** Two searches: which account it is, and, since only a search for one entry tells its groups, what it is. */
  async find(held: Asking<Server>, userId: string, signal: AbortSignal): Promise<FoundAccount> {
    const { connection, server } = held;
    const { baseDn, dialect } = this.#options;
    const filter = dialect.named(userId, server);
    if (filter === undefined) return { kind: 'not-found' };
    const entries = await connection
      .search({ ...dialect.search, base: baseDn, scope: 'sub', filter, sizeLimit: NAMESAKES_TOLD_MAX }, signal)
      .catch(refusedTo(searchBelow(baseDn)));
    const [only] = entries;
    if (only === undefined) return { kind: 'not-found' };
    if (entries.length > 1) {
      return { kind: 'ambiguous', distinguishedNames: entries.map(({ distinguishedName }) => distinguishedName) };
    }
    const { anchor, identity } = this.#known(only, server);
    const account = await this.#readAt(held, { identity, anchor }, signal);
    return account === undefined ? { kind: 'not-found' } : { kind: 'found', account };
  }

  /** By the anchor, wherever the account was moved; undefined when it is gone or outside the base. */
  async read(held: Asking<Server>, anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined> {
    try {
      const identity = await this.#identityOf(held, anchor, signal);
      return identity && (await this.#readAt(held, { identity, anchor }, signal));
    } catch (error) {
      return refusedTo('show an account')(error);
    }
  }

  /** `anchor`: what it is known by, or it is not who was asked for. */
  async #readAt(
    held: Asking<Server>,
    { identity, anchor }: { readonly identity: AccountAnchor; readonly anchor: AccountAnchor },
    signal: AbortSignal,
  ): Promise<DirectoryAccount | undefined> {
    const { connection, server } = held;
    const { baseDn, dialect } = this.#options;
    const place = dialect.under(identity, baseDn);
    if (place === undefined) return undefined;
    try {
      const [entry] = await connection.search({ ...this.#asked(dialect.singleSearch), ...place }, signal);
      if (entry === undefined) return undefined;
      const name = parseDistinguishedName(entry.distinguishedName);
      if (!isWithin(name, this.base)) return undefined;
      const base = await this.#baseOf(name, { held, place }, signal);
      const memberships = await this.memberships(held, 'kept', signal);
      const read = this.#read(entry, { server, base, memberships });
      // Whoever was given another anchor meanwhile is not who was asked for.
      if (read.kind === 'read') return read.account.anchor === anchor ? read.account : undefined;
      // Where nobody is managed nothing has to be readable.
      if (base === undefined) return undefined;
      throw unreadable(entry, read.missing);
    } catch (error) {
      if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return undefined;
      return refusedTo('show an account')(error);
    }
  }

  /** Of the one entry that is known by the anchor; undefined when there is none. Throws DirectoryMisconfigured for two. */
  async #identityOf(
    { connection }: Asking<Server>,
    value: AccountAnchor,
    signal: AbortSignal,
  ): Promise<AccountAnchor | undefined> {
    const { baseDn, dialect } = this.#options;
    const { anchor, identity } = dialect;
    if (anchor === identity) return value;
    const filter = anchor.filter(value);
    if (filter === undefined) return undefined;
    const attributes = [identity.attribute];
    const [entry, another] = await connection.search(
      { base: baseDn, scope: 'sub', filter, attributes, sizeLimit: 2 },
      signal,
    );
    if (entry !== undefined && another !== undefined)
      throw new DirectoryMisconfigured(notOne(anchor.attribute, entry, another));
    return entry && identity.of(entry);
  }

  /** Who is in the groups of the rules. */
  memberships(
    { connection, server }: Asking<Server>,
    how: 'afresh' | 'kept',
    signal: AbortSignal,
  ): Promise<Memberships> {
    const { groupMembers, dialect } = this.#options;
    return groupMembers.read({ connection, root: dialect.root(server) }, how, signal);
  }

  /** In a read of many, one hidden account must not hide all others. */
  accountsOf(entries: readonly LdapEntry[], around: Around<Server>): AccountPage {
    const accounts: DirectoryAccount[] = [];
    for (const entry of entries) {
      const read = this.#read(entry, around);
      if (read.kind === 'read') accounts.push(read.account);
      else
        this.#options.events.accountUnreadable({ distinguishedName: entry.distinguishedName, missing: read.missing });
    }
    return { accounts, leftOut: entries.length - accounts.length };
  }

  #asked({ attributes, ...search }: WhatIsAsked): WhatIsAsked {
    const { attributes: ofRules, groupMembers } = this.#options;
    return { ...search, attributes: [...new Set([...attributes, ...ofRules, ...groupMembers.accountAttributes])] };
  }

  /** The server is asked about the filter: it alone knows what matches. */
  async #baseOf(
    name: DistinguishedName,
    { held, place }: { readonly held: Asking<Server>; readonly place: Place },
    signal: AbortSignal,
  ): Promise<ManagedBase | undefined> {
    const { bases, dialect } = this.#options;
    const base = baseAround(bases, name);
    if (base?.filter === undefined) return base;
    const filter = within(base, place.filter ?? dialect.everybody);
    const found = await held.connection.search({ ...place, filter, attributes: ['1.1'] }, signal);
    return found.length > 0 ? base : undefined;
  }

  /** Throws DirectoryMisconfigured when it cannot be read as it has to be. */
  #known(entry: LdapEntry, server: Server): Pick<DirectoryAccount, 'anchor' | 'identity'> {
    const read = this.#options.dialect.readAccount(entry, server);
    if (read.kind === 'read') return read.account;
    throw unreadable(entry, read.missing);
  }

  #read(entry: LdapEntry, { server, base, memberships }: Around<Server>): ReadingOf<DirectoryAccount> {
    const { directoryId, dialect, attributes, groupMembers, events } = this.#options;
    const read = dialect.readAccount(entry, server);
    if (read.kind === 'unreadable') return read;
    const missing = groupMembers.accountAttributes.find((name) => entry.text(name) === undefined);
    if (missing !== undefined) return { kind: 'unreadable', missing };
    if (!read.arePermissionsReadable && !this.#wasToldOfPermissions) {
      this.#wasToldOfPermissions = true;
      events.permissionsUnreadable({ distinguishedName: entry.distinguishedName });
    }
    // Into the object that was made for this: a copy of each account would cost as much as reading it.
    const account = Object.assign(read.account, {
      directoryId,
      base: base?.dn,
      groups: memberships.word === undefined ? NO_GROUPS : memberships.of(entry),
      attributes:
        attributes.length === 0
          ? NO_ATTRIBUTES
          : Object.fromEntries(attributes.map((name) => [name.toLowerCase(), entry.texts(name)])),
    });
    return { kind: 'read', account };
  }
}

/** Everybody's where the rules name none. */
const NO_GROUPS: DirectoryAccount['groups'] = Object.freeze([]);
const NO_ATTRIBUTES: DirectoryAccount['attributes'] = Object.freeze({});

/** What is the same for all entries of one search. */
export interface Around<Server> {
  readonly server: Server;
  /** Whose filter they match; undefined: none of them is. */
  readonly base: ManagedBase | undefined;
  readonly memberships: Memberships;
}

type Place = Pick<SearchRequest, 'base' | 'scope' | 'filter'>;

type ReadingOf<Account> =
  | { readonly kind: 'read'; readonly account: Account }
  | { readonly kind: 'unreadable'; readonly missing: string };

/** What the directory refused to do when it refuses: completes "the directory refused to …". */
export function searchBelow(baseDn: string): string {
  return `search below ${baseDn}: check that it exists and that the service account may read it`;
}

function notOne(attribute: string, ...entries: readonly LdapEntry[]): string {
  const names = entries.map(({ distinguishedName }) => distinguishedName).join(' and ');
  return `${names} have the same ${attribute}: nobody is chosen by it until one of them has another`;
}

function unreadable({ distinguishedName }: LdapEntry, missing: string): DirectoryMisconfigured {
  return new DirectoryMisconfigured(
    `the service account may not read ${missing} of ${distinguishedName}, or it has none: let it read the accounts below the base DN`,
  );
}
