// Runs another program to its end, with what it is told on standard input. Secrets go there, never into arguments.
// It ends with us, however we end (the kernel's parent-death signal, by setpriv of util-linux).

import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { LabFailure } from './lab-failure.js';
import { assertMayStart, rememberStarted } from './started-processes.js';

const COMMAND_DEADLINE_MS = 120_000;
const TOLD_CHARS_MAX = 2000;
/** setpriv's exit code for a program that is not there. */
const NOT_FOUND = 127;

export interface CommandOptions {
  /** A text, or its pieces one after the other. */
  readonly input?: string | Iterable<string>;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errorOutput: string;
}

/** The command's standard output. Throws a LabFailure with what it said when it ends with anything but 0. */
export async function runCommand(command: string, args: readonly string[], options?: CommandOptions): Promise<string> {
  const { exitCode, output, errorOutput } = await tryCommand(command, args, options);
  if (exitCode === 0) return output;
  throw new LabFailure(
    `${command} ${args[0] ?? ''} ended with ${exitCode}: ${errorOutput.trim().slice(-TOLD_CHARS_MAX)}`,
  );
}

/** What the command said, whatever its exit code. Throws a LabFailure only if it cannot be started. */
export async function tryCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  assertMayStart(command);
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: COMMAND_DEADLINE_MS,
    ...(options.env === undefined ? {} : { env: { ...process.env, ...options.env } }),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => reject(new LabFailure(`cannot run ${command}: run scripts/setup first`, { cause })));
    child.once('close', resolve);
  });
  rememberStarted(child, async () => {
    child.kill('SIGKILL');
    await ended.catch(() => undefined);
  });
  // A program that ends without reading all of its input is judged by its exit code.
  child.stdin.on('error', () => undefined);
  const input = Readable.from(options.input ?? '');
  // Whoever makes the input may fail: the program must not take what came until then for all of it.
  const unfed = new Promise<never>((_, reject) => {
    input.once('error', (cause) => {
      child.kill('SIGKILL');
      reject(cause);
    });
  });
  input.pipe(child.stdin);
  const all = Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const [exitCode, output, errorOutput] = await Promise.race([all, unfed]);
  if (exitCode === NOT_FOUND) throw new LabFailure(`cannot run ${command}: run scripts/setup first`);
  return { exitCode, output, errorOutput };
}
