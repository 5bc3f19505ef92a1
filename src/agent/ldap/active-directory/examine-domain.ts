// What is looked at in an Active Directory domain: its domain controllers in DNS, our groups, our rights on real accounts of
// every scope, its password rules, DirSync. Thin: reads, and leaves judging to judge-rights.ts where there is much to judge.

import { isIP } from 'node:net';
import { EqualityFilter } from 'ldapts';
import { describeFailure } from '../../../failure/failure.js';
import {
  formatDistinguishedName,
  isSameName,
  isWithin,
  parseDistinguishedName,
} from '../../directory/distinguished-name.js';
import type { Check, Finding } from '../../health/precheck.js';
import { placeOf } from '../checks/sample-names.js';
import { refusedTo } from '../connection-failures.js';
import type { Examined, Held } from '../dialect.js';
import { LdapRefusal } from '../ldap-errors.js';
import { isGranted } from './access-check.js';
import type { DomainController } from './domain-controller.js';
import { intervalMs } from './filetime.js';
import { judgeDomain, judgeScope } from './judge-rights.js';
import { relativeId, sidText } from './object-sid.js';
import { type OwnIdentity, readOwnIdentity } from './own-identity.js';
import { isProtectedGroup } from './protected-groups.js';
import { rightsFor, UNEXPIRE_PASSWORD } from './rights.js';
import { readPermissions, type SampledAccount, type SampledEntry, sampleAccounts } from './sample-accounts.js';

type Domain = Examined<DomainController>;

export function domainChecks(domain: Domain): Check[] {
  const { ask, baseDn, bindName, context } = domain;
  const whole = (
    codes: Check['codes'],
    look: (held: Held<DomainController>, signal: AbortSignal) => Promise<Finding[]>,
  ) => ({
    codes,
    target: baseDn,
    look: (signal: AbortSignal) => ask(signal, (held) => look(held, signal)),
  });
  const own = (held: Held<DomainController>, signal: AbortSignal) =>
    readOwnIdentity(held, { bindName, baseDn }, signal);
  return [
    { codes: ['servers-in-dns'], target: baseDn, look: (signal) => lookAtDns(domain, signal) },
    whole(['service-account-groups'], async (held, signal) => [
      await lookAtGroups(held, await own(held, signal), signal),
    ]),
    ...context.scope.map(
      (scope): Check => ({
        codes: [
          'permissions-readable',
          ...rightsFor(context.operations).map(({ code }) => code),
          'inheritance',
          'over-privilege',
          'protected-accounts',
          'fine-grained-policies',
        ],
        target: scope,
        needs: { code: 'scope-dn', of: 'same-target' },
        look: (signal) =>
          ask(signal, async (held) => lookAtScope({ held, own: await own(held, signal), scope, domain }, signal)),
      }),
    ),
    whole(['over-privilege'], async (held, signal) => [await lookAtDomain(held, await own(held, signal), signal)]),
    ...(rightsFor(context.operations).some(({ code }) => code === 'right-reset-password')
      ? [
          whole(['unexpire-password'], async (held, signal) => [
            await lookAtUnexpire(held, await own(held, signal), signal),
          ]),
        ]
      : []),
    whole(['minimum-age'], async (held, signal) => [await lookAtMinimumAge(held, signal)]),
    whole(['dirsync'], async (held, signal) => [await lookAtDirSync(held, signal)]),
  ];
}

async function lookAtDns({ ask, baseDn: target, hosts, context }: Domain, signal: AbortSignal): Promise<Finding[]> {
  const code = 'servers-in-dns';
  const dnsName = await ask(signal, async ({ server }) => server.domain.dnsName);
  const service = `_ldap._tcp.dc._msdcs.${dnsName}`;
  const records = await context.names.lookUp(service, signal);
  const known = records.map(({ host }) => host.replace(/\.$/, '').toLowerCase());
  if (known.length === 0) return [{ code, status: 'warn', target, detail: `there is nothing at ${service}` }];
  const strangers = hosts.filter((host) => isIP(host) === 0 && !known.includes(host.toLowerCase()));
  const detail = `at ${service}: ${known.join(', ')}`;
  return strangers.length === 0
    ? [{ code, status: 'pass', target, detail }]
    : [{ code, status: 'warn', target, detail: `${detail}; not there: ${strangers.join(', ')}` }];
}

async function lookAtGroups(
  { connection, server }: Held<DomainController>,
  own: OwnIdentity,
  signal: AbortSignal,
): Promise<Finding> {
  const code = 'service-account-groups';
  const target = `${server.domain.netbiosName}\\${own.samAccountName}`;
  const names: string[] = [];
  for (const sid of own.groups.filter(isProtectedGroup)) {
    const [group] = await connection
      .search({ base: `<SID=${sid}>`, scope: 'base', attributes: ['cn'] }, signal)
      .catch(refusedTo('show a group of the service account'));
    names.push(group?.text('cn') ?? sid);
  }
  return names.length === 0
    ? { code, status: 'pass', target, detail: 'in no group that the directory protects' }
    : { code, status: 'warn', target, detail: `in ${names.join(', ')}, with all they may do` };
}

interface ScopeLook {
  readonly held: Held<DomainController>;
  readonly own: OwnIdentity;
  readonly scope: string;
  readonly domain: Domain;
}

async function lookAtScope({ held, own, scope, domain }: ScopeLook, signal: AbortSignal): Promise<Finding[]> {
  const { connection } = held;
  const { excluded, operations } = domain.context;
  const accounts = await sampleAccounts(connection, { base: scope, excluded }, signal);
  const places = await readPlaces(held, scope, accounts, signal);
  return [
    ...judgeScope({ scope, operations, accounts, places, sids: own.sids }),
    await lookAtMarked(held, { scope, accounts }, signal),
    await lookAtPolicies(held, { scope, accounts }, signal),
  ];
}

/** The scope, and every entry between it and the accounts that were sampled. */
async function readPlaces(
  { connection }: Held<DomainController>,
  scope: string,
  accounts: readonly SampledAccount[],
  signal: AbortSignal,
): Promise<SampledEntry[]> {
  const top = parseDistinguishedName(scope);
  const between = new Map<string, string>();
  for (const { distinguishedName } of accounts) {
    for (let at = placeOf(parseDistinguishedName(distinguishedName)); isWithin(at, top); at = placeOf(at)) {
      if (isSameName(at, top)) break;
      const name = formatDistinguishedName(at);
      between.set(name.toLowerCase(), name);
    }
  }
  const entries: SampledEntry[] = [];
  for (const name of [scope, ...between.values()]) {
    const entry = await readPermissions(connection, name, signal);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

interface ScopeAccounts {
  readonly scope: string;
  readonly accounts: readonly SampledAccount[];
}

/** The mark stays when somebody leaves the last protected group, and with it the closed permissions (MS-ADTS 3.1.1.6.1.2). */
async function lookAtMarked(
  { connection }: Held<DomainController>,
  { scope: target, accounts }: ScopeAccounts,
  signal: AbortSignal,
): Promise<Finding> {
  const code = 'protected-accounts';
  const marked = accounts.filter(({ isMarkedProtected }) => isMarkedProtected);
  const left: string[] = [];
  for (const { distinguishedName: base } of marked) {
    const [entry] = await connection
      .search({ base, scope: 'base', attributes: ['objectSid', 'tokenGroups'] }, signal)
      .catch(refusedTo('show the groups of a protected account'));
    const isBuiltIn = relativeId(entry?.bytes('objectSid') ?? Buffer.alloc(0)) === BUILT_IN_ADMINISTRATOR;
    const groups = entry?.allBytes('tokenGroups') ?? [];
    // No groups at all: they may not be read, so nothing is known.
    if (isBuiltIn || groups.length === 0) continue;
    if (!groups.some((sid) => isProtectedGroup(sidText(sid) ?? ''))) left.push(base);
  }
  const [first] = left;
  const detail = `${marked.length} of ${accounts.length} looked at are left to their administrator`;
  return first === undefined
    ? { code, status: 'pass', target, detail }
    : {
        code,
        status: 'warn',
        target,
        detail: `${detail}; ${left.length} are in no protected group any more, as ${first}`,
      };
}

const BUILT_IN_ADMINISTRATOR = 500;

async function lookAtPolicies(
  { connection }: Held<DomainController>,
  { scope: target, accounts }: ScopeAccounts,
  signal: AbortSignal,
): Promise<Finding> {
  const code = 'fine-grained-policies';
  const policies = [...new Set(accounts.flatMap(({ policyName }) => policyName ?? []))];
  const hidden: string[] = [];
  for (const base of policies) {
    const attributes = ['msDS-MinimumPasswordLength'];
    const entries = await connection.search({ base, scope: 'base', attributes }, signal).catch((error: unknown) => {
      if (error instanceof LdapRefusal) return [];
      throw error;
    });
    if (entries[0]?.text('msDS-MinimumPasswordLength') === undefined) hidden.push(base);
  }
  return hidden.length === 0
    ? { code, status: 'pass', target, detail: `${policies.length} apply here, all readable` }
    : { code, status: 'warn', target, detail: `may not be read: ${hidden.join('; ')}` };
}

async function lookAtDomain(
  { connection, server }: Held<DomainController>,
  own: OwnIdentity,
  signal: AbortSignal,
): Promise<Finding> {
  const base = server.domain.namingContext;
  const head = await readPermissions(connection, base, signal);
  const protectedAccounts = await sampleAccounts(connection, { base, excluded: [], only: 'marked-protected' }, signal);
  return judgeDomain(base, { head, protectedAccounts, sids: own.sids });
}

async function lookAtUnexpire(
  { connection, server }: Held<DomainController>,
  own: OwnIdentity,
  signal: AbortSignal,
): Promise<Finding> {
  const code = 'unexpire-password';
  const target = server.domain.namingContext;
  const head = await readPermissions(connection, target, signal);
  if (head?.descriptor === undefined) {
    return { code, status: 'cannot-tell', target, detail: 'the permissions of the domain may not be read' };
  }
  return isGranted(head.descriptor, own.sids, UNEXPIRE_PASSWORD)
    ? { code, status: 'pass', target, detail: 'held' }
    : { code, status: 'warn', target, detail: 'missing: a reset leaves "must change at next sign-in" set' };
}

const DAY_MS = 86_400_000;

async function lookAtMinimumAge({ connection, server }: Held<DomainController>, signal: AbortSignal): Promise<Finding> {
  const code = 'minimum-age';
  const target = server.domain.namingContext;
  const [head] = await connection
    .search({ base: target, scope: 'base', attributes: ['minPwdAge'] }, signal)
    .catch(refusedTo('show its password rules'));
  const days = intervalMs(head?.integer('minPwdAge')) / DAY_MS;
  if (days === 0) return { code, status: 'pass', target, detail: 'none' };
  const reach =
    server.policyHintsOid === undefined ? 'it holds for changes, not for resets' : 'it may hold for resets too';
  return {
    code,
    status: 'warn',
    target,
    detail: `${Number(days.toFixed(2))} days; on this domain controller ${reach}`,
  };
}

/** The smallest question: the domain's own entry. */
async function lookAtDirSync({ connection, server }: Held<DomainController>, signal: AbortSignal): Promise<Finding> {
  const code = 'dirsync';
  const target = server.domain.namingContext;
  const filter = new EqualityFilter({ attribute: 'objectClass', value: 'domainDNS' });
  try {
    const request = {
      base: target,
      scope: 'sub',
      filter,
      attributes: ['objectGUID'],
    } as const;
    await connection.searchChanges(request, Buffer.alloc(0), signal);
    return { code, status: 'pass', target, detail: 'answered, as far as our rights reach' };
  } catch (error) {
    if (!(error instanceof LdapRefusal)) throw error;
    return { code, status: 'warn', target, detail: describeFailure(error) };
  }
}
