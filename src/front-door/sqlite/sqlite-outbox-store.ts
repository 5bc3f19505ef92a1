// Mails that wait to be sent, in SQLite. Directly, and not by Kysely: every reset leaves some here.
// What a mail says arrives encrypted; at the limit nothing is taken, and nothing pushed out.

import { z } from 'zod';
import type { OutboxStore } from '../outbox/outbox-store.js';
import type { DirectStatements } from './direct-statements.js';
import { STORE_LIMITS } from './prune-store.js';

export function sqliteOutboxStore(direct: DirectStatements): OutboxStore {
  const count = direct.prepare(SQL.count);
  const insert = direct.prepare(SQL.insert);
  const due = direct.prepare(SQL.due);
  const postpone = direct.prepare(SQL.postpone);
  const remove = direct.prepare(SQL.remove);
  return {
    add: (mail, nowMs) =>
      direct.relaxed(() => {
        if (countSchema.parse(count.get()).mails >= STORE_LIMITS.outboxMax) return false;
        insert.run(mail.id, mail.sealedMail, mail.notAfterMs, nowMs);
        return true;
      }),
    due: (nowMs, limit) => direct.read(() => due.all(nowMs, limit).map((row) => mailSchema.parse(row))),
    postpone: (id, nextAttemptAtMs) =>
      direct.durably(() => {
        postpone.run(nextAttemptAtMs, id);
      }),
    remove: (id) =>
      // After a power cut a mail may be sent once more: better than a wait for the disk per mail.
      direct.relaxed(() => {
        remove.run(id);
      }),
  };
}

const SQL = {
  count: 'select count(*) as mails from outbox',
  insert: 'insert into outbox (id, sealed_mail, not_after_ms, next_attempt_at_ms, attempts) values (?, ?, ?, ?, 0)',
  due: `select id, sealed_mail as sealedMail, not_after_ms as notAfterMs, attempts from outbox
    where next_attempt_at_ms <= ? order by next_attempt_at_ms limit ?`,
  postpone: 'update outbox set next_attempt_at_ms = ?, attempts = attempts + 1 where id = ?',
  remove: 'delete from outbox where id = ?',
};

const countSchema = z.object({ mails: z.int() });

const mailSchema = z.object({
  id: z.string(),
  sealedMail: z.instanceof(Uint8Array),
  notAfterMs: z.int(),
  attempts: z.int(),
});
