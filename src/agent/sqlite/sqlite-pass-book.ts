// TECHNOLOGY: requests for passes, their progress and their records in SQLite.

import type { StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { PASS_KINDS } from '../../protocol/sync-reports.js';
import type { Clock } from '../../timing/clock.js';
import {
  type PassBook,
  type PassProgress,
  type PassRequest,
  RECORDS_KEPT_MAX,
  REQUEST_LIFETIME_MS,
  REQUESTS_WAITING_MAX,
  TooManyRequests,
} from '../sync/pass-book.js';
import { isUneventful, type PassRecord, passRecordSchema } from '../sync/pass-report.js';
import type { AgentDatabase } from './agent-database.js';

/** For how long whoever asked may read the answer, however long the pass took. */
const ANSWER_LIFETIME_MS = 24 * 3_600_000;

export class SqlitePassBook implements PassBook {
  readonly #database: AgentDatabase;
  readonly #clock: Clock;
  readonly #sql: Record<keyof typeof SQL, StatementSync>;

  constructor(database: AgentDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    const prepare = (name: keyof typeof SQL) => database.prepare(SQL[name]);
    this.#sql = {
      ask: prepare('ask'),
      waiting: prepare('waiting'),
      forgetOld: prepare('forgetOld'),
      forgetTaken: prepare('forgetTaken'),
      take: prepare('take'),
      forgetUneventful: prepare('forgetUneventful'),
      keep: prepare('keep'),
      answer: prepare('answer'),
      prune: prepare('prune'),
      note: prepare('note'),
      answerTo: prepare('answerTo'),
      progressOf: prepare('progressOf'),
      latest: prepare('latest'),
    };
  }

  ask({ directoryId, kind, userId, isDryRun }: Omit<PassRequest, 'requestId'>): number {
    const nowMs = this.#clock.nowMs();
    return this.#database.runRelaxed(() => {
      this.#sql.forgetOld.run(nowMs - REQUEST_LIFETIME_MS, nowMs - ANSWER_LIFETIME_MS);
      if (numberIn(this.#sql.waiting.get()) >= REQUESTS_WAITING_MAX)
        throw new TooManyRequests(`${REQUESTS_WAITING_MAX} requests for passes wait already: try again in a minute`);
      return numberIn(this.#sql.ask.get(directoryId, kind, userId ?? null, isDryRun ? 1 : 0, nowMs));
    });
  }

  takeRequests(): readonly PassRequest[] {
    const nowMs = this.#clock.nowMs();
    // Looked for twice a second: nothing is written where nothing waits.
    if (numberIn(this.#sql.waiting.get()) === 0) return [];
    return this.#database.runRelaxed(() => {
      this.#sql.forgetOld.run(nowMs - REQUEST_LIFETIME_MS, nowMs - ANSWER_LIFETIME_MS);
      return this.#sql.take.all(nowMs).map((row) => requestSchema.parse(row));
    });
  }

  keep(record: PassRecord, requestIds: readonly number[]): void {
    const { generation, directoryId, endedAtMs } = record;
    this.#database.runRelaxed(() => {
      const uneventful = requestIds.length === 0 && isUneventful(record);
      if (uneventful) this.#sql.forgetUneventful.run(directoryId);
      this.#sql.keep.run(generation, directoryId, endedAtMs, JSON.stringify(record), uneventful ? 1 : 0);
      for (const requestId of requestIds) this.#sql.answer.run(generation, requestId);
      this.#sql.prune.run(RECORDS_KEPT_MAX);
    });
  }

  note(progress: PassProgress): void {
    this.#database.runRelaxed(() => this.#sql.note.run(progress.directoryId, JSON.stringify(progress)));
  }

  answerTo(requestId: number): PassRecord | 'waiting' | 'gone' {
    const row = this.#sql.answerTo.get(requestId);
    if (row === undefined) return 'gone';
    const { record, wasTaken, askedAtMs } = answerSchema.parse(row);
    if (record !== undefined) return record;
    const isVoid = !wasTaken && askedAtMs <= this.#clock.nowMs() - REQUEST_LIFETIME_MS;
    return isVoid ? 'gone' : 'waiting';
  }

  forgetTaken(): void {
    this.#database.runRelaxed(() => this.#sql.forgetTaken.run());
  }

  progressOf(directoryId: string): PassProgress | undefined {
    const row = this.#sql.progressOf.get(directoryId);
    return row === undefined ? undefined : progressRowSchema.parse(row).progress;
  }

  latest(directoryId: string, max: number): readonly PassRecord[] {
    return this.#sql.latest.all(directoryId, max).flatMap((row) => rowSchema.safeParse(row).data?.record ?? []);
  }
}

const SQL = {
  ask: `INSERT INTO pass_request (directory_id, kind, user_id, is_dry_run, asked_at_ms) VALUES (?, ?, ?, ?, ?) RETURNING request_id AS number`,
  waiting: 'SELECT count(*) AS number FROM pass_request WHERE taken_at_ms IS NULL',
  forgetOld: 'DELETE FROM pass_request WHERE (taken_at_ms IS NULL AND asked_at_ms <= ?) OR asked_at_ms <= ?',
  forgetTaken: 'DELETE FROM pass_request WHERE taken_at_ms IS NOT NULL AND generation IS NULL',
  take: `UPDATE pass_request SET taken_at_ms = ? WHERE taken_at_ms IS NULL
    RETURNING request_id AS requestId, directory_id AS directoryId, kind, user_id AS userId, is_dry_run AS isDryRun`,
  forgetUneventful: 'DELETE FROM pass_record WHERE directory_id = ? AND is_uneventful = 1',
  keep: `INSERT INTO pass_record (generation, directory_id, ended_at_ms, record, is_uneventful) VALUES (?, ?, ?, ?, ?)`,
  answer: 'UPDATE pass_request SET generation = ? WHERE request_id = ?',
  // Passes that fail for days must not push out the last that was whole.
  prune: `DELETE FROM pass_record
    WHERE generation NOT IN (SELECT generation FROM pass_record ORDER BY generation DESC LIMIT ?)
      AND generation NOT IN (SELECT max(generation) FROM pass_record
        WHERE record ->> '$.result.report.isWhole' = 1 AND record ->> '$.isDryRun' = 0
          AND coalesce(record ->> '$.result.report.kind', 'full') = 'full' GROUP BY directory_id)`,
  note: `INSERT INTO pass_progress (directory_id, progress) VALUES (?, ?)
    ON CONFLICT (directory_id) DO UPDATE SET progress = excluded.progress`,
  answerTo: `SELECT record, taken_at_ms IS NOT NULL AS wasTaken, asked_at_ms AS askedAtMs
    FROM pass_request LEFT JOIN pass_record USING (generation) WHERE request_id = ?`,
  progressOf: 'SELECT progress FROM pass_progress WHERE directory_id = ?',
  latest: 'SELECT record FROM pass_record WHERE directory_id = ? ORDER BY generation DESC LIMIT ?',
};

const json = z.string().transform((text): unknown => JSON.parse(text));
const rowSchema = z.object({ record: json.pipe(passRecordSchema) });
const answerSchema = z.object({
  record: json
    .pipe(passRecordSchema)
    .nullable()
    .transform((record) => record ?? undefined),
  wasTaken: z.int().transform((flag) => flag === 1),
  askedAtMs: z.int(),
});
const progressRowSchema = z.object({
  progress: json.pipe(
    z.strictObject({
      directoryId: z.string(),
      generation: z.int(),
      read: z.int(),
      expected: z.int(),
      elapsedMs: z.number(),
    }),
  ),
});
const requestSchema = z.object({
  requestId: z.int(),
  directoryId: z.string(),
  kind: z.enum(PASS_KINDS),
  userId: z
    .string()
    .nullable()
    .transform((text) => text ?? undefined),
  isDryRun: z.int().transform((flag) => flag === 1),
});
const numberSchema = z.object({ number: z.int() });

function numberIn(row: unknown): number {
  return numberSchema.parse(row).number;
}
