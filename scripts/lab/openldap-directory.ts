// A real OpenLDAP directory on one loopback address, with LDAPS and the password policy overlay.
// Promises a directory that answers when it is handed over, loaded with what the caller gives, and no process left behind.
// Fast on purpose where asked: it shows what the bridge itself adds when the directory costs almost nothing.

import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CertificateAuthority } from './certificate-authority.js';
import { writeCertificate } from './certificate-authority.js';
import { assertAddressFree } from './lab-address.js';
import { endStaleProcess, startLabProcess, waitUntilReady } from './lab-process.js';
import { completesTls } from './port-probe.js';
import { runCommand } from './run-command.js';

const READY_DEADLINE_MS = 20_000;
const DEFAULT_PORT = 636;
const HOST_NAME = 'ldap.example.com';

export interface OpenLdapOptions {
  /** Where the data lies. Emptied first: what the directory holds is `ldif`, nothing older. */
  readonly folder: string;
  readonly address: string;
  /** Default 636. */
  readonly port?: number;
  readonly authority: CertificateAuthority & { readonly caFile: string };
  /** Default `dc=example,dc=com`. */
  readonly suffix?: string;
  /** Entries below `ou=people,SUFFIX`, as LDIF. Default: none. */
  readonly ldif?: string;
  /** `sync`: every write reaches the disk, as a real directory's does. `no-sync`: none waits for it. Default `sync`. */
  readonly durability?: 'sync' | 'no-sync';
}

export interface OpenLdapDirectory extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  readonly hostName: string;
  readonly caFile: string;
  readonly suffix: string;
  readonly peopleDn: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  /** May read people and write `userPassword`, `pwdReset` and `pwdAccountLockedTime`, no more. */
  readonly serviceAccount: { readonly bindName: string; readonly password: string };
  readonly logFile: string;
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export async function startOpenLdap(options: OpenLdapOptions): Promise<OpenLdapDirectory> {
  const { address, authority, port = DEFAULT_PORT, suffix = 'dc=example,dc=com' } = options;
  const folder = resolve(options.folder);
  const url = port === DEFAULT_PORT ? `ldaps://${address}` : `ldaps://${address}:${port}`;
  const pidFile = join(folder, 'slapd.pid');
  const logFile = join(folder, 'slapd.log');
  const facts = {
    url,
    suffix,
    logFile,
    hostName: HOST_NAME,
    caFile: authority.caFile,
    peopleDn: `ou=people,${suffix}`,
    adminDn: `cn=admin,${suffix}`,
    adminPassword: newPassword(),
    serviceAccount: { bindName: `cn=svc-drawbridge,ou=services,${suffix}`, password: newPassword() },
  };

  await endStaleProcess(pidFile);
  await assertAddressFree(address, [port]);
  const slapd = await layOut(folder);
  const certificate = await authority.issue({ hostNames: [HOST_NAME], addresses: [address] });
  await writeCertificate(certificate, { certificateFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') });
  const confFile = join(folder, 'slapd.conf');
  await writeFile(confFile, slapdConf(folder, facts, options.durability ?? 'sync'), { mode: 0o600 });
  await runCommand(slapd, ['-T', 'add', '-q', '-f', confFile], { input: baseLdif(facts) + (options.ldif ?? '') });

  const name = 'the OpenLDAP directory';
  const running = await startLabProcess({
    name,
    command: slapd,
    // -d 0 keeps it in the foreground.
    args: ['-d', '0', '-f', confFile, '-h', url],
    logFile,
    pidFile,
  });
  const probe = () => completesTls({ host: address, port, ca: authority.certificatePem, servername: HOST_NAME });
  await waitUntilReady(running, { name, logFile, deadlineMs: READY_DEADLINE_MS, probe });
  const { pid, ended, stop } = running;
  return { ...facts, pid, ended, stop, [Symbol.asyncDispose]: stop };
}

/** LDIF of `count` invented people `person0` …, all with one password, below `peopleDn`. */
export function peopleLdif(options: { peopleDn: string; count: number; password: string }): string {
  const entries: string[] = [];
  for (let index = 0; index < options.count; index += 1) {
    const uid = `person${index}`;
    entries.push(
      `dn: uid=${uid},${options.peopleDn}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: Person ${index}\nsn: Example\n` +
        `mail: ${uid}@example.com\nuserPassword: ${options.password}\n`,
    );
  }
  return entries.join('\n');
}

/** Empties the folder and returns the program to run. */
async function layOut(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'data'), { recursive: true });
  // A copy, because Debian's AppArmor profile binds /usr/sbin/slapd, by its path, to the folders of the default instance.
  const slapd = join(folder, 'slapd');
  await copyFile('/usr/sbin/slapd', slapd);
  return slapd;
}

type Facts = Pick<OpenLdapDirectory, 'suffix' | 'peopleDn' | 'adminDn' | 'adminPassword' | 'serviceAccount'>;

function slapdConf(folder: string, facts: Facts, durability: 'sync' | 'no-sync'): string {
  return `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
moduleload syncprov
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
sizelimit unlimited

database mdb
suffix "${facts.suffix}"
rootdn "${facts.adminDn}"
rootpw ${facts.adminPassword}
directory ${folder}/data
maxsize 1073741824
${durability === 'no-sync' ? 'dbnosync' : '# every commit is synced'}
index objectClass,entryUUID,entryCSN eq
index uid,mail,cn eq
access to attrs=userPassword
  by dn.exact="${facts.serviceAccount.bindName}" write
  by self write
  by anonymous auth
access to attrs=pwdReset,pwdAccountLockedTime
  by dn.exact="${facts.serviceAccount.bindName}" write
  by users read
access to *
  by users read
  by anonymous auth

overlay ppolicy
ppolicy_default "cn=default,ou=policies,${facts.suffix}"
overlay syncprov
`;
}

function baseLdif(facts: Facts): string {
  const { suffix, serviceAccount } = facts;
  const domain = /^dc=([^,]+)/i.exec(suffix)?.[1] ?? 'example';
  const units = ['people', 'services', 'policies'].map(
    (unit) => `dn: ou=${unit},${suffix}\nobjectClass: organizationalUnit\nou: ${unit}\n`,
  );
  return [
    `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\ndc: ${domain}\no: Example\n`,
    ...units,
    `dn: cn=default,ou=policies,${suffix}\nobjectClass: organizationalRole\nobjectClass: pwdPolicy\ncn: default\n` +
      'pwdAttribute: userPassword\npwdMinLength: 8\npwdInHistory: 5\npwdCheckQuality: 1\npwdLockout: TRUE\n' +
      'pwdMaxFailure: 5\npwdFailureCountInterval: 900\npwdMustChange: TRUE\n',
    `dn: ${serviceAccount.bindName}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\n` +
      `cn: svc-drawbridge\nuserPassword: ${serviceAccount.password}\n`,
    '',
  ].join('\n');
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
