// What throttles remember, in SQLite. Directly, and not by Kysely: every attempt at anything comes here.
// Reading, deciding and writing one attempt is one transaction, so that none is lost among many at once. None waits for the
// disk: the answer to the attempt does, since its audit entry or its flow is written after it.

import { z } from 'zod';
import type { ThrottleState } from '../throttles/decide-throttle.js';
import type { ThrottleStore } from '../throttles/throttle-store.js';
import type { DirectStatements } from './direct-statements.js';

export function sqliteThrottleStore(direct: DirectStatements): ThrottleStore {
  const select = direct.prepare(SQL.select);
  const replace = direct.prepare(SQL.replace);
  const clear = direct.prepare(SQL.clear);

  const read = (name: string, key: string): ThrottleState | undefined => {
    const row = select.get(name, key);
    return row && rowSchema.parse(row).state;
  };
  return {
    read: ({ name, key }) => direct.read(() => read(name, key)),
    update: ({ name, key }, decide) =>
      direct.relaxed(() => {
        const { state, forgottenAtMs, result } = decide(read(name, key));
        replace.run(name, key, JSON.stringify(state), forgottenAtMs);
        return result;
      }),
    clear: (names, key) =>
      direct.relaxed(() =>
        names.flatMap((name) =>
          clear.all(name, key, `${key}/`, `${key}0`).map((row) => ({ name, state: rowSchema.parse(row).state })),
        ),
      ),
  };
}

const SQL = {
  select: 'select state from throttles where name = ? and key = ?',
  replace: 'insert or replace into throttles (name, key, state, forgotten_at_ms) values (?, ?, ?, ?)',
  // Keys are anchors and hashes, which hold neither % nor _ that LIKE would read; a range asks no pattern at all.
  clear: 'delete from throttles where name = ? and (key = ? or (key > ? and key < ?)) returning state',
};

const rowSchema = z.object({
  state: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(
      z
        .object({ attemptsMs: z.array(z.number()), blockedUntilMs: z.number().optional() })
        .transform(({ attemptsMs, blockedUntilMs }) => ({ attemptsMs, blockedUntilMs })),
    ),
});
