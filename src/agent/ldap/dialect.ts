// What differs from one kind of directory to another, as the port that each kind's folder fulfils. What is alike – connections,
// paging, deadlines, one intent on one server, settling – stands beside this file and knows a directory by this alone.
// Types only.

import type { Filter } from 'ldapts';
import type { AccountAnchor, DirectoryAccount, PasswordPolicy } from '../directory/directory-account.js';
import type { AccountChange, LockoutFacts, SignInResult, WriteResult } from '../directory/ports.js';
import type { DelegationRequest } from '../health/delegation.js';
import type { Check, CheckContext, Finding } from '../health/precheck.js';
import type { PrecheckCode } from '../health/precheck-catalogue.js';
import type { AnchorAttribute, ChangeTrail } from './change-trail.js';
import type { Endpoint, LdapConnection, SearchRequest } from './connection.js';
import type { GroupDialect } from './group-members.js';
import type { LdapEntry } from './ldap-entry.js';

/** What is known of the server that a connection has reached. Each dialect knows more of its own. */
export interface DirectoryServer {
  /** Host name and, where it may be read, the incarnation of its database: another after a restore. For ledger and log. */
  readonly name: string;
}

/** An account as an entry tells it. What the settings say of it is added by whoever reads. */
export type AccountOfEntry = Omit<DirectoryAccount, 'directoryId' | 'base' | 'groups' | 'attributes'>;

export type ReadAccount =
  | { readonly kind: 'read'; readonly account: AccountOfEntry; readonly arePermissionsReadable: boolean }
  /** A decisive attribute cannot be read: the entry is no account for us. */
  | { readonly kind: 'unreadable'; readonly missing: string };

export type WhatIsAsked = Pick<SearchRequest, 'attributes' | 'controls'>;

/** How accounts are asked for and understood. Pure: no method asks anything itself. */
export interface AccountDialect<Server> {
  /** What every search for accounts asks for. */
  readonly search: WhatIsAsked;
  /** What a search for one entry may ask for besides. */
  readonly singleSearch: WhatIsAsked;
  /** Everybody the mirror holds. */
  readonly everybody: Filter;
  /** Who answers to a user ID, already canonical; undefined when nobody here can have such a name. */
  named(userId: string, server: Server): Filter | undefined;
  /** Where the account with this `identity` is found; undefined when it is that of another kind of directory. */
  under(identity: AccountAnchor, baseDn: string): Pick<SearchRequest, 'base' | 'scope' | 'filter'> | undefined;
  readAccount(entry: LdapEntry, server: Server): ReadAccount;
  readonly groups: GroupDialect;
  /** Holds everything of the directory: accounts move within it, and groups lie there. */
  root(server: Server): string;
  /** What every entry has, account or not, and keeps for good: changes are followed by it. */
  readonly identity: SearchableAnchor;
  /** What accounts are known by: the same, unless the settings name another. */
  readonly anchor: SearchableAnchor;
}

export interface SearchableAnchor extends AnchorAttribute {
  /** Undefined when it is the anchor of another kind of directory. */
  filter(anchor: AccountAnchor): Filter | undefined;
}

/** A lent connection and the server at its other end. */
export interface Held<Server, Connection = LdapConnection> {
  readonly connection: Connection;
  readonly server: Server;
}

export interface ServiceAccountNames {
  /** The name the connection was bound with. */
  readonly bindName: string;
  /** Nothing outside it is ever written to. */
  readonly baseDn: string;
}

export interface Dialect<Server extends DirectoryServer> {
  readonly accounts: AccountDialect<Server>;
  /** Whether no entry can have an attribute that the schema does not know. */
  readonly schemaBinds: boolean;
  /** `attributes`: what is read of accounts besides, or decides whether they are managed here: a change of these is one too. */
  changes(attributes: readonly string[]): ChangeTrail<Server>;
  /**
   * What `passwordLastSet` counts. `exact`: no two writes have the same. `whole-seconds`: since 1970 UTC, so that a time that
   * stayed the same does not prove that nothing was written.
   */
  readonly passwordTimes: 'exact' | 'whole-seconds';
  /** Asked once per connection. Throws DirectoryMisconfigured when nothing may be written there. */
  greet(connection: LdapConnection, signal: AbortSignal): Promise<Server>;
  /** The rules for one account's next password. */
  readPolicy(held: Held<Server>, account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy>;
  /**
   * The `identity` of the agent's own account, which must never be written to; `elsewhere` when its name proves that it lies
   * outside the base.
   * Fails closed: throws DirectoryMisconfigured when it cannot be told apart.
   */
  readServiceAccount(
    held: Held<Server>,
    names: ServiceAccountNames,
    signal: AbortSignal,
  ): Promise<AccountAnchor | 'elsewhere'>;
  /** Whether this server compares a password that is reset with earlier ones. */
  historyOnReset(server: Server): PasswordPolicy['historyOnReset'];
  /** Whether writes should go to this server rather than to others; `known`: by URL, what those that were reached said of themselves. */
  prefersToWrite(endpoint: Endpoint, known: ReadonlyMap<string, Server>): boolean;
  /** What a wrong password would do to the account, on this server. */
  readLockout(held: Held<Server>, account: DirectoryAccount, signal: AbortSignal): Promise<LockoutFacts>;
  /** Carries one change out. Never throws: whoever asked must know whether it left. */
  write(
    held: Held<Server>,
    account: DirectoryAccount,
    change: AccountChange,
    signal: AbortSignal,
  ): Promise<WriteResult>;
  /** Asks by a bind as the person, on a connection of its own, whether the password (UTF-8) is theirs. Never throws. */
  signIn(
    held: Held<Server>,
    account: DirectoryAccount,
    password: Uint8Array,
    signal: AbortSignal,
  ): Promise<SignInResult>;
  /** What this kind looks at on every server, on a connection just made. Default: nothing but the greeting. */
  readonly serverChecks?: ServerChecks<Server>;
  /** What this kind looks at in the directory besides what all have. Reads only. Default: nothing. */
  checks?(examined: Examined<Server>): readonly Check[];
  /** The commands that give the service account its rights. */
  readonly delegation: Delegation<Server>;
}

export interface ServerChecks<Server> {
  readonly codes: readonly PrecheckCode[];
  look(
    held: Held<Server>,
    on: { readonly target: string; readonly context: CheckContext },
    signal: AbortSignal,
  ): Promise<readonly Finding[]>;
}

/** A directory that is being examined. */
export interface Examined<Server> {
  /** Asks over any connection that answers. */
  readonly ask: <T>(signal: AbortSignal, question: (held: Held<Server>) => Promise<T>) => Promise<T>;
  readonly baseDn: string;
  readonly bindName: string;
  /** The servers of the settings, by the names that stand in their certificates. */
  readonly hosts: readonly string[];
  readonly context: CheckContext;
}

export interface Delegation<Server> {
  /** What the directory knows of the service account, as the commands need it. */
  readTrustee(held: Held<Server>, names: ServiceAccountNames, signal: AbortSignal): Promise<Trustee | undefined>;
  /** Lines for a terminal, commands and remarks. Pure. `trustee`: undefined when the directory was not asked. */
  commands(request: DelegationRequest, trustee: Trustee | undefined): readonly string[];
}

/** A service account as commands name it. */
export interface Trustee {
  /** As in `CORP\svc-drawbridge`, or a distinguished name. */
  readonly name: string;
  /** Where the directory has such. */
  readonly sid: string | undefined;
}
