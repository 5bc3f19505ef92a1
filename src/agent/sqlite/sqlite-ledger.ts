// TECHNOLOGY: the ledger in SQLite. `markSent` waits for the disk, everything else does not; see the port for why that holds.
// Rows are parsed when they are read: what is not ours in the file is refused, not believed.

import type { StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { assert } from '../../failure/assert.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import { AGENT_OPERATIONS } from '../../protocol/operations.js';
import { type ResetOutcome, resetOutcomeSchema } from '../../protocol/outcomes.js';
import {
  GUARDRAIL_MEMORY_MS,
  LEDGER_RETENTION_MS,
  LEDGER_ROWS_MAX,
  type Ledger,
  type LedgerCommand,
  type LedgerRow,
  type SentFacts,
  type SentRow,
} from '../write-back/ledger.js';
import type { AgentDatabase } from './agent-database.js';

export class SqliteLedger implements Ledger {
  readonly #database: AgentDatabase;
  readonly #rowsMax: number;
  /** Counted once and kept, since counting 100 000 rows costs more than the write itself. Nobody else adds rows. */
  #rows: number;
  readonly #sql: Record<keyof typeof SQL, StatementSync>;

  constructor(database: AgentDatabase, options: { readonly rowsMax: number } = { rowsMax: LEDGER_ROWS_MAX }) {
    this.#database = database;
    this.#rowsMax = options.rowsMax;
    const prepare = (name: keyof typeof SQL) => database.prepare(SQL[name]);
    this.#sql = {
      find: prepare('find'),
      receive: prepare('receive'),
      forgetEarly: prepare('forgetEarly'),
      giveUpEarlier: prepare('giveUpEarlier'),
      markSent: prepare('markSent'),
      settle: prepare('settle'),
      release: prepare('release'),
      nthWriteOfAll: prepare('nthWriteOfAll'),
      nthWriteOfOne: prepare('nthWriteOfOne'),
      nthSignInOfAll: prepare('nthSignInOfAll'),
      nthSignInOfOne: prepare('nthSignInOfOne'),
      unsettled: prepare('unsettled'),
      prune: prepare('prune'),
    };
    this.#rows = z.int().parse(database.prepare('SELECT count(*) AS rows FROM command').get()?.rows);
  }

  find(resetId: LedgerCommand['resetId']): LedgerRow | undefined {
    const row = this.#sql.find.get(resetId);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  receive(command: LedgerCommand, nowMs: number): 'received' | 'full' {
    if (this.#rows >= this.#rowsMax) this.#forgetEarly(nowMs);
    if (this.#rows >= this.#rowsMax) return 'full';
    const { resetId, fingerprint, operation, anchor, notAfterMs } = command;
    this.#database.runRelaxed(() => this.#sql.receive.run(resetId, fingerprint, operation, anchor, notAfterMs, nowMs));
    this.#rows += 1;
    return 'received';
  }

  markSent(resetId: LedgerCommand['resetId'], facts: SentFacts): void {
    const { sentAtMs, domainController, passwordLastSetBefore, revisionBefore, mustChange } = facts;
    this.#database.runDurably(() => {
      this.#sql.giveUpEarlier.run(JSON.stringify(UNKNOWN), sentAtMs, resetId, resetId);
      const { changes } = this.#sql.markSent.run(
        sentAtMs,
        domainController,
        String(passwordLastSetBefore),
        revisionBefore ?? null,
        mustChange ? 1 : 0,
        resetId,
      );
      assert(changes === 1, 'only a command that was received and not sent yet is sent');
    });
  }

  settle(resetId: LedgerCommand['resetId'], outcome: ResetOutcome, nowMs: number): void {
    this.#database.runRelaxed(() => this.#sql.settle.run(JSON.stringify(outcome), nowMs, resetId));
  }

  release(resetId: LedgerCommand['resetId']): void {
    this.#database.runRelaxed(() => this.#sql.release.run(resetId));
  }

  nthNewestSentMs({ nth, of, anchor }: Parameters<Ledger['nthNewestSentMs']>[0]): number | undefined {
    const { ofAll, ofOne } =
      of === 'writes'
        ? { ofAll: this.#sql.nthWriteOfAll, ofOne: this.#sql.nthWriteOfOne }
        : { ofAll: this.#sql.nthSignInOfAll, ofOne: this.#sql.nthSignInOfOne };
    const row = anchor === undefined ? ofAll.get(nth - 1) : ofOne.get(anchor, nth - 1);
    return row === undefined ? undefined : sentAtSchema.parse(row.sentAtMs);
  }

  unsettled(): readonly SentRow[] {
    return this.#sql.unsettled.all().map((row) => sentRowSchema.parse(row));
  }

  prune(nowMs: number): number {
    const { changes } = this.#database.runRelaxed(() => this.#sql.prune.run(nowMs - LEDGER_RETENTION_MS));
    this.#rows -= Number(changes);
    return Number(changes);
  }

  #forgetEarly(nowMs: number): void {
    const { changes } = this.#database.runRelaxed(() =>
      this.#sql.forgetEarly.run(nowMs, nowMs - GUARDRAIL_MEMORY_MS, forgottenAtOnce(this.#rowsMax)),
    );
    this.#rows -= Number(changes);
  }
}

const COLUMNS = `reset_id AS resetId, fingerprint, operation, anchor, not_after_ms AS notAfterMs, state,
  sent_at_ms AS sentAtMs, domain_controller AS domainController, password_last_set_before AS passwordLastSetBefore, revision_before AS revisionBefore,
  must_change AS mustChange, outcome`;

const SQL = {
  find: `SELECT ${COLUMNS} FROM command WHERE reset_id = ?`,
  receive: `INSERT INTO command (reset_id, fingerprint, operation, anchor, not_after_ms, received_at_ms, state)
    VALUES (?, ?, ?, ?, ?, ?, 'received')`,
  // Only what can no longer be carried out (its time is over) and no longer counts for a guardrail.
  forgetEarly: `DELETE FROM command WHERE reset_id IN (
    SELECT reset_id FROM command
    WHERE state <> 'sent' AND not_after_ms < ? AND (sent_at_ms IS NULL OR sent_at_ms < ?)
    ORDER BY not_after_ms LIMIT ?)`,
  giveUpEarlier: `UPDATE command SET state = 'settled', outcome = ?, settled_at_ms = ?
    WHERE state = 'sent' AND operation <> 'sign-in' AND reset_id <> ?
    AND anchor = (SELECT anchor FROM command WHERE reset_id = ? AND operation <> 'sign-in')`,
  markSent: `UPDATE command SET state = 'sent', sent_at_ms = ?, domain_controller = ?, password_last_set_before = ?,
    revision_before = ?, must_change = ?
    WHERE reset_id = ? AND state = 'received'`,
  settle: `UPDATE command SET state = 'settled', outcome = ?, settled_at_ms = ? WHERE reset_id = ? AND state <> 'settled'`,
  release: `UPDATE command SET state = 'received', sent_at_ms = NULL, domain_controller = NULL,
    password_last_set_before = NULL, revision_before = NULL, must_change = 0 WHERE reset_id = ? AND state = 'sent'`,
  // All walk an index from its newest end and touch no row: the words after WHERE are those of the index.
  nthWriteOfAll: nthNewest("operation <> 'sign-in'"),
  nthWriteOfOne: nthNewest("operation <> 'sign-in' AND anchor = ?"),
  nthSignInOfAll: nthNewest("operation = 'sign-in'"),
  nthSignInOfOne: nthNewest("operation = 'sign-in' AND anchor = ?"),
  unsettled: `SELECT ${COLUMNS} FROM command WHERE state = 'sent' ORDER BY sent_at_ms, rowid`,
  prune: `DELETE FROM command WHERE state <> 'sent' AND not_after_ms < ?`,
};

function nthNewest(which: string): string {
  return `SELECT sent_at_ms AS sentAtMs FROM command WHERE sent_at_ms IS NOT NULL AND ${which}
    ORDER BY sent_at_ms DESC LIMIT 1 OFFSET ?`;
}

const UNKNOWN: ResetOutcome = { kind: 'unknown' };

/** At the limit a tenth goes at once, so that a full ledger does not count and delete on every command. */
function forgottenAtOnce(rowsMax: number): number {
  return Math.max(1, Math.floor(rowsMax / 10));
}

const commandColumns = {
  resetId: identifierSchemas.resetId,
  fingerprint: z.string(),
  operation: z.enum(AGENT_OPERATIONS),
  anchor: identifierSchemas.anchor,
  notAfterMs: z.int(),
};

const sentAtSchema = z.int();

const sentRowSchema = z.object({
  ...commandColumns,
  state: z.literal('sent'),
  sentAtMs: sentAtSchema,
  domainController: z.string(),
  passwordLastSetBefore: z
    .string()
    .regex(/^-?\d+$/)
    .transform(BigInt),
  revisionBefore: z
    .string()
    .nullable()
    .transform((revision) => revision ?? undefined),
  mustChange: z
    .int()
    .min(0)
    .max(1)
    .transform((flag) => flag === 1),
});

const outcomeText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(resetOutcomeSchema);

const rowSchema = z.discriminatedUnion('state', [
  z.object({ ...commandColumns, state: z.literal('received') }),
  sentRowSchema,
  z.object({ ...commandColumns, state: z.literal('settled'), outcome: outcomeText }),
]);
