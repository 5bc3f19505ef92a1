// Where changes are followed from, as it is kept in the agent's database, and by programs before this one.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentDatabase } from '../../../../src/agent/sqlite/agent-database.js';
import { MIGRATIONS } from '../../../../src/agent/sqlite/migrations.js';
import { SqliteFollowedBook } from '../../../../src/agent/sqlite/sqlite-followed-book.js';
import { type Followed, judgeFollowed } from '../../../../src/agent/sync/followed.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-followed-'));
  file = join(folder, 'agent.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const NOW_MS = Date.UTC(2026, 0, 15);
const RULES = 'as ever';

function aPlace(changes: Partial<Followed> = {}): Followed {
  return { mark: 'mark-number-00000001', cursor: '{}', atMs: NOW_MS, rules: RULES, present: 3, removed: 1, ...changes };
}

describe('where changes are followed from', () => {
  test('is found whole under its mark, by the next program too', () => {
    const place = aPlace();
    {
      using database = AgentDatabase.open(file);
      new SqliteFollowedBook(database).keep('corp', place);
    }
    using again = AgentDatabase.open(file);
    const book = new SqliteFollowedBook(again);
    expect(book.find('corp', place.mark)).toEqual(place);
    expect(book.find('elsewhere', place.mark)).toBeUndefined();
    book.forget('corp');
    expect(book.find('corp', place.mark)).toBeUndefined();
  });

  test('is kept of the last two passes over each directory, and the last word of each counts', () => {
    using database = AgentDatabase.open(file);
    const book = new SqliteFollowedBook(database);
    const [first, second, third] = ['mark-number-00000001', 'mark-number-00000002', 'mark-number-00000003'] as const;
    book.keep('elsewhere', aPlace());
    for (const mark of [first, second, third]) book.keep('corp', aPlace({ mark }));
    expect([first, second, third].map((mark) => book.find('corp', mark)?.mark)).toEqual([undefined, second, third]);
    expect(book.find('elsewhere', aPlace().mark)).toEqual(aPlace());
    book.keep('corp', aPlace({ mark: third, removed: 7 }));
    expect(book.find('corp', third)?.removed).toBe(7);
  });

  test('is too old where an earlier program kept it, which did not say when', () => {
    const { mark, cursor, present, removed } = aPlace();
    keepAsBefore([mark, cursor, RULES, present, removed]);
    using database = AgentDatabase.open(file);
    const followed = new SqliteFollowedBook(database).find('corp', mark);
    expect(followed).toEqual(aPlace({ atMs: 0 }));
    expect(judgeFollowed(mark, { followed, rules: RULES, nowMs: NOW_MS })).toEqual({
      because: expect.stringContaining('its time is not known'),
    });
  });
});

/** In a file of the schema that had no time. */
function keepAsBefore(values: readonly (string | number)[]): void {
  const before = new DatabaseSync(file);
  const steps = MIGRATIONS.slice(
    0,
    MIGRATIONS.findIndex((step) => step.includes('followed ADD COLUMN at_ms')),
  );
  for (const step of steps) before.exec(step);
  before.exec(`PRAGMA user_version = ${steps.length}`);
  before
    .prepare(
      "INSERT INTO followed (directory_id, mark, cursor, rules, present, removed) VALUES ('corp', ?, ?, ?, ?, ?)",
    )
    .run(...values);
  before.close();
}
