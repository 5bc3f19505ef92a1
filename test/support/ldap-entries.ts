// Entries as a directory would send them, written as objects: `dn`, and each attribute with one value or several.

import { LdapEntry } from '../../src/agent/ldap/ldap-entry.js';
import { ReceivedEntry } from '../../src/agent/ldap/received-entry.js';

type Value = string | Buffer;

export interface WrittenEntry {
  readonly dn: string;
  readonly [attribute: string]: Value | readonly Value[];
}

export function anEntry({ dn, ...attributes }: WrittenEntry): LdapEntry {
  const asBytes = (value: Value | readonly Value[]) => [value].flat().map((each) => Buffer.from(each as Buffer));
  const held = Object.entries(attributes).map(
    ([name, value]) => [name.toLowerCase(), asBytes(value as Value | readonly Value[])] as const,
  );
  const [firsts, bounds]: [number[], number[]] = [[], []];
  let at = 0;
  for (const [, values] of held) {
    firsts.push(bounds.length);
    for (const { length } of values) {
      bounds.push(at, at + length);
      at += length;
    }
  }
  const bytes = Buffer.concat(held.flatMap(([, values]) => values));
  return new LdapEntry(new ReceivedEntry(dn, { bytes, layout: { names: held.map(([name]) => name), firsts }, bounds }));
}
