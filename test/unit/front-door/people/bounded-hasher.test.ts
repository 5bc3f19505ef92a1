// So many hash at a time, so many wait, and one more is turned away at once.

import { expect, test } from 'vitest';
import { boundedHasher, HasherBusy } from '../../../../src/front-door/people/bounded-hasher.js';

function heldHasher() {
  const begun: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => begun.push(resolve));
  return {
    begun,
    inner: {
      hash: async () => {
        await work();
        return 'hash';
      },
      matches: async () => {
        await work();
        throw new Error('not a hash');
      },
    },
  };
}

const bytes = new Uint8Array();
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('lets no more than so many hash side by side, and the others one after the other', async () => {
  const { begun, inner } = heldHasher();
  const hasher = boundedHasher(inner, { atOnceMax: 2, waitingMax: 10 });
  const all = Array.from({ length: 5 }, () => hasher.hash(bytes));
  for (const expected of [2, 3, 4, 5]) {
    await turn();
    expect(begun).toHaveLength(expected);
    begun[expected - 2]?.();
  }
  begun[4]?.();
  expect(await Promise.all(all)).toEqual(Array(5).fill('hash'));
});

test('turns away whoever would wait behind too many, and takes them when those are done', async () => {
  const { begun, inner } = heldHasher();
  const hasher = boundedHasher(inner, { atOnceMax: 1, waitingMax: 1 });
  const taken = [hasher.hash(bytes), hasher.hash(bytes)];
  await expect(hasher.hash(bytes)).rejects.toThrow(HasherBusy);
  await expect(hasher.matches('', bytes)).rejects.toThrow(HasherBusy);
  begun[0]?.();
  await turn();
  begun[1]?.();
  await Promise.all(taken);
  const later = hasher.hash(bytes);
  await turn();
  begun[2]?.();
  expect(await later).toBe('hash');
});

test('a hash that fails gives its place up all the same', async () => {
  const { begun, inner } = heldHasher();
  const hasher = boundedHasher(inner, { atOnceMax: 1, waitingMax: 1 });
  const failing = hasher.matches('', bytes);
  const behind = hasher.hash(bytes);
  begun[0]?.();
  await expect(failing).rejects.toThrow('not a hash');
  await turn();
  begun[1]?.();
  expect(await behind).toBe('hash');
});
