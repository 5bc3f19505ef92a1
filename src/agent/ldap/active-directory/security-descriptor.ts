// Reads a security descriptor (MS-DTYP 2.4.6): its owner, whether it inherits, the entries of its DACL, and one answer out of
// them: does it deny people the change of their own password? What else follows from the entries, access-check.ts says.
// Bounded by the bytes it is given: every offset and length is checked, and whatever does not fit is refused as a whole.

import { Failure } from '../../../failure/failure.js';
import { guidText } from './object-guid.js';
import { sidText } from './object-sid.js';

/** MS-DTYP 2.4.4.1: the entry is for what lies below only. */
export const INHERIT_ONLY = 0x08;
/** ACCESS_DENIED, plain and for objects (MS-DTYP 2.4.4.1). */
export const DENY_TYPES: ReadonlySet<number> = new Set([1, 6]);
/** ADS_RIGHT_DS_CONTROL_ACCESS (MS-ADTS 5.1.3.2). */
export const CONTROL_ACCESS = 0x100;
export const EVERYONE = 'S-1-1-0';
export const SELF = 'S-1-5-10';

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
  /** The class of entries that inherit it; undefined for all. */
  readonly inheritedObjectType: string | undefined;
  /** As a SID's text; undefined for an entry of a type that is not read. */
  readonly trustee: string | undefined;
}

export interface SecurityDescriptor {
  /** As a SID's text; undefined when it was not asked for or may not be seen. */
  readonly owner: string | undefined;
  /** Inheritance is switched off: what is granted above does not reach this entry. */
  readonly isProtected: boolean;
  /** Undefined when there is no DACL, which grants everything to everybody (MS-DTYP 2.5.3.2). */
  readonly entries: readonly AccessControlEntry[] | undefined;
}

/** Throws MalformedSecurityDescriptor. */
export function readSecurityDescriptor(descriptor: Uint8Array): SecurityDescriptor {
  const whole = new Bytes(descriptor);
  if (whole.uint8(0) !== 1) throw new MalformedSecurityDescriptor('its revision is not 1');
  const control = whole.uint16(2);
  const ownerAt = whole.uint32(4);
  const daclAt = whole.uint32(16);
  const hasDacl = (control & DACL_PRESENT) !== 0 && daclAt !== 0;
  return {
    owner: ownerAt === 0 ? undefined : whole.sid(ownerAt),
    isProtected: (control & DACL_PROTECTED) !== 0,
    entries: hasDacl ? readEntries(whole.slice(daclAt, whole.uint16(daclAt + 2))) : undefined,
  };
}

/** Every entry of the DACL; none when there is no DACL. Throws MalformedSecurityDescriptor. */
export function readDacl(descriptor: Uint8Array): readonly AccessControlEntry[] {
  return readSecurityDescriptor(descriptor).entries ?? [];
}

function readEntries(dacl: Bytes): AccessControlEntry[] {
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
  const about = { type, flags, mask, objectType: undefined, inheritedObjectType: undefined };
  if (PLAIN_TYPES.has(type)) return { ...about, trustee: entry.sid(8) };
  if (!OBJECT_TYPES.has(type)) return { ...about, trustee: undefined };
  const present = entry.uint32(8);
  const objectTypeBytes = (present & 1) !== 0 ? 16 : 0;
  const inheritedBytes = (present & 2) !== 0 ? 16 : 0;
  return {
    ...about,
    objectType: objectTypeBytes === 0 ? undefined : entry.guid(12),
    inheritedObjectType: inheritedBytes === 0 ? undefined : entry.guid(12 + objectTypeBytes),
    trustee: entry.sid(12 + objectTypeBytes + inheritedBytes),
  };
}

/** SE_DACL_PRESENT, SE_DACL_PROTECTED. */
const DACL_PRESENT = 0x4;
const DACL_PROTECTED = 0x1000;
const ACL_HEADER_BYTES = 8;
const ACE_HEADER_BYTES = 4;
/** ACCESS_ALLOWED, ACCESS_DENIED; the same for objects (MS-DTYP 2.4.4.1). */
const PLAIN_TYPES: ReadonlySet<number> = new Set([0, 1]);
const OBJECT_TYPES: ReadonlySet<number> = new Set([5, 6]);
const USER_CHANGE_PASSWORD = 'ab721a53-1e2f-11d0-9819-00aa0040529b';

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
