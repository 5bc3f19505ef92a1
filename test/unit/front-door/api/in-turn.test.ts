// One after the other for the same key, and side by side for different ones.

import { expect, test } from 'vitest';
import { InTurn } from '../../../../src/front-door/api/in-turn.js';

test('work with the same key waits for the one before, even when that failed; work with another key does not', async () => {
  const turns = new InTurn();
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.run('a', async () => {
    await gate.promise;
    seen.push('a1');
    throw new Error('it went wrong');
  });
  const second = turns.run('a', async () => seen.push('a2'));
  await turns.run('b', async () => seen.push('b1'));
  gate.resolve();
  await expect(first).rejects.toThrow('it went wrong');
  await second;
  expect(seen).toEqual(['b1', 'a1', 'a2']);
});
