// When a line is written: at once, or after the turn in which it was told; none is lost or out of order.

import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/logging/log.js';
import { nextTurn } from '../../../src/timing/waits.js';

describe('a line', () => {
  it('is written at once unless it may wait', () => {
    const lines: string[] = [];
    createLog({ level: 'info', program: 'agent' }, { write: (line) => void lines.push(line) }).info({}, 'told');
    expect(lines).toHaveLength(1);
  });

  it('that may wait is written after the turn in which it was told, in the order of the telling', async () => {
    const lines: string[] = [];
    const options = { level: 'info', program: 'agent', lines: 'next-turn' } as const;
    const log = createLog(options, { write: (line) => void lines.push(line) });
    log.info({ resetId: 'first' }, 'reset-received');
    log.error({ resetId: 'second' }, 'command-failed');
    log.debug({ resetId: 'third' }, 'of no interest at this level');
    await Promise.resolve();
    expect(lines).toEqual([]);

    await nextTurn();
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'info', program: 'agent', resetId: 'first', msg: 'reset-received' },
      { level: 'error', program: 'agent', resetId: 'second', msg: 'command-failed' },
    ]);
    expect(lines).toHaveLength(2);
  });
});
