// Reads one answer out of a security descriptor (MS-DTYP 2.4.6): does its DACL deny people the change of their own password?
// Bounded by the bytes it is given: every offset and length is checked, and whatever does not fit is refused as a whole.

import { Failure } from '../../../failure/failure.js';
import { guidText } from './object-guid.js';
import { sidText } from './object-sid.js';

/** The bytes are no self-relative security descriptor. */
export class MalformedSecurityDescriptor extends Failure {
  readonly code = 'malformed-security-descriptor';
  readonly retry = { mayRetry: false, why: 'the same bytes stay malformed' };
}

/**
 * True when an entry denies User-Change-Password to everyone or to the account itself: what Windows' own tools write for
 * "user cannot change password". One of the two is enough here.
 */
export function deniesPasswordChange(descriptor: Uint8Array): boolean {
  return readDacl(descriptor).some(
    (entry) =>
      DENY_TYPES.has(entry.type) &&
      (entry.flags & INHERIT_ONLY) === 0 &&
      (entry.mask & CONTROL_ACCESS) !== 0 &&
      (entry.objectType === undefined || entry.objectType === USER_CHANGE_PASSWORD) &&
      (entry.trustee === EVERYONE || entry.trustee === SELF),
  );
}

export interface AccessControlEntry {
  readonly type: number;
  readonly flags: number;
  readonly mask: number;
  /** The right, attribute or class it is about; undefined for all. */
  readonly objectType: string | undefined;
  /** As a SID's text; undefined for an entry of a type that is not read. */
  readonly trustee: string | undefined;
}

/** Every entry of the DACL; none when there is no DACL. Throws MalformedSecurityDescriptor. */
export function readDacl(descriptor: Uint8Array): AccessControlEntry[] {
  const whole = new Bytes(descriptor);
  if (whole.uint8(0) !== 1) throw new MalformedSecurityDescriptor('its revision is not 1');
  const daclAt = whole.uint32(16);
  if ((whole.uint16(2) & DACL_PRESENT) === 0 || daclAt === 0) return [];
  const dacl = whole.slice(daclAt, whole.uint16(daclAt + 2));
  const count = dacl.uint16(4);
  const entries: AccessControlEntry[] = [];
  for (let at = ACL_HEADER_BYTES; entries.length < count; ) {
    const size = dacl.uint16(at + 2);
    if (size < ACE_HEADER_BYTES) throw new MalformedSecurityDescriptor('an entry is too small');
    entries.push(readEntry(dacl.slice(at, size)));
    at += size;
  }
  return entries;
}

function readEntry(entry: Bytes): AccessControlEntry {
  const type = entry.uint8(0);
  const flags = entry.uint8(1);
  const mask = entry.size >= 8 ? entry.uint32(4) : 0;
  if (PLAIN_TYPES.has(type)) {
    return { type, flags, mask, objectType: undefined, trustee: entry.sid(8) };
  }
  if (!OBJECT_TYPES.has(type)) return { type, flags, mask, objectType: undefined, trustee: undefined };
  const present = entry.uint32(8);
  const hasObjectType = (present & 1) !== 0;
  const sidAt = 12 + (hasObjectType ? 16 : 0) + ((present & 2) !== 0 ? 16 : 0);
  return { type, flags, mask, objectType: hasObjectType ? entry.guid(12) : undefined, trustee: entry.sid(sidAt) };
}

const DACL_PRESENT = 0x4;
const ACL_HEADER_BYTES = 8;
const ACE_HEADER_BYTES = 4;
const INHERIT_ONLY = 0x08;
const CONTROL_ACCESS = 0x100;
/** ACCESS_ALLOWED, ACCESS_DENIED; the same for objects (MS-DTYP 2.4.4.1). */
const PLAIN_TYPES: ReadonlySet<number> = new Set([0, 1]);
const OBJECT_TYPES: ReadonlySet<number> = new Set([5, 6]);
const DENY_TYPES: ReadonlySet<number> = new Set([1, 6]);
const USER_CHANGE_PASSWORD = 'ab721a53-1e2f-11d0-9819-00aa0040529b';
const EVERYONE = 'S-1-1-0';
const SELF = 'S-1-5-10';

/** Little-endian reads that never leave their bytes. */
class Bytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get size(): number {
    return this.#bytes.length;
  }

  uint8(at: number): number {
    return this.#view.getUint8(this.#checked(at, 1));
  }

  uint16(at: number): number {
    return this.#view.getUint16(this.#checked(at, 2), true);
  }

  uint32(at: number): number {
    return this.#view.getUint32(this.#checked(at, 4), true);
  }

  slice(at: number, size: number): Bytes {
    this.#checked(at, size);
    return new Bytes(this.#bytes.subarray(at, at + size));
  }

  guid(at: number): string | undefined {
    this.#checked(at, 16);
    return guidText(this.#bytes.subarray(at, at + 16));
  }

  sid(at: number): string {
    const text = at <= this.size ? sidText(this.#bytes.subarray(at)) : undefined;
    if (text === undefined) throw new MalformedSecurityDescriptor('an entry has no trustee');
    return text;
  }

  #checked(at: number, size: number): number {
    if (at + size > this.size) throw new MalformedSecurityDescriptor(`it ends before byte ${at + size}`);
    return at;
  }
}
