// Reading the journal whole: over pages, from where it was pruned, and up to where somebody touched it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyJournal } from '../../../../src/front-door/audit/read-audit.js';
import { openStore } from '../../../../src/front-door/sqlite/open-store.js';
import { sqliteAuditJournal } from '../../../../src/front-door/sqlite/sqlite-audit-journal.js';
import { parseResetId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';

const tenantId = parseTenantId('example');
const resetId = parseResetId('00000000-0000-4000-8000-00000000f001');

let folder: string;
let opened: Awaited<ReturnType<typeof openStore>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-journal-'));
  opened = await openStore({ path: join(folder, 'store.sqlite'), nowMs: 0 });
});

afterEach(async () => {
  await opened[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function aJournal(entries: number) {
  const journal = sqliteAuditJournal(opened, new FakeClock());
  for (let index = 0; index < entries; index += 1) {
    const id = index === 1 ? resetId : undefined;
    const fields = { tenantId, supportId: `visit-${index % 2}`, result: `${index}` };
    await journal.append({ event: 'reset-answered', resetId: id, fields });
  }
  return journal;
}

const alter = (statement: string) => sql.raw(statement).execute(opened.db);

describe('verifying the journal', () => {
  test('says how many entries are sound and what its head is, over more than a page', async () => {
    const journal = await aJournal(3);
    // Small pages, as the store's are for a long journal.
    const paged = {
      ...journal,
      entriesAfter: async (after: number) => (await journal.entriesAfter(after)).slice(0, 2),
    };
    const [newest] = await journal.latest(1);
    expect(await verifyJournal(paged)).toEqual({
      verdict: { kind: 'intact', head: { sequence: 3, hash: newest?.hash } },
      entries: 3,
    });
  });

  test('of an empty journal is sound', async () => {
    expect(await verifyJournal(await aJournal(0))).toMatchObject({ verdict: { kind: 'intact' }, entries: 0 });
  });

  test('begins where it was pruned', async () => {
    const journal = await aJournal(3);
    await alter('delete from audit_entries where sequence = 1');
    expect(await verifyJournal(journal)).toMatchObject({ verdict: { kind: 'intact' }, entries: 2 });
  });

  test.each([
    ['altered', `update audit_entries set entry = replace(entry, '"1"', '"9"') where sequence = 2`],
    ['made unreadable', `update audit_entries set entry = 'canary' where sequence = 2`],
    ['taken out', 'delete from audit_entries where sequence = 2'],
  ])('says where an entry was %s', async (_, statement) => {
    const journal = await aJournal(3);
    await alter(statement);
    expect(await verifyJournal(journal)).toEqual({ verdict: { kind: 'broken', atSequence: 2 }, entries: 1 });
    expect(JSON.stringify(await journal.latest(9))).not.toContain('canary');
  });
});

describe('showing the journal', () => {
  test('gives the newest, oldest first', async () => {
    const journal = await aJournal(5);
    expect((await journal.latest(2)).map(({ sequence }) => sequence)).toEqual([4, 5]);
  });

  test('gives what one reset left, also beside an entry that cannot be read', async () => {
    const journal = await aJournal(3);
    await alter(`update audit_entries set entry = 'canary' where sequence = 1`);
    expect((await journal.ofReset(resetId)).map(({ sequence }) => sequence)).toEqual([2]);
    expect(await journal.ofReset(parseResetId('00000000-0000-4000-8000-00000000f002'))).toEqual([]);
  });

  test('gives what one visit left, by the support id that its person can quote, also beside an entry that cannot be read', async () => {
    const journal = await aJournal(6);
    await alter(`update audit_entries set entry = 'canary' where sequence = 1`);
    expect((await journal.ofVisit('visit-0')).map(({ sequence }) => sequence)).toEqual([3, 5]);
    expect((await journal.ofVisit('visit-1')).map(({ sequence }) => sequence)).toEqual([2, 4, 6]);
    expect(await journal.ofVisit('visit-2')).toEqual([]);
  });
});
