// Enrolled agents and their one-time codes, in SQLite.
// Keeps the hash of a code, and takes it away with its first use; a revoked agent stays listed, revoked.

import type { Selectable } from 'kysely';
import { parseAgentId, parseTenantId } from '../../protocol/identifiers.js';
import { type AgentRegistry, ENROLMENT_LIMITS, type EnrolledAgent } from '../enrolment/agent-registry.js';
import type { Database } from './open-store.js';
import type { Schema } from './schema.js';

export function sqliteAgentRegistry(db: Database): AgentRegistry {
  return {
    async addCode({ codeId, codeKey, tenantId, notAfterMs }) {
      const row = { code_id: codeId, code_key: codeKey, tenant_id: tenantId, not_after_ms: notAfterMs };
      return db.transaction().execute(async (trx) => {
        const { count } = await trx
          .selectFrom('enrolment_codes')
          .select((expression) => expression.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        if (count >= ENROLMENT_LIMITS.codesMax) return false;
        await trx.insertInto('enrolment_codes').values(row).execute();
        return true;
      });
    },
    async takeCode(codeId, nowMs) {
      const taken = await db
        .deleteFrom('enrolment_codes')
        .where('code_id', '=', codeId)
        .returning(['code_key', 'tenant_id', 'not_after_ms'])
        .executeTakeFirst();
      if (taken === undefined || taken.not_after_ms <= nowMs) return undefined;
      return { tenantId: parseTenantId(taken.tenant_id), codeKey: taken.code_key };
    },
    async add(agent) {
      await db.insertInto('agents').values(rowOf(agent)).execute();
    },
    async find(agentId) {
      const row = await db.selectFrom('agents').selectAll().where('agent_id', '=', agentId).executeTakeFirst();
      return row && agentOf(row);
    },
    async list(tenantId) {
      const rows = await db
        .selectFrom('agents')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .orderBy('enrolled_at_ms')
        .orderBy('agent_id')
        .execute();
      return rows.map(agentOf);
    },
    async markSeen(agentId, atMs) {
      await db.updateTable('agents').set({ last_seen_at_ms: atMs }).where('agent_id', '=', agentId).execute();
    },
    async revoke(agentId) {
      const { numUpdatedRows } = await db
        .updateTable('agents')
        .set({ is_revoked: 1 })
        .where('agent_id', '=', agentId)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function rowOf(agent: EnrolledAgent): Schema['agents'] {
  return {
    agent_id: agent.agentId,
    tenant_id: agent.tenantId,
    name: agent.name,
    identity_public_key: agent.identityPublicKey,
    enrolled_at_ms: agent.enrolledAtMs,
    last_seen_at_ms: agent.lastSeenAtMs ?? null,
    is_revoked: agent.isRevoked ? 1 : 0,
  };
}

function agentOf(row: Selectable<Schema['agents']>): EnrolledAgent {
  return {
    agentId: parseAgentId(row.agent_id),
    tenantId: parseTenantId(row.tenant_id),
    name: row.name,
    identityPublicKey: row.identity_public_key,
    enrolledAtMs: row.enrolled_at_ms,
    lastSeenAtMs: row.last_seen_at_ms ?? undefined,
    isRevoked: row.is_revoked === 1,
  };
}
