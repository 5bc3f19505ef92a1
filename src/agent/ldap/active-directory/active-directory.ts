// Opens an Active Directory for the agent: settings in, the reader and the writer out, over one pool of connections.
// Promises that nothing is sent before the first question, and that disposing it ends every connection.

import { X509Certificate } from 'node:crypto';
import { EqualityFilter } from 'ldapts';
import type { AccountAnchor } from '../../../protocol/identifiers.js';
import type { Secret } from '../../../secret/secret.js';
import type { Clock } from '../../../timing/clock.js';
import type { DirectoryAccount, PasswordPolicy } from '../../directory/directory-account.js';
import type {
  DirectoryReader,
  DirectoryWriter,
  FoundAccount,
  Settlement,
  UnsettledWrite,
  WriteIntent,
} from '../../directory/ports.js';
import { DirectoryMisconfigured } from '../../directory/ports.js';
import { bindNameForm } from '../bind-name.js';
import { LdapConnection, parseEndpoint } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import { ConnectionPool } from '../connection-pool.js';
import { type DirectoryEvents, noDirectoryEvents } from '../directory-events.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import { AccountLookup } from './account-lookup.js';
import { type DomainController, readDomainController } from './domain-controller.js';
import { guidAnchor } from './object-guid.js';
import { ActiveDirectoryReader } from './reader.js';
import { accountsNamed } from './resolve-user-id.js';
import { ActiveDirectoryWriter } from './writer.js';

export interface ActiveDirectoryOptions {
  /** Domain controllers as `ldaps://HOST[:PORT]`, asked in this order. Any other scheme is refused. */
  readonly urls: readonly string[];
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
  /** Holds people's private addresses. Default `otherMailbox`. */
  readonly resetMailAttribute?: string | undefined;
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

/** What a first look at the directory tells. */
export interface DirectoryProbe {
  readonly controller: DomainController;
  /** The service account itself, which must never be written to; undefined when it lies in another domain. */
  readonly bindAnchor: AccountAnchor | undefined;
}

export interface ActiveDirectory extends DirectoryReader, DirectoryWriter, AsyncDisposable {
  /** Connects, binds and looks at the base DN. Throws what is wrong, with what to do. */
  probe(signal: AbortSignal): Promise<DirectoryProbe>;
}

/** Throws DirectoryMisconfigured when a URL, the authorities, the bind name or the base DN cannot be right. */
export function openActiveDirectory(options: ActiveDirectoryOptions): ActiveDirectory {
  const { clock, baseDn, bindName } = options;
  const events = options.events ?? noDirectoryEvents;
  if (options.urls.length === 0) throw new DirectoryMisconfigured('no domain controller is named in the settings');
  bindNameForm(bindName);
  if (options.ca !== undefined) checkAuthorities(options.ca);
  const accounts = new AccountLookup({
    baseDn,
    events,
    resetMailAttribute: options.resetMailAttribute ?? 'otherMailbox',
    pageSize: options.pageSize ?? 500,
  });
  const pool = new ConnectionPool<DomainController>({
    endpoints: options.urls.map(parseEndpoint),
    clock,
    events,
    greet: readDomainController,
    open: async (endpoint, signal) =>
      LdapConnection.open(
        {
          endpoint,
          serverName: options.serverName,
          ca: options.ca,
          bindName,
          bindPassword: await options.bindPassword(),
          connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
          operationTimeoutMs: options.operationTimeoutMs ?? 10_000,
        },
        signal,
      ),
  });
  return new OpenActiveDirectory({ pool, accounts, clock, baseDn, bindName });
}

/** Node takes a text without a certificate for no authorities at all, and says so only at the handshake. */
function checkAuthorities(pem: string): void {
  try {
    new X509Certificate(pem);
  } catch (cause) {
    throw new DirectoryMisconfigured('the authority file (caFile) holds no certificate in PEM', { cause });
  }
}

interface Parts {
  readonly pool: ConnectionPool<DomainController>;
  readonly accounts: AccountLookup;
  readonly clock: Clock;
  readonly baseDn: string;
  readonly bindName: string;
}

class OpenActiveDirectory implements ActiveDirectory {
  readonly #parts: Parts;
  readonly #reader: ActiveDirectoryReader;
  readonly #writer: ActiveDirectoryWriter;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#reader = new ActiveDirectoryReader(parts.pool, parts.accounts);
    this.#writer = new ActiveDirectoryWriter(parts.pool, parts.accounts, parts.clock);
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

  readAll(signal: AbortSignal): AsyncIterable<readonly DirectoryAccount[]> {
    return this.#reader.readAll(signal);
  }

  prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    return this.#writer.prepare(anchor, signal);
  }

  settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    return this.#writer.settle(write, signal);
  }

  probe(signal: AbortSignal): Promise<DirectoryProbe> {
    const { pool, baseDn } = this.#parts;
    return pool.read(signal, async ({ connection, controller }) => {
      await connection
        .search({ base: baseDn, scope: 'base', attributes: ['objectClass'] }, signal)
        .catch(refusedTo(`show ${baseDn}: check the base DN in the settings`));
      return { controller, bindAnchor: await this.#readBindAnchor(connection, controller, signal) };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#parts.pool.close();
  }

  async #readBindAnchor(connection: LdapConnection, controller: DomainController, signal: AbortSignal) {
    const { bindName } = this.#parts;
    const isName = bindNameForm(bindName) === 'distinguished-name';
    const filter = isName
      ? new EqualityFilter({ attribute: 'distinguishedName', value: bindName })
      : accountsNamed(bindName, controller.domain);
    if (filter === undefined) return undefined;
    const base = controller.domain.namingContext;
    const attributes = ['objectGUID'];
    try {
      const [own, other] = await connection.search(
        { base, scope: 'sub', filter, attributes, binaryAttributes: attributes, sizeLimit: 2 },
        signal,
      );
      return other === undefined ? guidAnchor(own?.bytes('objectGUID') ?? Buffer.alloc(0)) : undefined;
    } catch (error) {
      if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return undefined;
      return refusedTo('show the service account')(error);
    }
  }
}
