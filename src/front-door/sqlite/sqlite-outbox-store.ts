// Mails that wait to be sent, in SQLite.
// What a mail says arrives encrypted; at the limit nothing is taken, and nothing pushed out.

import type { OutboxStore } from '../outbox/outbox-store.js';
import { type Database, relaxed } from './open-store.js';
import { STORE_LIMITS } from './prune-store.js';

export function sqliteOutboxStore(db: Database): OutboxStore {
  return {
    add: (mail, nowMs) =>
      relaxed(db, async (trx) => {
        const { count } = await trx
          .selectFrom('outbox')
          .select((expression) => expression.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        if (count >= STORE_LIMITS.outboxMax) return false;
        await trx
          .insertInto('outbox')
          .values({
            id: mail.id,
            sealed_mail: mail.sealedMail,
            not_after_ms: mail.notAfterMs,
            next_attempt_at_ms: nowMs,
            attempts: 0,
          })
          .execute();
        return true;
      }),
    async due(nowMs, limit) {
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('next_attempt_at_ms', '<=', nowMs)
        .orderBy('next_attempt_at_ms')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        sealedMail: row.sealed_mail,
        notAfterMs: row.not_after_ms,
        attempts: row.attempts,
      }));
    },
    async postpone(id, nextAttemptAtMs) {
      await db
        .updateTable('outbox')
        .set((expression) => ({ next_attempt_at_ms: nextAttemptAtMs, attempts: expression('attempts', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
    async remove(id) {
      // After a power cut a mail may be sent once more: better than a wait for the disk per mail.
      await relaxed(db, (trx) => trx.deleteFrom('outbox').where('id', '=', id).execute());
    },
  };
}
