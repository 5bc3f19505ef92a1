// The base of every expected trouble: a stable code, an honest answer on retrying, and a cause.
// A Failure's message is for people only: nobody decides by it. Our own mistakes are not Failures; see assert.ts.

/** Whether trying the same thing again may help, and why. */
export interface RetryAdvice {
  readonly mayRetry: boolean;
  readonly why: string;
}

export interface FailureOptions {
  /** What lies underneath. Its message is not repeated in ours. */
  readonly cause?: unknown;
}

/**
 * Expected trouble. Subclasses fix `code` (kebab-case, stable across versions) and `retry`.
 *
 * @example
 * class DirectoryUnreachable extends Failure {
 *   readonly code = 'directory-unreachable';
 *   readonly retry = { mayRetry: true, why: 'another attempt may find the domain controller back' };
 * }
 */
export abstract class Failure extends Error {
  abstract readonly code: string;
  abstract readonly retry: RetryAdvice;

  constructor(message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
  }
}

/**
 * What only the person who runs the program can put right: a setting, a secret, a private file, the environment, the command
 * line. Ends a command with exit code 2 instead of 1, so that a scheduler knows that trying again is no use.
 */
export abstract class OperatorMistake extends Failure {}

/** One line a person can act on: every message of the chain, outermost first, none repeated. */
export function describeFailure(error: unknown): string {
  const messages: string[] = [];
  for (let at: unknown = error, depth = 0; at !== undefined && at !== null && depth < CAUSES_MAX; depth += 1) {
    const message = at instanceof Error ? at.message : String(at);
    if (message !== '' && !messages.some((known) => known.includes(message))) messages.push(message);
    at = at instanceof Error ? at.cause : undefined;
  }
  return messages.join(': ');
}

/** The code to log for anything thrown: a Failure's own, Node's `code`, or the error's class. */
export function codeOf(error: unknown): string {
  if (error instanceof Failure) return error.code;
  if (error instanceof Error) {
    const code: unknown = 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : error.name;
  }
  return 'not-an-error';
}

const CAUSES_MAX = 8;
