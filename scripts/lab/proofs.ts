// Proof by clients that we did not write: OpenLDAP's ldapwhoami and MIT's kinit sign in as a person would.
// Passwords travel by a file of mode 0600 or by standard input, never in arguments, where every process can read them.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryCommand } from './run-command.js';

/** RFC 4532. */
const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';

export interface ProofResult {
  /** `unreachable`: no verified connection came about, so nothing is proven either way. */
  readonly kind: 'accepted' | 'refused' | 'unreachable';
  /** What the client said: who we are, or why not. */
  readonly said: string;
}

export interface BindProofOptions {
  readonly url: string;
  readonly caFile: string;
  /** A UPN, `DOMAIN\name` or a DN. */
  readonly bindName: string;
  readonly password: string;
  /** What the client asks beside, as `ldapwhoami -e` takes it: with `ppolicy` it says why the directory refused. Default: none. */
  readonly controls?: readonly string[];
}

/** Simple bind over verified LDAPS. */
export async function proveBind(options: BindProofOptions): Promise<ProofResult> {
  return withPasswordFile(options.password, async (passwordFile) => {
    const result = await tryCommand(
      'ldapwhoami',
      [
        ...(options.controls ?? []).flatMap((control) => ['-e', control]),
        ...['-x', '-o', 'nettimeout=10', '-H', options.url, '-D', options.bindName, '-y', passwordFile],
      ],
      { env: { LDAPTLS_CACERT: options.caFile, LDAPTLS_REQCERT: 'demand' } },
    );
    const said = `${result.output}${result.errorOutput}`.trim().replace(/\s+/g, ' ');
    if (said.includes("Can't contact LDAP server")) return { kind: 'unreachable', said };
    if (said.includes('ldap_bind:')) return { kind: 'refused', said };
    // Samba has no "Who am I?" (RFC 4532): it refuses the question that ldapwhoami asks after a bind that went well.
    const isBound = result.exitCode === 0 || said.includes(`Extended Operation(${WHO_AM_I}) not supported`);
    return isBound ? { kind: 'accepted', said: `bound as ${options.bindName}` } : { kind: 'unreachable', said };
  });
}

export interface KerberosProofOptions {
  readonly krb5ConfigFile: string;
  /** `ada@CORP.EXAMPLE.COM` */
  readonly principal: string;
  readonly password: string;
}

/** A Kerberos ticket for the person, kept nowhere. */
export async function proveKerberos(options: KerberosProofOptions): Promise<ProofResult> {
  const result = await tryCommand('kinit', ['-c', 'MEMORY:', options.principal], {
    input: `${options.password}\n`,
    env: { KRB5_CONFIG: options.krb5ConfigFile, LC_ALL: 'C.UTF-8' },
  });
  // Without its prompt, which it prints although nobody sits there.
  const said = `${result.output}${result.errorOutput}`.replace(/^Password for .*?: ?/, '').trim();
  if (result.exitCode === 0) return { kind: 'accepted', said: `ticket for ${options.principal}` };
  return { kind: said.includes('Cannot contact any KDC') ? 'unreachable' : 'refused', said };
}

/** The file's bytes are the password: no line end (ldapwhoami -y takes every byte). */
async function withPasswordFile<T>(password: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-proof-'));
  try {
    const file = join(folder, 'password');
    await writeFile(file, password, { mode: 0o600 });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
