// A process of its own marks a command as sent and is killed: the ledger it leaves behind says so.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AgentDatabase } from '../../src/agent/sqlite/agent-database.js';
import { SqliteLedger } from '../../src/agent/sqlite/sqlite-ledger.js';
import type { LedgerCommand } from '../../src/agent/write-back/ledger.js';
import { parseAccountAnchor, parseResetId } from '../../src/protocol/identifiers.js';

const CHILD = fileURLToPath(new URL('./ledger-kill-child.mjs', import.meta.url));

const command: LedgerCommand = {
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  fingerprint: 'fingerprint-1',
  operation: 'reset',
  anchor: parseAccountAnchor('anchor-of-ada'),
  notAfterMs: 120_000,
};

describe('an agent that is killed between sending and settling', () => {
  it('finds in its ledger that the command was sent, where, and what the password was before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drawbridge-kill-'));
    try {
      const file = join(folder, 'agent.db');
      await runUntilSentAndKill(file);
      using database = AgentDatabase.open(file);
      const ledger = new SqliteLedger(database);
      const sent = {
        ...command,
        state: 'sent',
        sentAtMs: 2,
        domainController: 'dc1.example.com',
        passwordLastSetBefore: 3n,
        revisionBefore: '7',
        mustChange: false,
      };
      expect(ledger.find(command.resetId)).toEqual(sent);
      expect(ledger.unsettled()).toEqual([sent]);
      expect(() => ledger.receive(command, 5)).toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

async function runUntilSentAndKill(file: string): Promise<void> {
  const child = spawn(process.execPath, [CHILD, file, JSON.stringify(command)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const [said] = await Promise.race([once(child.stdout, 'data'), ended]);
    expect(String(said)).toBe('sent\n');
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
