// Turns an agent's enrolment request into an enrolled agent. The code is gone after its first use, whatever came of it.
// Throttling per address is the route's; what it may tell the sender is the refusal's name and nothing more.

import { verify } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import {
  type EnrolmentAnswer,
  type EnrolmentRequest,
  enrolmentProofBytes,
  enrolmentRequestSchema,
} from '../../protocol/enrolment.js';
import { ed25519PublicKey } from '../../protocol/handshake.js';
import { type AgentId, parseAgentId, type TenantId } from '../../protocol/identifiers.js';
import type { Clock } from '../../timing/clock.js';
import type { AgentRegistry } from './agent-registry.js';
import type { FrontDoorKey } from './front-door-key.js';
import { hashOfCodeSecret } from './issue-code.js';

export type EnrolmentRefusal = 'malformed' | 'code-refused' | 'proof-refused';

export type EnrolmentResult =
  | { readonly kind: 'enrolled'; readonly answer: EnrolmentAnswer }
  | { readonly kind: 'refused'; readonly reason: EnrolmentRefusal };

/** The HTTP status each result is answered with; the agent reads 403 as "the code was not taken". */
export const ENROLMENT_STATUS = { enrolled: 201, malformed: 400, 'code-refused': 403, 'proof-refused': 403 } as const;

export interface EnrolmentEvents {
  agentEnrolled(event: { readonly tenantId: TenantId; readonly agentId: AgentId; readonly name: string }): void;
  enrolmentRefused(event: { readonly reason: EnrolmentRefusal; readonly tenantId: TenantId | undefined }): void;
}

export interface AcceptEnrolmentOptions {
  readonly registry: Pick<AgentRegistry, 'takeCode' | 'add'>;
  readonly frontDoorKey: Pick<FrontDoorKey, 'publicKey'>;
  readonly clock: Clock;
  /** A UUID, version 4. */
  readonly randomUuid: () => string;
  readonly events: EnrolmentEvents;
}

/** `body` is whatever was posted, as parsed JSON. Rejects only when the registry does. */
export async function acceptEnrolment(options: AcceptEnrolmentOptions, body: unknown): Promise<EnrolmentResult> {
  const { registry, frontDoorKey, clock, events } = options;
  const refuse = (reason: EnrolmentRefusal, tenantId: TenantId | undefined): EnrolmentResult => {
    events.enrolmentRefused({ reason, tenantId });
    return { kind: 'refused', reason };
  };
  const parsed = enrolmentRequestSchema.safeParse(body);
  const request = parsed.success ? decoded(parsed.data) : undefined;
  if (request === undefined) return refuse('malformed', undefined);

  const nowMs = clock.nowMs();
  const tenantId = await registry.takeCode(hashOfCodeSecret(request.secret), nowMs);
  if (tenantId === undefined) return refuse('code-refused', undefined);
  if (!request.isProven) return refuse('proof-refused', tenantId);

  const agentId = parseAgentId(options.randomUuid());
  const { name, identityPublicKey } = request;
  await registry.add({
    agentId,
    tenantId,
    name,
    identityPublicKey,
    enrolledAtMs: nowMs,
    lastSeenAtMs: undefined,
    isRevoked: false,
  });
  events.agentEnrolled({ tenantId, agentId, name });
  return { kind: 'enrolled', answer: { tenantId, agentId, frontDoorPublicKey: toBase64Url(frontDoorKey.publicKey) } };
}

/** Undefined when a field is not the one spelling of its bytes, or the key is no key. */
function decoded(request: EnrolmentRequest) {
  try {
    const secret = fromBase64Url(request.secret);
    const identityPublicKey = fromBase64Url(request.identityPublicKey);
    const key = ed25519PublicKey(identityPublicKey);
    const isProven = verify(null, enrolmentProofBytes(request), key, fromBase64Url(request.proof));
    return { secret, identityPublicKey, name: request.agentName, isProven };
  } catch {
    // Node and our decoder throw different errors for the same thing: bytes that are no key or no signature.
    return undefined;
  }
}
