// The accounts of an OpenLDAP, as the product knows them.

import { readFile } from 'node:fs/promises';
import { Client, type Filter } from 'ldapts';
import type { BenchAccount } from './bench-accounts.js';
import type { BridgedDirectory } from './bridge.js';

/** Those in the directory's scope that match. */
export async function uidAccounts(
  directory: BridgedDirectory,
  caFile: string,
  filter: string | Filter,
): Promise<BenchAccount[]> {
  const tlsOptions = { ca: await readFile(caFile, 'utf8'), minVersion: 'TLSv1.2' } as const;
  const client = new Client({ url: directory.url, tlsOptions });
  await client.bind(directory.bindName, directory.bindPassword);
  const { searchEntries } = await client.search(directory.scope, { scope: 'one', filter, attributes: ['entryUUID'] });
  await client.unbind();
  return searchEntries.flatMap(({ dn, entryUUID }) =>
    typeof entryUUID === 'string' ? [{ distinguishedName: dn, anchor: entryUUID }] : [],
  );
}
