// A step of the tables: files everybody's names anew, as filed-names.ts has them, and has the next pass tell of whoever's text is none of
// today's. In parts, so that of a million people few are there at a
// time, and written in the order of the table, from one end to the other.
// @NOTE Reads what is kept of an account as it is kept today. A step that comes to keep it otherwise takes this one's place.

import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { personValuesSchema } from '../../protocol/person-values.js';
import { filedNamesIn } from './filed-names.js';

const ACCOUNTS_AT_A_TIME = 5000;

/** Within the transaction of whoever asks. Whoever's text does not say what they are called answers to no name. */
export function fileNamesAnew(file: DatabaseSync): void {
  const page = file.prepare(
    `select accounts.id, tenant_id as tenantId, person from accounts join directories on directories.id = directory_id
     where accounts.id > ? order by accounts.id limit ${ACCOUNTS_AT_A_TIME}`,
  );
  file.exec('create temp table filed (tenant_id text, name text, domain text, account_id integer, host text)');
  const add = file.prepare('insert into filed values (?, ?, ?, ?, ?)');
  const tellAnew = file.prepare(`update accounts set fingerprint = '' where id = ?`);
  let after = 0;
  for (;;) {
    const accounts = pageSchema.parse(page.all(after));
    for (const { id, tenantId, person } of accounts) {
      if (!personValuesSchema.safeParse(JSON.parse(person)).success) tellAnew.run(id);
      for (const { name, domain, host } of filedNamesIn(person) ?? []) add.run(tenantId, name, domain, id, host);
    }
    const last = accounts.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  file.exec('delete from account_names');
  file.exec('insert into account_names select * from filed order by tenant_id, name, domain, account_id');
  file.exec('drop table filed');
}

const pageSchema = z.array(z.object({ id: z.int(), tenantId: z.string(), person: z.string() }));
