// Self-relative security descriptors (MS-DTYP 2.4.6) built for tests, entry by entry.

import { guidBytes } from '../../src/agent/ldap/active-directory/object-guid.js';

export const EVERYONE = Buffer.from('010100000000000100000000', 'hex');
export const SELF = Buffer.from('01010000000000050a000000', 'hex');
export const SOMEBODY = Buffer.from('010500000000000515000000751989a4fcb364b5922c569292230000', 'hex');
/** User-Change-Password and User-Force-Change-Password, as they lie in an entry. */
export const CHANGE_PASSWORD = Buffer.from('531a72ab2f1ed0119819' + '00aa0040529b', 'hex');
export const RESET_PASSWORD = Buffer.from('70952900' + '6d24' + 'd011' + 'a768' + '00aa006e0529', 'hex');

export interface AceOptions {
  readonly type: number;
  readonly trustee: Buffer;
  /** Default: CONTROL_ACCESS. */
  readonly mask?: number;
  readonly flags?: number;
  /** Only for object entries. */
  readonly objectType?: Buffer;
  /** Only for object entries. */
  readonly inheritedObjectType?: Buffer;
}

/** As it lies in an entry. */
export function guidOf(text: string): Buffer {
  const bytes = guidBytes(text);
  if (bytes === undefined) throw new Error(`${text} is no GUID`);
  return bytes;
}

export function anAce({ type, trustee, mask = 0x100, flags = 0, objectType, inheritedObjectType }: AceOptions): Buffer {
  const isObject = type === 5 || type === 6;
  const present = (objectType === undefined ? 0 : 1) + (inheritedObjectType === undefined ? 0 : 2);
  const types = [objectType ?? Buffer.alloc(0), inheritedObjectType ?? Buffer.alloc(0)];
  const objectPart = isObject ? Buffer.concat([uint32(present), ...types]) : Buffer.alloc(0);
  const body = Buffer.concat([uint32(mask), objectPart, trustee]);
  const header = Buffer.from([type, flags, 0, 0]);
  header.writeUInt16LE(4 + body.length, 2);
  return Buffer.concat([header, body]);
}

export function aDescriptor(aces: readonly Buffer[]): Buffer {
  const entries = Buffer.concat(aces);
  const acl = Buffer.alloc(8);
  acl[0] = 4;
  acl.writeUInt16LE(8 + entries.length, 2);
  acl.writeUInt16LE(aces.length, 4);
  const header = Buffer.alloc(20);
  header[0] = 1;
  header.writeUInt16LE(0x8004, 2);
  header.writeUInt32LE(20, 16);
  return Buffer.concat([header, acl, entries]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
