// Finds and ends the processes a test run left behind, told by a mark in the environment they inherited. Linux only (/proc).

import { readdir, readFile } from 'node:fs/promises';

/** The environment variable that carries the run's mark. */
export const RUN_MARK = 'DRAWBRIDGE_TEST_RUN';

/** Ends every process that carries the mark and names them. */
export async function endMarkedProcesses(mark: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`${RUN_MARK}=${mark}`)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    names.push(`${pid} ${command.replaceAll('\0', ' ').slice(0, 120)}`);
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself in the meantime, which is what was wanted.
    }
  }
  return names;
}
