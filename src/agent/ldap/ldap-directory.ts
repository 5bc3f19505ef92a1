// Opens a directory for the agent: settings and a dialect in, the reader and the writer out, over one pool of connections.
// Promises that nothing is sent before the first question, and that disposing it ends every connection.

import { randomBytes, X509Certificate } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { Secret } from '../../secret/secret.js';
import type { Clock } from '../../timing/clock.js';
import type { DirectoryAccount, PasswordPolicy } from '../directory/directory-account.js';
import {
  type AccountPage,
  type ChangeCursor,
  type ChangePage,
  type Directory,
  DirectoryMisconfigured,
  type DirectoryProbe,
  type FoundAccount,
  type PresencePage,
  type Settlement,
  type UnsettledWrite,
  type WriteIntent,
} from '../directory/ports.js';
import type { Delegating, DelegationRequest } from '../health/delegation.js';
import type { Check, CheckContext, Examinable } from '../health/precheck.js';
import { AccountLookup } from './account-lookup.js';
import { bindNameForm } from './bind-name.js';
import { type NamedAttribute, namedAttributes } from './checks/check-attributes.js';
import { directoryChecks } from './checks/check-directory.js';
import { reachChecks } from './checks/check-reach.js';
import type { Endpoint } from './connection.js';
import { LdapConnection } from './connection.js';
import { refusedTo } from './connection-failures.js';
import { ConnectionPool } from './connection-pool.js';
import type { Dialect, DirectoryServer } from './dialect.js';
import { type DirectoryEvents, noDirectoryEvents } from './directory-events.js';
import { DirectoryWalk } from './directory-walk.js';
import { GroupMembers } from './group-members.js';
import { LdapReader } from './ldap-reader.js';
import { LdapWriter } from './ldap-writer.js';
import { filterAttributes, type ManagedBaseSetting, readManagedBases } from './managed-bases.js';
import type { PersonMapSettings } from './person-map.js';
import { fixedServers, foundServers, type ServerList } from './server-list.js';

/** As long as the digest it goes into. */
const SALT_BYTES = 32;

export interface LdapDirectoryOptions {
  /** Which of the agent's directories this is: in every account read from it. */
  readonly directoryId: string;
  /** Servers as `ldaps://HOST[:PORT]`, asked in this order. Any other scheme is refused. Empty where they are looked up. */
  readonly urls: readonly string[];
  /** Looks the servers' host names up, the best first, where no URLs are given. */
  readonly lookUpServers?: ((signal: AbortSignal) => Promise<readonly string[]>) | undefined;
  /** How a socket finds the addresses of a server's host. Default: as this machine does. */
  readonly lookup?: LookupFunction | undefined;
  /** The name in the certificates. Default: the host of each URL. */
  readonly serverName?: string | undefined;
  /** Certificate authorities (PEM) to trust. Default: the machine's own. */
  readonly ca?: string | undefined;
  /** A DN, a UPN or DOMAIN\name; anything else is refused. From the settings only, never from a person. */
  readonly bindName: string;
  /** Asked at every bind, so that a changed password is found without a restart. */
  readonly bindPassword: () => Secret | Promise<Secret>;
  /** Accounts elsewhere do not exist for us. */
  readonly baseDn: string;
  /** Where people's names and addresses come from. Default: as the kind of directory has it. */
  readonly attributes?: PersonMapSettings | undefined;
  /** Which accounts within that are managed. Default: all. */
  readonly managed?: ManagedSettings | undefined;
  /** Default 5000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Default 10 000. */
  readonly operationTimeoutMs?: number | undefined;
  /** Accounts in one page of a full read. Default 500; Active Directory allows 1000. */
  readonly pageSize?: number | undefined;
  readonly clock: Clock;
  /** Default: nobody listens. */
  readonly events?: DirectoryEvents | undefined;
}

/** What has to be known of every account to tell which are managed. */
export interface ManagedSettings {
  /** None: the base DN. */
  readonly bases: readonly ManagedBaseSetting[];
  /** Attributes that are read of every account besides. */
  readonly attributes: readonly string[];
  /** Distinguished names of the groups whose members are told. */
  readonly groups: readonly string[];
}

const EVERYBODY: ManagedSettings = { bases: [], attributes: [], groups: [] };

/** Throws DirectoryMisconfigured when a URL, the authorities, the bind name, a base or a filter cannot be right. */
export function openLdapDirectory<Server extends DirectoryServer>(
  dialect: Dialect<Server>,
  options: LdapDirectoryOptions,
): LdapDirectory<Server> {
  const {
    clock,
    baseDn,
    bindName,
    directoryId,
    pageSize = 500,
    events = noDirectoryEvents,
    managed = EVERYBODY,
  } = options;
  const reach = reachOf(options);
  const pool = openConnectionPool(options, dialect.greet, reach.servers);
  const { attributes, groups } = managed;
  const bases = readManagedBases(baseDn, managed.bases);
  const groupMembers = new GroupMembers({ groups, dialect: dialect.accounts.groups, clock });
  const accounts = new AccountLookup({
    directoryId,
    dialect: dialect.accounts,
    baseDn,
    bases,
    attributes,
    groupMembers,
    events,
  });
  const ofManaged = [...attributes, ...groupMembers.accountAttributes, ...filterAttributes(managed.bases)];
  const walk = new DirectoryWalk({
    accounts,
    dialect: dialect.accounts,
    changes: dialect.changes(ofManaged),
    bases,
    pageSize,
  });
  const { anchor, identity } = dialect.accounts;
  const named = namedAttributes({
    attributes: options.attributes ?? {},
    managed: ofManaged,
    anchor: anchor === identity ? undefined : anchor.attribute,
  });
  return new LdapDirectory({ dialect, pool, accounts, walk, clock, baseDn, bindName, reach, named, managed });
}

/** Connections by these options, each greeted by `greet`. Connects to nothing yet; throws as openLdapDirectory does. */
export function openConnectionPool<Facts>(
  options: LdapDirectoryOptions,
  greet: (connection: LdapConnection, signal: AbortSignal) => Promise<Facts>,
  servers: ServerList = serversOf(options),
): ConnectionPool<Facts> {
  const { bindName, clock, events = noDirectoryEvents } = options;
  bindNameForm(bindName);
  if (options.ca !== undefined) checkAuthorities(options.ca);
  return new ConnectionPool<Facts>({
    endpoints: servers,
    clock,
    events,
    greet,
    readPassword: options.bindPassword,
    salt: randomBytes(SALT_BYTES),
    open: (endpoint, bindPassword, signal) =>
      LdapConnection.open({ ...connectionSettings(options), endpoint, bindName, bindPassword }, signal),
  });
}

function serversOf({ urls, lookUpServers, clock }: LdapDirectoryOptions): ServerList {
  if (urls.length > 0) return fixedServers(urls);
  if (lookUpServers !== undefined) return foundServers(lookUpServers, clock);
  throw new DirectoryMisconfigured('no server of the directory is named in the settings');
}

/** How every connection of a directory is made, complete. */
function connectionSettings(options: LdapDirectoryOptions) {
  const { serverName, ca, lookup, connectTimeoutMs = 5_000, operationTimeoutMs = 10_000 } = options;
  return { serverName, ca, lookup, connectTimeoutMs, operationTimeoutMs };
}

/** How to reach the servers of a directory, for looking at them before anybody signs in. */
export interface Reach {
  readonly servers: ServerList;
  readonly serverName: string | undefined;
  readonly ca: string | undefined;
  readonly lookup: LookupFunction | undefined;
  readonly connectTimeoutMs: number;
}

/** Looks nothing up yet. Throws DirectoryMisconfigured when no server is named, or a name cannot be right. */
export function reachOf(options: LdapDirectoryOptions): Reach {
  return { servers: serversOf(options), ...connectionSettings(options) };
}

/** What can be looked at of every server whatever it is. */
export function serverReachChecks(
  endpoints: readonly Endpoint[],
  how: Omit<Reach, 'servers'>,
  context: CheckContext,
): Check[] {
  return endpoints.flatMap((endpoint) => reachChecks({ endpoint, ...how }, context));
}

/** Node takes a text without a certificate for no authorities at all, and says so only at the handshake. */
function checkAuthorities(pem: string): void {
  try {
    new X509Certificate(pem);
  } catch (cause) {
    throw new DirectoryMisconfigured('the authority file (caFile) holds no certificate in PEM', { cause });
  }
}

interface Parts<Server extends DirectoryServer> {
  readonly dialect: Dialect<Server>;
  readonly pool: ConnectionPool<Server>;
  readonly accounts: AccountLookup<Server>;
  readonly walk: DirectoryWalk<Server>;
  readonly clock: Clock;
  readonly baseDn: string;
  readonly bindName: string;
  readonly reach: Reach;
  /** Attributes that the settings name. */
  readonly named: readonly NamedAttribute[];
  readonly managed: ManagedSettings;
}

export class LdapDirectory<Server extends DirectoryServer> implements Directory, Examinable, Delegating {
  readonly #parts: Parts<Server>;
  readonly #reader: LdapReader<Server>;
  readonly #writer: LdapWriter<Server>;

  constructor(parts: Parts<Server>) {
    this.#parts = parts;
    this.#reader = new LdapReader(parts);
    this.#writer = new LdapWriter(parts);
  }

  find(userId: string, signal: AbortSignal): Promise<FoundAccount> {
    return this.#reader.find(userId, signal);
  }

  read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined> {
    return this.#reader.read(anchor, signal);
  }

  readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy> {
    return this.#reader.readPolicy(account, signal);
  }

  readAll(signal: AbortSignal): AsyncIterable<AccountPage> {
    return this.#reader.readAll(signal);
  }

  readChanges(since: ChangeCursor, signal: AbortSignal): AsyncIterable<ChangePage> {
    return this.#reader.readChanges(since, signal);
  }

  readPresent(signal: AbortSignal): AsyncIterable<PresencePage> {
    return this.#reader.readPresent(signal);
  }

  prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    return this.#writer.prepare(anchor, signal);
  }

  settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    return this.#writer.settle(write, signal);
  }

  async probe(signal: AbortSignal): Promise<DirectoryProbe & { readonly server: Server }> {
    const { dialect, pool, baseDn, bindName } = this.#parts;
    return pool.read(signal, async ({ connection, server }) => {
      const { identity } = dialect.accounts;
      const [base] = await connection
        .search({ base: baseDn, scope: 'base', attributes: ['objectClass', identity.attribute] }, signal)
        .catch(refusedTo(`show ${baseDn}: check the base DN in the settings`));
      const own = await dialect.readServiceAccount({ connection, server }, { bindName, baseDn }, signal);
      const bindIdentity = own === 'elsewhere' ? undefined : own;
      return { server, bindIdentity, baseAnchor: base && identity.of(base) };
    });
  }

  async checks(context: CheckContext, signal: AbortSignal): Promise<readonly Check[]> {
    const { reach } = this.#parts;
    const endpoints = await reach.servers(signal);
    const parts = { ...this.#parts, endpoints, serverName: reach.serverName };
    return [...serverReachChecks(endpoints, reach, context), ...directoryChecks(parts, context)];
  }

  async delegation(
    { scope, operations }: Pick<DelegationRequest, 'scope' | 'operations'>,
    how: 'look-up' | 'offline',
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { dialect, pool, bindName, baseDn } = this.#parts;
    const names = { bindName, baseDn };
    const trustee =
      how === 'offline'
        ? undefined
        : await pool.read(signal, (held) => dialect.delegation.readTrustee(held, names, signal));
    return dialect.delegation.commands({ ...names, scope, operations }, trustee);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#parts.pool.close();
  }
}
