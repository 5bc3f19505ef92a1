// What lies before a process that it has not read: how we know that a frozen one was asked something. Linux, proc(5) and proc_net(5).

import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const ESTABLISHED = '01';

/** Of all its IPv4 connections to this port together, wherever. Throws where there is no such process. */
export async function unreadBytes(pid: number, port: number): Promise<number> {
  const descriptors = join('/proc', `${pid}`, 'fd');
  // One that was closed in between has nothing before it.
  const targets = (await readdir(descriptors)).map((name) => readlink(join(descriptors, name)).catch(() => ''));
  const open = new Set(await Promise.all(targets));
  const [, ...connections] = (await readFile(join('/proc', `${pid}`, 'net', 'tcp'), 'utf8')).trimEnd().split('\n');
  return connections
    .map((line) => line.trim().split(/\s+/))
    .filter(({ 3: state, 9: inode }) => state === ESTABLISHED && open.has(`socket:[${inode}]`))
    .filter(({ 2: remote = '' }) => Number.parseInt(remote.split(':')[1] ?? '', 16) === port)
    .reduce((sum, { 4: queues = '' }) => sum + Number.parseInt(queues.split(':')[1] ?? '', 16), 0);
}
