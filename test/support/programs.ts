// The built programs, run as anybody runs them: `node dist/src/main.js …`, with an environment of their own.
// For tests that signal, kill and cut: a program's log is read back line by line, and its end is told with code and signal.
// No program outlives the test that started it, however that ends (setpriv's parent-death signal).

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { inject, vi } from 'vitest';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const COMMAND_DEADLINE_MS = 30_000;
const UNTIL_DEADLINE_MS = 20_000;
/** How often a condition is looked at. */
export const LOOK_EVERY_MS = 10;

export type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const lineSchema = z.looseObject({ event: z.string().optional(), level: z.string() });
export type LogLine = z.infer<typeof lineSchema>;

export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** Standard output and standard error. */
  readonly logFile: string;
  readonly ended: Promise<Ended>;
  hasEnded(): boolean;
  /** The log lines so far that are of this event. */
  lines(event: string): readonly LogLine[];
  /** The first such line, now or later. `nth` counts from 1. */
  until(event: string, nth?: number): Promise<LogLine>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** Starts `drawbridge ARGS`. The log file is added to, so that a second run's stands below the first's. */
export async function startProgram(options: {
  readonly args: readonly string[];
  readonly logFile: string;
  readonly environment?: Environment;
}): Promise<Program> {
  const { logFile } = options;
  const startsAt = existsSync(logFile) ? readFileSync(logFile).length : 0;
  const log = await open(logFile, 'a', 0o600);
  const child = spawnDrawbridge(options.args, options.environment, ['ignore', log.fd, log.fd]);
  const ended = endOf(child);
  await once(child, 'spawn');
  await log.close();
  const { pid } = child;
  if (pid === undefined) throw new Error('a spawned process has an id');
  const linesSoFar = followLog(logFile, startsAt);
  const lines = (event: string) => linesSoFar().filter((line) => line.event === event);
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    pid,
    logFile,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    lines,
    until: (event, nth = 1) =>
      vi.waitFor(
        () => {
          const line = lines(event)[nth - 1];
          if (line === undefined)
            throw new Error(`no "${event}" (${nth}) in the log, which ends:\n${endOfLog(logFile)}`);
          return line;
        },
        { timeout: UNTIL_DEADLINE_MS, interval: LOOK_EVERY_MS },
      ),
    end,
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL');
    },
  };
}

export interface CommandResult extends Ended {
  readonly output: string;
  readonly errorOutput: string;
}

/** Runs `drawbridge ARGS` to its end. With `outputTo`, an open file, its standard output goes there and `output` stays empty. */
export async function runDrawbridge(
  args: readonly string[],
  options: { readonly input?: string; readonly environment?: Environment; readonly outputTo?: number } = {},
): Promise<CommandResult> {
  const child = spawnDrawbridge(args, options.environment, ['pipe', options.outputTo ?? 'pipe', 'pipe']);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stderr === null) throw new Error('both streams are pipes');
  // A command that ends without reading all of its input is judged by its exit code.
  stdin.on('error', () => undefined);
  stdin.end(options.input ?? '');
  const [end, output, errorOutput] = await Promise.all([
    endOf(child),
    stdout === null ? '' : text(stdout),
    text(stderr),
  ]);
  return { ...end, output, errorOutput };
}

function spawnDrawbridge(
  args: readonly string[],
  environment: Environment = {},
  stdio: ('ignore' | 'pipe' | number)[],
): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', '--', process.execPath, MAIN, ...args], {
    stdio,
    // Nothing of the test runner's own environment, which has options for Node in it. What was compiled once need not be again.
    env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: inject('compiledFolder'), ...environment },
    ...(stdio[0] === 'pipe' ? { timeout: COMMAND_DEADLINE_MS } : {}),
  });
}

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

const endOfLog = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');

/** Every whole line that is JSON, up to now, each read once; a last line may be half written, and an unhandled error is no JSON. */
function followLog(file: string, startsAt: number): () => readonly LogLine[] {
  const lines: LogLine[] = [];
  let readTo = startsAt;
  return () => {
    const added = readFileSync(file).subarray(readTo);
    const wholeLines = added.subarray(0, added.lastIndexOf('\n') + 1);
    readTo += wholeLines.length;
    for (const line of wholeLines.toString('utf8').split('\n'))
      if (line.startsWith('{') && line.endsWith('}')) lines.push(lineSchema.parse(JSON.parse(line)));
    return lines;
  };
}
