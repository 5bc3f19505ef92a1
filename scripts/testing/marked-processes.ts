// Finds and ends the processes a test run left behind, told by a mark in the environment they inherited. Linux only (/proc).

import { readdir, readFile } from 'node:fs/promises';

/** The environment variable that carries the run's mark. */
export const RUN_MARK = 'DRAWBRIDGE_TEST_RUN';

/** The processes that carry the mark: their ids and command lines. Zombies have no environment any more and do not count. */
export async function markedProcesses(
  mark: string,
): Promise<readonly { readonly pid: number; readonly command: string }[]> {
  const found: { pid: number; command: string }[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`${RUN_MARK}=${mark}`)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    found.push({ pid: Number(pid), command: command.replaceAll('\0', ' ').slice(0, COMMAND_CHARS_TOLD) });
  }
  return found;
}

/** Ends every process that carries the mark and names them. */
export async function endMarkedProcesses(mark: string): Promise<readonly string[]> {
  const left = await markedProcesses(mark);
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in the meantime, which is what was wanted.
    }
  }
  return left.map(({ pid, command }) => `${pid} ${command}`);
}

const COMMAND_CHARS_TOLD = 120;
