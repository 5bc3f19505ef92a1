// What people registered to prove who they are, in SQLite.
// Secrets arrive encrypted and are not read here; a counter rises and a code is used once, by one statement.

import { METHOD_KINDS } from '../methods/every-method.js';
import { type AccountRef, METHODS_PER_KIND_MAX, type MethodStore, type NewMethod } from '../methods/method-store.js';
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
        await trx
          .insertInto('registered_methods')
          .values(newRow({ tenantId, anchor }, { id, kind, name, address, data, setUpAtMs }))
          .execute();
        return 'added';
      }),
    replace: ({ tenantId, anchor }, method) =>
      db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('registered_methods')
          .where('tenant_id', '=', tenantId)
          .where('anchor', '=', anchor)
          .where('kind', '=', method.kind)
          .execute();
        await trx.insertInto('registered_methods').values(newRow({ tenantId, anchor }, method)).execute();
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
    async advance(id, counter, usedAtMs) {
      const { numUpdatedRows } = await db
        .updateTable('registered_methods')
        .set(usedAtMs === undefined ? { counter } : { counter, used_at_ms: usedAtMs })
        .where('id', '=', id)
        .where('counter', counter === 0 ? '=' : '<', counter)
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
    async recoveryCodesMade({ tenantId, anchor }) {
      const row = await db
        .selectFrom('recovery_codes')
        .select('made_at_ms')
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        // All were made at once.
        .limit(1)
        .executeTakeFirst();
      return row && { madeAtMs: row.made_at_ms };
    },
    async removeRecoveryCodes({ tenantId, anchor }) {
      const { numDeletedRows } = await db
        .deleteFrom('recovery_codes')
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
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

function newRow({ tenantId, anchor }: AccountRef, { id, kind, name, address, data, setUpAtMs }: NewMethod) {
  const keys = { id, tenant_id: tenantId, anchor, kind, name, address };
  return { ...keys, data, counter: 0, set_up_at_ms: setUpAtMs, used_at_ms: null };
}
