// Which passwords an account of the front door's own may have, the first one and every later one. Pure: keeps nothing.

import type { PolicyRule } from '../../protocol/outcomes.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import { admitPasswordBytes, RULE_OF_FAULT } from '../../protocol/password-text.js';

/** NIST SP 800-63B-4 §3.1.1.2: length, and no rules of composition. */
export const CLOUD_PASSWORD_POLICY: PasswordPolicy = {
  source: 'domain',
  lengthMin: 12,
  mustBeComplex: false,
  historyLength: 0,
  historyOnReset: 'not-enforced',
  ageMinMs: 0,
};

/** The first rule that a password (UTF-8 bytes) breaks, or undefined. `userIds`: canonical, all that the account answers to. */
export function brokenCloudRule(password: Uint8Array, userIds: readonly string[]): PolicyRule | undefined {
  const admitted = admitPasswordBytes(password);
  if (admitted.kind === 'refused') return RULE_OF_FAULT[admitted.fault];
  // @NOTE A string cannot be zeroed: this one lives for the length of this check and is never stored or passed on.
  const text = admitted.password;
  if (text.length < CLOUD_PASSWORD_POLICY.lengthMin) return 'too-short';
  const folded = text.toLowerCase();
  return userIds.some((userId) => folded.includes(userId)) ? 'contains-name' : undefined;
}
