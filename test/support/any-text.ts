// Any character at all, for property tests of text. In place of fast-check's own unit 'binary', which works for seconds the
// first time a process asks for it, and longer on a busy machine than a test may take.

import fc from 'fast-check';

const SURROGATES_FROM = 0xd800;
const SURROGATES = 0x800;
const LAST = 0x10ffff;

/** Every code point but the halves of pairs. */
export const anyCharacter = fc
  .nat(LAST - SURROGATES)
  .map((index) => String.fromCodePoint(index < SURROGATES_FROM ? index : index + SURROGATES));
