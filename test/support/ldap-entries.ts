// Entries as a directory would send them, written as objects: `dn`, and each attribute with one value or several.

import { LdapEntry } from '../../src/agent/ldap/ldap-entry.js';
import { Bounds, ReceivedEntry } from '../../src/agent/ldap/received-entry.js';

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
  const name = Buffer.from(dn);
  const bounds = new Bounds();
  bounds.add(0, name.length);
  const firsts: number[] = [];
  let at = name.length;
  for (const [, values] of held) {
    firsts.push(bounds.count - 2);
    for (const { length } of values) {
      bounds.add(at, at + length);
      at += length;
    }
  }
  firsts.push(bounds.count - 2);
  const bytes = Buffer.concat([name, ...held.flatMap(([, values]) => values)]);
  const layout = { names: held.map(([attribute]) => attribute), firsts };
  return new LdapEntry(new ReceivedEntry({ bytes, layout, bounds, first: 0 }));
}
