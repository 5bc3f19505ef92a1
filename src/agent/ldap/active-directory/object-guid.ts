// objectGUID as bytes and as text: the first three fields are little-endian (MS-DTYP 2.3.4). The text is the anchor. Pure.

import { type AccountAnchor, parseAccountAnchor } from '../../../protocol/identifiers.js';

const GUID_BYTES = 16;
const TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Where each byte of the text's hex digits lies in the directory's bytes. */
const BYTE_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** Lower-case GUID text; undefined when there are not exactly 16 bytes. */
export function guidText(bytes: Uint8Array): string | undefined {
  if (bytes.length !== GUID_BYTES) return undefined;
  const hex = BYTE_ORDER.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Undefined too where the attribute was not sent. */
export function guidAnchor(bytes: Uint8Array | undefined): AccountAnchor | undefined {
  const text = bytes && guidText(bytes);
  return text === undefined ? undefined : parseAccountAnchor(text);
}

/** The directory's bytes; undefined when the text is no lower-case GUID, as the anchor of another kind of directory. */
export function guidBytes(text: string): Buffer | undefined {
  if (!TEXT.test(text)) return undefined;
  const digits = Buffer.from(text.replaceAll('-', ''), 'hex');
  return Buffer.from(BYTE_ORDER.map((at) => digits[at] ?? 0));
}

/** A name that follows the entry through renames (MS-ADTS 3.1.1.3.1.2.4). Only from an objectGUID that was parsed. */
export function guidName(anchor: AccountAnchor): string {
  return `<GUID=${anchor}>`;
}
