// Issues a one-time enrolment code for a tenant. The code is shown once; what is kept is derived from its secret
// (protocol/enrolment-code.ts) and cannot be turned back into it.

import {
  CODE_SECRET_BYTES,
  deriveCodeKeys,
  ENROLMENT_CODE_LIFETIME_MS,
  fingerprintOf,
  formatEnrolmentCode,
} from '../../protocol/enrolment-code.js';
import type { TenantId } from '../../protocol/identifiers.js';
import { Secret } from '../../secret/secret.js';
import type { Clock } from '../../timing/clock.js';
import type { AgentRegistry } from './agent-registry.js';
import type { FrontDoorKey } from './front-door-key.js';

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
  const secret = options.random(CODE_SECRET_BYTES);
  const notAfterMs = options.clock.nowMs() + ENROLMENT_CODE_LIFETIME_MS;
  await options.registry.addCode({ ...deriveCodeKeys(secret), tenantId, notAfterMs });
  const frontDoorFingerprint = fingerprintOf(options.frontDoorKey.publicKey);
  return { code: Secret.fromText(formatEnrolmentCode({ secret, frontDoorFingerprint })), notAfterMs };
}
