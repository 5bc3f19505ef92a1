// What is looked at on every OpenLDAP server: whether it has password policies at all, and its time where that may be seen.

import { monitoredClock } from '../checks/clock-finding.js';
import type { ServerChecks } from '../dialect.js';
import type { OpenLdapServer } from './openldap-server.js';

/** Of the monitor backend (slapd-monitor(5)), where it is on. */
const CLOCK = { base: 'cn=Current,cn=Time,cn=Monitor', attribute: 'monitorTimestamp' };

export const openLdapServerChecks: ServerChecks<Pick<OpenLdapServer, 'hasPolicies'>> = {
  codes: ['policy-overlay', 'clock'],
  look: async ({ connection, server }, { target, context }, signal) => [
    server.hasPolicies
      ? { code: 'policy-overlay', status: 'pass', target, detail: 'the overlay ppolicy is there' }
      : {
          code: 'policy-overlay',
          status: 'warn',
          target,
          detail: 'no rules, no locks and no must-change: ppolicy is missing',
        },
    ...(await monitoredClock(connection, CLOCK, { target, nowMs: () => context.clock.nowMs() }, signal)),
  ],
};
