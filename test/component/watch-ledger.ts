// Looks at the ledger of a running agent from outside, so that a test can act at the moment between sending and settling.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { vi } from 'vitest';
import { LOOK_EVERY_MS } from '../support/programs.js';

const UNTIL_DEADLINE_MS = 20_000;

/** Resolves when the agent has marked the command as sent. */
export async function untilSent(agentData: string, resetId: string): Promise<void> {
  using database = new DatabaseSync(join(agentData, 'agent.sqlite'), { readOnly: true });
  const state = database.prepare('SELECT state FROM command WHERE reset_id = ?');
  await vi.waitFor(
    () => {
      const found = state.get(resetId)?.state;
      if (found !== 'sent') throw new Error(`the ledger says ${String(found)} of ${resetId}, not sent`);
    },
    { timeout: UNTIL_DEADLINE_MS, interval: LOOK_EVERY_MS },
  );
}
