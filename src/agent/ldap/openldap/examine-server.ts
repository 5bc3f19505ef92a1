// What is looked at on every OpenLDAP server: whether it has password policies at all.

import type { ServerChecks } from '../dialect.js';
import type { OpenLdapServer } from './openldap-server.js';

export const openLdapServerChecks: ServerChecks<Pick<OpenLdapServer, 'hasPolicies'>> = {
  codes: ['policy-overlay'],
  look: async ({ server }, { target }) => [
    server.hasPolicies
      ? { code: 'policy-overlay', status: 'pass', target, detail: 'the overlay ppolicy is there' }
      : {
          code: 'policy-overlay',
          status: 'warn',
          target,
          detail: 'no rules, no locks and no must-change: ppolicy is missing',
        },
  ],
};
