// Whether this machine and a server agree on the time. Pure, but for the look at a server that tells its own in an entry.

import type { Finding } from '../../health/precheck.js';
import type { LdapConnection } from '../connection.js';
import { generalizedTimeMs } from '../generalized-time.js';
import { LdapRefusal } from '../ldap-errors.js';

/** Far below what Kerberos allows (5 minutes), and more than NTP ever leaves. */
const CLOCK_APART_MS_MAX = 60_000;

export function clockFinding(options: {
  readonly target: string;
  readonly theirMs: number | undefined;
  readonly nowMs: number;
}): Finding {
  const { target, theirMs, nowMs } = options;
  if (theirMs === undefined) return { code: 'clock', status: 'cannot-tell', target, detail: 'not shown by the server' };
  const aheadSeconds = Math.round((theirMs - nowMs) / 1000);
  const apart = `${Math.abs(aheadSeconds)} s ${aheadSeconds < 0 ? 'behind' : 'ahead of'} this machine`;
  const isApart = Math.abs(theirMs - nowMs) > CLOCK_APART_MS_MAX;
  return { code: 'clock', status: isApart ? 'warn' : 'pass', target, detail: apart };
}

export interface ClockEntry {
  readonly base: string;
  readonly attribute: string;
}

/** Of a server that tells its time to those who may look there; nothing where it does not, which nobody has to change. */
export async function monitoredClock(
  connection: Pick<LdapConnection, 'search'>,
  { base, attribute }: ClockEntry,
  { target, nowMs }: { readonly target: string; readonly nowMs: () => number },
  signal: AbortSignal,
): Promise<Finding[]> {
  const [entry] = await connection
    .search({ base, scope: 'base', attributes: [attribute] }, signal)
    .catch(noneIfRefused);
  const theirMs = generalizedTimeMs(entry?.text(attribute));
  return theirMs === undefined ? [] : [clockFinding({ target, theirMs, nowMs: nowMs() })];
}

/** Servers without such an entry answer in many ways; one sends elsewhere whoever asks for what it does not have. */
function noneIfRefused(error: unknown): [] {
  if (error instanceof LdapRefusal) return [];
  throw error;
}
