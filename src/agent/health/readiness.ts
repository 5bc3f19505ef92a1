// Decides from what the checks found whether a directory may be written to at all. Pure: same findings, same answer.
// Shuts only on what was seen, never on what could not be looked at: a question that failed is no proof of anything.

import type { Disposition } from '../../protocol/dispositions.js';
import type { Precheck } from './precheck.js';
import type { PrecheckCode } from './precheck-catalogue.js';

/** What everybody of the directory is answered; undefined when it may be written to. `prechecks`: those of one directory. */
export function shutBecause(prechecks: readonly Precheck[]): Disposition | undefined {
  // Its servers, its base: they may be back at any time.
  if (isAllFailed(prechecks, 'bind') || isAllFailed(prechecks, 'base-dn')) {
    return { kind: 'try-later', reason: 'directory-unreachable' };
  }
  // In no scope at all may a password be reset: told before people prove who they are, not after.
  if (isAllFailed(prechecks, 'right-reset-password')) {
    return { kind: 'contact-administrator', reason: 'agent-not-permitted' };
  }
  return undefined;
}

function isAllFailed(prechecks: readonly Precheck[], code: PrecheckCode): boolean {
  const those = prechecks.filter((precheck) => precheck.code === code);
  return those.length > 0 && those.every(({ status }) => status === 'fail');
}
