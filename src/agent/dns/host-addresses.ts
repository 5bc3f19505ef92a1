// TECHNOLOGY: addresses of a host as this machine finds them, hosts file and all. Knows nothing of directories.

import { lookup, NODATA, NOTFOUND } from 'node:dns/promises';
import { codeOf, Failure } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';

/** No name server answered. */
export class HostAddressesUnavailable extends Failure {
  readonly code = 'host-addresses-unavailable';
  readonly retry = { mayRetry: true, why: 'the name server may be back' };
}

/** A firewall that swallows the question must not hold up everything else. */
const ANSWER_MS_MAX = 4_000;

/** None where there is no such host. Throws HostAddressesUnavailable, or the signal's reason. */
export async function addressesOf(host: string, clock: Clock, signal: AbortSignal): Promise<readonly string[]> {
  const what = `the addresses of ${host}`;
  try {
    // The machine's own look-up cannot be ended: it is left alone when it takes too long.
    return await withDeadline({ clock, deadlineMs: ANSWER_MS_MAX, what, signal }, async () =>
      (await lookup(host, { all: true })).map(({ address }) => address),
    );
  } catch (cause) {
    signal.throwIfAborted();
    const code = codeOf(cause);
    if (code === NOTFOUND || code === NODATA) return [];
    throw new HostAddressesUnavailable(`no name server answers for ${host}`, { cause });
  }
}
