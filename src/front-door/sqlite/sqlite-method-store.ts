// What people registered to prove who they are, in SQLite.
// Secrets arrive encrypted and are not read here; a counter rises and a code is used once, by one statement.

import { METHODS_PER_KIND_MAX, type MethodStore } from '../methods/method-store.js';
import { METHOD_KINDS } from '../tenants/tenant.js';
import type { Database } from './open-store.js';

export function sqliteMethodStore(db: Database): MethodStore {
  return {
    async list({ tenantId, anchor }) {
      const rows = await db
        .selectFrom('registered_methods')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .orderBy('set_up_at_ms')
        .orderBy('id')
        .execute();
      return rows.flatMap(({ id, kind, name, address, data, counter, set_up_at_ms, used_at_ms }) => {
        const known = METHOD_KINDS.find((each) => each === kind);
        // Of a kind that this build does not offer any more: kept for the one that does.
        if (known === undefined) return [];
        const usedAtMs = used_at_ms ?? undefined;
        return [{ id, kind: known, name, address, data, counter, setUpAtMs: set_up_at_ms, usedAtMs }];
      });
    },
    add: ({ tenantId, anchor }, { id, kind, name, address, data, setUpAtMs }) =>
      db.transaction().execute(async (trx) => {
        const there = await trx
          .selectFrom('registered_methods')
          .select('address')
          .where('tenant_id', '=', tenantId)
          .where('anchor', '=', anchor)
          .where('kind', '=', kind)
          .execute();
        const isThere = address !== '' && there.some((one) => one.address.toLowerCase() === address.toLowerCase());
        if (isThere) return 'there-already';
        if (there.length >= METHODS_PER_KIND_MAX) return 'too-many';
        const row = { id, tenant_id: tenantId, anchor, kind, name, address, data, counter: 0, used_at_ms: null };
        await trx
          .insertInto('registered_methods')
          .values({ ...row, set_up_at_ms: setUpAtMs })
          .execute();
        return 'added';
      }),
    async rename({ tenantId, anchor }, id, name) {
      const { numUpdatedRows } = await db
        .updateTable('registered_methods')
        .set({ name })
        .where('id', '=', id)
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async remove({ tenantId, anchor }, id) {
      const { numDeletedRows } = await db
        .deleteFrom('registered_methods')
        .where('id', '=', id)
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async advance(id, counter, atMs) {
      const { numUpdatedRows } = await db
        .updateTable('registered_methods')
        .set({ counter, used_at_ms: atMs })
        .where('id', '=', id)
        .where('counter', '<', counter)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async confirmedAtMs({ tenantId, anchor }) {
      const row = await db
        .selectFrom('method_confirmations')
        .select('at_ms')
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .executeTakeFirst();
      return row?.at_ms;
    },
    async confirm({ tenantId, anchor }, atMs) {
      await db
        .insertInto('method_confirmations')
        .values({ tenant_id: tenantId, anchor, at_ms: atMs })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'anchor']).doUpdateSet({ at_ms: atMs }))
        .execute();
    },
    setRecoveryCodes: ({ tenantId, anchor }, digests, atMs) =>
      db.transaction().execute(async (trx) => {
        await trx.deleteFrom('recovery_codes').where('tenant_id', '=', tenantId).where('anchor', '=', anchor).execute();
        const rows = digests.map((digest) => ({
          tenant_id: tenantId,
          anchor,
          digest,
          made_at_ms: atMs,
          used_at_ms: null,
        }));
        if (rows.length > 0) await trx.insertInto('recovery_codes').values(rows).execute();
      }),
    async recoveryCodesLeft({ tenantId, anchor }) {
      const { count } = await db
        .selectFrom('recovery_codes')
        .select((expression) => expression.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .where('used_at_ms', 'is', null)
        .executeTakeFirstOrThrow();
      return count;
    },
    async useRecoveryCode({ tenantId, anchor }, digest, atMs) {
      const { numUpdatedRows } = await db
        .updateTable('recovery_codes')
        .set({ used_at_ms: atMs })
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .where('digest', '=', digest)
        .where('used_at_ms', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 1n) return 'now';
      const known = await db
        .selectFrom('recovery_codes')
        .select('digest')
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .where('digest', '=', digest)
        .executeTakeFirst();
      return known === undefined ? 'unknown' : 'before';
    },
  };
}
