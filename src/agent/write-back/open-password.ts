// Opens what is sealed in a reset, a change or a sign-in and checks that each text may be a password at all.
// The context is the agent's own: what the front door claims of tenant, account or time only makes the opening fail.

import { isUtf8 } from 'node:buffer';
import type { HpkeKeyPair } from '../../protocol/hpke.js';
import type { AccountAnchor, KeyId, TenantId } from '../../protocol/identifiers.js';
import { anchorOfName } from '../../protocol/named-account.js';
import { NO_FLAGS } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { admitPasswordBytes, RULE_OF_FAULT } from '../../protocol/password-text.js';
import type { PasswordExplanation, SealedExplanation } from '../../protocol/sealed-explanation.js';
import { type SealedTexts, UnsealingFailed } from '../../protocol/sealed-password.js';
import { openSealedPasswords } from '../../protocol/unsealing.js';
import type { SealedRequest } from './command.js';

/** What write-back needs of the sealing keys. */
export interface UnsealingKeys {
  /** The key pair under this id, or undefined when it is unknown or its time is over. */
  keyPairOf(keyId: KeyId): HpkeKeyPair | undefined;
}

/** UTF-8. A new password is admitted; the caller zeroes both. */
export interface OpenedPasswords extends SealedTexts<Uint8Array> {
  /** Seals what is said of the password for whoever sealed it. Undefined: nobody did, or it cannot be said. */
  readonly explain: (explanation: PasswordExplanation) => SealedExplanation | undefined;
}

export type OpeningResult =
  | { readonly kind: 'opened'; readonly passwords: OpenedPasswords }
  | { readonly kind: 'answer'; readonly outcome: ResetOutcome };

export function openPasswords(options: {
  readonly request: SealedRequest;
  readonly tenantId: TenantId;
  readonly keys: UnsealingKeys;
}): OpeningResult {
  const { request, tenantId, keys } = options;
  const keyPair = keys.keyPairOf(request.sealed.keyId);
  if (keyPair === undefined) return answer({ kind: 'unsealing-failed' });
  const { resetId, notAfterMs, sealed, kind: operation } = request;
  const anchor = sealedFor(request);
  const flags = 'flags' in request ? request.flags : NO_FLAGS;
  try {
    const context = { tenantId, resetId, anchor, operation, flags, notAfterMs };
    const passwords = openSealedPasswords({ sealed, keyPair, context });
    return operation === 'sign-in' ? admitCurrent(passwords) : admit(passwords);
  } catch (error) {
    if (error instanceof UnsealingFailed) return answer({ kind: 'unsealing-failed' });
    throw error;
  }
}

/** What stands in the anchor's place of what was sealed. */
function sealedFor(request: SealedRequest): AccountAnchor {
  return 'userId' in request && request.userId !== undefined ? anchorOfName(request.userId) : request.anchor;
}

export function zeroPasswords({ password, currentPassword }: SealedTexts<Uint8Array>): void {
  password.fill(0);
  currentPassword?.fill(0);
}

/** As for the current password of a change: the directory's to judge. What is no text was sealed by no page. */
function admitCurrent(passwords: OpenedPasswords): OpeningResult {
  if (isUtf8(passwords.password)) return { kind: 'opened', passwords };
  zeroPasswords(passwords);
  return answer({ kind: 'unsealing-failed' });
}

/** The current password is the directory's to judge: it may be older than today's rules. */
function admit(passwords: OpenedPasswords): OpeningResult {
  const admitted = admitPasswordBytes(passwords.password);
  if (admitted.kind === 'admitted') return { kind: 'opened', passwords };
  zeroPasswords(passwords);
  return answer({ kind: 'refused-by-policy', rules: [RULE_OF_FAULT[admitted.fault]] });
}

function answer(outcome: ResetOutcome): OpeningResult {
  return { kind: 'answer', outcome };
}
