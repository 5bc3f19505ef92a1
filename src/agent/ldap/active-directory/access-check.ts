// Says what an account may do to an entry, from the entry's DACL and the account's own identities: MS-ADTS 5.1.3.3 for the
// few rights that matter here. Pure. Never asks the directory to try: a right is read, not used.

import {
  type AccessControlEntry,
  CONTROL_ACCESS,
  DENY_TYPES,
  INHERIT_ONLY,
  type SecurityDescriptor,
} from './security-descriptor.js';

/** One thing that can be granted. GUIDs in lower case. */
export type WantedRight =
  | { readonly kind: 'extended'; readonly guid: string }
  /** `propertySet`: a right on it holds for the attribute too. */
  | { readonly kind: 'write-attribute'; readonly guid: string; readonly propertySet: string | undefined }
  /** Bits of the access mask, granted without an object. */
  | { readonly kind: 'mask'; readonly bits: number };

/** MS-ADTS 5.1.3.2. */
export const ACCESS_BITS = {
  createChild: 0x1,
  deleteChild: 0x2,
  writeProperty: 0x20,
  deleteTree: 0x40,
  controlAccess: CONTROL_ACCESS,
  delete: 0x10000,
  writeDacl: 0x40000,
  writeOwner: 0x80000,
} as const;

/**
 * Whether `sids` (the account itself, its groups, Everyone and the like) hold the right. The first entry that speaks of it
 * decides, as directories do it: they keep denials before grants, and an entry's own before inherited ones (MS-DTYP 2.5.3).
 */
export function isGranted(
  { entries }: Pick<SecurityDescriptor, 'entries'>,
  sids: ReadonlySet<string>,
  right: WantedRight,
): boolean {
  if (entries === undefined) return true;
  if (right.kind === 'mask') return bitsOf(right.bits).every((bit) => isBitGranted(entries, sids, bit, NO_OBJECT));
  const [bit, objects] =
    right.kind === 'extended'
      ? [ACCESS_BITS.controlAccess, [right.guid]]
      : [ACCESS_BITS.writeProperty, right.propertySet === undefined ? [right.guid] : [right.guid, right.propertySet]];
  return isBitGranted(entries, sids, bit, new Set(objects));
}

/** What an account that is made below an entry will inherit, as if it were the account's own. `classGuid`: what it will be. */
export function inheritedBy(classGuid: string, { entries }: SecurityDescriptor): Pick<SecurityDescriptor, 'entries'> {
  return {
    entries: entries?.flatMap((entry) => {
      const reaches = (entry.flags & CONTAINER_INHERIT) !== 0;
      const fits = entry.inheritedObjectType === undefined || entry.inheritedObjectType === classGuid;
      return reaches && fits ? [{ ...entry, flags: entry.flags & ~INHERIT_ONLY }] : [];
    }),
  };
}

const NO_OBJECT: ReadonlySet<string> = new Set();
/** Users are containers to Active Directory, so this flag alone makes them inherit. */
const CONTAINER_INHERIT = 0x02;
const GENERIC_ALL = 0x10000000;
const GENERIC_WRITE = 0x40000000;
/** What the generic bits stand for on an entry of a directory (MS-ADTS 5.1.3.2). */
const ALL_BITS = 0xf01ff;
const WRITE_BITS = 0x20028;

function isBitGranted(
  entries: readonly AccessControlEntry[],
  sids: ReadonlySet<string>,
  bit: number,
  objects: ReadonlySet<string>,
): boolean {
  const decisive = entries.find(
    ({ flags, mask, objectType, trustee }) =>
      (flags & INHERIT_ONLY) === 0 &&
      trustee !== undefined &&
      sids.has(trustee) &&
      (specificBits(mask) & bit) !== 0 &&
      (objectType === undefined || objects.has(objectType)),
  );
  return decisive !== undefined && !DENY_TYPES.has(decisive.type);
}

function specificBits(mask: number): number {
  return mask | ((mask & GENERIC_ALL) !== 0 ? ALL_BITS : 0) | ((mask & GENERIC_WRITE) !== 0 ? WRITE_BITS : 0);
}

function bitsOf(mask: number): number[] {
  return Array.from({ length: 32 }, (_, at) => 1 << at).filter((bit) => (mask & bit) !== 0);
}
