// What is looked at on every domain controller: whether it can make a reset obey history, its functional level, its time.

import type { Finding } from '../../health/precheck.js';
import { clockFinding } from '../checks/clock-finding.js';
import { refusedTo } from '../connection-failures.js';
import type { ServerChecks } from '../dialect.js';
import { generalizedTimeMs } from '../generalized-time.js';
import type { LdapEntry } from '../ldap-entry.js';
import type { DomainController } from './domain-controller.js';

/** DS_BEHAVIOR_WIN2008 (MS-ADTS 6.1.4.2): fine-grained policies exist from there on. */
const FUNCTIONAL_LEVEL_MIN = 3;

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
      clockFinding({ target, theirMs: generalizedTimeMs(root?.text('currentTime')), nowMs }),
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
