// The checks of one server before anybody signs in: its name, its TLS, its certificate's name and end.

import { isIP, type LookupFunction } from 'node:net';
import { codeOf, describeFailure, Failure } from '../../../failure/failure.js';
import { tlsRefusal } from '../../../settings/tls-advice.js';
import { isoInstant } from '../../../timing/clock.js';
import { startDeadline } from '../../../timing/waits.js';
import type { Check, CheckContext, Finding } from '../../health/precheck.js';
import type { Endpoint } from '../connection.js';
import { isOtherName, lookAtCertificate, type SeenTls } from './look-at-certificate.js';

export interface ReachOptions {
  readonly endpoint: Endpoint;
  readonly serverName: string | undefined;
  readonly ca: string | undefined;
  /** Default: as this machine does. */
  readonly lookup?: LookupFunction | undefined;
  readonly connectTimeoutMs: number;
}

export function reachChecks(options: ReachOptions, context: CheckContext): Check[] {
  const target = options.endpoint.url;
  return [
    { codes: ['name-resolution'], target, look: (signal) => lookAtName(options, context, signal) },
    {
      codes: ['tls', 'certificate-name', 'certificate-expiry'],
      target,
      look: (signal) => lookAtTls(options, context, signal),
    },
  ];
}

async function lookAtName(
  { endpoint: { url, host } }: ReachOptions,
  { names }: CheckContext,
  signal: AbortSignal,
): Promise<Finding[]> {
  const found = (status: Finding['status'], detail: string): Finding[] => [
    { code: 'name-resolution', status, target: url, detail },
  ];
  if (isIP(host) !== 0) return found('pass', 'an address, not a name');
  const addresses = await names.addressesOf(host, signal);
  return addresses.length === 0
    ? found('fail', `no address is known for ${host}`)
    : found('pass', addresses.join(', '));
}

async function lookAtTls(options: ReachOptions, { clock }: CheckContext, signal: AbortSignal): Promise<Finding[]> {
  const { endpoint, serverName, ca, lookup, connectTimeoutMs } = options;
  const { url, host } = endpoint;
  const wanted = serverName ?? (isIP(host) === 0 ? host : undefined);
  using deadline = startDeadline({ clock, deadlineMs: connectTimeoutMs, what: `TLS with ${url}`, signal });
  let shown: SeenTls;
  try {
    shown = await lookAtCertificate({ endpoint, serverName: wanted, ca, lookup }, deadline.signal);
  } catch (error) {
    signal.throwIfAborted();
    shown = { seen: undefined, error };
  }
  return tlsFindings({ url, wantedName: wanted ?? host, nowMs: clock.nowMs() }, shown);
}

interface Judged {
  readonly url: string;
  /** What has to stand in the certificate. */
  readonly wantedName: string;
  readonly nowMs: number;
}

/** Pure. What was not seen is no finding; a certificate of another name may be trusted for all that. */
export function tlsFindings({ url: target, wantedName, nowMs }: Judged, { seen, error }: SeenTls): Finding[] {
  const advice = tlsRefusal(error, { caSetting: 'caFile', nameSetting: 'serverName' })?.advice;
  const isTrusted = error === undefined || isOtherName(error);
  const issued = seen === undefined ? '' : `the certificate of ${seen.subject}, issued by ${seen.issuer}`;
  const tls: Finding = isTrusted
    ? { code: 'tls', status: 'pass', target, detail: `${seen?.protocol ?? 'TLS'}, ${issued}` }
    : {
        code: 'tls',
        status: 'fail',
        target,
        detail: [issued, saying(error)].filter(Boolean).join(': '),
        ...(advice === undefined ? {} : { advice }),
      };
  // A name is judged only once the chain is.
  if (seen === undefined || !isTrusted) return [tls];
  const names = seen.names.length === 0 ? 'no name at all' : seen.names.join(', ');
  const name: Finding = {
    code: 'certificate-name',
    status: isOtherName(error) ? 'fail' : 'pass',
    target,
    detail: `wanted ${wantedName}; it holds ${names}`,
  };
  return [tls, name, expiryFinding({ target, endsAtMs: seen.endsAtMs, nowMs })];
}

/** Of what is not ours the code alone: OpenSSL's own words are for its developers. */
function saying(error: unknown): string {
  return error instanceof Failure ? describeFailure(error) : codeOf(error);
}

const DAY_MS = 86_400_000;
/** The nearest end first: each has words of its own, so that the warning is told anew. */
const EXPIRY_STEPS = [
  {
    days: 7,
    status: 'fail',
    advice: 'renew the certificate on the server now: with its end, everybody is told to try later',
  },
  { days: 14, status: 'warn', advice: 'renew the certificate on the server this week' },
  { days: 30, status: 'warn', advice: 'renew the certificate on the server this month' },
] as const;

/** Pure. */
export function expiryFinding(options: {
  readonly target: string;
  readonly endsAtMs: number;
  readonly nowMs: number;
}): Finding {
  const { target, endsAtMs, nowMs } = options;
  const days = Math.floor((endsAtMs - nowMs) / DAY_MS);
  const detail = `ends ${isoInstant(endsAtMs)}, in ${days} days`;
  const step = EXPIRY_STEPS.find((candidate) => days < candidate.days);
  return step === undefined
    ? { code: 'certificate-expiry', status: 'pass', target, detail }
    : { code: 'certificate-expiry', status: step.status, target, detail, advice: step.advice };
}
