// The yardstick of every full read: OpenLDAP's own ldapsearch, paged, over verified LDAPS. What it prints is read and dropped.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabFailure } from '../lab/lab-failure.js';
import { tryCommand } from '../lab/run-command.js';
import type { BridgedDirectory } from './bridge.js';

export interface LdapSearchOptions extends Pick<BridgedDirectory, 'url' | 'baseDn' | 'bindName' | 'bindPassword'> {
  readonly caFile: string;
  /** For the password, which is no argument. */
  readonly folder: string;
  readonly filter: string;
  readonly attributes: readonly string[];
  /** Further search controls, as `-E` takes them. */
  readonly controls: readonly string[];
}

/** Throws a LabFailure when it does not end well. */
export async function ldapSearch(options: LdapSearchOptions): Promise<void> {
  const { url, baseDn, bindName, bindPassword, caFile, folder, filter, attributes, controls } = options;
  const passwordFile = join(folder, 'search-password');
  await writeFile(passwordFile, bindPassword, { mode: 0o600 });
  const script = 'exec ldapsearch "$@" > /dev/null';
  const args = [
    '-x',
    '-LLL',
    '-o',
    'ldif-wrap=no',
    '-E',
    'pr=1000/noprompt',
    ...controls.flatMap((control) => ['-E', control]),
    '-H',
    url,
    '-D',
    bindName,
    '-y',
    passwordFile,
  ];
  const { exitCode, errorOutput } = await tryCommand(
    'sh',
    ['-c', script, 'ldapsearch', ...args, '-b', baseDn, filter, ...attributes],
    { env: { LDAPTLS_CACERT: caFile, LDAPTLS_REQCERT: 'demand' } },
  );
  if (exitCode !== 0) throw new LabFailure(`ldapsearch ended with ${exitCode}: ${errorOutput}`);
}
