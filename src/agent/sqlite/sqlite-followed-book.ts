// TECHNOLOGY: where the changes of each directory are followed from, in SQLite. What a power cut takes costs a full pass, no more.

import { z } from 'zod';
import type { SyncMark } from '../../protocol/frames.js';
import type { Followed, FollowedBook } from '../sync/followed.js';
import type { AgentDatabase } from './agent-database.js';

/** The end of the last pass may not have reached the front door: then the one before is the last. */
const KEPT_MAX = 2;

const rowSchema = z.object({
  mark: z.string(),
  cursor: z.string(),
  atMs: z.int(),
  rules: z.string(),
  present: z.int(),
  removed: z.int(),
});

export class SqliteFollowedBook implements FollowedBook {
  readonly #database: AgentDatabase;

  constructor(database: AgentDatabase) {
    this.#database = database;
  }

  keep(directoryId: string, { mark, cursor, atMs, rules, present, removed }: Followed): void {
    const add = `INSERT INTO followed (directory_id, mark, cursor, at_ms, rules, present, removed)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    const prune = `DELETE FROM followed WHERE directory_id = ? AND number NOT IN
      (SELECT number FROM followed WHERE directory_id = ? ORDER BY number DESC LIMIT ?)`;
    this.#database.runRelaxed(() => {
      this.#database.prepare(add).run(directoryId, mark, cursor, atMs, rules, present, removed);
      this.#database.prepare(prune).run(directoryId, directoryId, KEPT_MAX);
    });
  }

  find(directoryId: string, mark: SyncMark): Followed | undefined {
    const sql = `SELECT mark, cursor, at_ms AS atMs, rules, present, removed FROM followed
      WHERE directory_id = ? AND mark = ? ORDER BY number DESC LIMIT 1`;
    const row = this.#database.prepare(sql).get(directoryId, mark);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  forget(directoryId: string): void {
    this.#database.runRelaxed(() =>
      this.#database.prepare('DELETE FROM followed WHERE directory_id = ?').run(directoryId),
    );
  }
}
