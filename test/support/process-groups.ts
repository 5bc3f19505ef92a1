// Which processes of a group still live, from Linux's /proc: for tests that nothing is left behind.

import { readdir, readFile } from 'node:fs/promises';

/** Their ids. Zombies do not count: in a container nobody may ever collect them. */
export async function livingMembersOf(leader: number): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const alive = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return group === String(leader) && state !== 'Z' ? pid : undefined;
    }),
  );
  return alive.filter((pid) => pid !== undefined);
}
