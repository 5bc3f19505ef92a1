// Changes entries as the directory's administrator would, with OpenLDAP's own ldapmodify over verified LDAPS.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../lab/run-command.js';
import type { LdapSearchOptions } from './ldap-search.js';

/** `ldif`: change records (RFC 2849). Throws a LabFailure when one of them is refused. */
export async function ldapModify(
  how: Pick<LdapSearchOptions, 'url' | 'bindName' | 'bindPassword' | 'caFile' | 'folder'>,
  ldif: string,
): Promise<void> {
  const passwordFile = join(how.folder, 'modify-password');
  await writeFile(passwordFile, how.bindPassword, { mode: 0o600 });
  await runCommand('ldapmodify', ['-x', '-H', how.url, '-D', how.bindName, '-y', passwordFile], {
    input: ldif,
    env: { LDAPTLS_CACERT: how.caFile, LDAPTLS_REQCERT: 'demand' },
  });
}
