// Letters that wait to be sent, in SQLite: mails in one table, messages to ticket systems in another. Directly, and not by Kysely:
// every reset leaves some here. What a letter says arrives encrypted; at the limit nothing is taken, and nothing pushed out.

import { z } from 'zod';
import type { OutboxStore } from '../outbox/outbox-store.js';
import type { DirectStatements } from './direct-statements.js';
import { STORE_LIMITS } from './prune-store.js';

const LETTERS_MAX = { outbox: STORE_LIMITS.outboxMax, ticket_outbox: STORE_LIMITS.ticketOutboxMax } as const;

export function sqliteOutboxStore(direct: DirectStatements, table: keyof typeof LETTERS_MAX): OutboxStore {
  const text = sqlOf(table);
  const count = direct.prepare(text.count);
  const insert = direct.prepare(text.insert);
  const due = direct.prepare(text.due);
  const postpone = direct.prepare(text.postpone);
  const remove = direct.prepare(text.remove);
  return {
    add: (letter, nowMs) =>
      direct.relaxed(() => {
        if (countSchema.parse(count.get()).letters >= LETTERS_MAX[table]) return false;
        insert.run(letter.id, letter.sealedLetter, letter.notAfterMs, nowMs);
        return true;
      }),
    due: (nowMs, limit) => direct.read(() => due.all(nowMs, limit).map((row) => letterSchema.parse(row))),
    postpone: (id, nextAttemptAtMs) =>
      direct.durably(() => {
        postpone.run(nextAttemptAtMs, id);
      }),
    remove: (id) =>
      // After a power cut a letter may be sent once more: better than a wait for the disk per letter.
      direct.relaxed(() => {
        remove.run(id);
      }),
  };
}

const sqlOf = (table: keyof typeof LETTERS_MAX) => ({
  count: `select count(*) as letters from ${table}`,
  insert: `insert into ${table} (id, sealed_letter, not_after_ms, next_attempt_at_ms, attempts) values (?, ?, ?, ?, 0)`,
  due: `select id, sealed_letter as sealedLetter, not_after_ms as notAfterMs, attempts from ${table}
    where next_attempt_at_ms <= ? order by next_attempt_at_ms limit ?`,
  postpone: `update ${table} set next_attempt_at_ms = ?, attempts = attempts + 1 where id = ?`,
  remove: `delete from ${table} where id = ?`,
});

const countSchema = z.object({ letters: z.int() });

const letterSchema = z.object({
  id: z.string(),
  sealedLetter: z.instanceof(Uint8Array),
  notAfterMs: z.int(),
  attempts: z.int(),
});
