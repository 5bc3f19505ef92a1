// A process of its own writes and is killed, while the log is carried over or between: nothing that it said it had written is gone. The
// process alone is killed: what a power cut would take shows nowhere here.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const CHILD = fileURLToPath(new URL('./log-carrier-kill-child.mjs', import.meta.url));
const KILLS = 12;
/** Some twenty-five of these rows fill the log. */
const ROWS_MIN = 60;
const ROWS_MAX = 400;
const ROW_BYTES = 64 * 1024;

it('a front door that is killed while its log is carried over leaves everything behind that it had written', async () => {
  let begunAnew = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'drawbridge-kill-'));
    try {
      const path = join(folder, 'store.sqlite');
      const written = await killedAfter(path, ROWS_MIN + Math.floor(Math.random() * (ROWS_MAX - ROWS_MIN)));
      if (statSync(`${path}-wal`).size < (written * ROW_BYTES) / 2) begunAnew += 1;
      using file = new DatabaseSync(path);
      expect(file.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
      const { rows, last } = file.prepare('select count(*) as rows, max(number) as last from rows').get() ?? {};
      expect(rows).toBe(last);
      expect(Number(rows)).toBeGreaterThanOrEqual(written);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  expect(begunAnew).toBeGreaterThan(0);
});

/** Resolves to how many rows it said that it had written. */
async function killedAfter(path: string, rows: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let written = 0;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      written = Number(line);
      if (written >= rows) child.kill('SIGKILL');
    }
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
  expect(written).toBeGreaterThanOrEqual(rows);
  return written;
}
