// The value of a password modify request (RFC 3062 §2), from bytes to bytes: no password passes through a string, and the only
// copy made here is the one that is returned, so that it can be zeroed. Pure.

import { assert } from '../../failure/assert.js';

export const PASSWORD_MODIFY_OID = '1.3.6.1.4.1.4203.1.11.1';

export interface PasswordModify {
  /** Whose password it is, as the directory spells the name; undefined: whoever the connection is bound as. */
  readonly distinguishedName: string | undefined;
  /** UTF-8; undefined: a reset. */
  readonly currentPassword: Uint8Array | undefined;
  /** UTF-8. */
  readonly password: Uint8Array;
}

/** The caller zeroes the result. */
export function passwordModifyValue({ distinguishedName, currentPassword, password }: PasswordModify): Buffer {
  // Without one the server would make one up, and nobody would know it.
  assert(password.length > 0, 'a new password is never left to the server');
  const fields: Field[] = [
    ...(distinguishedName === undefined ? [] : [{ tag: USER_IDENTITY, value: Buffer.from(distinguishedName, 'utf8') }]),
    ...(currentPassword === undefined ? [] : [{ tag: OLD_PASSWORD, value: currentPassword }]),
    { tag: NEW_PASSWORD, value: password },
  ];
  const length = fields.reduce((sum, { value }) => sum + header(0, value.length).length + value.length, 0);
  const start = header(SEQUENCE, length);
  const whole = Buffer.alloc(start.length + length);
  let at = start.copy(whole);
  for (const { tag, value } of fields) {
    at += header(tag, value.length).copy(whole, at);
    whole.set(value, at);
    at += value.length;
  }
  // ldapts turns every request into JSON for a debug line that it then does not write.
  return Object.defineProperty(whole, 'toJSON', { value: () => '[secret]' });
}

interface Field {
  readonly tag: number;
  readonly value: Uint8Array;
}

const SEQUENCE = 0x30;
const USER_IDENTITY = 0x80;
const OLD_PASSWORD = 0x81;
const NEW_PASSWORD = 0x82;

/** Tag and definite length (X.690 8.1.3). */
function header(tag: number, length: number): Buffer {
  assert(length <= 0xffff, 'names and passwords have limits far below');
  if (length < 0x80) return Buffer.from([tag, length]);
  return length <= 0xff ? Buffer.from([tag, 0x81, length]) : Buffer.from([tag, 0x82, length >> 8, length & 0xff]);
}
