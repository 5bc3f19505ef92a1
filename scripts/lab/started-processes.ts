// What this process has started and not seen end: by it a program that is told to stop, at whatever moment, ends everything
// before it ends itself. Knows neither what runs nor why.

import type { ChildProcess } from 'node:child_process';
import { LabFailure } from './lab-failure.js';

const enders = new Set<() => Promise<void>>();
let isStopping = false;

/** To be asked in the same turn as the spawn: what is started later than the end would be missed by it. */
export function assertMayStart(name: string): void {
  if (isStopping) throw new LabFailure(`${name} is not started any more: everything is being stopped`);
}

/** Remembers a process, from the turn it was spawned in until it has ended. `end` resolves once nothing of it is left. */
export function rememberStarted(child: ChildProcess, end: (pid: number) => Promise<void>): void {
  const { pid } = child;
  // A program that could not be spawned at all.
  if (pid === undefined) return;
  const ender = () => end(pid);
  enders.add(ender);
  child.once('exit', () => enders.delete(ender));
}

/** Ends everything that was started and still runs. From now on nothing can be started; may be called at any moment. */
export async function endStartedProcesses(): Promise<void> {
  isStopping = true;
  await Promise.all([...enders].map((end) => end()));
}
