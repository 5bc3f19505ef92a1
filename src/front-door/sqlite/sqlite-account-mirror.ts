// The mirror of the directory's accounts, in SQLite. Absent accounts are marked here, and deleted by prune-store.ts.
// Invariant: an account goes absent only when whoever holds the lease of its directory says so. Directly, and not by Kysely: every call of the API comes here, and passes over a million people do.

import { z } from 'zod';
import { dispositionSchema } from '../../protocol/dispositions.js';
import type { MirroredChange } from '../../protocol/frames.js';
import { parseAgentId, type TenantId } from '../../protocol/identifiers.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import { accountOf, PERSON_FIELDS, personValuesSchema } from '../../protocol/person-values.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import type { Clock } from '../../timing/clock.js';
import { nextTurn } from '../../timing/waits.js';
import {
  type AccountMirror,
  type LeasedSource,
  LeaseLost,
  MIRRORED_ACCOUNTS_MAX,
  MIRRORED_DIRECTORIES_MAX,
  MirrorFull,
  TooManyDirectories,
} from '../people/account-mirror.js';
import { mayLead } from '../people/sync-lease.js';
import { accountRows, heldUnderAnchor } from './account-rows.js';
import type { DirectStatements } from './direct-statements.js';
import { askedAddress, askedName } from './filed-names.js';
import type { Store } from './open-store.js';

/** Accounts that are counted before others have a turn: some 2 ms, where a million of them took a hundred. */
const COUNTED_AT_A_TIME = 20_000;

export function sqliteAccountMirror(
  { direct, carrier }: Pick<Store, 'direct' | 'carrier'>,
  {
    clock,
    accountsMax = MIRRORED_ACCOUNTS_MAX,
    countedAtATime = COUNTED_AT_A_TIME,
  }: { readonly clock: Clock; readonly accountsMax?: number; readonly countedAtATime?: number },
): AccountMirror {
  const sql = prepareAll(direct);
  const rows = accountRows(direct);

  /** By tenant, at most so many rows there are: counting two million of them takes long. */
  const rowsAtMost = new Map<string, number>();
  // Ids are given out from 1: nobody has more rows than the highest of everybody's says, which takes no counting.
  const atMostOf = (tenantId: TenantId) => rowsAtMost.get(tenantId) ?? numberIn(sql.highestId.get());
  /** Who is held already takes no room, and nobody is counted for them. Returns how many rows there are at most. */
  const roomFor = (tenantId: TenantId, changed: readonly MirroredChange[]): number => {
    const atMost = atMostOf(tenantId);
    if (atMost + changed.length <= accountsMax) return atMost;
    const anchors = changed.map(({ account }) => account.anchor);
    const held = rows.heldOf(tenantId, anchors);
    const added = anchors.filter((anchor) => !held.has(anchor)).length;
    if (added === 0 || atMost + added <= accountsMax) return atMost;
    const counted = numberIn(sql.countRows.get(tenantId));
    if (counted + added > accountsMax)
      throw new MirrorFull(`the mirror holds as many accounts of this tenant as it may: ${accountsMax}`);
    return counted;
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
        if (lease === undefined && numberIn(sql.countLeases.get(tenantId)) >= MIRRORED_DIRECTORIES_MAX)
          throw new TooManyDirectories(
            `the mirror knows as many directories of this tenant as it may: ${MIRRORED_DIRECTORIES_MAX}`,
          );
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

    async countOf({ tenantId, directoryKey }) {
      let [counted, after] = [0, ''];
      for (;;) {
        const row = await direct.read(() => sql.farther.get(tenantId, directoryKey, after, countedAtATime - 1));
        if (row === undefined) break;
        counted += countedAtATime;
        after = anchorSchema.parse(row).anchor;
        await nextTurn();
      }
      return counted + numberIn(await direct.read(() => sql.countBehind.get(tenantId, directoryKey, after)));
    },

    list: ({ tenantId, directoryKey }, { after = '', max }) =>
      direct.read(() => pageSchema.parse(sql.list.get(tenantId, directoryKey, after, max))),

    look: ({ tenantId, directoryKey }, anchors) =>
      direct.read(() =>
        anchors.flatMap((anchor) => {
          const row = sql.look.get(tenantId, directoryKey, anchor);
          return row === undefined ? [] : [namedSchema.parse(row)];
        }),
      ),

    // The end of the pass waits for the disk, and with it all of its batches; without an end they come again.
    async apply(source, { changed, absent }) {
      await carrier.room();
      return await direct.relaxed(() => {
        const { tenantId, directoryKey } = source;
        const nowMs = clock.nowMs();
        useLease(source, nowMs);
        const atMost = roomFor(tenantId, changed);
        const { replaced, added } = rows.keepRead(source, changed, nowMs);
        rowsAtMost.set(tenantId, atMost + added);
        for (const anchor of absent) sql.markAbsent.run(nowMs, tenantId, directoryKey, anchor);
        return replaced;
      });
    },

    refresh: (tenantId, account) =>
      direct.durably(() => {
        const atMost = atMostOf(tenantId);
        const isNew = rows.keepInspected(tenantId, account, clock.nowMs());
        rowsAtMost.set(tenantId, atMost + (isNew ? 1 : 0));
      }),

    async find(tenantId, userId) {
      const name = canonicalUserId(userId);
      if (name === undefined) return { kind: 'not-found' };
      const [inDomain, address] = [askedName(name), askedAddress(name)];
      const asked = [tenantId, name, inDomain.name, inDomain.domain, address.name, address.host];
      const [only, another] = await direct.read(() => sql.find.all(...asked));
      if (only === undefined) return { kind: 'not-found' };
      if (another !== undefined) return { kind: 'ambiguous' };
      return { kind: 'found', account: accountSchema.parse(only), ...sourceSchema.parse(only) };
    },

    read: (tenantId, anchor) =>
      direct.read(() => {
        const row = sql.read.get(tenantId, anchor);
        return row && accountSchema.parse(row);
      }),

    holdsAnybody: (tenantId) => direct.read(() => sql.anybody.get(tenantId) !== undefined),
  };
}

const OF_TENANT = 'directory_id in (select id from directories where tenant_id = ?)';
const OF_DIRECTORY = 'directory_id = (select id from directories where tenant_id = ? and directory_key = ?)';
/** In `person`: see person-values.ts. */
const DISPLAY_NAME = PERSON_FIELDS.indexOf('displayName');
const SAM_ACCOUNT_NAME = PERSON_FIELDS.indexOf('samAccountName');

function prepareAll(direct: DirectStatements) {
  return {
    highestId: direct.prepare('select coalesce(max(id), 0) as number from accounts'),
    countRows: direct.prepare(`select count(*) as number from accounts where ${OF_TENANT}`),
    anybody: direct.prepare(`select id from accounts where ${OF_TENANT} and absent_since_ms is null limit 1`),
    farther: direct.prepare(
      `select anchor from accounts where ${OF_DIRECTORY} and anchor > ? order by anchor limit 1 offset ?`,
    ),
    countBehind: direct.prepare(`select count(*) as number from accounts where ${OF_DIRECTORY} and anchor > ?`),
    lease: direct.prepare(
      `select agent_id as agentId, fence, completed_at_ms as completedAtMs, used_at_ms as usedAtMs, mark
       from sync_leases
       where tenant_id = ? and directory_key = ?`,
    ),
    countLeases: direct.prepare('select count(*) as number from sync_leases where tenant_id = ?'),
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
         where ${OF_DIRECTORY} and anchor > ? order by anchor limit ?)`,
    ),
    look: direct.prepare(
      `select anchor, fingerprint, absent_since_ms is not null as isAbsent, person ->> ${DISPLAY_NAME} as displayName,
         person ->> ${SAM_ACCOUNT_NAME} as samAccountName
       from accounts where ${OF_DIRECTORY} and anchor = ?`,
    ),
    markAbsent: direct.prepare(
      `update accounts set absent_since_ms = ? where ${OF_DIRECTORY} and anchor = ?
       and absent_since_ms is null`,
    ),
    find: direct.prepare(
      // As isFiledUnder judges it.
      `select anchor, person, disposition, agent_id as sourceAgentId from accounts
       left join dispositions on dispositions.id = disposition_id left join sources on sources.id = source_id
       where absent_since_ms is null and accounts.id in (
         select account_id from account_names where tenant_id = ?1 and name = ?2
         union select account_id from account_names where tenant_id = ?1 and name = ?3 and domain = ?4 and ?4 <> ''
         union select account_id from account_names where tenant_id = ?1 and name = ?5 and host = ?6 and ?6 <> '') limit 2`,
    ),
    read: direct.prepare(
      `${heldUnderAnchor('anchor, person, disposition')} left join dispositions on dispositions.id = disposition_id
       where absent_since_ms is null`,
    ),
  };
}

function jsonOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

/** From a row, who it is and what may be done put together. Throws for a row that does not say either: whoever it is, it is somebody. */
const accountSchema = z
  .object({
    anchor: identifierSchemas.anchor,
    person: jsonOf(personValuesSchema),
    disposition: jsonOf(dispositionSchema),
  })
  .transform(({ person, ...rest }) => accountOf(person, rest));
const sourceSchema = z.object({
  sourceAgentId: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : parseAgentId(text))),
});
const namedSchema = z.object({
  anchor: identifierSchemas.anchor,
  fingerprint: z.string(),
  isAbsent: z.int().transform((flag) => flag === 1),
  displayName: z.string(),
  samAccountName: z.string(),
});
const anchorSchema = z.object({ anchor: z.string() });
const pageSchema = z.object({ count: z.int(), listing: z.string() });
const leaseSchema = z.object({
  agentId: identifierSchemas.agentId,
  fence: z.int(),
  completedAtMs: z.int(),
  usedAtMs: z.int(),
  mark: z.string().nullable(),
});
const numberSchema = z.object({ number: z.int() });

function numberIn(row: unknown): number {
  return numberSchema.parse(row).number;
}
