// Entries as a directory would send them, written as objects: `dn`, and each attribute with one value or several.

import { LdapEntry } from '../../src/agent/ldap/ldap-entry.js';

type Value = string | Buffer;

export interface WrittenEntry {
  readonly dn: string;
  readonly [attribute: string]: Value | readonly Value[];
}

export function anEntry({ dn, ...attributes }: WrittenEntry): LdapEntry {
  const asBytes = (value: Value | readonly Value[]) => [value].flat().map((each) => Buffer.from(each as Buffer));
  const received = Object.entries(attributes).map(
    ([name, value]) => [name.toLowerCase(), asBytes(value as Value | readonly Value[])] as const,
  );
  return new LdapEntry({ distinguishedName: dn, attributes: new Map(received) });
}
