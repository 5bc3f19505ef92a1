// What accounts are known by, and what entries are: mostly the same. Where an organisation has chosen another attribute for its
// people – one that moved with them from another forest – every entry still has an identifier of the server's own, by which its
// changes are followed.

import { OrFilter } from 'ldapts';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import { DirectoryMisconfigured } from '../directory/ports.js';
import type { LdapConnection } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { AccountDialect, Held } from './dialect.js';

/** The one that the settings name, of those that a kind of directory has, the usual one first. Throws DirectoryMisconfigured. */
export function chosenAnchor<Anchor extends { readonly attribute: string }>(
  name: string | undefined,
  [usual, ...others]: readonly [Anchor, ...Anchor[]],
  kind: string,
): Anchor {
  if (name === undefined) return usual;
  const all = [usual, ...others];
  const chosen = all.find(({ attribute }) => attribute === name);
  if (chosen !== undefined) return chosen;
  const known = all.map(({ attribute }) => attribute).join(' or ');
  throw new DirectoryMisconfigured(`the anchor ${name} is none of ${kind}: it has ${known}`);
}

/** What accounts are known by whose entries are these, wherever they lie now. One that has no such anchor is nobody we know. */
export async function anchorsOf<Server>(
  { connection, server }: Held<Server, Pick<LdapConnection, 'search'>>,
  { identity, anchor, root }: Pick<AccountDialect<Server>, 'identity' | 'anchor' | 'root'>,
  identifiers: readonly AccountAnchor[],
  signal: AbortSignal,
): Promise<AccountAnchor[]> {
  if (anchor === identity || identifiers.length === 0) return [...identifiers];
  const filter = new OrFilter({ filters: identifiers.flatMap((identifier) => identity.filter(identifier) ?? []) });
  const entries = await connection
    .search({ base: root(server), scope: 'sub', filter, attributes: [anchor.attribute] }, signal)
    .catch(refusedTo('show what accounts are known by'));
  return entries.flatMap((entry) => anchor.of(entry) ?? []);
}
