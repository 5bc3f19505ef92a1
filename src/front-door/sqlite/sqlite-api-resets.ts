// What was asked for through the API, in SQLite: one row per tenant and reset id.
// Rows are parsed when they are read. Directly, and not by Kysely: every reset comes here three times.

import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import {
  parseAccountAnchor,
  parseAgentId,
  parseKeyId,
  parseResetId,
  parseTenantId,
} from '../../protocol/identifiers.js';
import { OPERATIONS } from '../../protocol/operations.js';
import { resetOutcomeSchema } from '../../protocol/outcomes.js';
import type { ApiReset, ApiResets } from '../api/api-resets.js';
import type { DirectStatements } from './direct-statements.js';

export function sqliteApiResets(direct: DirectStatements): ApiResets {
  const insert = direct.prepare(SQL.insert);
  const select = direct.prepare(SQL.select);
  const move = direct.prepare(SQL.move);
  const answer = direct.prepare(SQL.answer);

  const find = (tenantId: string, resetId: string): ApiReset | undefined => {
    const row = select.get(tenantId, resetId);
    return row && resetOf(row);
  };
  return {
    async begin(reset) {
      const { result, onDisk } = await direct.written(() => {
        const known = find(reset.tenantId, reset.resetId);
        if (known !== undefined) return { isNew: false, reset: known };
        insert.run(...valuesOf(reset));
        return { isNew: true, reset };
      });
      return { ...result, onDisk };
    },
    find: (tenantId, resetId) => direct.read(() => find(tenantId, resetId)),
    onDisk: () => direct.onDisk(),
    move: ({ tenantId, resetId, agentId, keyId }) =>
      direct.durably(() => {
        move.run(agentId ?? null, keyId ?? null, tenantId, resetId);
      }),
    answer({ tenantId, resetId, outcome, atMs }) {
      // An outcome is not waited for: the answer's audit entry, which is, comes before the caller is told. That there is none
      // any more is: it must not be forgotten that the command was sent once again.
      return outcome === undefined ? direct.durably(keep) : direct.relaxed(keep);

      function keep(): boolean {
        const known = find(tenantId, resetId);
        const text = outcome === undefined ? null : JSON.stringify(outcome);
        if (known === undefined || known.outcome?.kind === 'done' || textOf(known.outcome) === text) return false;
        answer.run(text, outcome === undefined ? null : atMs, tenantId, resetId);
        return true;
      }
    },
  };
}

const COLUMNS = `tenant_id, reset_id, fingerprint, anchor, operation, token_id, agent_id, key_id,
  submitted_at_ms, not_after_ms, outcome, answered_at_ms`;

const SQL = {
  insert: `insert into api_resets (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  select: `select ${COLUMNS} from api_resets where tenant_id = ? and reset_id = ?`,
  move: 'update api_resets set agent_id = ?, key_id = ? where tenant_id = ? and reset_id = ?',
  answer: 'update api_resets set outcome = ?, answered_at_ms = ? where tenant_id = ? and reset_id = ?',
};

/** In the order of COLUMNS. */
function valuesOf(reset: ApiReset): (string | number | null)[] {
  return [
    reset.tenantId,
    reset.resetId,
    reset.fingerprint,
    reset.anchor,
    reset.operation,
    reset.tokenId,
    reset.agentId ?? null,
    reset.keyId ?? null,
    reset.submittedAtMs,
    reset.notAfterMs,
    textOf(reset.outcome),
    reset.answeredAtMs ?? null,
  ];
}

function textOf(outcome: ApiReset['outcome']): string | null {
  return outcome === undefined ? null : JSON.stringify(outcome);
}

const rowSchema = z.object({
  tenant_id: z.string().transform(parseTenantId),
  reset_id: z.string().transform(parseResetId),
  fingerprint: z.string(),
  anchor: z.string().transform(parseAccountAnchor),
  operation: z.enum(OPERATIONS),
  token_id: z.string(),
  agent_id: z.string().transform(parseAgentId).nullable(),
  key_id: z.string().transform(parseKeyId).nullable(),
  submitted_at_ms: z.int(),
  not_after_ms: z.int(),
  outcome: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(resetOutcomeSchema)
    .nullable(),
  answered_at_ms: z.int().nullable(),
});

function resetOf(columns: Record<string, SQLOutputValue>): ApiReset {
  const row = rowSchema.parse(columns);
  return {
    tenantId: row.tenant_id,
    resetId: row.reset_id,
    fingerprint: row.fingerprint,
    anchor: row.anchor,
    operation: row.operation,
    tokenId: row.token_id,
    agentId: row.agent_id ?? undefined,
    keyId: row.key_id ?? undefined,
    submittedAtMs: row.submitted_at_ms,
    notAfterMs: row.not_after_ms,
    outcome: row.outcome ?? undefined,
    answeredAtMs: row.answered_at_ms ?? undefined,
  };
}
