// Issues a one-time enrolment code for a tenant. The code is shown once; what is kept is the hash of its secret.

import { createHash } from 'node:crypto';
import { ENROLMENT_CODE_LIFETIME_MS, fingerprintOf, formatEnrolmentCode } from '../../protocol/enrolment.js';
import type { TenantId } from '../../protocol/identifiers.js';
import { Secret } from '../../secret/secret.js';
import type { Clock } from '../../timing/clock.js';
import type { AgentRegistry } from './agent-registry.js';
import type { FrontDoorKey } from './front-door-key.js';

const SECRET_BYTES = 16;

export interface IssueCodeOptions {
  readonly registry: Pick<AgentRegistry, 'addCode'>;
  readonly frontDoorKey: Pick<FrontDoorKey, 'publicKey'>;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
}

export interface IssuedCode {
  /** `DB1-…`, for the administrator to carry to the agent. */
  readonly code: Secret;
  readonly notAfterMs: number;
}

export async function issueEnrolmentCode(options: IssueCodeOptions, tenantId: TenantId): Promise<IssuedCode> {
  const secret = options.random(SECRET_BYTES);
  const notAfterMs = options.clock.nowMs() + ENROLMENT_CODE_LIFETIME_MS;
  await options.registry.addCode({ secretHash: hashOfCodeSecret(secret), tenantId, notAfterMs });
  const frontDoorFingerprint = fingerprintOf(options.frontDoorKey.publicKey);
  return { code: Secret.fromText(formatEnrolmentCode({ secret, frontDoorFingerprint })), notAfterMs };
}

/** How codes are kept and found: SHA-256 suffices for 128 random bits, and comparing hashes tells nothing by its time. */
export function hashOfCodeSecret(secret: Uint8Array): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
