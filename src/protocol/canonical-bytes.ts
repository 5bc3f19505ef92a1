// One unambiguous byte form for everything that is signed, sealed or hashed: a label, then each field behind its length.
// No JSON here: two texts may mean one JSON value, two lists of fields never give the same bytes. Runs in the browser too.

export type CanonicalField = string | Uint8Array | bigint;

/** label and fields, each as a 32-bit big-endian length and its bytes; text as UTF-8, numbers as 64-bit big-endian. */
export function canonicalBytes(label: string, fields: readonly CanonicalField[]): Uint8Array<ArrayBuffer> {
  const parts = [label, ...fields].map(bytesOf);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    whole.set(part, at + 4);
    at += 4 + part.length;
  }
  return whole;
}

function bytesOf(field: CanonicalField): Uint8Array {
  if (typeof field === 'string') return new TextEncoder().encode(field);
  if (typeof field !== 'bigint') return field;
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, field);
  return bytes;
}
