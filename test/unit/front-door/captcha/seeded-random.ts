// Random bytes that are the same every time: for tests alone (xorshift32).

import type { RandomBytes } from '../../../../src/front-door/captcha/random-draws.js';

export function seededRandom(seed: number): RandomBytes {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 16) & 0xff;
    });
}
