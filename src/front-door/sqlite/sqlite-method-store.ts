// What people registered to prove who they are, in SQLite.
// Authenticator secrets arrive encrypted and are not read here; a time step is used once, by one statement.

import type { Transaction } from 'kysely';
import {
  type AccountRef,
  ADDRESSES_PER_ACCOUNT_MAX,
  AUTHENTICATORS_PER_ACCOUNT_MAX,
  type MethodStore,
} from '../methods/method-store.js';
import type { Database } from './open-store.js';
import type { Schema } from './schema.js';

export function sqliteMethodStore(db: Database): MethodStore {
  return {
    async authenticators({ tenantId, anchor }) {
      const rows = await db
        .selectFrom('authenticators')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .orderBy('registered_at_ms')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        sealedSecret: row.sealed_secret,
        registeredAtMs: row.registered_at_ms,
      }));
    },
    addAuthenticator: (account, authenticator) =>
      db.transaction().execute(async (trx) => {
        if ((await countOf(trx, 'authenticators', account)) >= AUTHENTICATORS_PER_ACCOUNT_MAX) return false;
        await trx
          .insertInto('authenticators')
          .values({
            id: authenticator.id,
            tenant_id: account.tenantId,
            anchor: account.anchor,
            sealed_secret: authenticator.sealedSecret,
            last_step: 0,
            registered_at_ms: authenticator.registeredAtMs,
          })
          .execute();
        return true;
      }),
    async useStep(authenticatorId, step) {
      const { numUpdatedRows } = await db
        .updateTable('authenticators')
        .set({ last_step: step })
        .where('id', '=', authenticatorId)
        .where('last_step', '<', step)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async addresses({ tenantId, anchor }) {
      const rows = await db
        .selectFrom('method_addresses')
        .select('address')
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .orderBy('registered_at_ms')
        .orderBy('address')
        .execute();
      return rows.map(({ address }) => address);
    },
    addAddress: (account, address, atMs) =>
      db.transaction().execute(async (trx) => {
        if ((await countOf(trx, 'method_addresses', account)) >= ADDRESSES_PER_ACCOUNT_MAX) return false;
        await trx
          .insertInto('method_addresses')
          .values({ tenant_id: account.tenantId, anchor: account.anchor, address, registered_at_ms: atMs })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return true;
      }),
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

async function countOf(
  trx: Transaction<Schema>,
  table: 'authenticators' | 'method_addresses',
  account: AccountRef,
): Promise<number> {
  const { count } = await trx
    .selectFrom(table)
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', account.tenantId)
    .where('anchor', '=', account.anchor)
    .executeTakeFirstOrThrow();
  return count;
}
