// Keeps everything in the store within its limits: what is over goes, and beyond the row limit the oldest goes first.
// Run every minute or so; each table alone is a short transaction.

import { type RawBuilder, sql } from 'kysely';
import { nextTurn } from '../../timing/waits.js';
import { accountRows, UNREAD } from './account-rows.js';
import type { Store } from './open-store.js';

const DAY_MS = 24 * 60 * 60_000;

export const STORE_LIMITS = {
  /** Beyond it the flows nearest their end are dropped: their people start again. */
  flowsMax: 50_000,
  /** How long a flow that ended is kept, so that its person is told that the time is up. */
  flowsKeptAfterEndMs: 60 * 60_000,
  visitsMax: 50_000,
  challengesMax: 50_000,
  /** Beyond it those that are forgotten soonest are dropped; blocks of days outlast counters of an hour. */
  throttlesMax: 500_000,
  /** Beyond it those nearest their end are dropped: what was told so long ago is disowned by telling an administrator. */
  disownLinksMax: 500_000,
  /** At this many, no further mail is taken until some have left. */
  outboxMax: 5_000,
  /** The same of messages to ticket systems: some three days of what one organisation's people may write. */
  ticketOutboxMax: 5_000,
  /** Beyond it the oldest entries go; the chain of those that stay holds. */
  auditEntriesMax: 2_000_000,
  /** Agents that were revoked are remembered, to be told so; beyond this many those enrolled first go. */
  revokedAgentsMax: 10_000,
  /** How long a directory may go unread until its accounts count as found by no read: settings change, agents go. */
  unreadDirectoriesKeptMs: 30 * 24 * 60 * 60_000,
  /** How long an account that was seen live, and that no read of a directory has found, is offered. */
  unreadAccountsKeptMs: 7 * 24 * 60 * 60_000,
  /** How long what text messages cost on a day is kept, to be compared with the gateway's bill. */
  textCostsKeptDays: 400,
  /** How long what an agent told of a pass is kept; of each agent so many, see sqlite-pass-reports.ts. */
  passReportsKeptMs: 90 * 24 * 60 * 60_000,
  /** How long the id of a reset of a cloud-only account is remembered. */
  cloudResetsKeptMs: 24 * 60 * 60_000,
  /** How long a reset id of the API answers: as long as the agents' ledgers do, and beyond this many the oldest go. */
  apiResetsKeptMs: 24 * 60 * 60_000,
  apiResetsMax: 500_000,
} as const;

/** Accounts that are deleted before others have a turn. */
const DELETED_AT_A_TIME = 200;

/** How long an account that is gone from its directory is remembered, unless the settings say otherwise. What its person registered stays. */
export const ABSENT_KEPT_MS = 30 * DAY_MS;

export async function pruneStore(
  { db, direct, carrier }: Store,
  { nowMs, absentKeptMs }: { readonly nowMs: number; readonly absentKeptMs: number },
): Promise<void> {
  const statements: readonly RawBuilder<unknown>[] = [
    sql`delete from flows where expires_at_ms <= ${nowMs - STORE_LIMITS.flowsKeptAfterEndMs}`,
    sql`delete from flows where session_hash in
      (select session_hash from flows order by expires_at_ms desc limit -1 offset ${STORE_LIMITS.flowsMax})`,
    sql`delete from visits where expires_at_ms <= ${nowMs - STORE_LIMITS.flowsKeptAfterEndMs}`,
    sql`delete from visits where session_hash in
      (select session_hash from visits order by expires_at_ms desc limit -1 offset ${STORE_LIMITS.visitsMax})`,
    sql`delete from challenges where expires_at_ms <= ${nowMs}`,
    sql`delete from challenges where session_hash in
      (select session_hash from challenges order by expires_at_ms desc limit -1 offset ${STORE_LIMITS.challengesMax})`,
    sql`delete from throttles where forgotten_at_ms <= ${nowMs}`,
    sql`delete from throttles where (name, key) in
      (select name, key from throttles order by forgotten_at_ms desc limit -1 offset ${STORE_LIMITS.throttlesMax})`,
    sql`delete from text_costs where day <= ${Math.floor(nowMs / DAY_MS) - STORE_LIMITS.textCostsKeptDays}`,
    sql`delete from disown_links where expires_at_ms <= ${nowMs}`,
    sql`delete from disown_links where id in
      (select id from disown_links order by expires_at_ms desc limit -1 offset ${STORE_LIMITS.disownLinksMax})`,
    sql`delete from enrolment_codes where not_after_ms <= ${nowMs}`,
    sql`delete from outbox where not_after_ms <= ${nowMs}`,
    sql`delete from ticket_outbox where not_after_ms <= ${nowMs}`,
    sql`delete from agents where is_revoked = 1 and agent_id in
      (select agent_id from agents where is_revoked = 1 order by enrolled_at_ms desc limit -1 offset ${STORE_LIMITS.revokedAgentsMax})`,
    // By accounts_unread: of whoever no read has found nobody has a fingerprint.
    sql`update accounts set absent_since_ms = ${nowMs} where fingerprint = '' and absent_since_ms is null
      and directory_id in (select id from directories where directory_key = ${UNREAD})
      and seen_at_ms <= ${nowMs - STORE_LIMITS.unreadAccountsKeptMs}`,
    sql`delete from pass_reports where received_at_ms <= ${nowMs - STORE_LIMITS.passReportsKeptMs}`,
    sql`delete from api_tokens where is_revoked = 1`,
    sql`delete from cloud_resets where at_ms <= ${nowMs - STORE_LIMITS.cloudResetsKeptMs}`,
    sql`delete from api_resets where submitted_at_ms <= ${nowMs - STORE_LIMITS.apiResetsKeptMs}`,
    sql`delete from api_resets where (tenant_id, reset_id) in
      (select tenant_id, reset_id from api_resets order by submitted_at_ms desc limit -1 offset ${STORE_LIMITS.apiResetsMax})`,
    sql`delete from audit_entries where sequence <=
      (select max(sequence) from audit_entries) - ${STORE_LIMITS.auditEntriesMax}`,
  ];
  await forgetDirectories(db, nowMs);
  for (const statement of statements) await statement.execute(db);
  const goneSinceMs = nowMs - absentKeptMs;
  const { deleteAbsent } = accountRows(direct);
  while ((await direct.relaxed(() => deleteAbsent(goneSinceMs, DELETED_AT_A_TIME))) === DELETED_AT_A_TIME) {
    await nextTurn();
    await carrier.room();
  }
  carrier.assertWell();
}

/** In one transaction: a directory that is read again meanwhile must not find its mark beside accounts that are nobody's. */
async function forgetDirectories(db: Store['db'], nowMs: number): Promise<void> {
  const unusedSinceMs = nowMs - STORE_LIMITS.unreadDirectoriesKeptMs;
  await db.transaction().execute(async (trx) => {
    const unused = sql`select tenant_id, directory_key from sync_leases where used_at_ms <= ${unusedSinceMs}`;
    await sql`insert or ignore into directories (tenant_id, directory_key)
      select distinct tenant_id, ${UNREAD} from (${unused})`.execute(trx);
    await sql`update accounts set fingerprint = '', seen_at_ms = ${nowMs}, directory_id = unread.id
      from directories as own join directories as unread on unread.tenant_id = own.tenant_id and unread.directory_key = ${UNREAD}
      where own.id = accounts.directory_id and (own.tenant_id, own.directory_key) in (${unused})`.execute(trx);
    await sql`delete from directories where (tenant_id, directory_key) in (${unused})`.execute(trx);
    await sql`delete from sync_leases where used_at_ms <= ${unusedSinceMs}`.execute(trx);
  });
}
