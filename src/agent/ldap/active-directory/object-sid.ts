// Security identifiers (MS-DTYP 2.4.2): bytes to the usual text, and the last part, by which built-in accounts are told. Pure.

const HEADER_BYTES = 8;
const SUB_AUTHORITIES_MAX = 15;

/** As in `S-1-5-21-…-1104`; undefined when the bytes are no SID. Bytes after its end are not looked at. */
export function sidText(bytes: Uint8Array): string | undefined {
  const length = sidLength(bytes);
  if (length === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const parts = [view.getUint8(0), authority];
  for (let at = HEADER_BYTES; at < length; at += 4) parts.push(view.getUint32(at, true));
  return `S-${parts.join('-')}`;
}

/** The relative identifier: 500 is the built-in administrator, 502 krbtgt, in every domain. */
export function relativeId(bytes: Uint8Array): number | undefined {
  const length = sidLength(bytes);
  if (length === undefined || length === HEADER_BYTES) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset, length).getUint32(length - 4, true);
}

function sidLength(bytes: Uint8Array): number | undefined {
  const count = bytes[1];
  if (bytes[0] !== 1 || count === undefined || count > SUB_AUTHORITIES_MAX) return undefined;
  const length = HEADER_BYTES + 4 * count;
  return bytes.length < length ? undefined : length;
}
