// One account in the store: its row, and the names it is found by, which change with it. What is done here is done within the
// transaction of whoever asks. Knows neither leases nor limits.
//
// A first pass writes a million of these, by anchors and names in no order, and every page that is touched out of order costs ten times
// what an account costs at the end of its table. So there are two such places for each account, and no third:
// `accounts_by_directory`, where it is both listed and looked up, and its names, which lie side by side. Whatever it shares with many
// stands once for them all: its directory, what may be done with it, and who says so.

import type { StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { MirroredChange } from '../../protocol/frames.js';
import type { AccountAnchor, TenantId } from '../../protocol/identifiers.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import { type AccountText, accountText } from '../../protocol/written-change.js';
import type { SyncSource } from '../people/account-mirror.js';
import type { DirectStatements } from './direct-statements.js';
import { type FiledName, filedNames, filedNamesIn, isSameName } from './filed-names.js';

export interface AccountRows {
  /** Which of these are held, wherever in the tenant. */
  heldOf(tenantId: TenantId, anchors: readonly AccountAnchor[]): ReadonlySet<string>;
  /** All of them are the directory's from now on. */
  keepRead(source: SyncSource, read: readonly MirroredChange[], nowMs: number): KeptRead;
  /** Whose it is stays as it was. Returns whether it is new. */
  keepInspected(tenantId: TenantId, account: ManagedAccount, nowMs: number): boolean;
  /** Deletes accounts that have been absent since then or longer, so many at most. Returns how many there were. */
  deleteAbsent(sinceMs: number, max: number): number;
}

export interface KeptRead {
  /** The fingerprint that was held of each, in that order; empty where none was. */
  readonly replaced: readonly string[];
  /** How many were not held. */
  readonly added: number;
}

/** The key of a tenant's directory that is none: of accounts that no read has found, or of a directory that is not read any more. */
export const UNREAD = '';

/** Text of a query for what is held under one anchor (`?2`), or, as `each`, under those of a list in JSON, wherever in the tenant (`?1`). */
export function heldUnderAnchor(columns: string, { each = false }: { readonly each?: boolean } = {}): string {
  const [asked, anchor] = each ? ['cross join json_each(?2) as asked', 'asked.value'] : ['', '?2'];
  return `select ${columns} from directories ${asked}
    cross join accounts on accounts.directory_id = directories.id and accounts.anchor = ${anchor} and directories.tenant_id = ?1`;
}

/** An account that is held already. `person`: see schema.ts. */
interface Held {
  readonly id: number;
  readonly person: string;
}

interface HeldRead extends Held {
  readonly fingerprint: string;
}

export function accountRows(direct: DirectStatements): AccountRows {
  const held = direct.prepare(heldUnderAnchor(HELD, { each: true }));
  const putRead = direct.prepare(
    `insert into accounts (id, directory_id, anchor, person, disposition_id, seen_at_ms, fingerprint, source_id)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set directory_id = excluded.directory_id, person = excluded.person,
       disposition_id = excluded.disposition_id, seen_at_ms = excluded.seen_at_ms, fingerprint = excluded.fingerprint,
       source_id = excluded.source_id, absent_since_ms = null`,
  );
  // The fingerprint stands for what a read found: it must not outlive that.
  const putInspected = direct.prepare(
    `insert into accounts (id, directory_id, anchor, person, disposition_id, seen_at_ms) values (?, ?, ?, ?, ?, ?)
     on conflict (id) do update set person = excluded.person, disposition_id = excluded.disposition_id,
       seen_at_ms = excluded.seen_at_ms, fingerprint = case when accounts.person = excluded.person
         and accounts.disposition_id = excluded.disposition_id then accounts.fingerprint else '' end,
       absent_since_ms = null`,
  );
  const findDirectory = direct.prepare('select id from directories where tenant_id = ? and directory_key = ?');
  const addDirectory = direct.prepare('insert into directories (tenant_id, directory_key) values (?, ?)');
  const findSource = direct.prepare('select id from sources where agent_id = ?');
  const addSource = direct.prepare('insert into sources (agent_id) values (?)');
  const findDisposition = direct.prepare('select id from dispositions where disposition = ?');
  const addDisposition = direct.prepare('insert into dispositions (disposition) values (?)');
  const absent = direct.prepare(
    `select accounts.id, tenant_id as tenantId, person from accounts join directories on directories.id = directory_id
     where absent_since_ms <= ? limit ?`,
  );
  const remove = direct.prepare('delete from accounts where id = ?');
  const addName = direct.prepare(
    'insert into account_names (tenant_id, name, domain, account_id, host) values (?, ?, ?, ?, ?)',
  );
  const removeName = direct.prepare(
    'delete from account_names where tenant_id = ? and name = ? and domain = ? and account_id = ? and host = ?',
  );
  // Looks through everybody's: for an account that is not filed as its text says.
  const forgetNames = direct.prepare('delete from account_names where tenant_id = ? and account_id = ?');

  const heldAmong = (tenantId: TenantId, anchors: readonly AccountAnchor[]): Map<string, HeldRead> => {
    const rows = heldSchema.parse(held.all(tenantId, JSON.stringify(anchors)));
    return new Map(rows.map(({ anchor, ...row }) => [anchor, row]));
  };

  /** From the names of the account as it was to those that it has. `before` undefined: its text does not tell. */
  const rename = (
    tenantId: string,
    id: number,
    before: readonly FiledName[] | undefined,
    after: readonly FiledName[],
  ): void => {
    const gone = before?.filter((name) => !after.some((other) => isSameName(name, other)));
    // A name that stayed behind would find whoever gets this id next.
    const isAsFiled =
      gone?.every(({ name, domain, host }) => removeName.run(tenantId, name, domain, id, host).changes === 1) ?? false;
    if (!isAsFiled) forgetNames.run(tenantId, id);
    for (const filed of after) {
      const isThere = isAsFiled && before?.some((other) => isSameName(filed, other));
      if (isThere !== true) addName.run(tenantId, filed.name, filed.domain, id, filed.host);
    }
  };

  /**
   * Of a disposition as JSON. There are as few as agents can say, and none is ever deleted. What is remembered is remembered within one
   * transaction: another may not have come to its end.
   */
  const dispositionIds = () => {
    const known = new Map<string, number>();
    return (disposition: string): number => {
      const id = known.get(disposition) ?? idOf({ find: findDisposition, add: addDisposition }, disposition);
      known.set(disposition, id);
      return id;
    };
  };
  const directoryIdOf = (tenantId: TenantId, directoryKey: string) =>
    idOf({ find: findDirectory, add: addDirectory }, tenantId, directoryKey);

  /** `put`: writes the row; without an id, a new one. Returns what is held from now on. */
  const keep = (
    { tenantId, before }: { readonly tenantId: TenantId; readonly before: Held | undefined },
    account: ManagedAccount,
    put: (id: number | null, text: AccountText) => { readonly lastInsertRowid: number | bigint },
  ): Held => {
    const text = accountText(account);
    const { lastInsertRowid } = put(before?.id ?? null, text);
    const id = before?.id ?? Number(lastInsertRowid);
    const { person } = text;
    if (before?.person !== person)
      rename(tenantId, id, before === undefined ? [] : filedNamesIn(before.person), filedNames(account));
    return { id, person };
  };

  return {
    heldOf: (tenantId, anchors) => new Set(heldAmong(tenantId, anchors).keys()),

    keepRead({ tenantId, agentId, directoryKey }, read, nowMs) {
      const anchors = read.map(({ account }) => account.anchor);
      const rows = heldAmong(tenantId, anchors);
      const dispositionId = dispositionIds();
      const directoryId = directoryIdOf(tenantId, directoryKey);
      const sourceId = idOf({ find: findSource, add: addSource }, agentId);
      let added = 0;
      const replaced: string[] = [];
      for (const { account, fingerprint } of read) {
        const { anchor } = account;
        const before = rows.get(anchor);
        if (before === undefined) added += 1;
        const kept = keep({ tenantId, before }, account, (id, { person, disposition }) =>
          putRead.run(id, directoryId, anchor, person, dispositionId(disposition), nowMs, fingerprint, sourceId),
        );
        // It may be told of twice.
        rows.set(anchor, { ...kept, fingerprint });
        replaced.push(before?.fingerprint ?? '');
      }
      return { replaced, added };
    },

    keepInspected(tenantId, account, nowMs) {
      const { anchor } = account;
      const before = heldAmong(tenantId, [anchor]).get(anchor);
      // Of an account that is held it stays what it is, whatever is said here.
      const directoryId = before === undefined ? directoryIdOf(tenantId, UNREAD) : 0;
      keep({ tenantId, before }, account, (id, { person, disposition }) =>
        putInspected.run(id, directoryId, anchor, person, dispositionIds()(disposition), nowMs),
      );
      return before === undefined;
    },

    deleteAbsent(sinceMs, max) {
      const rows = absentSchema.parse(absent.all(sinceMs, max));
      for (const { id, tenantId, person } of rows) {
        rename(tenantId, id, filedNamesIn(person), []);
        remove.run(id);
      }
      return rows.length;
    },
  };
}

/** Of what stands once for many: the one there is, or a new one. */
function idOf(
  { find, add }: { readonly find: StatementSync; readonly add: StatementSync },
  ...named: readonly string[]
): number {
  const row = find.get(...named);
  return row === undefined ? Number(add.run(...named).lastInsertRowid) : idSchema.parse(row).id;
}

const idSchema = z.object({ id: z.int() });
const rowSchema = z.object({ ...idSchema.shape, person: z.string() });
const HELD = 'accounts.id, accounts.anchor, accounts.person, accounts.fingerprint';
const heldSchema = z.array(z.object({ ...rowSchema.shape, anchor: z.string(), fingerprint: z.string() }));
const absentSchema = z.array(z.object({ ...rowSchema.shape, tenantId: z.string() }));
