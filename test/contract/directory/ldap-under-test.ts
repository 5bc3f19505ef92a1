// OpenLDAP and 389 Directory Server in the contract: the same people, opened as the settings would, proven by OpenLDAP's client.

import { readFile } from 'node:fs/promises';
import { proveBind } from '../../../scripts/lab/proofs.js';
import type { LabPopulation } from '../../../scripts/lab/samba-people.js';
import { LDAP_SAMPLE_POPULATION } from '../../../scripts/lab/sample-people.js';
import type { DirectoryKind } from '../../../src/agent/directory/directory-kind.js';
import { type DirectoryOptions, openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { type AdministeredDirectory, asAdministrator } from '../../support/directory-administrator.js';
import { CONTRACT_POPULATION, type DirectoryUnderTest, type Manners } from './directory-contract.js';

/** The contract's people, and those whose state only such a directory has. */
export const LDAP_CONTRACT_POPULATION: LabPopulation = {
  ...LDAP_SAMPLE_POPULATION,
  people: [
    ...LDAP_SAMPLE_POPULATION.people,
    ...CONTRACT_POPULATION.people.filter(({ samAccountName }) => samAccountName === 'ulla'),
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
  readonly hostName: string;
  readonly suffix: string;
  readonly serviceAccount: { readonly bindName: string; readonly password: string };
  dnOf(uid: string): string;
}

export async function openForTests(
  server: LdapForTests,
  kind: DirectoryKind,
  changes: Partial<DirectoryOptions> = {},
): Promise<ReturnType<typeof openDirectory>> {
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
    resetMailAttribute: 'otherMailbox',
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
