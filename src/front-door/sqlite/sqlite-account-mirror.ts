// The mirror of the directory's accounts, in SQLite. Absent accounts are marked here, and deleted by prune-store.ts.
// Invariant: an account goes absent only when a completed cycle, begun after it was last seen by anybody, did not see it, and that
// cycle is of the agent whose read saw it last, or that agent is gone.

import type { Transaction } from 'kysely';
import { z } from 'zod';
import { parseAgentId } from '../../protocol/identifiers.js';
import { type ManagedAccount, managedAccountSchema } from '../../protocol/managed-accounts.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import type { Clock } from '../../timing/clock.js';
import { type AccountMirror, MIRRORED_ACCOUNTS_MAX, MirrorFull, type SyncSource } from '../people/account-mirror.js';
import { accountNames } from '../people/account-names.js';
import type { Store } from './open-store.js';
import type { Schema } from './schema.js';

export function sqliteAccountMirror(
  { db, direct }: Pick<Store, 'db' | 'direct'>,
  { clock, accountsMax = MIRRORED_ACCOUNTS_MAX }: { readonly clock: Clock; readonly accountsMax?: number },
): AccountMirror {
  // Directly, and not by Kysely: every call of the API for one account comes here.
  const read = direct.prepare(
    'select account from accounts where tenant_id = ? and anchor = ? and absent_since_ms is null',
  );
  return {
    beginCycle: (source) =>
      db.transaction().execute(async (trx) => {
        if ((await countRows(trx, source.tenantId)) >= accountsMax) {
          throw new MirrorFull(`the mirror holds ${accountsMax} accounts of this tenant already`);
        }
        await forgetCycles(trx, source);
        await insertCycle(trx, source);
      }),

    applyBatch: (source, accounts) =>
      db.transaction().execute(async (trx) => {
        await ensureCycle(trx, source);
        const seenIn = await latestCycle(trx, source.tenantId);
        for (const account of accounts) await keep(trx, source, account, seenIn);
      }),

    completeCycle: (source) =>
      db.transaction().execute(async (trx) => {
        const cycle = await trx
          .selectFrom('sync_cycles')
          .selectAll()
          .where('tenant_id', '=', source.tenantId)
          .where('agent_id', '=', source.agentId)
          .where('generation', '=', source.generation)
          .where('is_complete', '=', 0)
          .executeTakeFirst();
        // No batch came: a directory without a single account is a read that went wrong, not a directory.
        if (cycle === undefined) return;
        await trx
          .updateTable('accounts')
          .set({ absent_since_ms: clock.nowMs() })
          .where('tenant_id', '=', source.tenantId)
          .where('seen_in_cycle', '<', cycle.id)
          .where('absent_since_ms', 'is', null)
          .where(({ eb, or }) =>
            or([
              eb('source_agent_id', '=', source.agentId),
              eb('source_agent_id', 'is', null),
              eb('source_agent_id', 'not in', livingAgents(trx, source.tenantId)),
            ]),
          )
          .execute();
        await trx.updateTable('sync_cycles').set({ is_complete: 1 }).where('id', '=', cycle.id).execute();
      }),

    refresh: (tenantId, account) =>
      db.transaction().execute(async (trx) => {
        await keep(trx, { tenantId }, account, await latestCycle(trx, tenantId));
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
        .select(['accounts.account', 'accounts.source_agent_id'])
        .where('account_names.tenant_id', '=', tenantId)
        .where('account_names.name', '=', name)
        .where('accounts.absent_since_ms', 'is', null)
        .limit(2)
        .execute();
      const [only, another] = rows;
      if (only === undefined) return { kind: 'not-found' };
      if (another !== undefined) return { kind: 'ambiguous' };
      const sourceAgentId = only.source_agent_id === null ? undefined : parseAgentId(only.source_agent_id);
      return { kind: 'found', account: managedAccountSchema.parse(JSON.parse(only.account)), sourceAgentId };
    },

    read: (tenantId, anchor) =>
      direct.read(() => {
        const row = read.get(tenantId, anchor);
        return row && managedAccountSchema.parse(JSON.parse(rowSchema.parse(row).account));
      }),

    async count(tenantId) {
      const { count } = await db
        .selectFrom('accounts')
        .select((expression) => expression.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .where('absent_since_ms', 'is', null)
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}

const rowSchema = z.object({ account: z.string() });

/** A batch of a cycle whose beginning nobody announced begins it. */
async function ensureCycle(trx: Transaction<Schema>, source: SyncSource): Promise<void> {
  const { tenantId, agentId, generation } = source;
  const known = await trx
    .selectFrom('sync_cycles')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('agent_id', '=', agentId)
    .where('generation', '=', generation)
    .executeTakeFirst();
  if (known !== undefined) return;
  await forgetCycles(trx, source);
  await insertCycle(trx, source);
}

async function insertCycle(trx: Transaction<Schema>, { tenantId, agentId, generation }: SyncSource): Promise<void> {
  const row = { tenant_id: tenantId, agent_id: agentId, generation, is_complete: 0 };
  await trx.insertInto('sync_cycles').values(row).execute();
}

/** The agent has left them behind, complete or not: they will not be completed any more. */
async function forgetCycles(trx: Transaction<Schema>, { tenantId, agentId }: SyncSource): Promise<void> {
  await trx.deleteFrom('sync_cycles').where('tenant_id', '=', tenantId).where('agent_id', '=', agentId).execute();
}

function livingAgents(trx: Transaction<Schema>, tenantId: string) {
  return trx.selectFrom('agents').select('agent_id').where('tenant_id', '=', tenantId).where('is_revoked', '=', 0);
}

async function countRows(trx: Transaction<Schema>, tenantId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('accounts')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow();
  return count;
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
  { tenantId, agentId }: { readonly tenantId: string; readonly agentId?: string },
  account: ManagedAccount,
  seenInCycle: number,
): Promise<void> {
  const source = agentId === undefined ? {} : { source_agent_id: agentId };
  const values = { account: JSON.stringify(account), seen_in_cycle: seenInCycle, absent_since_ms: null, ...source };
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
