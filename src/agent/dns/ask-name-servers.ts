// TECHNOLOGY: one question to the machine's name servers, or to those that are named: an answer, none there, or what was wrong
// with the name servers, within a deadline. Knows nothing of what is asked for.

import { NODATA, NOTFOUND, Resolver } from 'node:dns/promises';
import { codeOf, Failure } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';

/** They gave no answer that says anything about the name. */
export class NameServersUnavailable extends Failure {
  readonly code = 'name-servers-unavailable';
  readonly retry = { mayRetry: true, why: 'the name server may be back' };
}

/** For one question to one name server the first time, twice as long the second. Four silent ones are got through once. */
const TIMEOUT_MS = 1_000;
const TRIES = 2;
/** For a question altogether. Somebody may be waiting for it before anything of theirs has begun. */
const ANSWER_MS_MAX = 4_000;

export interface Question {
  /** What is asked for, as in "the addresses of dc1.example.com". */
  readonly what: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** `servers`: addresses with or without port; none: the machine's own. Throws as `answerOf` does. */
export function askNameServers<T>(
  servers: readonly string[],
  question: Question,
  ask: (resolver: Resolver) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  return answerOf(question, async (signal) => {
    // One for each question, because cancelling ends everything a resolver has under way.
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
    if (servers.length > 0) resolver.setServers(servers);
    signal.addEventListener('abort', () => resolver.cancel(), { once: true });
    return ask(resolver);
  });
}

/** None where there is no such name or record. Throws NameServersUnavailable, or the signal's reason. */
export async function answerOf<T>(
  { what, clock, signal }: Question,
  look: (signal: AbortSignal) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  try {
    return await withDeadline({ clock, deadlineMs: ANSWER_MS_MAX, what, signal }, look);
  } catch (cause) {
    signal.throwIfAborted();
    const code = codeOf(cause);
    if (code === NOTFOUND || code === NODATA) return [];
    throw new NameServersUnavailable(TROUBLE.get(code) ?? 'no name server answers', { cause });
  }
}

/** Answers that are none, by c-ares' codes (node:dns, "Error codes"). All others are silence. */
const TROUBLE: ReadonlyMap<string, string> = new Map([
  ['ESERVFAIL', 'the name server could not find out'],
  ['EREFUSED', 'the name server refuses to answer'],
  ['EBADRESP', "the name server's answer cannot be read"],
  ['EFORMERR', 'the name server does not understand the question'],
  ['ENOTIMP', 'the name server does not answer such questions'],
]);
