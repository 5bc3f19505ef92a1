// Tokens of the API, in SQLite: their hashes only.

import type { Selectable } from 'kysely';
import { z } from 'zod';
import { parseTenantId } from '../../protocol/identifiers.js';
import type { ApiToken, ApiTokens } from '../tokens/api-tokens.js';
import type { Database } from './open-store.js';
import type { Schema } from './schema.js';

export function sqliteApiTokens(db: Database): ApiTokens {
  return {
    async add(token) {
      await db
        .insertInto('api_tokens')
        .values({
          id: token.id,
          tenant_id: token.tenantId,
          name: token.name,
          scopes: JSON.stringify(token.scopes),
          hash: token.hash,
          created_at_ms: token.createdAtMs,
          expires_at_ms: token.expiresAtMs ?? null,
          last_used_at_ms: token.lastUsedAtMs ?? null,
          is_revoked: 0,
        })
        .execute();
    },
    async find(hash) {
      const query = db.selectFrom('api_tokens').selectAll().where('hash', '=', hash).where('is_revoked', '=', 0);
      const row = await query.executeTakeFirst();
      return row && tokenOf(row);
    },
    async markUsed(id, atMs) {
      await db.updateTable('api_tokens').set({ last_used_at_ms: atMs }).where('id', '=', id).execute();
    },
    async list(tenantId) {
      const query = db
        .selectFrom('api_tokens')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('is_revoked', '=', 0);
      return (await query.orderBy('created_at_ms').execute()).map(tokenOf);
    },
    async revoke(id) {
      const query = db.updateTable('api_tokens').set({ is_revoked: 1 }).where('id', '=', id);
      return (await query.executeTakeFirst()).numUpdatedRows === 1n;
    },
  };
}

function tokenOf(row: Selectable<Schema['api_tokens']>): ApiToken {
  return {
    id: row.id,
    tenantId: parseTenantId(row.tenant_id),
    name: row.name,
    scopes: z.array(z.string()).parse(JSON.parse(row.scopes)),
    hash: row.hash,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms ?? undefined,
    lastUsedAtMs: row.last_used_at_ms ?? undefined,
  };
}
