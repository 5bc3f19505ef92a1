// Opens a directory of any kind: the configured one, or the one that the server's root DSE shows at the first question.
// The only file that knows all dialects.

import { assertNever } from '../../failure/assert.js';
import { describeFailure, Failure } from '../../failure/failure.js';
import type { AccountAnchor, DirectoryAccount, PasswordPolicy } from '../directory/directory-account.js';
import type { DirectoryKind } from '../directory/directory-kind.js';
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
import { directoryServer389 } from './389-ds/389-ds.js';
import { activeDirectory } from './active-directory/active-directory.js';
import type { ConnectionPool } from './connection-pool.js';
import { detectKind } from './detect-kind.js';
import {
  type LdapDirectoryOptions,
  openConnectionPool,
  openLdapDirectory,
  reachOf,
  serverReachChecks,
} from './ldap-directory.js';
import { readManagedBases } from './managed-bases.js';
import { openLdap } from './openldap/openldap.js';

export interface DirectoryOptions extends LdapDirectoryOptions {
  /** Default: whatever the root DSE of the first server that answers shows. */
  readonly kind?: DirectoryKind | undefined;
  /** What accounts are known by. Default: what every entry of that kind of directory has. */
  readonly anchor?: string | undefined;
  /** OpenLDAP's policy of everybody who has none of their own. Default: not known. */
  readonly passwordPolicyDn?: string | undefined;
}

/** A directory of any kind, which can also be examined, and tell how its service account gets its rights. */
export type AnyDirectory = Directory & Examinable & Delegating;

/** Throws DirectoryMisconfigured when a URL, the authorities, the bind name or the base DN cannot be right. */
export function openDirectory(options: DirectoryOptions): AnyDirectory {
  if (options.kind !== undefined) return openKind(options.kind, options);
  // No kind is needed for that, and none may be known for hours.
  readManagedBases(options.baseDn, options.managed?.bases ?? []);
  return new DetectedDirectory(options);
}

function openKind(kind: DirectoryKind, options: DirectoryOptions): AnyDirectory {
  switch (kind) {
    case 'active-directory':
      return openLdapDirectory(activeDirectory(options), options);
    case 'openldap':
      return openLdapDirectory(openLdap(options), options);
    case '389-ds':
      return openLdapDirectory(directoryServer389(options), options);
    default:
      return assertNever(kind);
  }
}

/** Looks before the first question, once; a look that fails is repeated at the next question. */
class DetectedDirectory implements AnyDirectory {
  readonly #options: DirectoryOptions;
  readonly #looking: ConnectionPool<DirectoryKind>;
  #lookers = 0;
  #opened: AnyDirectory | undefined;

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#looking = openConnectionPool(options, detectKind);
  }

  async find(userId: string, signal: AbortSignal): Promise<FoundAccount> {
    return (await this.#directory(signal)).find(userId, signal);
  }

  async read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined> {
    return (await this.#directory(signal)).read(anchor, signal);
  }

  async readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy> {
    return (await this.#directory(signal)).readPolicy(account, signal);
  }

  async *readAll(signal: AbortSignal): AsyncGenerator<AccountPage> {
    yield* (await this.#directory(signal)).readAll(signal);
  }

  async *readChanges(since: ChangeCursor, signal: AbortSignal): AsyncGenerator<ChangePage> {
    yield* (await this.#directory(signal)).readChanges(since, signal);
  }

  async *readPresent(signal: AbortSignal): AsyncGenerator<PresencePage> {
    yield* (await this.#directory(signal)).readPresent(signal);
  }

  async prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    return (await this.#directory(signal)).prepare(anchor, signal);
  }

  async settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    return (await this.#directory(signal)).settle(write, signal);
  }

  async probe(signal: AbortSignal): Promise<DirectoryProbe> {
    return (await this.#directory(signal)).probe(signal);
  }

  async checks(context: CheckContext, signal: AbortSignal): Promise<readonly Check[]> {
    try {
      return await (await this.#directory(signal)).checks(context, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      // Of which kind it is, nobody could say: what can be looked at is how far one gets.
      const { servers, ...how } = reachOf(this.#options);
      const endpoints = await servers(signal);
      const target = endpoints.map(({ url }) => url).join(', ');
      const detail = describeFailure(error);
      return [
        ...serverReachChecks(endpoints, how, context),
        {
          codes: ['bind'],
          target,
          needs: { code: 'tls', of: 'any-target' },
          look: async () => [{ code: 'bind', status: 'fail', target, detail }],
        },
      ];
    }
  }

  async delegation(
    request: Pick<DelegationRequest, 'scope' | 'operations'>,
    how: 'look-up' | 'offline',
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    if (how === 'look-up') return (await this.#directory(signal)).delegation(request, how, signal);
    throw new DirectoryMisconfigured(
      'without asking the directory, only the settings can tell which kind it is: name it as `kind`',
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#looking.close();
    await this.#opened?.[Symbol.asyncDispose]();
  }

  async #directory(signal: AbortSignal): Promise<AnyDirectory> {
    if (this.#opened !== undefined) return this.#opened;
    this.#lookers += 1;
    try {
      const kind = await this.#looking.read(signal, async ({ server }) => server);
      // Another question may have been as quick.
      this.#opened ??= openKind(kind, this.#options);
      return this.#opened;
    } finally {
      this.#lookers -= 1;
      if (this.#opened !== undefined && this.#lookers === 0) this.#looking.close();
    }
  }
}
