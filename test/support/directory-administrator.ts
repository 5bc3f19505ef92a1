// The lab's LDAP directories as their administrator sees them, who may do everything and is held by no password policy:
// for what a test has to find or to bring about. Never what the product binds as.

import { readFile } from 'node:fs/promises';
import { Client } from 'ldapts';

export interface AdministeredDirectory {
  readonly url: string;
  readonly caFile: string;
  readonly adminDn: string;
  readonly adminPassword: string;
}

/** A bound client, closed afterwards. */
export async function asAdministrator<T>(
  directory: AdministeredDirectory,
  act: (client: Client) => Promise<T>,
): Promise<T> {
  return boundAs(directory, { bindName: directory.adminDn, password: directory.adminPassword }, act);
}

/** The same for anybody: the service account, a person. */
export async function boundAs<T>(
  directory: Pick<AdministeredDirectory, 'url' | 'caFile'>,
  who: { readonly bindName: string; readonly password: string },
  act: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ url: directory.url, tlsOptions: { ca: await readFile(directory.caFile) } });
  try {
    await client.bind(who.bindName, who.password);
    return await act(client);
  } finally {
    await client.unbind();
  }
}

/** The named attributes, also operational ones, as text; missing ones are undefined. Throws if there is no such entry. */
export async function attributesOf(
  directory: AdministeredDirectory,
  dn: string,
  names: readonly string[],
): Promise<Record<string, string | undefined>> {
  const { searchEntries } = await asAdministrator(directory, (client) =>
    client.search(dn, { scope: 'base', filter: '(objectClass=*)', attributes: [...names] }),
  );
  const entry = searchEntries[0];
  return Object.fromEntries(names.map((name) => [name, entry?.[name]?.toString() || undefined]));
}

/** Every entry with all that it has, operational attributes too: to see whether anything changed. */
export async function everythingIn(directory: AdministeredDirectory & { readonly suffix: string }) {
  const { searchEntries } = await asAdministrator(directory, (client) =>
    client.search(directory.suffix, { scope: 'sub', attributes: ['*', '+'] }),
  );
  return searchEntries;
}
