// The mirror of the directory's accounts, in SQLite. Absent accounts are marked here, and deleted by prune-store.ts.
// Invariant: an account goes absent only when whoever holds the lease of its directory says so. Directly, and not by Kysely: every call of the API comes here, and passes over a million people do.

import { z } from 'zod';
import { accountNames } from '../../protocol/account-names.js';
import type { MirroredChange } from '../../protocol/frames.js';
import { parseAgentId } from '../../protocol/identifiers.js';
import { identifierSchemas, type ManagedAccount, managedAccountSchema } from '../../protocol/managed-accounts.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import type { Clock } from '../../timing/clock.js';
import {
  type AccountMirror,
  type LeasedSource,
  LeaseLost,
  MIRRORED_ACCOUNTS_MAX,
  MirrorFull,
  type SyncSource,
} from '../people/account-mirror.js';
import { mayLead } from '../people/sync-lease.js';
import type { DirectStatements } from './direct-statements.js';
import type { Store } from './open-store.js';

export function sqliteAccountMirror(
  { direct }: Pick<Store, 'direct'>,
  { clock, accountsMax = MIRRORED_ACCOUNTS_MAX }: { readonly clock: Clock; readonly accountsMax?: number },
): AccountMirror {
  const sql = prepareAll(direct);

  const keep = (
    tenantId: string,
    account: ManagedAccount,
    by: { readonly source: SyncSource; readonly fingerprint: string } | undefined,
  ): void => {
    const { anchor } = account;
    const text = JSON.stringify(account);
    const { agentId = null, directoryKey = null } = by?.source ?? {};
    const id = numberIn(
      by === undefined
        ? sql.keepInspected.get(tenantId, anchor, text, clock.nowMs())
        : sql.keepRead.get(tenantId, anchor, text, clock.nowMs(), directoryKey, by.fingerprint, agentId),
    );
    const names = accountNames(account);
    const kept = sql.namesOf.all(id).map((row) => nameSchema.parse(row).name);
    for (const name of kept) if (!names.includes(name)) sql.forgetName.run(tenantId, name, id);
    for (const name of names) if (!kept.includes(name)) sql.addName.run(tenantId, name, id);
  };

  /** By tenant, at most so many rows there are: counting two million of them takes long. */
  const rowsAtMost = new Map<string, number>();
  /** Who is held already takes no room. */
  const makeRoom = (tenantId: string, changed: readonly MirroredChange[]): void => {
    let after = (rowsAtMost.get(tenantId) ?? accountsMax) + changed.length;
    if (after > accountsMax) {
      const isNew = ({ account }: MirroredChange) => sql.rowOf.get(tenantId, account.anchor) === undefined;
      after = numberIn(sql.countRows.get(tenantId)) + changed.filter(isNew).length;
      if (after > accountsMax)
        throw new MirrorFull(`the mirror holds as many accounts of this tenant as it may: ${accountsMax}`);
    }
    rowsAtMost.set(tenantId, after);
  };

  const useLease = ({ tenantId, directoryKey, agentId, fence }: LeasedSource, nowMs: number): void => {
    const { changes } = sql.useLease.run(nowMs, tenantId, directoryKey, agentId, fence);
    if (changes !== 1) throw new LeaseLost('another agent keeps the mirror of this directory by now');
  };

  return {
    beginPass: (source, isLinked) =>
      direct.durably(() => {
        const { tenantId, agentId, directoryKey } = source;
        const row = sql.lease.get(tenantId, directoryKey);
        const lease = row && leaseSchema.parse(row);
        const nowMs = clock.nowMs();
        if (lease !== undefined && !mayLead(lease, { agentId, isLinked, nowMs }))
          return { kind: 'led', by: lease.agentId };
        const fence = (lease?.fence ?? 0) + 1;
        // Who has it already does not look alive by asking again.
        const completedAtMs = lease?.agentId === agentId ? lease.completedAtMs : nowMs;
        // What another agent has done since is not what this one's mark stands for.
        const mark = lease?.agentId === agentId ? lease.mark : null;
        sql.giveLease.run(tenantId, directoryKey, agentId, fence, completedAtMs, nowMs, mark);
        return { kind: 'begun', fence, mark: mark ?? undefined };
      }),

    completePass: (source, mark) =>
      direct.durably(() => {
        const nowMs = clock.nowMs();
        useLease(source, nowMs);
        sql.completePass.run(nowMs, mark ?? null, source.tenantId, source.directoryKey);
      }),

    countOf: ({ tenantId, directoryKey }) =>
      direct.read(() => numberIn(sql.countOfDirectory.get(tenantId, directoryKey))),

    list: ({ tenantId, directoryKey }, { after = '', max }) =>
      direct.read(() => pageSchema.parse(sql.list.get(tenantId, directoryKey, after, max))),

    look: ({ tenantId, directoryKey }, anchors) =>
      direct.read(() =>
        anchors.flatMap((anchor) => {
          const row = sql.look.get(tenantId, anchor, directoryKey);
          if (row === undefined) return [];
          const { account, ...entry } = namedSchema.parse(row);
          return [{ ...entry, displayName: account.displayName, samAccountName: account.samAccountName }];
        }),
      ),

    // The end of the pass waits for the disk, and with it all of its batches; without an end they come again.
    apply: (source, { changed, absent }) =>
      direct.relaxed(() => {
        const { tenantId, directoryKey } = source;
        const nowMs = clock.nowMs();
        useLease(source, nowMs);
        if (changed.length > 0) makeRoom(tenantId, changed);
        for (const { account, fingerprint } of changed) keep(tenantId, account, { source, fingerprint });
        for (const anchor of absent) sql.markAbsent.run(nowMs, tenantId, anchor, directoryKey);
      }),

    refresh: (tenantId, account) => direct.durably(() => keep(tenantId, account, undefined)),

    async find(tenantId, userId) {
      const name = canonicalUserId(userId);
      if (name === undefined) return { kind: 'not-found' };
      const [only, another] = await direct.read(() => sql.find.all(tenantId, name));
      if (only === undefined) return { kind: 'not-found' };
      if (another !== undefined) return { kind: 'ambiguous' };
      const { account, sourceAgentId } = foundSchema.parse(only);
      return { kind: 'found', account, sourceAgentId };
    },

    read: (tenantId, anchor) =>
      direct.read(() => {
        const row = sql.read.get(tenantId, anchor);
        return row && rowSchema.parse(row).account;
      }),

    count: (tenantId) => direct.read(() => numberIn(sql.countPresent.get(tenantId))),
  };
}

function prepareAll(direct: DirectStatements) {
  return {
    rowOf: direct.prepare('select id from accounts where tenant_id = ? and anchor = ?'),
    countRows: direct.prepare('select count(*) as number from accounts where tenant_id = ?'),
    countPresent: direct.prepare(
      'select count(*) as number from accounts where tenant_id = ? and absent_since_ms is null',
    ),
    countOfDirectory: direct.prepare(
      'select count(*) as number from accounts where tenant_id = ? and directory_key = ?',
    ),
    lease: direct.prepare(
      `select agent_id as agentId, fence, completed_at_ms as completedAtMs, used_at_ms as usedAtMs, mark
       from sync_leases
       where tenant_id = ? and directory_key = ?`,
    ),
    giveLease: direct.prepare('insert or replace into sync_leases values (?, ?, ?, ?, ?, ?, ?)'),
    useLease: direct.prepare(
      `update sync_leases set used_at_ms = ? where tenant_id = ? and directory_key = ? and agent_id = ? and fence = ?`,
    ),
    completePass: direct.prepare(
      'update sync_leases set completed_at_ms = ?, mark = ? where tenant_id = ? and directory_key = ?',
    ),
    list: direct.prepare(
      // The lines of mirror-listing.ts, made where the rows are: a million of them never become values here.
      `select count(*) as count, coalesce(group_concat(line, char(10)), '') as listing from (
         select anchor || iif(absent_since_ms is null, ' +', ' -') || fingerprint as line from accounts
         where tenant_id = ? and directory_key = ? and anchor > ? order by anchor limit ?)`,
    ),
    look: direct.prepare(
      `select anchor, fingerprint, absent_since_ms is not null as isAbsent, account from accounts
       where tenant_id = ? and anchor = ? and directory_key = ?`,
    ),
    keepRead: direct.prepare(
      `insert into accounts (tenant_id, anchor, account, seen_at_ms, directory_key, fingerprint, source_agent_id)
       values (?, ?, ?, ?, ?, ?, ?)
       on conflict (tenant_id, anchor) do update set account = excluded.account, seen_at_ms = excluded.seen_at_ms,
         directory_key = excluded.directory_key, fingerprint = excluded.fingerprint,
         source_agent_id = excluded.source_agent_id, absent_since_ms = null
       returning id as number`,
    ),
    // The fingerprint stands for what a read found: it must not outlive that.
    keepInspected: direct.prepare(
      `insert into accounts (tenant_id, anchor, account, seen_at_ms) values (?, ?, ?, ?)
       on conflict (tenant_id, anchor) do update set account = excluded.account, seen_at_ms = excluded.seen_at_ms,
         fingerprint = case when accounts.account = excluded.account then accounts.fingerprint else '' end,
         absent_since_ms = null
       returning id as number`,
    ),
    namesOf: direct.prepare('select name from account_names where account_id = ?'),
    forgetName: direct.prepare('delete from account_names where tenant_id = ? and name = ? and account_id = ?'),
    addName: direct.prepare('insert into account_names (tenant_id, name, account_id) values (?, ?, ?)'),
    markAbsent: direct.prepare(
      `update accounts set absent_since_ms = ? where tenant_id = ? and anchor = ? and absent_since_ms is null
       and directory_key = ?`,
    ),
    find: direct.prepare(
      `select accounts.account, accounts.source_agent_id as sourceAgentId from account_names
       join accounts on accounts.id = account_names.account_id
       where account_names.tenant_id = ? and account_names.name = ? and accounts.absent_since_ms is null limit 2`,
    ),
    read: direct.prepare('select account from accounts where tenant_id = ? and anchor = ? and absent_since_ms is null'),
  };
}

const accountText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(managedAccountSchema);
const rowSchema = z.object({ account: accountText });
const foundSchema = z.object({
  account: accountText,
  sourceAgentId: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : parseAgentId(text))),
});
const namedSchema = z.object({
  anchor: identifierSchemas.anchor,
  fingerprint: z.string(),
  isAbsent: z.int().transform((flag) => flag === 1),
  account: accountText,
});
const pageSchema = z.object({ count: z.int(), listing: z.string() });
const leaseSchema = z.object({
  agentId: identifierSchemas.agentId,
  fence: z.int(),
  completedAtMs: z.int(),
  usedAtMs: z.int(),
  mark: z.string().nullable(),
});
const nameSchema = z.object({ name: z.string() });
const numberSchema = z.object({ number: z.int() });

function numberIn(row: unknown): number {
  return numberSchema.parse(row).number;
}
