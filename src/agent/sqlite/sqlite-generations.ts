// TECHNOLOGY: the sync generation in SQLite: a number that only grows, across restarts and clocks that are set back.

import { z } from 'zod';
import type { AgentDatabase } from './agent-database.js';

const rowSchema = z.object({ generation: z.int() });

/** The next generation, never given before. */
export function nextGeneration(database: AgentDatabase): number {
  return database.runRelaxed(() => {
    const sql = `INSERT INTO sync_state (only_row, generation) VALUES (1, 1)
      ON CONFLICT (only_row) DO UPDATE SET generation = generation + 1 RETURNING generation`;
    return rowSchema.parse(database.prepare(sql).get()).generation;
  });
}
