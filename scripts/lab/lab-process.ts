// One process of the lab: started in a process group of its own, ended with everything it started, and never left behind.
// Four nets: `stop()`; the list of what was started, for a program that is told to stop before it got hold of the process;
// the kernel's parent-death signal (setpriv, util-linux) when our own process ends in any way; and a pid file, by which the
// next start ends what even that left. Ends only what it started, told by pid and start time.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LabFailure } from './lab-failure.js';
import { assertMayStart, rememberStarted } from './started-processes.js';

const STOP_DEADLINE_MS = 5000;
const POLL_MS = 25;
const LOG_TAIL_LINES = 15;

export interface LabProcessOptions {
  /** For messages, as in "the Samba domain controller". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly pidFile: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface LabProcess extends AsyncDisposable {
  readonly pid: number;
  /** Resolves with what to tell once the process has ended, by itself or stopped. */
  readonly ended: Promise<string>;
  /** Ends the process and all it started. May be called any number of times, also while it is paused. */
  stop(): Promise<void>;
  /** Takes it and all it started away without a word, as a power cut would. */
  kill(): Promise<void>;
  /** From now on it accepts connections, because the kernel does, and answers nothing. */
  pause(): void;
  resume(): void;
}

/** Starts the process, after ending the one that an earlier start under the same pid file left behind. */
export async function startLabProcess(options: LabProcessOptions): Promise<LabProcess> {
  await endStaleProcess(options.pidFile);
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, 'w', 0o600);
  assertMayStart(options.name);
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', options.command, ...options.args], {
    detached: true,
    // A pipe, kept open: Samba in the foreground ends when its standard input does, which is one more net.
    stdio: ['pipe', log.fd, log.fd],
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  rememberStarted(child, (pid) => endGroup(pid, 'SIGTERM'));
  // Listened to before anything is awaited: an event that nobody hears yet is lost.
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(`${options.name} ended (${signal ?? `exit code ${code}`})`));
  });
  const pid = await started(child, options);
  await log.close();
  await writeFile(options.pidFile, `${pid} ${(await startTime(pid)) ?? ''}\n`);
  const end = async (signal: NodeJS.Signals) => {
    await endGroup(pid, signal);
    await rm(options.pidFile, { force: true });
  };
  const stop = () => end('SIGTERM');
  return {
    pid,
    ended,
    stop,
    kill: () => end('SIGKILL'),
    pause: () => signalGroup(pid, 'SIGSTOP'),
    resume: () => signalGroup(pid, 'SIGCONT'),
    [Symbol.asyncDispose]: stop,
  };
}

/**
 * Asks until `probe` says true. Throws a LabFailure with the end of the process's log if it ends first or the deadline
 * passes; the process is stopped then.
 */
export async function waitUntilReady(
  running: LabProcess,
  options: { name: string; logFile: string; deadlineMs: number; probe: () => Promise<boolean> },
): Promise<void> {
  let ended: string | undefined;
  running.ended.then((how) => {
    ended = how;
  });
  const deadline = performance.now() + options.deadlineMs;
  while (!(await options.probe())) {
    const trouble = ended ?? (performance.now() > deadline ? `${options.name} does not answer` : undefined);
    if (trouble !== undefined) {
      await running.stop();
      throw new LabFailure(`${trouble}; the end of ${options.logFile}:\n${await logTail(options.logFile)}`);
    }
    await pause(POLL_MS);
  }
}

/** Ends what a killed parent left behind, if the pid file still names that very process. */
export async function endStaleProcess(pidFile: string): Promise<void> {
  const [pid, start] = (await readFile(pidFile, 'utf8').catch(() => '')).trim().split(' ');
  // The start time tells a process from a later one to which the kernel gave the same id.
  if (pid !== undefined && start !== undefined && (await startTime(Number(pid))) === start) {
    await endGroup(Number(pid), 'SIGTERM');
  }
  await rm(pidFile, { force: true });
}

async function started(child: ReturnType<typeof spawn>, options: LabProcessOptions): Promise<number> {
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new LabFailure(`cannot start ${options.name}: run scripts/setup first`, { cause });
  }
  if (child.pid === undefined) throw new LabFailure(`cannot start ${options.name}`);
  return child.pid;
}

async function endGroup(leader: number, signal: NodeJS.Signals): Promise<void> {
  const deadline = performance.now() + STOP_DEADLINE_MS;
  signalGroup(leader, signal);
  // What is paused gets a signal only when it goes on.
  signalGroup(leader, 'SIGCONT');
  while (await isGroupAlive(leader)) {
    if (performance.now() > deadline) signalGroup(leader, 'SIGKILL');
    await pause(POLL_MS);
  }
}

function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    // Nobody of the group is left: what was asked for is already so.
    return false;
  }
}

/** Zombies do not count: in a container nobody may ever collect them. */
async function isGroupAlive(leader: number): Promise<boolean> {
  if (!signalGroup(leader, 0)) return false;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const members = await Promise.all(pids.map((pid) => processFields(pid)));
  return members.some(([state, , group]) => group === String(leader) && state !== 'Z' && state !== 'X');
}

async function startTime(pid: number): Promise<string | undefined> {
  return (await processFields(pid))[19];
}

/** /proc/PID/stat (proc(5)) from its third field on: state, parent, group …; the name before them may hold spaces. */
async function processFields(pid: number | string): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

async function logTail(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}
