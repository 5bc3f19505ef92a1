// What was asked for through the API, in SQLite: one row per tenant and reset id.

import type { Selectable } from 'kysely';
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
import { type Database, relaxed } from './open-store.js';
import type { Schema } from './schema.js';

export function sqliteApiResets(db: Database): ApiResets {
  return {
    begin: (reset) =>
      db.transaction().execute(async (trx) => {
        const query = trx.selectFrom('api_resets').selectAll().where('tenant_id', '=', reset.tenantId);
        const known = await query.where('reset_id', '=', reset.resetId).executeTakeFirst();
        if (known !== undefined) return { isNew: false, reset: resetOf(known) };
        await trx.insertInto('api_resets').values(rowOf(reset)).execute();
        return { isNew: true, reset };
      }),
    async find(tenantId, resetId) {
      const query = db.selectFrom('api_resets').selectAll().where('tenant_id', '=', tenantId);
      const row = await query.where('reset_id', '=', resetId).executeTakeFirst();
      return row && resetOf(row);
    },
    async move({ tenantId, resetId, agentId, keyId }) {
      await db
        .updateTable('api_resets')
        .set({ agent_id: agentId ?? null, key_id: keyId ?? null })
        .where('tenant_id', '=', tenantId)
        .where('reset_id', '=', resetId)
        .execute();
    },
    answer({ tenantId, resetId, outcome, atMs }) {
      return outcome === undefined ? db.transaction().execute(keep) : relaxed(db, keep);

      // An outcome is not waited for: the answer's audit entry, which is, comes before the caller is told. That there is none
      // any more is: it must not be forgotten that the command was sent once again.
      async function keep(trx: Database): Promise<boolean> {
        const query = trx.selectFrom('api_resets').select('outcome').where('tenant_id', '=', tenantId);
        const row = await query.where('reset_id', '=', resetId).executeTakeFirst();
        const text = outcome === undefined ? null : JSON.stringify(outcome);
        const known = outcomeOf(row?.outcome ?? null);
        if (row === undefined || known?.kind === 'done' || row.outcome === text) return false;
        await trx
          .updateTable('api_resets')
          .set({ outcome: text, answered_at_ms: outcome === undefined ? null : atMs })
          .where('tenant_id', '=', tenantId)
          .where('reset_id', '=', resetId)
          .execute();
        return true;
      }
    },
  };
}

function rowOf(reset: ApiReset): Selectable<Schema['api_resets']> {
  return {
    tenant_id: reset.tenantId,
    reset_id: reset.resetId,
    fingerprint: reset.fingerprint,
    anchor: reset.anchor,
    operation: reset.operation,
    token_id: reset.tokenId,
    agent_id: reset.agentId ?? null,
    key_id: reset.keyId ?? null,
    submitted_at_ms: reset.submittedAtMs,
    not_after_ms: reset.notAfterMs,
    outcome: reset.outcome === undefined ? null : JSON.stringify(reset.outcome),
    answered_at_ms: reset.answeredAtMs ?? null,
  };
}

function resetOf(row: Selectable<Schema['api_resets']>): ApiReset {
  return {
    tenantId: parseTenantId(row.tenant_id),
    resetId: parseResetId(row.reset_id),
    fingerprint: row.fingerprint,
    anchor: parseAccountAnchor(row.anchor),
    operation: z.enum(OPERATIONS).parse(row.operation),
    tokenId: row.token_id,
    agentId: row.agent_id === null ? undefined : parseAgentId(row.agent_id),
    keyId: row.key_id === null ? undefined : parseKeyId(row.key_id),
    submittedAtMs: row.submitted_at_ms,
    notAfterMs: row.not_after_ms,
    outcome: outcomeOf(row.outcome),
    answeredAtMs: row.answered_at_ms ?? undefined,
  };
}

function outcomeOf(text: string | null) {
  return text === null ? undefined : resetOutcomeSchema.parse(JSON.parse(text));
}
