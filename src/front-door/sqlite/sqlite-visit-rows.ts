// Visits under way, in SQLite: what they are is encrypted before it comes here. A save names the version it started from.

import type { AccountRef } from '../methods/method-store.js';
import type { VisitRows } from '../sign-in/visit-store.js';
import type { Database } from './open-store.js';

export function sqliteVisitRows(db: Database): VisitRows {
  return {
    async put(sessionHash, { state, expiresAtMs, account }) {
      const row = { state, version: 1, expires_at_ms: expiresAtMs, ...ownerOf(account) };
      await db
        .insertInto('visits')
        .values({ session_hash: sessionHash, ...row })
        .onConflict((conflict) => conflict.column('session_hash').doUpdateSet(row))
        .execute();
    },
    async find(sessionHash) {
      const query = db.selectFrom('visits').select(['state', 'version']).where('session_hash', '=', sessionHash);
      return query.executeTakeFirst();
    },
    async save(sessionHash, { state, version, expiresAtMs, account }) {
      const { numUpdatedRows } = await db
        .updateTable('visits')
        .set({ state, version: version + 1, expires_at_ms: expiresAtMs, ...ownerOf(account) })
        .where('session_hash', '=', sessionHash)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async remove(sessionHash) {
      await db.deleteFrom('visits').where('session_hash', '=', sessionHash).execute();
    },
    async removeOfAccount({ tenantId, anchor }, exceptSessionHash) {
      await db
        .deleteFrom('visits')
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .where('session_hash', '!=', exceptSessionHash ?? '')
        .execute();
    },
  };
}

function ownerOf(account: AccountRef | undefined) {
  return { tenant_id: account?.tenantId ?? null, anchor: account?.anchor ?? null };
}
