// A real OpenLDAP directory on one loopback address, with LDAPS and the password policy and memberOf overlays.
// Promises a directory that answers when it is handed over, loaded with what the caller gives, and no process left behind.
// Fast on purpose where asked: it shows what the bridge itself adds when the directory costs almost nothing.

import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CertificateAuthority } from './certificate-authority.js';
import { writeCertificate } from './certificate-authority.js';
import { assertAddressFree } from './lab-address.js';
import { endStaleProcess, startLabProcess, waitUntilReady } from './lab-process.js';
import type { LdifEntry } from './ldif.js';
import { ldifOf, withHashedPassword } from './ldif.js';
import { policyEntry } from './openldap-people.js';
import { completesTls } from './port-probe.js';
import { runCommand } from './run-command.js';
import type { PasswordRules } from './samba-people.js';
import { LAB_PASSWORD_RULES } from './samba-people.js';

const READY_DEADLINE_MS = 20_000;
const DEFAULT_PORT = 636;
const HOST_NAME = 'ldap.example.com';
const PEOPLE_PER_PIECE = 1_000;

export interface OpenLdapOptions {
  /** Where the data lies. Emptied first: what the directory holds is `ldif`, nothing older. */
  readonly folder: string;
  readonly address: string;
  /** Default 636. */
  readonly port?: number;
  readonly authority: CertificateAuthority & { readonly caFile: string };
  /** Default `dc=example,dc=com`. */
  readonly suffix?: string;
  /** Entries below the suffix, parents first. Default: `ou=people`, empty. */
  readonly entries?: readonly LdifEntry[];
  /** Entries below `ou=people,SUFFIX`, as pieces of LDIF, after `entries`; a generator is used up by one start. Default: none. */
  readonly ldif?: Iterable<string>;
  /** When all but `ldif` says that it was written. Default: now. */
  readonly writtenAt?: Date;
  /** The directory's own rules. Default LAB_PASSWORD_RULES. */
  readonly policy?: PasswordRules;
  /** Whether a bind is told that the account is locked (`ppolicy_use_lockout`). Default `not-told`, as the overlay comes. */
  readonly lockedBinds?: 'told' | 'not-told';
  /** `sync`: every write reaches the disk, as a real directory's does. `no-sync`: none waits for it. Default `sync`. */
  readonly durability?: 'sync' | 'no-sync';
}

export interface OpenLdapDirectory extends AsyncDisposable {
  readonly pid: number;
  readonly address: string;
  readonly url: string;
  readonly hostName: string;
  readonly caFile: string;
  readonly suffix: string;
  readonly peopleDn: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  /** May read everything but passwords, and write `userPassword`, `pwdReset` and `pwdAccountLockedTime` below `peopleDn`. */
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
    address,
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
  await writeFile(confFile, slapdConf(folder, facts, options), { mode: 0o600 });
  const entries = [
    ...baseEntries(facts, options.policy ?? LAB_PASSWORD_RULES),
    ...(options.entries ?? [unitEntry('people', suffix)]),
  ];
  const own = ldifOf(entries.map((entry) => writtenAs(withHashedPassword(entry, hashed), options.writtenAt)));
  await runCommand(slapd, ['-T', 'add', '-q', '-f', confFile], { input: oneByOne(own, options.ldif) });

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

/**
 * LDIF of `count` invented people `person0` …, all with one password, below `peopleDn`, in pieces: of two million it is no text that a
 * program could hold. `mailOf`: the address of each, by number; default: `person0@example.com` … `writtenAt`: when the last of them says
 * that it was written, a second after the one before; default: when they are.
 */
export function* peopleLdif(options: {
  peopleDn: string;
  count: number;
  password: string;
  mailOf?: (index: number) => string;
  writtenAt?: Date;
}): Generator<string> {
  const { mailOf = (index) => `person${index}@example.com` } = options;
  const timesOf = (index: number) => {
    if (options.writtenAt === undefined) return '';
    const at = new Date(options.writtenAt.getTime() - (options.count - index) * 1000);
    return Object.entries(writingTimes(at)).reduce((lines, [name, value]) => `${lines}${name}: ${value}\n`, '');
  };
  const entryOf = (index: number) => {
    const uid = `person${index}`;
    return (
      `dn: uid=${uid},${options.peopleDn}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: Person ${index}\nsn: Example\n` +
      `mail: ${mailOf(index)}\nuserPassword: ${options.password}\n${timesOf(index)}\n`
    );
  };
  for (let from = 0; from < options.count; from += PEOPLE_PER_PIECE) {
    const length = Math.min(PEOPLE_PER_PIECE, options.count - from);
    yield Array.from({ length }, (_, at) => entryOf(from + at)).join('');
  }
}

function* oneByOne(own: string, further: Iterable<string> = []): Generator<string> {
  yield own;
  yield* further;
}

function writtenAs(entry: LdifEntry, at: Date | undefined): LdifEntry {
  if (at === undefined) return entry;
  const times = Object.entries(writingTimes(at)).map(([name, value]) => [name, [value]] as const);
  return { ...entry, attributes: { ...entry.attributes, ...Object.fromEntries(times) } };
}

/** What slapadd takes for the times of a write. */
function writingTimes(at: Date) {
  const time = at.toISOString().replaceAll(/[-T:]|\..*/g, '');
  return {
    entryCSN: `${time}.000000Z#000000#000#000000`,
    createTimestamp: `${time}Z`,
    modifyTimestamp: `${time}Z`,
  };
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

function slapdConf(folder: string, facts: Facts, options: OpenLdapOptions): string {
  const { suffix, peopleDn, serviceAccount } = facts;
  const service = `dn.exact="${serviceAccount.bindName}"`;
  return `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
moduleload memberof
moduleload syncprov
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
sizelimit unlimited

database mdb
suffix "${suffix}"
rootdn "${facts.adminDn}"
rootpw ${facts.adminPassword}
directory ${folder}/data
maxsize 8589934592
${options.durability === 'no-sync' ? 'dbnosync' : '# every commit is synced'}
index objectClass,entryUUID,entryCSN eq
index uid,mail,cn eq
access to dn.subtree="${peopleDn}" attrs=userPassword
  by ${service} =w
  by self =xw
  by anonymous auth
access to attrs=userPassword
  by anonymous auth
access to attrs=pwdHistory
  by * none
access to dn.subtree="${peopleDn}" attrs=pwdReset,pwdAccountLockedTime
  by ${service} write
  by users read
access to *
  by users read
  by anonymous auth

overlay memberof
overlay ppolicy
ppolicy_default "cn=default,ou=policies,${suffix}"
${options.lockedBinds === 'told' ? 'ppolicy_use_lockout' : '# a locked bind is told nothing'}
overlay syncprov

database monitor
access to *
  by ${service} read
  by * none
`;
}

function baseEntries({ suffix, serviceAccount }: Facts, policy: PasswordRules): LdifEntry[] {
  const domain = /^dc=([^,]+)/i.exec(suffix)?.[1] ?? 'example';
  return [
    { dn: suffix, attributes: { objectClass: ['dcObject', 'organization'], dc: domain, o: 'Example' } },
    ...['services', 'policies'].map((unit) => unitEntry(unit, suffix)),
    policyEntry(`cn=default,ou=policies,${suffix}`, policy),
    {
      dn: serviceAccount.bindName,
      attributes: {
        objectClass: ['organizationalRole', 'simpleSecurityObject'],
        cn: 'svc-drawbridge',
        userPassword: serviceAccount.password,
      },
    },
  ];
}

function unitEntry(name: string, suffix: string): LdifEntry {
  return { dn: `ou=${name},${suffix}`, attributes: { objectClass: 'organizationalUnit', ou: name } };
}

/** Salted SHA-1, the strongest that slapd has without a module. */
function hashed(password: string): string {
  const salt = randomBytes(8);
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
