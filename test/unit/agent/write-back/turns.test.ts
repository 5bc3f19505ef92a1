// Turns: who goes first, who waits, who is turned away, and that nobody is forgotten.

import { describe, expect, it } from 'vitest';
import { Turns } from '../../../../src/agent/write-back/turns.js';

const never = new AbortController().signal;

describe('turns', () => {
  it('are free for another key while one is held', async () => {
    const turns = new Turns({ width: 1, waitingMax: 0 });
    using ada = await turns.take('ada', never);
    using bob = await turns.take('bob', never);
    expect([ada, bob]).not.toContain(undefined);
  });

  it('are given as many at a time as they are wide, and no more wait than may', async () => {
    const turns = new Turns({ width: 2, waitingMax: 1 });
    const first = await turns.take('dc1', never);
    await turns.take('dc1', never);
    const third = turns.take('dc1', never);
    expect(await turns.take('dc1', never)).toBeUndefined();
    first?.[Symbol.dispose]();
    expect(await third).toBeDefined();
  });

  it('pass on in the order they were asked for, and to nobody who comes in between', async () => {
    const turns = new Turns({ width: 1, waitingMax: 3 });
    const order: number[] = [];
    const first = await turns.take('ada', never);
    const waiting = [1, 2, 3].map(async (number) => {
      using _turn = await turns.take('ada', never);
      order.push(number);
    });
    first?.[Symbol.dispose]();
    using _late = await turns.take('ada', never);
    order.push(4);
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('are not given to who went away, and the next one gets theirs', async () => {
    const turns = new Turns({ width: 1, waitingMax: 2 });
    const first = await turns.take('ada', never);
    const gone = new AbortController();
    const second = turns.take('ada', gone.signal);
    const third = turns.take('ada', never);
    gone.abort(new Error('went away'));
    await expect(second).rejects.toThrow('went away');
    first?.[Symbol.dispose]();
    expect(await third).toBeDefined();
    await expect(turns.take('ada', gone.signal)).rejects.toThrow('went away');
  });

  it('given back twice count once, and leave nothing behind', async () => {
    const turns = new Turns({ width: 1, waitingMax: 1 });
    const first = await turns.take('ada', never);
    first?.[Symbol.dispose]();
    first?.[Symbol.dispose]();
    expect(turns.keysHeld).toBe(0);
    using _second = await turns.take('ada', never);
    const third = turns.take('ada', never);
    expect(await turns.take('ada', never)).toBeUndefined();
    void third;
  });
});
