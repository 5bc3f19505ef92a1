// What is looked at on every domain controller: whether it can make a reset obey history, its functional level, its time.

import type { Finding } from '../../health/precheck.js';
import { refusedTo } from '../connection-failures.js';
import type { ServerChecks } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import type { DomainController } from './domain-controller.js';

/** DS_BEHAVIOR_WIN2008 (MS-ADTS 6.1.4.2): fine-grained policies exist from there on. */
const FUNCTIONAL_LEVEL_MIN = 3;
/** Far below what Kerberos allows (5 minutes), and more than NTP ever leaves. */
const CLOCK_APART_MS_MAX = 60_000;

export const domainControllerChecks: ServerChecks<DomainController> = {
  codes: ['policy-hints', 'functional-level', 'clock'],
  look: async ({ connection, server }, { target, context }, signal) => {
    const attributes = ['currentTime', 'domainFunctionality', 'domainControllerFunctionality'];
    const [root] = await connection
      .search({ base: '', scope: 'base', attributes }, signal)
      .catch(refusedTo('show its root'));
    const nowMs = context.clock.nowMs();
    return [
      hintsFinding(target, server),
      functionalLevelFinding(target, root),
      clockFinding({ target, theirMs: generalizedTimeMs(root?.text('currentTime') ?? ''), nowMs }),
    ];
  },
};

function hintsFinding(target: string, { policyHintsOid }: DomainController): Finding {
  const code = 'policy-hints';
  return policyHintsOid === undefined
    ? { code, status: 'warn', target, detail: 'history is not enforced on resets on this domain controller' }
    : { code, status: 'pass', target, detail: `history is enforced on resets (${policyHintsOid})` };
}

function functionalLevelFinding(target: string, root: LdapEntry | undefined): Finding {
  const code = 'functional-level';
  const domain = root?.integer('domainFunctionality');
  if (domain === undefined) return { code, status: 'cannot-tell', target, detail: 'not shown by the server' };
  const own = root?.integer('domainControllerFunctionality');
  const detail = `${domain} of the domain, ${own ?? 'unknown'} of this domain controller`;
  return { code, status: domain < FUNCTIONAL_LEVEL_MIN ? 'warn' : 'pass', target, detail };
}

/** Pure. */
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

/** GeneralizedTime as Active Directory writes it, `20261125010203.0Z` (RFC 4517 §3.3.13), in ms since 1970; else undefined. */
export function generalizedTimeMs(text: string): number | undefined {
  const [, ...parts] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,]\d+)?Z$/.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
