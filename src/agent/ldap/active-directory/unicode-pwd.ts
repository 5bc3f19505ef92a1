// The value of unicodePwd: the password in quotes as UTF-16LE (MS-ADTS 3.1.1.3.1.5.1). From bytes to bytes, never through
// a string, which could not be zeroed and would turn what is no UTF-8 into replacement characters. Pure.

import { isUtf8, transcode } from 'node:buffer';
import { assert } from '../../../failure/assert.js';

const QUOTE = 0x22;

/** The caller zeroes the result. Quotes inside the password are not escaped: the directory looks at the outer ones only. */
export function unicodePwd(passwordUtf8: Uint8Array): Buffer {
  assert(isUtf8(passwordUtf8), 'a password is admitted text before it is written');
  const password = transcode(passwordUtf8, 'utf8', 'utf16le');
  try {
    const value = Buffer.alloc(password.length + 4);
    value[0] = QUOTE;
    password.copy(value, 2);
    value[value.length - 2] = QUOTE;
    // ldapts turns every request into JSON for a debug line that it then does not write.
    return Object.defineProperty(value, 'toJSON', { value: () => '[secret]' });
  } finally {
    password.fill(0);
  }
}
