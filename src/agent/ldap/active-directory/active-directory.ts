// Opens an Active Directory for the agent: settings in, the reader and the writer out, over one pool of connections.
// Promises that nothing is sent before the first question, and that disposing it ends every connection.

import { randomBytes, X509Certificate } from 'node:crypto';
import type { AccountAnchor } from '../../../protocol/identifiers.js';
import type { Secret } from '../../../secret/secret.js';
import type { Clock } from '../../../timing/clock.js';
import type { DirectoryAccount, PasswordPolicy } from '../../directory/directory-account.js';
import type {
  AccountPage,
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
import { AccountLookup } from './account-lookup.js';
import { type DomainController, readDomainController } from './domain-controller.js';
import { ActiveDirectoryReader } from './reader.js';
import { readServiceAccount } from './service-account.js';
import { ActiveDirectoryWriter } from './writer.js';

/** As long as the digest it goes into. */
const SALT_BYTES = 32;

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
  /** The service account itself, which must never be written to; undefined when it is proven to lie outside the base. */
  readonly bindAnchor: AccountAnchor | undefined;
}

export interface ActiveDirectory extends DirectoryReader, DirectoryWriter, AsyncDisposable {
  /** Connects, binds, looks at the base DN and at itself. Throws what is wrong, with what to do. */
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
    readPassword: options.bindPassword,
    salt: randomBytes(SALT_BYTES),
    open: (endpoint, bindPassword, signal) =>
      LdapConnection.open(
        {
          endpoint,
          serverName: options.serverName,
          ca: options.ca,
          bindName,
          bindPassword,
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

  readAll(signal: AbortSignal): AsyncIterable<AccountPage> {
    return this.#reader.readAll(signal);
  }

  prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    return this.#writer.prepare(anchor, signal);
  }

  settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    return this.#writer.settle(write, signal);
  }

  probe(signal: AbortSignal): Promise<DirectoryProbe> {
    const { pool, baseDn, bindName } = this.#parts;
    return pool.read(signal, async ({ connection, controller }) => {
      await connection
        .search({ base: baseDn, scope: 'base', attributes: ['objectClass'] }, signal)
        .catch(refusedTo(`show ${baseDn}: check the base DN in the settings`));
      const own = await readServiceAccount({ connection, controller }, { bindName, baseDn }, signal);
      return { controller, bindAnchor: own === 'elsewhere' ? undefined : own };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#parts.pool.close();
  }
}
