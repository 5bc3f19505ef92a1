// What a laid-out 389 Directory Server is told before its first start: its settings file, filled in from the package's own
// templates, access control instructions, and passwords as it stores them. Knows nothing of processes.

import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { policyAttributes } from './dirsrv-people.js';
import { LabFailure } from './lab-failure.js';
import { ldifOf } from './ldif.js';
import type { PasswordRules } from './samba-people.js';

export const ADMIN_DN = 'cn=Directory Manager';
export const BACKEND = 'userRoot';
export const HOST_NAME = 'dirsrv.example.com';
export const PORT = 636;
const PACKAGE_FOLDER = '/usr/share/dirsrv/data';

export interface DirsrvSettings {
  readonly paths: Readonly<Record<'schema' | 'config' | 'lock' | 'run' | 'log' | 'data' | 'other', string>>;
  readonly address: string;
  readonly suffix: string;
  readonly adminPassword: string;
  /** Who may read the rules. */
  readonly serviceDn: string;
  readonly policy: PasswordRules;
  readonly afterReset: 'must-change' | 'as-it-is';
  readonly changes: 'counted' | 'not-counted';
}

/** The package's own template, filled in as lib389's instance/setup.py does, with our settings in place of its defaults. */
export async function dirsrvSettings(settings: DirsrvSettings): Promise<string> {
  const { paths } = settings;
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
    ['ds_passwd', hashed(settings.adminPassword)],
    ['ldapi_enabled', 'off'],
    ['ldapi', join(paths.run, 'ldapi')],
    ['ldapi_autobind', 'off'],
    ['db_lib', 'bdb'],
    ['ds_suffix', settings.suffix],
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
    ['cn=config', configAttributes(settings)],
    ['cn=config,cn=ldbm database,cn=plugins,cn=config', CACHES],
    ...(settings.changes === 'counted'
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

function configAttributes(settings: DirsrvSettings): Readonly<Record<string, string>> {
  return {
    'nsslapd-listenhost': settings.address,
    'nsslapd-securelistenhost': settings.address,
    'nsslapd-secureport': String(PORT),
    'nsslapd-security': 'on',
    'nsslapd-errorlog-logging-enabled': 'on',
    'nsslapd-pwpolicy-local': 'on',
    ...policyAttributes(settings.policy),
    passwordMustChange: settings.afterReset === 'must-change' ? 'on' : 'off',
    aci: allow('the rules', {
      target: 'ldap:///cn=config',
      attributes: '="objectClass || cn || password*"',
      rights: 'read, search, compare',
      who: settings.serviceDn,
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

/** An access control instruction; `who` is a DN, or `self`. */
export function allow(name: string, rule: { target: string; attributes: string; rights: string; who: string }): string {
  return (
    `(target="${rule.target}")(targetattr${rule.attributes})` +
    `(version 3.0; acl "Drawbridge: ${name}"; allow (${rule.rights}) userdn="ldap:///${rule.who}";)`
  );
}

/** As the server stores it. In its settings it takes no password in the clear. */
export function hashed(password: string): string {
  const salt = randomBytes(16);
  const digest = createHash('sha512').update(password).update(salt).digest();
  return `{SSHA512}${Buffer.concat([digest, salt]).toString('base64')}`;
}

function unknownPlaceholder(name: string): never {
  throw new LabFailure(`the templates of 389-ds-base have a placeholder that the lab does not know: ${name}`);
}
