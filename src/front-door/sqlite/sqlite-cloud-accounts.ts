// Accounts of the front door's own, in SQLite.
// Knows hashes of passwords only; one reset id changes one account once, whoever asks again.

import type { Selectable } from 'kysely';
import { z } from 'zod';
import { parseAccountAnchor, parseTenantId } from '../../protocol/identifiers.js';
import type { CloudAccount, CloudAccounts } from '../people/cloud-accounts.js';
import type { Database } from './open-store.js';
import type { Schema } from './schema.js';

const addressesSchema = z.array(z.string());

export function sqliteCloudAccounts(db: Database): CloudAccounts {
  const read = async (tenantId: string, anchor: string): Promise<CloudAccount | undefined> => {
    const row = await db
      .selectFrom('cloud_accounts')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('anchor', '=', anchor)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const names = await db
      .selectFrom('cloud_account_names')
      .select('name')
      .where('tenant_id', '=', tenantId)
      .where('anchor', '=', anchor)
      .orderBy('name')
      .execute();
    return accountOf(
      row,
      names.map(({ name }) => name),
    );
  };
  return {
    read,
    async find(tenantId, userId) {
      const row = await db
        .selectFrom('cloud_account_names')
        .select('anchor')
        .where('tenant_id', '=', tenantId)
        .where('name', '=', userId)
        .executeTakeFirst();
      return row && read(tenantId, row.anchor);
    },
    add: (account) =>
      db.transaction().execute(async (trx) => {
        const { tenantId, anchor, userIds } = account;
        const takenNames = await trx
          .selectFrom('cloud_account_names')
          .select('name')
          .where('tenant_id', '=', tenantId)
          .where('name', 'in', [...userIds, ''])
          .execute();
        const { numInsertedOrUpdatedRows } =
          takenNames.length > 0
            ? { numInsertedOrUpdatedRows: 0n }
            : await trx
                .insertInto('cloud_accounts')
                .values(rowOf(account))
                .onConflict((conflict) => conflict.columns(['tenant_id', 'anchor']).doNothing())
                .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        for (const name of userIds) {
          await trx.insertInto('cloud_account_names').values({ tenant_id: tenantId, name, anchor }).execute();
        }
        return true;
      }),
    setPasswordHash: ({ tenantId, anchor, resetId, passwordHash, atMs }) =>
      db.transaction().execute(async (trx) => {
        const earlier = await trx
          .selectFrom('cloud_resets')
          .selectAll()
          .where('reset_id', '=', resetId)
          .executeTakeFirst();
        if (earlier !== undefined) {
          const isSame = earlier.tenant_id === tenantId && earlier.anchor === anchor;
          return isSame ? 'already-set' : 'reset-id-reused';
        }
        const { numUpdatedRows } = await trx
          .updateTable('cloud_accounts')
          .set({ password_hash: passwordHash })
          .where('tenant_id', '=', tenantId)
          .where('anchor', '=', anchor)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return 'no-such-account';
        const reset = { reset_id: resetId, tenant_id: tenantId, anchor, at_ms: atMs };
        await trx.insertInto('cloud_resets').values(reset).execute();
        return 'set';
      }),
  };
}

function rowOf(account: CloudAccount): Schema['cloud_accounts'] {
  return {
    tenant_id: account.tenantId,
    anchor: account.anchor,
    display_name: account.displayName,
    addresses: JSON.stringify(account.addresses),
    is_administrator: account.isAdministrator ? 1 : 0,
    password_hash: account.passwordHash ?? null,
  };
}

function accountOf(row: Selectable<Schema['cloud_accounts']>, userIds: readonly string[]): CloudAccount {
  return {
    tenantId: parseTenantId(row.tenant_id),
    anchor: parseAccountAnchor(row.anchor),
    userIds,
    displayName: row.display_name,
    addresses: addressesSchema.parse(JSON.parse(row.addresses)),
    isAdministrator: row.is_administrator === 1,
    passwordHash: row.password_hash ?? undefined,
  };
}
