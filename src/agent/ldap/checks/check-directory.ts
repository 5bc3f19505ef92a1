// The checks that every kind of directory has: who can sign in where, and whether the names of the settings are there. A kind's
// own checks come in with its dialect.

import { describeFailure, Failure } from '../../../failure/failure.js';
import { isWithin, parseDistinguishedName } from '../../directory/distinguished-name.js';
import { DirectoryUnreachable } from '../../directory/ports.js';
import type { Check, CheckContext, Finding } from '../../health/precheck.js';
import type { Endpoint } from '../connection.js';
import type { ConnectionPool } from '../connection-pool.js';
import type { Dialect, DirectoryServer, Held } from '../dialect.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import { attributesChecks, type NamedAttribute } from './check-attributes.js';

export interface DirectoryChecksOptions<Server extends DirectoryServer> {
  readonly dialect: Dialect<Server>;
  readonly pool: ConnectionPool<Server>;
  readonly endpoints: readonly Endpoint[];
  readonly serverName: string | undefined;
  readonly baseDn: string;
  readonly bindName: string;
  /** Attributes that the settings name. */
  readonly named: readonly NamedAttribute[];
  /** What else of the directory they name. */
  readonly managed: { readonly bases: readonly { readonly dn: string }[]; readonly groups: readonly string[] };
}

/** In the order in which they are asked: each server's sign-in, then the directory, by whichever server answers. */
export function directoryChecks<Server extends DirectoryServer>(
  options: DirectoryChecksOptions<Server>,
  context: CheckContext,
): Check[] {
  const { pool, dialect, endpoints, serverName, baseDn, bindName, named, managed } = options;
  const hosts = serverName === undefined ? endpoints.map(({ host }) => host) : [serverName];
  const ask = <T>(signal: AbortSignal, question: (held: Held<Server>) => Promise<T>) => pool.read(signal, question);
  const own = dialect.checks?.({ ask, baseDn, bindName, hosts, context }) ?? [];
  const general: Check[] = [
    nameCheck({ code: 'base-dn', name: baseDn, baseDn, ask }),
    ...attributesChecks({ named, schemaBinds: dialect.schemaBinds, ask }),
    ...managed.bases.map(({ dn }) => nameCheck({ code: 'managed-base', name: dn, baseDn, ask })),
    ...managed.groups.map((name) => nameCheck({ code: 'managed-group', name, baseDn: undefined, ask })),
    ...context.scope.map((name) => nameCheck({ code: 'scope-dn', name, baseDn, ask })),
    ...context.excluded.map((name) => nameCheck({ code: 'excluded-dn', name, baseDn, ask })),
    {
      codes: ['service-account'],
      target: bindName,
      look: async (signal) => {
        const found = await ask(signal, (held) => dialect.readServiceAccount(held, { bindName, baseDn }, signal)).catch(
          failureOnly,
        );
        return [serviceAccountFinding(bindName, found)];
      },
    },
  ];
  return [
    ...endpoints.map((endpoint) => signInCheck(options, endpoint, context)),
    ...[...general, ...own].map((check) => ({ needs: { code: 'bind', of: 'any-target' } as const, ...check })),
  ];
}

/** On a connection of its own; a password that one server refused is not tried at the next: it could lock the account. */
function signInCheck<Server extends DirectoryServer>(
  { dialect, pool }: DirectoryChecksOptions<Server>,
  endpoint: Endpoint,
  context: CheckContext,
): Check {
  const target = endpoint.url;
  const ownCodes = dialect.serverChecks?.codes ?? [];
  return {
    codes: ['bind', 'server', ...ownCodes],
    target,
    needs: { code: 'tls', of: 'same-target' },
    look: async (signal) => {
      const leased = await pool.leaseAt(endpoint, signal).catch(failureOnly);
      if (leased instanceof Failure) return [signInFinding(target, leased)];
      using lease = leased;
      const bound: Finding[] = [
        { code: 'bind', status: 'pass', target, detail: 'accepted' },
        { code: 'server', status: 'pass', target, detail: lease.server.name },
      ];
      return [...bound, ...((await dialect.serverChecks?.look(lease, { target, context }, signal)) ?? [])];
    },
  };
}

/** Pure. The failure's own words say what to do. */
function signInFinding(target: string, failure: Failure): Finding {
  return { code: 'bind', status: 'fail', target, detail: describeFailure(failure) };
}

interface NamedEntry<Server> {
  readonly code: 'base-dn' | 'managed-base' | 'managed-group' | 'scope-dn' | 'excluded-dn';
  readonly name: string;
  /** Undefined: it may lie anywhere. */
  readonly baseDn: string | undefined;
  readonly ask: <T>(signal: AbortSignal, question: (held: Held<Server>) => Promise<T>) => Promise<T>;
}

/** A name that is misspelt takes effect nowhere and says nothing: the entry has to be there, and below the base. */
function nameCheck<Server>({ code, name: target, baseDn, ask }: NamedEntry<Server>): Check {
  const found = (status: Finding['status'], detail: string): Finding[] => [{ code, status, target, detail }];
  return {
    codes: [code],
    target,
    look: async (signal) => {
      if (baseDn !== undefined && !isWithin(parseDistinguishedName(target), parseDistinguishedName(baseDn))) {
        return found('fail', `does not lie below the base DN ${baseDn}`);
      }
      try {
        const [entry] = await ask(signal, ({ connection }) =>
          connection.search({ base: target, scope: 'base', attributes: ['objectClass'] }, signal),
        );
        return entry === undefined ? found('fail', 'may not be read') : found('pass', 'is there');
      } catch (error) {
        if (!(error instanceof LdapRefusal)) throw error;
        const isGone = error.resultCode === LDAP_CODES.noSuchObject;
        return found('fail', isGone ? 'is not there' : describeFailure(error));
      }
    },
  };
}

function serviceAccountFinding(target: string, found: string | Failure): Finding {
  const code = 'service-account';
  // Away for a moment is no news about who we are.
  if (found instanceof DirectoryUnreachable) throw found;
  if (found instanceof Failure) return { code, status: 'fail', target, detail: describeFailure(found) };
  const detail =
    found === 'elsewhere' ? 'lies outside the base DN' : `known by its anchor ${found}, and never written to`;
  return { code, status: 'pass', target, detail };
}

/** For `catch`: hands a Failure back as a value; anything else is our own mistake. */
function failureOnly(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
