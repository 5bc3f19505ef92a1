// What the ledger's one durable write costs on this disk, measured alone: a bare writer has no such thing.
// Uses the agent's own ledger on a file of its own, beside the agent's.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AgentDatabase } from '../../src/agent/sqlite/agent-database.js';
import { SqliteLedger } from '../../src/agent/sqlite/sqlite-ledger.js';
import { parseAccountAnchor, parseResetId } from '../../src/protocol/identifiers.js';
import { systemClock } from '../../src/timing/clock.js';
import { type PartReport, partOf } from './report.js';

const WRITES = 100;
const LIFETIME_MS = 60_000;

export function measureLedgerSync(folder: string): PartReport {
  using database = AgentDatabase.open(join(folder, 'ledger-alone.sqlite'));
  const ledger = new SqliteLedger(database);
  const timesMs: number[] = [];
  for (let count = 0; count < WRITES; count += 1) {
    const nowMs = systemClock.nowMs();
    const resetId = parseResetId(randomUUID());
    const anchor = parseAccountAnchor(randomUUID());
    const command = {
      resetId,
      anchor,
      fingerprint: 'f'.repeat(64),
      operation: 'reset',
      notAfterMs: nowMs + LIFETIME_MS,
    } as const;
    ledger.receive(command, nowMs);
    const startedMs = performance.now();
    ledger.markSent(resetId, {
      sentAtMs: nowMs,
      domainController: 'dc1.example.com',
      passwordLastSetBefore: 0n,
      revisionBefore: undefined,
      mustChange: false,
    });
    timesMs.push(performance.now() - startedMs);
  }
  return partOf("the ledger's disk sync, measured alone (part of the agent's)", timesMs);
}
