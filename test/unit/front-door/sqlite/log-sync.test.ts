// Who waits for which sync: one that began before something was written says nothing of it.

import { describe, expect, it } from 'vitest';
import { LogSync } from '../../../../src/front-door/sqlite/log-sync.js';

function aLog() {
  const begun: PromiseWithResolvers<void>[] = [];
  const log = new LogSync(() => {
    const sync = Promise.withResolvers<void>();
    begun.push(sync);
    return sync.promise;
  });
  return { log, begun };
}

describe('a synced log', () => {
  it('is synced once for all who come before that begins', async () => {
    const { log, begun } = aLog();
    const [one, other] = [log.reached(), log.reached()];
    await begins(begun, 1);
    begun[0]?.resolve();
    await Promise.all([one, other]);
    expect(begun.length).toBe(1);
  });

  it('is synced once more, and after that one, for whoever comes while one is under way', async () => {
    const { log, begun } = aLog();
    const first = log.reached();
    await begins(begun, 1);
    let isReached = false;
    const second = log.reached().then(() => {
      isReached = true;
    });
    begun[0]?.resolve();
    await first;
    await begins(begun, 2);
    expect(isReached).toBe(false);
    begun[1]?.resolve();
    await second;
    expect(begun.length).toBe(2);
  });

  it('is not believed any more after a sync that failed', async () => {
    const { log, begun } = aLog();
    const first = log.reached();
    await begins(begun, 1);
    const second = log.reached();
    begun[0]?.reject(new RangeError('no room'));
    await expect(first).rejects.toMatchObject({ code: 'log-not-synced' });
    await expect(second).rejects.toMatchObject({ code: 'log-not-synced' });
    await expect(log.reached()).rejects.toMatchObject({ code: 'log-not-synced' });
    expect(begun.length).toBe(1);
  });
});

/** Resolves when as many syncs have begun. */
async function begins(begun: readonly unknown[], count: number): Promise<void> {
  await expect.poll(() => begun.length).toBe(count);
}
