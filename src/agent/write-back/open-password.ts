// Opens the sealed password of a reset and checks that the text may be a password at all.
// The context is the agent's own: what the front door claims of tenant, account or time only makes the opening fail.

import type { HpkeKeyPair } from '../../protocol/hpke.js';
import type { KeyId, TenantId } from '../../protocol/identifiers.js';
import type { PolicyRule, ResetOutcome } from '../../protocol/outcomes.js';
import { admitPassword, type PasswordTextFault } from '../../protocol/password-text.js';
import { UnsealingFailed } from '../../protocol/sealed-password.js';
import { openSealedPassword } from '../../protocol/unsealing.js';
import type { WriteRequest } from './command.js';

/** What write-back needs of the sealing keys. */
export interface UnsealingKeys {
  /** The key pair under this id, or undefined when it is unknown or its time is over. */
  keyPairOf(keyId: KeyId): HpkeKeyPair | undefined;
}

export type OpenedPassword =
  /** UTF-8, admitted; the caller zeroes it. */
  | { readonly kind: 'opened'; readonly password: Uint8Array }
  | { readonly kind: 'answer'; readonly outcome: ResetOutcome };

export function openPassword(options: {
  readonly request: Extract<WriteRequest, { kind: 'reset' }>;
  readonly tenantId: TenantId;
  readonly keys: UnsealingKeys;
}): OpenedPassword {
  const { request, tenantId, keys } = options;
  const keyPair = keys.keyPairOf(request.sealed.keyId);
  if (keyPair === undefined) return { kind: 'answer', outcome: { kind: 'unsealing-failed' } };
  const { resetId, anchor, flags, notAfterMs, sealed } = request;
  try {
    const context = { tenantId, resetId, anchor, operation: request.kind, flags, notAfterMs };
    return admit(openSealedPassword({ sealed, keyPair, context }));
  } catch (error) {
    if (error instanceof UnsealingFailed) return { kind: 'answer', outcome: { kind: 'unsealing-failed' } };
    throw error;
  }
}

function admit(password: Uint8Array): OpenedPassword {
  const rule = ruleAgainst(password);
  if (rule === undefined) return { kind: 'opened', password };
  password.fill(0);
  return { kind: 'answer', outcome: { kind: 'refused-by-policy', rules: [rule] } };
}

function ruleAgainst(password: Uint8Array): PolicyRule | undefined {
  // @NOTE A string cannot be zeroed: this one lives for the length of this check and is never stored or passed on.
  let text: string;
  try {
    // ignoreBOM keeps a leading U+FEFF in the text, so that it is refused instead of silently dropped.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password);
  } catch {
    // Not UTF-8: no sender of ours made it. The decoder's message says nothing that this rule does not.
    return 'inadmissible-characters';
  }
  const admitted = admitPassword(text);
  return admitted.kind === 'admitted' ? undefined : RULE_OF_FAULT[admitted.fault];
}

const RULE_OF_FAULT: Record<PasswordTextFault, PolicyRule> = {
  empty: 'too-short',
  'too-long': 'too-long',
  'control-character': 'inadmissible-characters',
  'invisible-character': 'inadmissible-characters',
  'broken-character': 'inadmissible-characters',
  'not-normalised': 'inadmissible-characters',
};
