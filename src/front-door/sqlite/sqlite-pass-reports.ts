// TECHNOLOGY: what agents told of their passes, in SQLite. See PassReports for what is promised.

import { z } from 'zod';
import { parseAgentId } from '../../protocol/identifiers.js';
import { type EndedPass, endedPassSchema, hasNews } from '../../protocol/sync-reports.js';
import type { Clock } from '../../timing/clock.js';
import type { PassReports, ToldKind, ToldPass } from '../people/pass-reports.js';
import type { DirectStatements } from './direct-statements.js';

/** Of each agent; beyond it the oldest go. */
const REPORTS_PER_AGENT_MAX = 300;

export function sqlitePassReports(direct: DirectStatements, clock: Clock): PassReports {
  const known = direct.prepare(SQL.known);
  const later = direct.prepare(SQL.later);
  const forgetUneventful = direct.prepare(SQL.forgetUneventful);
  const insert = direct.prepare(SQL.insert);
  const prune = direct.prepare(SQL.prune);
  const latest = direct.prepare(SQL.latest);
  return {
    async keep({ tenantId, agentId }, pass) {
      const { directoryId, generation } = pass;
      const key = [tenantId, agentId, directoryId, generation] as const;
      // Most are told again and again: that writes nothing.
      if (await direct.read(() => known.get(...key) !== undefined)) return;
      const uneventful = isUneventful(pass);
      await direct.relaxed(() => {
        // One that was told late says less than what came after it.
        if (uneventful && later.get(...key) !== undefined) return;
        if (uneventful) forgetUneventful.run(...key);
        insert.run(...key, clock.nowMs(), kindOf(pass), uneventful ? 1 : 0, JSON.stringify(pass));
        prune.run({ tenantId, agentId, max: REPORTS_PER_AGENT_MAX });
      });
    },

    latest: (tenantId, { directoryId = null, kind = null, max }) =>
      direct.read(() => latest.all({ tenantId, directoryId, kind, max }).flatMap((row) => toldIn(row) ?? [])),
  };
}

function kindOf({ result }: EndedPass): ToldKind {
  return result.kind === 'done' ? result.report.kind : 'failed';
}

function isUneventful({ result }: EndedPass): boolean {
  return result.kind === 'done' && !hasNews(result.report);
}

const SQL = {
  known: 'select 1 from pass_reports where tenant_id = ? and agent_id = ? and directory_id = ? and generation = ?',
  later: `select 1 from pass_reports where tenant_id = ? and agent_id = ? and directory_id = ? and generation > ? limit 1`,
  forgetUneventful: `delete from pass_reports where tenant_id = ? and agent_id = ? and directory_id = ? and generation < ?
    and is_uneventful = 1`,
  insert: `insert into pass_reports
    (tenant_id, agent_id, directory_id, generation, received_at_ms, kind, is_uneventful, pass)
    values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
  // However many fail after it, the last look at everybody in each directory stays.
  prune: `delete from pass_reports where tenant_id = $tenantId and agent_id = $agentId
    and generation <= (select generation from pass_reports where tenant_id = $tenantId and agent_id = $agentId
      order by generation desc limit 1 offset $max)
    and (directory_id, generation) not in (select directory_id, max(generation) from pass_reports
      where tenant_id = $tenantId and agent_id = $agentId and kind = 'full' group by directory_id)`,
  latest: `select agent_id, received_at_ms, pass from pass_reports
    where tenant_id = $tenantId and directory_id is coalesce($directoryId, directory_id) and kind is coalesce($kind, kind)
    order by received_at_ms desc, generation desc limit $max`,
};

const rowSchema = z.object({
  agent_id: z.string().transform(parseAgentId),
  received_at_ms: z.int(),
  pass: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(endedPassSchema),
});

/** Undefined for one that another version of the program kept in another shape. */
function toldIn(row: unknown): ToldPass | undefined {
  const { success, data } = rowSchema.safeParse(row);
  return success ? { ...data.pass, agentId: data.agent_id, receivedAtMs: data.received_at_ms } : undefined;
}
