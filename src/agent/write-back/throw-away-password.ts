// Makes a password that nobody ever learns, and any policy takes: the one that is set for a moment in a reset after a compromise,
// and the one that stays where a person says that what was done to their account was not theirs.

/** Random bytes in it, each two hex digits and a hyphen. Far above what can be guessed, also where a directory cuts at 72. */
const RANDOM_BYTES = 36;

/**
 * Upper case, lower case, digits and a symbol at its head, so that complexity never depends on chance; and nowhere three letters or
 * digits on end, so that no name of the account (Ada, Dee, 007) is in it by chance, which Active Directory refuses. Zero it after use.
 */
export function makeThrowAwayPassword(randomBytes: (count: number) => Uint8Array): Uint8Array {
  const secret = Buffer.from(randomBytes(RANDOM_BYTES));
  const text = Buffer.alloc(HEAD.length + 3 * RANDOM_BYTES, '-');
  text.write(HEAD);
  for (const [index, byte] of secret.entries()) {
    text[HEAD.length + 3 * index] = hexDigit(byte >> 4);
    text[HEAD.length + 3 * index + 1] = hexDigit(byte & 0xf);
  }
  secret.fill(0);
  return text;
}

const HEAD = 'Q-z7-';

function hexDigit(nibble: number): number {
  return '0123456789abcdef'.charCodeAt(nibble);
}
