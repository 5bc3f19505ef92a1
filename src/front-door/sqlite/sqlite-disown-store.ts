// The links by which people say "this wasn't me", in SQLite. Using one up is one statement, so that of two at once one does it.

import { z } from 'zod';
import { parseAccountAnchor, parseTenantId } from '../../protocol/identifiers.js';
import {
  DISOWN_LINKS_PER_ACCOUNT_MAX,
  DISOWNABLES,
  type Disowned,
  type DisownStore,
  PASSWORD_FATES,
  type StoredDisownLink,
} from '../disowning/disown-store.js';
import type { DirectStatements } from './direct-statements.js';

export function sqliteDisownStore(direct: DirectStatements): DisownStore {
  const insert = direct.prepare(SQL.insert);
  const trim = direct.prepare(SQL.trim);
  const select = direct.prepare(SQL.select);
  const use = direct.prepare(SQL.use);
  const settle = direct.prepare(SQL.settle);
  return {
    add: ({ linkId, digest, account: { tenantId, anchor }, what, addedId, ...rest }) =>
      // Followed by the mail it is for; one that a power cut took with it can be used no more, and the mail says whom to tell.
      direct.relaxed(() => {
        const { doneAtMs, supportId, expiresAtMs } = rest;
        insert.run(linkId, digest, tenantId, anchor, what, addedId ?? null, doneAtMs, supportId, expiresAtMs);
        trim.run(tenantId, anchor, DISOWN_LINKS_PER_ACCOUNT_MAX);
      }),
    find: (linkId) =>
      direct.read(() => {
        const row = select.get(linkId);
        return row && rowSchema.parse(row);
      }),
    use: (linkId, sessionHash) => direct.durably(() => use.run(sessionHash, linkId).changes === 1),
    settle: (linkId, { password, waysRemoved, areAdministratorsTold }) =>
      direct.durably(() => {
        settle.run(password, waysRemoved, areAdministratorsTold ? 1 : 0, linkId);
      }),
  };
}

const SQL = {
  insert: `insert into disown_links (id, digest, tenant_id, anchor, what, added_id, done_at_ms, support_id, expires_at_ms)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  trim: `delete from disown_links where id in
    (select id from disown_links where tenant_id = ? and anchor = ? order by expires_at_ms desc limit -1 offset ?)`,
  select: 'select * from disown_links where id = ?',
  use: 'update disown_links set session_hash = ? where id = ? and session_hash is null',
  settle: 'update disown_links set password_fate = ?, ways_removed = ?, is_told = ? where id = ?',
};

const rowSchema = z
  .object({
    id: z.string(),
    digest: z.instanceof(Uint8Array),
    tenant_id: z.string().transform(parseTenantId),
    anchor: z.string().transform(parseAccountAnchor),
    what: z.enum(DISOWNABLES),
    added_id: z.string().nullable(),
    done_at_ms: z.int(),
    support_id: z.string(),
    expires_at_ms: z.int(),
    session_hash: z.string().nullable(),
    password_fate: z.enum(PASSWORD_FATES).nullable(),
    ways_removed: z.int().nullable(),
    is_told: z.int().nullable(),
  })
  .transform(
    (row): StoredDisownLink => ({
      linkId: row.id,
      digest: row.digest,
      account: { tenantId: row.tenant_id, anchor: row.anchor },
      what: row.what,
      addedId: row.added_id ?? undefined,
      doneAtMs: row.done_at_ms,
      supportId: row.support_id,
      expiresAtMs: row.expires_at_ms,
      use: row.session_hash === null ? undefined : { sessionHash: row.session_hash, disowned: disownedOf(row) },
    }),
  );

function disownedOf(row: {
  password_fate: Disowned['password'] | null;
  ways_removed: number | null;
  is_told: number | null;
}): Disowned | undefined {
  if (row.password_fate === null) return undefined;
  return {
    password: row.password_fate,
    waysRemoved: row.ways_removed ?? 0,
    areAdministratorsTold: row.is_told === 1,
  };
}
