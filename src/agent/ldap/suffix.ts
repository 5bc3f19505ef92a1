// The naming context that holds the base, and the names that are made of it. Pure.

import { isWithin, parseDistinguishedName } from '../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../directory/ports.js';
import type { LdapEntry } from './ldap-entry.js';

export interface Suffix {
  readonly distinguishedName: string;
  /** As in `example.com`, of the suffix's `dc` parts; of one without any, its first value, as in `Example` of `o=Example`. */
  readonly domainName: string;
}

/** Throws DirectoryMisconfigured when none of the server's naming contexts holds the base. */
export function suffixOf(root: LdapEntry, baseDn: string, url: string): Suffix {
  const base = parseDistinguishedName(baseDn);
  const holding = root.texts('namingContexts').filter((context) => isWithin(base, parseDistinguishedName(context)));
  // The innermost: one database may lie within another.
  const [distinguishedName] = holding.sort((one, other) => other.length - one.length);
  if (distinguishedName === undefined) {
    throw new DirectoryMisconfigured(
      `${url} does not hold ${baseDn}: correct the base DN or the address in the settings`,
    );
  }
  return { distinguishedName, domainName: domainNameOf(distinguishedName) };
}

function domainNameOf(suffix: string): string {
  const parts = parseDistinguishedName(suffix).flatMap((relative) => relative.slice(0, 1));
  const labels = parts.filter(({ type }) => type.toLowerCase() === 'dc').map(({ value }) => value.toLowerCase());
  return labels.length > 0 ? labels.join('.') : (parts[0]?.value ?? '');
}
