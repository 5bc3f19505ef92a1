// The policies that came through the API, in SQLite: one row for each tenant, replaced by the next.

import type { PolicyStore } from '../tenants/policies.js';
import type { Database } from './open-store.js';

export function sqlitePolicyStore(db: Database): PolicyStore {
  return {
    async find(tenantId) {
      const row = await db.selectFrom('policies').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
      if (row === undefined) return undefined;
      const document: unknown = JSON.parse(row.document);
      return { document, putAtMs: row.put_at_ms, tokenId: row.token_id, version: row.version };
    },

    async put(tenantId, { document, putAtMs, tokenId }, after) {
      const row = { document: JSON.stringify(document), put_at_ms: putAtMs, token_id: tokenId, version: after + 1 };
      const changed =
        after === 0
          ? await db
              .insertInto('policies')
              .values({ tenant_id: tenantId, ...row })
              .onConflict((conflict) => conflict.doNothing())
              .executeTakeFirst()
          : await db
              .updateTable('policies')
              .set(row)
              .where('tenant_id', '=', tenantId)
              .where('version', '=', after)
              .executeTakeFirst();
      return ('numUpdatedRows' in changed ? changed.numUpdatedRows : changed.numInsertedOrUpdatedRows) === 1n;
    },
  };
}
