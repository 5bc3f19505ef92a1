// Issues a one-time enrolment code for a tenant. The code is shown once; what is kept is derived from its secret
// (protocol/enrolment-code.ts) and cannot be turned back into it.

import { OperatorMistake } from '../../failure/failure.js';
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
import { type AgentRegistry, ENROLMENT_LIMITS } from './agent-registry.js';
import type { FrontDoorKey } from './front-door-key.js';

export interface IssueCodeOptions {
  readonly registry: Pick<AgentRegistry, 'addCode' | 'list'>;
  readonly frontDoorKey: Pick<FrontDoorKey, 'publicKey'>;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
}

export interface IssuedCode {
  /** `DB1-…`, for the administrator to carry to the agent. */
  readonly code: Secret;
  readonly notAfterMs: number;
}

/** There are as many agents, or codes that wait for their use, as there may be. */
export class NoMoreEnrolments extends OperatorMistake {
  readonly code = 'no-more-enrolments';
  readonly retry = { mayRetry: false, why: 'it stays full until agents are revoked or codes end' };
}

/** Throws NoMoreEnrolments. */
export async function issueEnrolmentCode(options: IssueCodeOptions, tenantId: TenantId): Promise<IssuedCode> {
  const { codesMax, agentsPerTenantMax } = ENROLMENT_LIMITS;
  const agents = (await options.registry.list(tenantId)).filter(({ isRevoked }) => !isRevoked);
  if (agents.length >= agentsPerTenantMax) {
    throw new NoMoreEnrolments(`this tenant has ${agents.length} agents: revoke those that are gone`);
  }
  const secret = options.random(CODE_SECRET_BYTES);
  const notAfterMs = options.clock.nowMs() + ENROLMENT_CODE_LIFETIME_MS;
  const isKept = await options.registry.addCode({ ...deriveCodeKeys(secret), tenantId, notAfterMs });
  if (!isKept) throw new NoMoreEnrolments(`${codesMax} codes wait for their use: try again in half an hour`);
  const frontDoorFingerprint = fingerprintOf(options.frontDoorKey.publicKey);
  return { code: Secret.fromText(formatEnrolmentCode({ secret, frontDoorFingerprint })), notAfterMs };
}
