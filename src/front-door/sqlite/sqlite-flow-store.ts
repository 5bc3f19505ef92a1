// Flows in progress and the challenges before them, in SQLite.
// Both are found by the hash of the session's cookie; a save names the version it started from.

import { z } from 'zod';
import { LANGUAGES } from '../languages/language.js';
import type { ChallengeStore } from '../resets/challenge-store.js';
import { flowSchema } from '../resets/flow.js';
import type { FlowStore } from '../resets/flow-store.js';
import type { Database } from './open-store.js';

export function sqliteFlowStore(db: Database): FlowStore {
  return {
    async create(sessionHash, flow) {
      const row = {
        session_hash: sessionHash,
        flow: JSON.stringify(flow),
        version: 1,
        expires_at_ms: flow.expiresAtMs,
        tenant_id: flow.person?.tenantId ?? null,
        anchor: flow.person?.anchor ?? null,
      };
      await db.insertInto('flows').values(row).execute();
    },
    async find(sessionHash) {
      const row = await db.selectFrom('flows').selectAll().where('session_hash', '=', sessionHash).executeTakeFirst();
      return row && { flow: flowSchema.parse(JSON.parse(row.flow)), version: row.version };
    },
    async save(sessionHash, flow, version) {
      const { numUpdatedRows } = await db
        .updateTable('flows')
        .set({ flow: JSON.stringify(flow), version: version + 1, expires_at_ms: flow.expiresAtMs })
        .where('session_hash', '=', sessionHash)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async remove(sessionHash) {
      await db.deleteFrom('flows').where('session_hash', '=', sessionHash).execute();
    },
    async sessionsOf({ tenantId, anchor }) {
      const rows = await db
        .selectFrom('flows')
        .select('session_hash')
        .where('tenant_id', '=', tenantId)
        .where('anchor', '=', anchor)
        .execute();
      return rows.map((row) => row.session_hash);
    },
  };
}

const kindSchema = z.enum(['picture', 'words']);
const languageSchema = z.enum(LANGUAGES);

export function sqliteChallengeStore(db: Database): ChallengeStore {
  const unlessOver = (
    row: { challenge_id: string; kind: string; language: string; seed: Uint8Array; expires_at_ms: number } | undefined,
    nowMs: number,
  ) =>
    row === undefined || row.expires_at_ms <= nowMs
      ? undefined
      : {
          challengeId: row.challenge_id,
          kind: kindSchema.parse(row.kind),
          language: languageSchema.parse(row.language),
          seed: row.seed,
          expiresAtMs: row.expires_at_ms,
        };
  return {
    async put(sessionHash, challenge) {
      const values = {
        challenge_id: challenge.challengeId,
        kind: challenge.kind,
        language: challenge.language,
        seed: challenge.seed,
        expires_at_ms: challenge.expiresAtMs,
      };
      await db
        .insertInto('challenges')
        .values({ session_hash: sessionHash, ...values })
        .onConflict((conflict) => conflict.column('session_hash').doUpdateSet(values))
        .execute();
    },
    async read(sessionHash, nowMs) {
      const query = db.selectFrom('challenges').selectAll().where('session_hash', '=', sessionHash);
      return unlessOver(await query.executeTakeFirst(), nowMs);
    },
    async take(sessionHash, nowMs) {
      const query = db.deleteFrom('challenges').where('session_hash', '=', sessionHash).returningAll();
      return unlessOver(await query.executeTakeFirst(), nowMs);
    },
  };
}
