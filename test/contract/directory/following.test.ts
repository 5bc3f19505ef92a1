// Changes are followed on real servers: Active Directory (Samba), OpenLDAP, and 389 Directory Server with its USN plugin and without.

import { readFile } from 'node:fs/promises';
import { Attribute, Change, Control } from 'ldapts';
import { openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { runSambaScript } from '../../../scripts/lab/samba-script.js';
import { SAMPLE_SERVICE_ACCOUNT } from '../../../scripts/lab/sample-people.js';
import type { DirectoryKind } from '../../../src/agent/directory/directory-kind.js';
import type { Directory } from '../../../src/agent/directory/ports.js';
import { activeDirectory } from '../../../src/agent/ldap/active-directory/active-directory.js';
import { uSNChangedTrail } from '../../../src/agent/ldap/active-directory/change-trail.js';
import {
  type LdapDirectoryOptions,
  type ManagedSettings,
  openLdapDirectory,
} from '../../../src/agent/ldap/ldap-directory.js';
import { openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { type AdministeredDirectory, asAdministrator, boundAs } from '../../support/directory-administrator.js';
import { dirsrvForTests } from '../../support/dirsrv.js';
import { startFaultyLdapProxy } from '../../support/faulty-ldap-proxy.js';
import { searchEnd } from '../../support/ldap-messages.js';
import { openLdapForTests } from '../../support/openldap.js';
import { sambaForTests } from '../../support/samba.js';
import { describeFollowingContract, type FollowedDirectory } from './following-contract.js';

interface Server extends AsyncDisposable {
  readonly address: string;
  readonly hostName: string;
  readonly caFile: string;
  readonly folder: string;
  readonly serviceAccount: { readonly bindName: string; readonly password: string };
}

/** Opened through a proxy that can cut. */
async function followed(server: Server, baseDn: string, open: (options: LdapDirectoryOptions) => Directory) {
  const stack = new AsyncDisposableStack();
  stack.use(server);
  const proxy = stack.use(
    await startFaultyLdapProxy({
      authority: await openCertificateAuthority(server.folder),
      hostName: server.hostName,
      directory: { host: server.address, port: 636 },
    }),
  );
  const { bindName, password } = server.serviceAccount;
  const options = {
    directoryId: 'corp',
    urls: [`ldaps://127.0.0.1:${proxy.port}`],
    serverName: server.hostName,
    ca: await readFile(server.caFile, 'utf8'),
    bindName,
    bindPassword: () => Secret.fromText(password),
    baseDn,
    pageSize: 10,
    clock: systemClock,
  };
  return {
    directory: stack.use(open(options)),
    openManaged: (managed: ManagedSettings) => open({ ...options, managed }),
    cutAtEntry: (nth: number) => void proxy.inject({ kind: 'reset' }, { operation: 'entry', nth }),
    endEarly: (nth: number, resultCode: number) =>
      void proxy.inject(
        { kind: 'scripted', answer: (id) => searchEnd(id, resultCode) },
        { operation: 'search', on: 'response', nth },
      ),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

type UidServer = Server & AdministeredDirectory & { readonly suffix: string };

async function uidDirectory(server: UidServer, kind: DirectoryKind): Promise<FollowedDirectory> {
  const people = `ou=people,${server.suffix}`;
  return {
    ...(await followed(server, people, (options) => openDirectory({ ...options, kind }))),
    people,
    elsewhere: `ou=partners,${server.suffix}`,
    administer: (act) => asAdministrator(server, act),
    rdn: (name) => `uid=${name}`,
    person: (name) => ({ objectClass: ['inetOrgPerson'], uid: name, cn: name, sn: 'Example' }),
    group: (name, member) => ({ objectClass: ['groupOfNames'], cn: name, member: [...member] }),
  };
}

async function domainDirectory(
  as: 'service-account' | 'service-account-shown-deleted' | 'administrator',
  open: (options: LdapDirectoryOptions) => Directory,
): Promise<FollowedDirectory> {
  const domain = await sambaForTests();
  if (as === 'service-account-shown-deleted')
    await runSambaScript(domain.smbConfFile, 'show_deleted.py', { account: SAMPLE_SERVICE_ACCOUNT.samAccountName });
  const people = `OU=People,${domain.baseDn}`;
  const administrator = { bindName: `Administrator@${domain.realm.toLowerCase()}`, password: domain.adminPassword };
  const server = as === 'administrator' ? { ...domain, serviceAccount: administrator } : domain;
  const administer: FollowedDirectory['administer'] = (act) => boundAs(domain, administrator, act);
  return {
    ...(await followed(server, people, open)),
    people,
    elsewhere: `OU=Partners,${domain.baseDn}`,
    administer,
    rdn: (name) => `CN=${name}`,
    person: (name) => ({ objectClass: ['user'], sAMAccountName: name }),
    group: (name, member) => ({ objectClass: ['group'], sAMAccountName: name, member: [...member] }),
    // The way back from a tombstone (MS-ADTS 3.1.1.5.3.7.3).
    restore: (name) =>
      administer(async (client) => {
        const shown = new Control('1.2.840.113556.1.4.417', { critical: true });
        const filter = `(&(isDeleted=TRUE)(sAMAccountName=${name}))`;
        const { searchEntries } = await client.search(domain.baseDn, { filter, attributes: ['cn'] }, shown);
        const change = (operation: 'delete' | 'replace', type: string, values: string[]) =>
          new Change({ operation, modification: new Attribute({ type, values }) });
        await client.modify(
          searchEntries[0]?.dn ?? '',
          [change('delete', 'isDeleted', []), change('replace', 'distinguishedName', [`CN=${name},${people}`])],
          shown,
        );
      }),
  };
}

describeFollowingContract(
  'Active Directory by uSNChanged, as somebody who sees what was deleted',
  { deletions: 'told', areGoneTold: false, repeats: 'never' },
  async () =>
    domainDirectory('administrator', (options) =>
      openLdapDirectory({ ...activeDirectory(), changes: () => uSNChangedTrail() }, options),
    ),
);

describeFollowingContract(
  'Active Directory by DirSync, without any right',
  { deletions: 'left-to-full-reads', areGoneTold: false, repeats: 'never' },
  async () => domainDirectory('service-account', (options) => openLdapDirectory(activeDirectory(), options)),
);

describeFollowingContract(
  'Active Directory by DirSync, as somebody who may look into Deleted Objects',
  { deletions: 'told', areGoneTold: true, repeats: 'never' },
  async () =>
    domainDirectory('service-account-shown-deleted', (options) => openLdapDirectory(activeDirectory(), options)),
);

describeFollowingContract(
  'OpenLDAP by entryCSN',
  { deletions: 'left-to-full-reads', areGoneTold: false, repeats: 'for-a-while' },
  async () => uidDirectory(await openLdapForTests(), 'openldap'),
);

describeFollowingContract(
  '389 Directory Server by entryusn',
  { deletions: 'left-to-full-reads', areGoneTold: false, repeats: 'never' },
  async () => uidDirectory(await dirsrvForTests({ changes: 'counted' }), '389-ds'),
);

describeFollowingContract(
  '389 Directory Server by modifyTimestamp',
  { deletions: 'left-to-full-reads', areGoneTold: false, repeats: 'for-a-while' },
  async () => uidDirectory(await dirsrvForTests(), '389-ds'),
);
