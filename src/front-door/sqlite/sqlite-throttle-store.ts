// What throttles remember, in SQLite.
// Reading, deciding and writing one attempt is one transaction, so that none is lost among many at once. None waits for the
// disk: the answer to the attempt does, since its audit entry or its flow is written after it.

import { z } from 'zod';
import type { ThrottleStore } from '../throttles/throttle-store.js';
import { type Database, relaxed } from './open-store.js';

const stateSchema = z
  .object({ attemptsMs: z.array(z.number()), blockedUntilMs: z.number().optional() })
  .transform(({ attemptsMs, blockedUntilMs }) => ({ attemptsMs, blockedUntilMs }));

export function sqliteThrottleStore(db: Database): ThrottleStore {
  const select = (from: Database, name: string, key: string) =>
    from.selectFrom('throttles').select('state').where('name', '=', name).where('key', '=', key).executeTakeFirst();
  return {
    async read({ name, key }) {
      const row = await select(db, name, key);
      return row && stateSchema.parse(JSON.parse(row.state));
    },
    update: ({ name, key }, decide) =>
      relaxed(db, async (trx) => {
        const row = await select(trx, name, key);
        const { state, forgottenAtMs, result } = decide(row && stateSchema.parse(JSON.parse(row.state)));
        const values = { state: JSON.stringify(state), forgotten_at_ms: forgottenAtMs };
        await trx
          .insertInto('throttles')
          .values({ name, key, ...values })
          .onConflict((conflict) => conflict.columns(['name', 'key']).doUpdateSet(values))
          .execute();
        return result;
      }),
    async clear(names, key) {
      await db
        .deleteFrom('throttles')
        .where('name', 'in', [...names])
        // Keys are anchors and hashes, which hold neither % nor _ that LIKE would read; a range asks no pattern at all.
        .where((where) =>
          where.or([where('key', '=', key), where.and([where('key', '>', `${key}/`), where('key', '<', `${key}0`)])]),
        )
        .execute();
    },
  };
}
