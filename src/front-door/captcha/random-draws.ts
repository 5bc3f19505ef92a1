// Fair draws from a source of random bytes. The source comes in: cryptographic in the product, seeded in tests.

/** `count` random bytes; node:crypto's `randomBytes` fits. */
export type RandomBytes = (count: number) => Uint8Array;

const RANGE = 2 ** 32;

/** A whole number from 0 to `limit - 1`, each equally likely. */
export function drawBelow(random: RandomBytes, limit: number): number {
  // The last, incomplete stretch of the range is drawn again: a plain remainder would prefer small numbers.
  const fairBelow = RANGE - (RANGE % limit);
  for (;;) {
    const drawn = drawWord(random);
    if (drawn < fairBelow) return drawn % limit;
  }
}

/** A fraction from `from` up to, not including, `to`. For shapes, not for secrets. */
export function drawBetween(random: RandomBytes, from: number, to: number): number {
  return from + (drawWord(random) / RANGE) * (to - from);
}

/** One of the items. Throws a RangeError when there is none. */
export function drawOne<Item>(random: RandomBytes, items: readonly Item[]): Item {
  const [drawn] = drawSome(random, items, 1);
  if (drawn === undefined) throw new RangeError('nothing to draw from');
  return drawn;
}

/** `count` different items in random order; fewer when there are not as many. */
export function drawSome<Item>(random: RandomBytes, items: readonly Item[], count: number): Item[] {
  const pool = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && pool.length > 0) {
    drawn.push(...pool.splice(drawBelow(random, pool.length), 1));
  }
  return drawn;
}

function drawWord(random: RandomBytes): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
}
