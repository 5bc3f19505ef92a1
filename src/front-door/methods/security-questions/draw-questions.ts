// Which of a person's questions are asked: drawn by a keyed hash, each set and order as likely. Pure: same key and turn, same draw.
// The draw stays until it was answered, rightly or wrongly. Drawn anew whenever a page is opened, a stranger would only have to come
// back until the questions are asked that they know the answers to, and none of that would count as an attempt.

import { createHmac } from 'node:crypto';
import { canonicalBytes } from '../../../protocol/canonical-bytes.js';
import { drawSome, type RandomBytes } from '../../captcha/random-draws.js';

export interface Turn {
  /** Of the row that the answers are kept in. */
  readonly rowId: string;
  /** How often this person's questions were answered before. */
  readonly answered: number;
}

/** `key`: 32 bytes. `count` different ids; fewer where there are not as many. */
export function drawQuestions(key: Uint8Array, turn: Turn, ids: readonly string[], count: number): readonly string[] {
  return drawSome(keyedBytes(key, turn), ids, count);
}

const BLOCK_BYTES = 32;

function keyedBytes(key: Uint8Array, { rowId, answered }: Turn): RandomBytes {
  let block = 0n;
  return (count) => {
    const blocks = Array.from({ length: Math.ceil(count / BLOCK_BYTES) }, () => {
      block += 1n;
      const bound = canonicalBytes('drawbridge/drawn-questions/1', [rowId, BigInt(answered), block]);
      return createHmac('sha256', key).update(bound).digest();
    });
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, count));
  };
}
