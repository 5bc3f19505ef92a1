// Makes the password that is set for a moment in a reset after a compromise: nobody ever learns it, and any policy takes it.

/** Random bytes in it; twice as many hex digits. Far above what can be guessed, far below what a directory cuts. */
const RANDOM_BYTES = 48;

/** Upper case, lower case, digits and a symbol at its head, so that complexity never depends on chance. Zero it after use. */
export function makeThrowAwayPassword(randomBytes: (count: number) => Uint8Array): Uint8Array {
  const secret = Buffer.from(randomBytes(RANDOM_BYTES));
  const text = Buffer.alloc(HEAD.length + 2 * RANDOM_BYTES);
  text.write(HEAD);
  for (const [index, byte] of secret.entries()) {
    text[HEAD.length + 2 * index] = hexDigit(byte >> 4);
    text[HEAD.length + 2 * index + 1] = hexDigit(byte & 0xf);
  }
  secret.fill(0);
  return text;
}

const HEAD = 'Qz7-';

function hexDigit(nibble: number): number {
  return '0123456789abcdef'.charCodeAt(nibble);
}
