// A real 389 Directory Server on one loopback address, with LDAPS and its password policy.
// Promises a directory that answers when it is handed over, loaded with what the caller gives, and no process left behind.
// The instance is laid out by hand inside the folder, from the package's own templates: dscreate wants systemd, /etc/dirsrv
// and half a minute. Knows nothing of the people in it; see dirsrv-people.ts.

import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { CertificateAuthority } from './certificate-authority.js';
import { writeCertificate } from './certificate-authority.js';
import { policyAttributes } from './dirsrv-people.js';
import { assertAddressFree } from './lab-address.js';
import { LabFailure } from './lab-failure.js';
import { endStaleProcess, startLabProcess, waitUntilReady } from './lab-process.js';
import type { LdifEntry } from './ldif.js';
import { ldifOf, withHashedPassword } from './ldif.js';
import { completesTls } from './port-probe.js';
import { runCommand } from './run-command.js';
import type { PasswordRules } from './samba-people.js';
import { LAB_PASSWORD_RULES } from './samba-people.js';

const READY_DEADLINE_MS = 30_000;
const PORT = 636;
const HOST_NAME = 'dirsrv.example.com';
const ADMIN_DN = 'cn=Directory Manager';
const PACKAGE_FOLDER = '/usr/share/dirsrv/data';
const BACKEND = 'userRoot';
const CERTIFICATE_NAME = 'Server-Cert';
/** The bundle lies beside the key itself, for the moment that the import takes. */
const BUNDLE_PASSWORD = 'bundle';

export interface DirsrvOptions {
  /** Where the data lies. Emptied first: what the directory holds is `entries`, nothing older. */
  readonly folder: string;
  readonly address: string;
  readonly authority: CertificateAuthority & { readonly caFile: string };
  /** Default `dc=example,dc=com`. */
  readonly suffix?: string;
  /** Entries below the suffix, parents first. Default: none. */
  readonly entries?: readonly LdifEntry[];
  /** The directory's own rules. Default LAB_PASSWORD_RULES. */
  readonly policy?: PasswordRules;
  /** Whether who got a password from somebody else has to change it (`passwordMustChange`). Default `as-it-is`. */
  readonly afterReset?: 'must-change' | 'as-it-is';
  /** `counted`: every change gets a number, `entryusn` (the USN plugin). Default `not-counted`, as the server comes. */
  readonly changes?: 'counted' | 'not-counted';
}

export interface DirsrvDirectory extends AsyncDisposable {
  readonly pid: number;
  readonly address: string;
  readonly url: string;
  readonly hostName: string;
  readonly caFile: string;
  readonly suffix: string;
  readonly peopleDn: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  /** May read the people of `peopleDn` and the rules, and write a password and what locks an account there, no more. */
  readonly serviceAccount: { readonly bindName: string; readonly password: string };
  readonly logFile: string;
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export async function startDirsrv(options: DirsrvOptions): Promise<DirsrvDirectory> {
  const { address, authority, suffix = 'dc=example,dc=com' } = options;
  const folder = resolve(options.folder);
  const paths = pathsIn(folder);
  const facts = {
    address,
    suffix,
    url: `ldaps://${address}`,
    hostName: HOST_NAME,
    caFile: authority.caFile,
    peopleDn: `ou=people,${suffix}`,
    adminDn: ADMIN_DN,
    adminPassword: newPassword(),
    serviceAccount: { bindName: `cn=svc-drawbridge,ou=services,${suffix}`, password: newPassword() },
    logFile: paths.logFile,
  };

  await endStaleProcess(paths.pidFile);
  await assertAddressFree(address, [PORT]);
  await layOut(paths);
  await importCertificate(paths, await authority.issue({ hostNames: [HOST_NAME], addresses: [address] }));
  await writeFile(join(paths.config, 'dse.ldif'), await settings(paths, facts, options), { mode: 0o600 });
  const entries = [...baseEntries(facts), ...(options.entries ?? [])].map((entry) => withHashedPassword(entry, hashed));
  await writeFile(paths.ldifFile, ldifOf(entries), { mode: 0o600 });
  await runCommand('ns-slapd', ['ldif2db', '-D', paths.config, '-n', BACKEND, '-i', paths.ldifFile]);
  await rm(paths.ldifFile);

  const name = 'the 389 Directory Server';
  const running = await startLabProcess({
    name,
    command: 'ns-slapd',
    // -d 0 keeps it in the foreground.
    args: ['-D', paths.config, '-i', join(paths.run, 'own.pid'), '-d', '0'],
    logFile: paths.logFile,
    pidFile: paths.pidFile,
  });
  const { pid, ended } = running;
  const stop = async () => {
    // Two seconds quicker than asking it to end, and nobody reads the data again.
    await running.kill();
    // Its statistics' semaphore, named after the instance's folder, outlives a server that is killed.
    await rm(paths.semaphoreFile, { force: true });
  };
  const probe = () => completesTls({ host: address, port: PORT, ca: authority.certificatePem, servername: HOST_NAME });
  const { logFile } = paths;
  await waitUntilReady({ ...running, stop }, { name, logFile, deadlineMs: READY_DEADLINE_MS, probe });
  return { ...facts, pid, ended, stop, [Symbol.asyncDispose]: stop };
}

// --- The instance's folder -----------------------------------------------------------------------------------------

type Paths = ReturnType<typeof pathsIn>;
type Facts = Pick<DirsrvDirectory, 'address' | 'suffix' | 'peopleDn' | 'adminPassword' | 'serviceAccount'>;

function pathsIn(folder: string) {
  // The server names its semaphore after the last part of this path, so that has to differ from instance to instance.
  const instance = `slapd-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  return {
    folder,
    config: join(folder, instance),
    schema: join(folder, instance, 'schema'),
    run: join(folder, 'run'),
    lock: join(folder, 'lock'),
    log: join(folder, 'log'),
    data: join(folder, 'data'),
    other: join(folder, 'other'),
    ldifFile: join(folder, 'entries.ldif'),
    pidFile: join(folder, 'ns-slapd.pid'),
    logFile: join(folder, 'ns-slapd.log'),
    semaphoreFile: `/dev/shm/sem.${instance}.stats`,
  };
}

async function layOut(paths: Paths): Promise<void> {
  await rm(paths.folder, { recursive: true, force: true });
  for (const folder of [paths.schema, paths.run, paths.lock, paths.log, paths.data, paths.other]) {
    await mkdir(folder, { recursive: true });
  }
  for (const file of ['slapd-collations.conf', 'certmap.conf']) {
    await copyFile(join('/etc/dirsrv/config', file), join(paths.config, file));
  }
  await copyFile('/etc/dirsrv/schema/99user.ldif', join(paths.schema, '99user.ldif'));
}

/** Into the NSS database that the server reads. */
async function importCertificate(paths: Paths, issued: Parameters<typeof writeCertificate>[0]): Promise<void> {
  const files = { certificateFile: join(paths.folder, 'cert.pem'), keyFile: join(paths.folder, 'key.pem') };
  const bundle = join(paths.folder, 'bundle.p12');
  const database = `sql:${paths.config}`;
  await writeCertificate(issued, files);
  await runCommand('openssl', [
    ...['pkcs12', '-export', '-in', files.certificateFile, '-inkey', files.keyFile],
    ...['-name', CERTIFICATE_NAME, '-out', bundle, '-passout', `pass:${BUNDLE_PASSWORD}`],
  ]);
  await runCommand('certutil', ['-N', '-d', database, '--empty-password']);
  await runCommand('pk12util', ['-i', bundle, '-d', database, '-W', BUNDLE_PASSWORD]);
  for (const file of [...Object.values(files), bundle]) await rm(file);
}

// --- Settings ------------------------------------------------------------------------------------------------------

/** The package's own template, filled in as lib389's instance/setup.py does, with our settings in place of its defaults. */
async function settings(paths: Paths, facts: Facts, options: DirsrvOptions): Promise<string> {
  const values = new Map([
    ['schema_dir', paths.schema],
    ['config_dir', paths.config],
    ['cert_dir', paths.config],
    ['lock_dir', paths.lock],
    ['run_dir', paths.run],
    ['log_dir', paths.log],
    ['db_dir', paths.data],
    ['db_home_dir', paths.data],
    ['tmp_dir', paths.other],
    ['ldif_dir', paths.other],
    ['bak_dir', paths.other],
    ['inst_dir', paths.other],
    ['fqdn', HOST_NAME],
    // 0: no plain LDAP.
    ['ds_port', '0'],
    ['ds_user', userInfo().username],
    ['rootdn', ADMIN_DN],
    ['ds_passwd', hashed(facts.adminPassword)],
    ['ldapi_enabled', 'off'],
    ['ldapi', join(paths.run, 'ldapi')],
    ['ldapi_autobind', 'off'],
    ['db_lib', 'bdb'],
    ['ds_suffix', facts.suffix],
    ['ds_bename', BACKEND],
  ]);
  const templates = await Promise.all(
    ['template-dse.ldif', 'template-suffix-db.ldif'].map((file) => readFile(join(PACKAGE_FOLDER, file), 'utf8')),
  );
  const filled = templates
    .concat(ENTRY_UUID_INDEX)
    .map((template) => template.replaceAll(/^#.*\n/gm, '').trim())
    .join('\n\n')
    .replaceAll(/%(\w+)%/g, (_, name: string) => values.get(name) ?? unknownPlaceholder(name));
  return changed(filled, [
    ['cn=config', configAttributes(facts, options)],
    ['cn=config,cn=ldbm database,cn=plugins,cn=config', CACHES],
    ...(options.changes === 'counted'
      ? [['cn=USN,cn=plugins,cn=config', { 'nsslapd-pluginenabled': 'on' }] as const]
      : []),
  ]);
}

/** What dscreate adds to the template, since entries that are added have an entryUUID. */
const ENTRY_UUID_INDEX = ldifOf([
  {
    dn: 'cn=entryUUID,cn=default indexes,cn=config,cn=ldbm database,cn=plugins,cn=config',
    attributes: {
      objectClass: ['top', 'nsIndex'],
      cn: 'entryUUID',
      nsSystemIndex: 'false',
      nsIndexType: ['eq', 'pres'],
    },
  },
]);

/** Small, fixed caches: by itself the server takes a tenth of the machine's memory, and writes it out as files. */
const CACHES = {
  'nsslapd-cache-autosize': '0',
  'nsslapd-dbcachesize': '1000000',
  'nsslapd-import-cache-autosize': '0',
};

function configAttributes(facts: Facts, options: DirsrvOptions): Readonly<Record<string, string>> {
  return {
    'nsslapd-listenhost': facts.address,
    'nsslapd-securelistenhost': facts.address,
    'nsslapd-secureport': String(PORT),
    'nsslapd-security': 'on',
    'nsslapd-errorlog-logging-enabled': 'on',
    'nsslapd-pwpolicy-local': 'on',
    ...policyAttributes(options.policy ?? LAB_PASSWORD_RULES),
    passwordMustChange: options.afterReset === 'must-change' ? 'on' : 'off',
    aci: allow('the rules', {
      target: 'ldap:///cn=config',
      attributes: '="objectClass || cn || password*"',
      rights: 'read, search, compare',
      who: facts.serviceAccount.bindName,
    }),
  };
}

type Change = readonly [dn: string, attributes: Readonly<Record<string, string>>];

/** Puts attributes into entries of the template, in place of those of the same name. */
function changed(ldif: string, changes: readonly Change[]): string {
  const byDn = new Map(changes.map(([dn, attributes]) => [dn.toLowerCase(), attributes]));
  const entries = ldif.split(/\n\n+/).map((entry) => {
    const [first = '', ...lines] = entry.split('\n');
    const attributes = byDn.get(first.replace(/^dn: */, '').toLowerCase()) ?? {};
    const replaced = new Set(Object.keys(attributes).map((name) => name.toLowerCase()));
    const kept = lines.filter((line) => !replaced.has((line.split(':')[0] ?? '').toLowerCase()));
    return [first, ...kept, ...Object.entries(attributes).map(([name, value]) => `${name}: ${value}`)].join('\n');
  });
  return `${entries.join('\n\n')}\n`;
}

// --- What every such directory holds -------------------------------------------------------------------------------

function baseEntries({ suffix, peopleDn, serviceAccount }: Facts): LdifEntry[] {
  const who = serviceAccount.bindName;
  const onPeople = (name: string, rule: { attributes: string; rights: string; who?: string }) =>
    allow(name, { target: `ldap:///${peopleDn}`, who, ...rule });
  const domain = /^dc=([^,]+)/i.exec(suffix)?.[1] ?? 'example';
  return [
    {
      dn: suffix,
      attributes: {
        objectClass: ['top', 'domain'],
        dc: domain,
        aci: [
          allow('reading', { ...READING, target: `ldap:///${suffix}`, who }),
          onPeople('passwords', { attributes: '="userPassword"', rights: 'write' }),
          onPeople('locks', {
            attributes: '="passwordRetryCount || retryCountResetTime || accountUnlockTime || passwordExpirationTime"',
            rights: 'write',
          }),
          onPeople('own password', { attributes: '="userPassword"', rights: 'write', who: 'self' }),
        ],
      },
    },
    { dn: `ou=services,${suffix}`, attributes: { objectClass: 'organizationalUnit', ou: 'services' } },
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

/** Operational attributes too, but nothing by which a password could be found out. */
const READING = { attributes: '!="userPassword || passwordHistory || aci"', rights: 'read, search, compare' };

/** An access control instruction; `who` is a DN, or `self`. */
function allow(name: string, rule: { target: string; attributes: string; rights: string; who: string }): string {
  return (
    `(target="${rule.target}")(targetattr${rule.attributes})` +
    `(version 3.0; acl "Drawbridge: ${name}"; allow (${rule.rights}) userdn="ldap:///${rule.who}";)`
  );
}

/** As the server stores it. In its settings it takes no password in the clear. */
function hashed(password: string): string {
  const salt = randomBytes(16);
  const digest = createHash('sha512').update(password).update(salt).digest();
  return `{SSHA512}${Buffer.concat([digest, salt]).toString('base64')}`;
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

function unknownPlaceholder(name: string): never {
  throw new LabFailure(`the templates of 389-ds-base have a placeholder that the lab does not know: ${name}`);
}
