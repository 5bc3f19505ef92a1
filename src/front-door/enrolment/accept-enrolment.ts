// Turns an agent's enrolment request into an enrolled agent: two proofs, of the code and of the identity key, and a signed
// answer. The code is gone after its first use, whatever came of it: who is in between may burn it, and gains nothing.
// Throttling per address is the route's; what it may tell the sender is the refusal's name and nothing more.

import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import {
  type EnrolmentAnswer,
  type EnrolmentRequest,
  enrolmentRequestSchema,
  isCodeProven,
  isIdentityKeyProven,
  signGrant,
} from '../../protocol/enrolment.js';
import { type AgentId, parseAgentId, type TenantId } from '../../protocol/identifiers.js';
import type { Clock } from '../../timing/clock.js';
import type { AgentRegistry } from './agent-registry.js';
import type { FrontDoorKey } from './front-door-key.js';

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
  readonly frontDoorKey: FrontDoorKey;
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
  const code = await registry.takeCode(request.codeId, nowMs);
  if (code === undefined) return refuse('code-refused', undefined);
  const { tenantId, codeKey } = code;
  if (!request.isKeyProven || !isCodeProven(request.claim, request.codeProof, codeKey)) {
    return refuse('proof-refused', tenantId);
  }

  const agentId = parseAgentId(options.randomUuid());
  const { claim, identityPublicKey } = request;
  const name = claim.agentName;
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
  const signature = signGrant({ ...claim, tenantId, agentId }, frontDoorKey.privateKey);
  const frontDoorPublicKey = toBase64Url(frontDoorKey.publicKey);
  return { kind: 'enrolled', answer: { tenantId, agentId, frontDoorPublicKey, signature } };
}

/** Undefined when a field is not the one spelling of its bytes, or the key is no key. */
function decoded({ codeProof, proof, ...claim }: EnrolmentRequest) {
  try {
    return {
      claim,
      codeId: fromBase64Url(claim.codeId),
      identityPublicKey: fromBase64Url(claim.identityPublicKey),
      codeProof: fromBase64Url(codeProof),
      isKeyProven: isIdentityKeyProven(claim, proof),
    };
  } catch {
    // Node and our decoder throw different errors for the same thing: bytes that are no key or no signature.
    return undefined;
  }
}
