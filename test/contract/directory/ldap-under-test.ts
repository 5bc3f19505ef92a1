// OpenLDAP and 389 Directory Server in the contract: the same people, opened as the settings would, proven by OpenLDAP's client.

import { readFile } from 'node:fs/promises';
import { vi } from 'vitest';
import { proveBind } from '../../../scripts/lab/proofs.js';
import type { LabPopulation } from '../../../scripts/lab/samba-people.js';
import { LDAP_SAMPLE_POPULATION } from '../../../scripts/lab/sample-people.js';
import type { DirectoryAccount } from '../../../src/agent/directory/directory-account.js';
import type { DirectoryKind } from '../../../src/agent/directory/directory-kind.js';
import type {
  AccountChange,
  Directory,
  UnsettledWrite,
  WriteIntent,
  WriteResult,
} from '../../../src/agent/directory/ports.js';
import { type DirectoryOptions, openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { startCuttingProxy } from '../../support/cutting-proxy.js';
import { type AdministeredDirectory, asAdministrator } from '../../support/directory-administrator.js';
import { CONTRACT_POPULATION, type DirectoryUnderTest, type Manners } from './directory-contract.js';

/** The contract's people, and those whose state only such a directory has. */
export const LDAP_CONTRACT_POPULATION: LabPopulation = {
  ...LDAP_SAMPLE_POPULATION,
  people: [
    ...LDAP_SAMPLE_POPULATION.people,
    ...CONTRACT_POPULATION.people.filter(({ samAccountName }) => ['ulla', 'vera'].includes(samAccountName)),
  ],
};

/** What both have in common. */
export const LDAP_MANNERS: Pick<Manners, 'names' | 'ada' | 'resets' | 'afterCompromise'> = {
  names: [['the domain by its DNS name', 'example.com\\ada']],
  ada: { domainName: 'example.com', userPrincipalName: undefined },
  resets: 'unlock-always',
  afterCompromise: 'one-write',
};

export interface LdapForTests extends AdministeredDirectory, AsyncDisposable {
  readonly address: string;
  readonly hostName: string;
  readonly suffix: string;
  readonly serviceAccount: { readonly bindName: string; readonly password: string };
  dnOf(uid: string): string;
}

export async function openForTests(
  server: LdapForTests,
  kind: DirectoryKind | undefined,
  changes: Partial<DirectoryOptions> = {},
): Promise<Directory> {
  const { bindName, password } = server.serviceAccount;
  return openDirectory({
    directoryId: 'corp',
    kind,
    urls: [server.url],
    serverName: server.hostName,
    ca: await readFile(server.caFile, 'utf8'),
    bindName,
    bindPassword: () => Secret.fromText(password),
    baseDn: server.suffix,
    attributes: { resetMail: [{ attribute: 'otherMailbox' }], resetPhones: [{ attribute: 'mobile' }] },
    pageSize: 5,
    clock: systemClock,
    ...changes,
  });
}

export async function underTest(
  server: LdapForTests,
  kind: DirectoryKind,
  changes: Partial<DirectoryOptions> = {},
): Promise<DirectoryUnderTest> {
  const directory = await openForTests(server, kind, changes);
  return {
    directory,
    signsIn: (uid, password) => signsIn(server, { uid, password }),
    remove: (uid) => asAdministrator(server, (client) => client.del(server.dnOf(uid))),
    [Symbol.asyncDispose]: async () => {
      await directory[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

export async function signsIn(
  server: LdapForTests,
  { uid, password }: { readonly uid: string; readonly password: string },
): Promise<boolean> {
  const proof = await proveBind({ ...server, bindName: server.dnOf(uid), password });
  if (proof.kind === 'unreachable') throw new Error(proof.said);
  return proof.kind === 'accepted';
}

const signal = () => AbortSignal.timeout(20_000);

export async function accountOf(directory: Pick<Directory, 'find'>, userId: string): Promise<DirectoryAccount> {
  const found = await directory.find(userId, signal());
  if (found.kind !== 'found') throw new Error(`${userId} is ${found.kind}`);
  return found.account;
}

export async function intentFor(directory: Pick<Directory, 'find' | 'prepare'>, userId: string): Promise<WriteIntent> {
  const intent = await directory.prepare((await accountOf(directory, userId)).anchor, signal());
  if (intent === undefined) throw new Error(`${userId} is gone`);
  return intent;
}

export async function applyTo(
  directory: Pick<Directory, 'find' | 'prepare'>,
  userId: string,
  change: AccountChange,
): Promise<WriteResult> {
  await using intent = await intentFor(directory, userId);
  return await intent.apply(change, signal());
}

/** What has to be known to settle what became of a write. */
export function unsettled(
  { account, domainController }: Pick<WriteIntent, 'account' | 'domainController'>,
  kind: UnsettledWrite['kind'],
): UnsettledWrite {
  const { anchor, revision: revisionBefore, state } = account;
  const passwordLastSetBefore = state.passwordLastSet;
  return { anchor, domainController, kind, passwordLastSetBefore, revisionBefore, mustChange: false };
}

/** time(2), by which servers count seconds, is behind our clock by up to one tick of the kernel's, which are 10 ms at the longest. */
const SECONDS_LATE_MS = 20;

/** Once a write would have another time than the account's password has: these directories count whole seconds. */
export async function aSecondAfter({ account }: Pick<WriteIntent, 'account'>): Promise<void> {
  const nextMs = (Number(account.state.passwordLastSet) + 1) * 1000;
  await vi.waitUntil(() => systemClock.nowMs() >= nextMs + SECONDS_LATE_MS, { timeout: 5_000 });
}

/** The directory as it is met through a proxy that cuts. */
export async function behindProxy(server: LdapForTests, kind: DirectoryKind) {
  const proxy = await startCuttingProxy({ host: server.address, port: 636 });
  const directory = await openForTests(server, kind, { urls: [`ldaps://127.0.0.1:${proxy.port}`] });
  return {
    proxy,
    directory,
    [Symbol.asyncDispose]: async () => {
      await directory[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
    },
  };
}
