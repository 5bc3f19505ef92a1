// The mirror of the directory's accounts, in SQLite. Absent accounts are marked, never deleted here.
// Invariant: an account goes absent only when a completed cycle, begun after it was last seen by anybody, did not see it.

import type { Transaction } from 'kysely';
import { type ManagedAccount, managedAccountSchema } from '../../protocol/managed-accounts.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import type { AccountMirror, SyncSource } from '../people/account-mirror.js';
import { accountNames } from '../people/account-names.js';
import type { Database } from './open-store.js';
import type { Schema } from './schema.js';

export function sqliteAccountMirror(db: Database): AccountMirror {
  return {
    applyBatch: (source, accounts) =>
      db.transaction().execute(async (trx) => {
        await beginCycle(trx, source);
        const seenIn = await latestCycle(trx, source.tenantId);
        for (const account of accounts) await keep(trx, source.tenantId, account, seenIn);
      }),

    completeCycle: (source) =>
      db.transaction().execute(async (trx) => {
        const cycle = await trx
          .selectFrom('sync_cycles')
          .selectAll()
          .where('tenant_id', '=', source.tenantId)
          .where('agent_id', '=', source.agentId)
          .where('generation', '=', source.generation)
          .executeTakeFirst();
        // No batch came: a directory without a single account is a read that went wrong, not a directory.
        if (cycle === undefined) return;
        await trx
          .updateTable('accounts')
          .set({ is_absent: 1 })
          .where('tenant_id', '=', source.tenantId)
          .where('seen_in_cycle', '<', cycle.id)
          .execute();
        await trx.updateTable('sync_cycles').set({ is_complete: 1 }).where('id', '=', cycle.id).execute();
      }),

    refresh: (tenantId, account) =>
      db.transaction().execute(async (trx) => {
        await keep(trx, tenantId, account, await latestCycle(trx, tenantId));
      }),

    async find(tenantId, userId) {
      const name = canonicalUserId(userId);
      if (name === undefined) return { kind: 'not-found' };
      const rows = await db
        .selectFrom('account_names')
        .innerJoin('accounts', (join) =>
          join
            .onRef('accounts.tenant_id', '=', 'account_names.tenant_id')
            .onRef('accounts.anchor', '=', 'account_names.anchor'),
        )
        .select('accounts.account')
        .where('account_names.tenant_id', '=', tenantId)
        .where('account_names.name', '=', name)
        .where('accounts.is_absent', '=', 0)
        .limit(2)
        .execute();
      const [only, another] = rows;
      if (only === undefined) return { kind: 'not-found' };
      if (another !== undefined) return { kind: 'ambiguous' };
      return { kind: 'found', account: managedAccountSchema.parse(JSON.parse(only.account)) };
    },

    async read(tenantId, anchor) {
      const query = db.selectFrom('accounts').select('account').where('tenant_id', '=', tenantId);
      const row = await query.where('anchor', '=', anchor).where('is_absent', '=', 0).executeTakeFirst();
      return row && managedAccountSchema.parse(JSON.parse(row.account));
    },

    async count(tenantId) {
      const { count } = await db
        .selectFrom('accounts')
        .select((expression) => expression.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .where('is_absent', '=', 0)
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}

async function beginCycle(trx: Transaction<Schema>, source: SyncSource): Promise<void> {
  const { tenantId, agentId, generation } = source;
  const begun = await trx
    .insertInto('sync_cycles')
    .values({ tenant_id: tenantId, agent_id: agentId, generation, is_complete: 0 })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'agent_id', 'generation']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (begun === undefined) return;
  // The agent has left its earlier cycles behind, complete or not: they will not be completed any more.
  await trx
    .deleteFrom('sync_cycles')
    .where('tenant_id', '=', tenantId)
    .where('agent_id', '=', agentId)
    .where('id', '<', begun.id)
    .execute();
}

async function latestCycle(trx: Transaction<Schema>, tenantId: string): Promise<number> {
  const { latest } = await trx
    .selectFrom('sync_cycles')
    .select((expression) => expression.fn.max<number | null>('id').as('latest'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow();
  return latest ?? 0;
}

async function keep(
  trx: Transaction<Schema>,
  tenantId: string,
  account: ManagedAccount,
  seenInCycle: number,
): Promise<void> {
  const values = { account: JSON.stringify(account), seen_in_cycle: seenInCycle, is_absent: 0 };
  await trx
    .insertInto('accounts')
    .values({ tenant_id: tenantId, anchor: account.anchor, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'anchor']).doUpdateSet(values))
    .execute();
  await trx
    .deleteFrom('account_names')
    .where('tenant_id', '=', tenantId)
    .where('anchor', '=', account.anchor)
    .execute();
  const names = accountNames(account).map((name) => ({ tenant_id: tenantId, name, anchor: account.anchor }));
  if (names.length > 0) await trx.insertInto('account_names').values(names).execute();
}
