// Controls whose request values we write ourselves. What comes back is read elsewhere: see message-meter.ts for pages.

import { BerWriter, Control, PagedResultsControl, PasswordPolicyControl } from 'ldapts';

const OCTET_STRING = 0x04;

/** A control with a BER value that is known beforehand. */
class FixedControl extends Control {
  readonly #value: Buffer;

  constructor(type: string, value: Buffer) {
    super(type, { critical: true });
    this.#value = value;
  }

  protected override writeControl(writer: BerWriter): void {
    writer.writeBuffer(this.#value, OCTET_STRING);
  }
}

/** Asks for the DACL alone, which an ordinary account may read (LDAP_SERVER_SD_FLAGS_OID, MS-ADTS 3.1.1.3.4.1.11). */
export function daclOnlyControl(): Control {
  return new FixedControl(SECURITY_DESCRIPTOR_FLAGS, sequenceOfIntegers([DACL]));
}

/** Asks for owner and DACL. Not for the audit rules, which an ordinary account may not read: then it would see nothing. */
export function ownerAndDaclControl(): Control {
  return new FixedControl(SECURITY_DESCRIPTOR_FLAGS, sequenceOfIntegers([OWNER | DACL]));
}

const SECURITY_DESCRIPTOR_FLAGS = '1.2.840.113556.1.4.801';
const OWNER = 1;
const DACL = 4;

/** Shows what was deleted and not yet forgotten, as far as we may see it (LDAP_SERVER_SHOW_DELETED_OID, MS-ADTS 3.1.1.3.4.1.14). */
export function showDeletedControl(): Control {
  return new Control('1.2.840.113556.1.4.417', { critical: true });
}

/**
 * Asks for what has changed since `cookie`, as far as our own rights let us see it; empty: since the start of time
 * (LDAP_SERVER_DIRSYNC_OID, LDAP_DIRSYNC_OBJECT_SECURITY, MS-ADTS 3.1.1.3.4.1.3).
 */
export function dirSyncControl(cookie: Buffer): Control {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(OBJECT_SECURITY);
  writer.writeInt(ANSWER_BYTES_ASKED);
  writer.writeBuffer(cookie, OCTET_STRING);
  writer.endSequence();
  return new FixedControl('1.2.840.113556.1.4.841', writer.buffer);
}

const OBJECT_SECURITY = 1;
/** Of attribute values, about; far below what a connection takes. */
const ANSWER_BYTES_ASKED = 1024 * 1024;

/**
 * Asks what an account may do to each entry that is found ("get effective rights" of 389 Directory Server, which takes the name
 * as it is, not as BER; measured, docs/directories.md). Everybody may ask about themselves.
 */
export function effectiveRightsControl(distinguishedName: string): Control {
  return new FixedControl('1.3.6.1.4.1.42.2.27.9.5.2', Buffer.from(`dn:${distinguishedName}`));
}

/** Current and old identity of the policy hints control, the better one first (MS-ADTS 3.1.1.3.4.1.27). */
export const POLICY_HINTS_OIDS = ['1.2.840.113556.1.4.2239', '1.2.840.113556.1.4.2066'] as const;

/** Draft-behera-ldap-password-policy-10 §6; ldapts writes and reads it. */
export const PASSWORD_POLICY_OID = PasswordPolicyControl.type;

/** Makes a reset obey history. Critical, because Samba ignores it in silence otherwise. */
export function policyHintsControl(oid: (typeof POLICY_HINTS_OIDS)[number]): Control {
  return new FixedControl(oid, sequenceOfIntegers([1]));
}

/**
 * Simple paged results (RFC 2696). Not ldapts' own class: its `search` refuses that one, and its paging takes an empty page
 * for the end even when a cookie says otherwise.
 */
export function pageControl(page: { readonly size: number; readonly cookie: Buffer | undefined }): Control {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(page.size);
  writer.writeBuffer(page.cookie ?? Buffer.alloc(0), OCTET_STRING);
  writer.endSequence();
  return new FixedControl(PagedResultsControl.type, writer.buffer);
}

function sequenceOfIntegers(values: readonly number[]): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  for (const value of values) writer.writeInt(value);
  writer.endSequence();
  return writer.buffer;
}
