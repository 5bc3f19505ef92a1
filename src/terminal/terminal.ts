// What a command has of the terminal it runs in: lines out, one secret in. No colours, no prompts that a script would trip over.

import { hostname } from 'node:os';
import { Failure, OperatorMistake } from '../failure/failure.js';
import { Secret } from '../secret/secret.js';

/** Nothing, or too much, came on standard input. */
export class InputRefused extends OperatorMistake {
  readonly code = 'input-refused';
  readonly retry = { mayRetry: false, why: 'the same input is refused again' };
}

const INPUT_BYTES_MAX = 4096;

/** Prints lines on standard output. */
export function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** What standard input holds, without its last line ending. Never an argument: other people see those. */
export async function readSecretInput(what: string): Promise<Secret> {
  if (process.stdin.isTTY === true) process.stderr.write(`Enter ${what}, then Return and Ctrl-D:\n`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > INPUT_BYTES_MAX) throw new InputRefused(`${what} is longer than it can be`);
    chunks.push(piece);
  }
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (text === '') throw new InputRefused(`${what} is expected on standard input, and nothing came`);
  return Secret.fromText(text);
}

/** A name for this machine that fits where names are limited to 64 characters. */
export function machineName(): string {
  return hostname().slice(0, 64) || 'agent';
}

/** Somebody ended the command. */
export class Stopped extends Failure {
  readonly code = 'stopped';
  readonly retry = { mayRetry: true, why: 'nothing stood in the way' };
}

/**
 * Aborts with Stopped at SIGINT or SIGTERM; a second one ends the process at once, as people expect. `goesOn`: what does not end with the
 * command, as a sentence's second half.
 */
export function stopSignal(goesOn = ''): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new Stopped(`stopped by ${name}${goesOn}`)));
  }
  return controller.signal;
}
