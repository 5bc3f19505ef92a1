// Tokens of the API, in SQLite: their hashes only. Each call looks its token up anew, so that one that is revoked, by another
// process too, ends at once; directly, and not by Kysely.

import type { Selectable } from 'kysely';
import { z } from 'zod';
import { parseTenantId } from '../../protocol/identifiers.js';
import type { ApiToken, ApiTokens } from '../tokens/api-tokens.js';
import type { Store } from './open-store.js';
import type { Schema } from './schema.js';

export function sqliteApiTokens({ db, direct }: Pick<Store, 'db' | 'direct'>): ApiTokens {
  const find = direct.prepare('select * from api_tokens where hash = ? and is_revoked = 0');
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
    find: (hash) =>
      direct.read(() => {
        const row = find.get(hash);
        return row && tokenOf(rowSchema.parse(row));
      }),
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

const rowSchema: z.ZodType<Selectable<Schema['api_tokens']>> = z.object({
  id: z.string(),
  tenant_id: z.string(),
  name: z.string(),
  scopes: z.string(),
  hash: z.instanceof(Uint8Array),
  created_at_ms: z.int(),
  expires_at_ms: z.int().nullable(),
  last_used_at_ms: z.int().nullable(),
  is_revoked: z.int(),
});

/** Made once: to make a schema costs a call of the API more than everything else that is done to its row. */
const scopesSchema = z.array(z.string());

function tokenOf(row: Selectable<Schema['api_tokens']>): ApiToken {
  return {
    id: row.id,
    tenantId: parseTenantId(row.tenant_id),
    name: row.name,
    scopes: scopesSchema.parse(JSON.parse(row.scopes)),
    hash: row.hash,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms ?? undefined,
    lastUsedAtMs: row.last_used_at_ms ?? undefined,
  };
}
