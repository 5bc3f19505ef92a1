// Changes are followed on real servers: Active Directory (Samba), OpenLDAP, and 389 Directory Server with its USN plugin and without.

import { readFile } from 'node:fs/promises';
import { openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import type { DirectoryKind } from '../../../src/agent/directory/directory-kind.js';
import { openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { type AdministeredDirectory, asAdministrator, boundAs } from '../../support/directory-administrator.js';
import { dirsrvForTests } from '../../support/dirsrv.js';
import { startFaultyLdapProxy } from '../../support/faulty-ldap-proxy.js';
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
async function followed(server: Server, kind: DirectoryKind, baseDn: string) {
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
  const directory = stack.use(
    openDirectory({
      directoryId: 'corp',
      kind,
      urls: [`ldaps://127.0.0.1:${proxy.port}`],
      serverName: server.hostName,
      ca: await readFile(server.caFile, 'utf8'),
      bindName,
      bindPassword: () => Secret.fromText(password),
      baseDn,
      pageSize: 5,
      clock: systemClock,
    }),
  );
  return {
    directory,
    // The second search of a change read is on its way.
    cutWhileReading: () => void proxy.inject({ kind: 'reset' }, { operation: 'entry', nth: 3 }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

type UidServer = Server & AdministeredDirectory & { readonly suffix: string };

async function uidDirectory(server: UidServer, kind: DirectoryKind): Promise<FollowedDirectory> {
  const people = `ou=people,${server.suffix}`;
  return {
    ...(await followed(server, kind, people)),
    people,
    elsewhere: `ou=partners,${server.suffix}`,
    administer: (act) => asAdministrator(server, act),
    rdn: (name) => `uid=${name}`,
    person: (name) => ({ objectClass: ['inetOrgPerson'], uid: name, cn: name, sn: 'Example' }),
  };
}

describeFollowingContract(
  'Active Directory by uSNChanged',
  { deletions: 'left-to-full-reads', repeats: 'never' },
  async () => {
    const domain = await sambaForTests();
    const people = `OU=People,${domain.baseDn}`;
    const administrator = { bindName: `Administrator@${domain.realm.toLowerCase()}`, password: domain.adminPassword };
    const administer: FollowedDirectory['administer'] = (act) => boundAs(domain, administrator, act);
    return {
      ...(await followed(domain, 'active-directory', people)),
      people,
      elsewhere: `OU=Partners,${domain.baseDn}`,
      administer,
      rdn: (name) => `CN=${name}`,
      person: (name) => ({ objectClass: ['user'], sAMAccountName: name }),
    };
  },
);

describeFollowingContract(
  'OpenLDAP by entryCSN',
  { deletions: 'left-to-full-reads', repeats: 'for-a-while' },
  async () => uidDirectory(await openLdapForTests(), 'openldap'),
);

describeFollowingContract(
  '389 Directory Server by entryusn',
  { deletions: 'left-to-full-reads', repeats: 'never' },
  async () => uidDirectory(await dirsrvForTests({ changes: 'counted' }), '389-ds'),
);

describeFollowingContract(
  '389 Directory Server by modifyTimestamp',
  { deletions: 'left-to-full-reads', repeats: 'for-a-while' },
  async () => uidDirectory(await dirsrvForTests(), '389-ds'),
);
