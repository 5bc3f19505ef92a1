// Both ledgers keep one contract: the fake that unit tests use, and the one in SQLite that runs.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { AgentDatabase } from '../../../src/agent/sqlite/agent-database.js';
import { SqliteLedger } from '../../../src/agent/sqlite/sqlite-ledger.js';
import { MemoryLedger } from '../../support/memory-ledger.js';
import { describeLedger } from './ledger-contract.js';

const folder = mkdtempSync(join(tmpdir(), 'drawbridge-ledger-'));
const open: AgentDatabase[] = [];

afterAll(() => {
  for (const database of open) database[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

describeLedger('in memory', (options) => new MemoryLedger(options));

describeLedger('in SQLite', (options) => {
  const database = AgentDatabase.open(join(folder, `${open.length}.db`));
  open.push(database);
  return new SqliteLedger(database, options);
});
