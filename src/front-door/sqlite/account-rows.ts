// One account in the store: its row, and the names it is found by, which change with it. What is done here is done within the
// transaction of whoever asks. Knows neither leases nor limits.
//
// A first pass writes a million of these, by anchors and names in no order, and every page that is touched out of order costs ten times
// what an account costs at the end of its table. So there are two such places for each account, and no third:
// `accounts_by_directory`, where it is both listed and looked up, and its names, which lie side by side.

import { z } from 'zod';
import { accountNames } from '../../protocol/account-names.js';
import type { MirroredChange } from '../../protocol/frames.js';
import type { AccountAnchor, TenantId } from '../../protocol/identifiers.js';
import { type ManagedAccount, managedAccountSchema } from '../../protocol/managed-accounts.js';
import type { SyncSource } from '../people/account-mirror.js';
import type { DirectStatements } from './direct-statements.js';

export interface AccountRows {
  isHeld(tenantId: TenantId, anchor: AccountAnchor): boolean;
  /** The directory's from now on. */
  keepRead(source: SyncSource, read: MirroredChange, nowMs: number): void;
  /** Whose it is stays as it was. */
  keepInspected(tenantId: TenantId, account: ManagedAccount, nowMs: number): void;
  /** Deletes accounts that have been absent since then or longer, so many at most. Returns how many there were. */
  deleteAbsent(sinceMs: number, max: number): number;
}

/**
 * Text of a query for one anchor, wherever in its tenant (`?1`, `?2`). Each directory that accounts are of has a lease, and an account
 * that only a live inspection has seen is of none.
 */
export function heldUnderAnchor(columns: string): string {
  return `select ${columns} from (select directory_key from sync_leases where tenant_id = ?1 union all select null) as places
    cross join accounts on accounts.tenant_id = ?1 and accounts.directory_key is places.directory_key and accounts.anchor = ?2`;
}

/** A name as it is filed: a domain goes behind the name in it, so that the names of one person are neighbours. */
export function filedName(name: string): string {
  const at = name.indexOf('\\');
  return at === -1 ? name : `${name.slice(at + 1)}\\${name.slice(0, at)}`;
}

export function accountRows(direct: DirectStatements): AccountRows {
  const held = direct.prepare(heldUnderAnchor('accounts.id, accounts.account'));
  const putRead = direct.prepare(
    `insert into accounts (id, tenant_id, anchor, account, seen_at_ms, directory_key, fingerprint, source_agent_id)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set account = excluded.account, seen_at_ms = excluded.seen_at_ms,
       directory_key = excluded.directory_key, fingerprint = excluded.fingerprint,
       source_agent_id = excluded.source_agent_id, absent_since_ms = null`,
  );
  // The fingerprint stands for what a read found: it must not outlive that.
  const putInspected = direct.prepare(
    `insert into accounts (id, tenant_id, anchor, account, seen_at_ms) values (?, ?, ?, ?, ?)
     on conflict (id) do update set account = excluded.account, seen_at_ms = excluded.seen_at_ms,
       fingerprint = case when accounts.account = excluded.account then accounts.fingerprint else '' end,
       absent_since_ms = null`,
  );
  const absent = direct.prepare(
    'select id, tenant_id as tenantId, account from accounts where absent_since_ms <= ? limit ?',
  );
  const remove = direct.prepare('delete from accounts where id = ?');
  const addName = direct.prepare('insert into account_names (tenant_id, name, account_id) values (?, ?, ?)');
  const removeName = direct.prepare('delete from account_names where tenant_id = ? and name = ? and account_id = ?');

  // Looks through everybody's: for an account that is not filed as its text says.
  const forgetNames = direct.prepare('delete from account_names where tenant_id = ? and account_id = ?');

  /** From the names of the account as it was to those that it has. `before` undefined: its text does not tell. */
  const rename = (
    tenantId: string,
    id: number,
    before: readonly string[] | undefined,
    after: readonly string[],
  ): void => {
    const gone = before?.filter((name) => !after.includes(name));
    // A name that stayed behind would find whoever gets this id next.
    const isAsFiled = gone?.every((name) => removeName.run(tenantId, name, id).changes === 1) ?? false;
    if (!isAsFiled) forgetNames.run(tenantId, id);
    for (const name of after) if (!isAsFiled || before?.includes(name) !== true) addName.run(tenantId, name, id);
  };

  /** `put`: writes the row; without an id, a new one. */
  const keep = (
    tenantId: TenantId,
    account: ManagedAccount,
    put: (id: number | null, text: string) => { readonly lastInsertRowid: number | bigint },
  ): void => {
    const text = JSON.stringify(account);
    const row = held.get(tenantId, account.anchor);
    const before = row && heldSchema.parse(row);
    const { lastInsertRowid } = put(before?.id ?? null, text);
    if (before?.account === text) return;
    const names = before === undefined ? [] : namesIn(before.account);
    rename(tenantId, before?.id ?? Number(lastInsertRowid), names, filedNames(account));
  };

  return {
    isHeld: (tenantId, anchor) => held.get(tenantId, anchor) !== undefined,

    keepRead: ({ tenantId, agentId, directoryKey }, { account, fingerprint }, nowMs) =>
      keep(tenantId, account, (id, text) =>
        putRead.run(id, tenantId, account.anchor, text, nowMs, directoryKey, fingerprint, agentId),
      ),

    keepInspected: (tenantId, account, nowMs) =>
      keep(tenantId, account, (id, text) => putInspected.run(id, tenantId, account.anchor, text, nowMs)),

    deleteAbsent(sinceMs, max) {
      const rows = absentSchema.parse(absent.all(sinceMs, max));
      for (const { id, tenantId, account } of rows) {
        rename(tenantId, id, namesIn(account), []);
        remove.run(id);
      }
      return rows.length;
    },
  };
}

function filedNames(account: Parameters<typeof accountNames>[0]): string[] {
  return accountNames(account).map(filedName);
}

/** Undefined: it is not what is written today. */
function namesIn(text: string): string[] | undefined {
  const named = namedSchema.safeParse(JSON.parse(text)).data;
  return named && filedNames(named);
}

const heldSchema = z.object({ id: z.int(), account: z.string() });
const absentSchema = z.array(z.object({ ...heldSchema.shape, tenantId: z.string() }));
const { userPrincipalName, samAccountName, domainName, mail } = managedAccountSchema.shape;
const namedSchema = z.object({ userPrincipalName, samAccountName, domainName, mail });
