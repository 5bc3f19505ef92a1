// Turns a one-time enrolment code into this agent's identity. The key is made here and stays here.
// The code's secret stays here too. Believes the answer only when its key has the fingerprint that the administrator's code
// carries, and signed for this very identity key.

import { Failure } from '../../failure/failure.js';
import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import {
  ENROLMENT_PATH,
  type EnrolmentAnswer,
  type EnrolmentClaim,
  enrolmentAnswerSchema,
  enrolmentRequestSchema,
  isGrantSigned,
  proveCode,
  proveIdentityKey,
} from '../../protocol/enrolment.js';
import { deriveCodeKeys, fingerprintOf, parseEnrolmentCode } from '../../protocol/enrolment-code.js';
import type { Secret } from '../../secret/secret.js';
import type { Identity, IdentityKey } from './identity.js';
import type { HttpsAnswer, PostJson } from './post-json.js';

export interface EnrolOptions {
  /** As the administrator got it: `DB1-…`. */
  readonly code: Secret;
  /** `https://host[:port]`. */
  readonly frontDoorUrl: string;
  /** 1–64 characters; usually the machine's name. */
  readonly agentName: string;
  readonly post: PostJson;
  readonly makeIdentityKey: () => IdentityKey;
  readonly signal: AbortSignal;
}

/** The address or the name given cannot be used as it is. */
export class EnrolmentInputInvalid extends Failure {
  readonly code = 'enrolment-input-invalid';
  readonly retry = { mayRetry: false, why: 'the same input stays invalid' };
}

/** The front door does not take the code. It has been used up by this attempt, too. */
export class EnrolmentCodeRefused extends Failure {
  readonly code = 'enrolment-code-refused';
  readonly retry = { mayRetry: false, why: 'a code is good for one attempt within 30 minutes' };
}

/** Who answered is not the front door that issued the code, or did not enrol this agent. */
export class WrongFrontDoor extends Failure {
  readonly code = 'wrong-front-door';
  readonly retry = { mayRetry: false, why: 'the same answerer has the same key' };
}

/** It answered, and not as a front door does. */
export class EnrolmentAnswerUnusable extends Failure {
  readonly code = 'enrolment-answer-unusable';
  readonly retry = { mayRetry: true, why: 'the front door may be upgrading, or too busy just now' };
}

/**
 * Enrols and returns the identity to be stored. Throws MalformedEnrolmentCode, EnrolmentInputInvalid, EnrolmentCodeRefused,
 * WrongFrontDoor, EnrolmentAnswerUnusable, or what the post throws.
 */
export async function enrol(options: EnrolOptions): Promise<Identity> {
  const code = parseEnrolmentCode(options.code.expose());
  const url = enrolmentUrl(options.frontDoorUrl);
  const key = options.makeIdentityKey();
  const { codeId, codeKey } = deriveCodeKeys(code.secret);
  const { agentName } = options;
  const claim = { codeId: toBase64Url(codeId), identityPublicKey: toBase64Url(key.publicKey), agentName };
  const answer = readAnswer(await options.post(url, requestText(claim, codeKey, key), options.signal));
  const frontDoorPublicKey = provenKey(answer, claim, code.frontDoorFingerprint);
  if (frontDoorPublicKey === undefined) {
    // The answer's own ids are not named: whoever is in between chose them, and could have another agent revoked.
    throw new WrongFrontDoor(
      `${url.host} did not answer with the key the code was issued with: somebody may be in between. Nothing was stored; if the front door lists a new agent "${agentName}", revoke it`,
    );
  }
  const { tenantId, agentId } = answer;
  return { ...key, tenantId, agentId, frontDoorPublicKey, frontDoorUrl: url.origin };
}

/** The key to pin, or undefined when the answer is not the front door's own, for this claim. */
function provenKey(answer: EnrolmentAnswer, claim: EnrolmentClaim, fingerprint: Uint8Array): Uint8Array | undefined {
  const { tenantId, agentId, signature } = answer;
  try {
    const key = fromBase64Url(answer.frontDoorPublicKey);
    const isFingerprinted = Buffer.from(fingerprintOf(key)).equals(fingerprint);
    return isFingerprinted && isGrantSigned({ ...claim, tenantId, agentId }, signature, key) ? key : undefined;
  } catch {
    // Texts that are no key or no signature prove nothing, in whichever way they fail to.
    return undefined;
  }
}

function enrolmentUrl(frontDoorUrl: string): URL {
  const url = URL.canParse(ENROLMENT_PATH, frontDoorUrl) ? new URL(ENROLMENT_PATH, frontDoorUrl) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new EnrolmentInputInvalid('the address of the front door must look like https://reset.example.com');
  }
  return url;
}

function requestText(claim: EnrolmentClaim, codeKey: Uint8Array, { privateKey }: IdentityKey): string {
  const proofs = { codeProof: proveCode(claim, codeKey), proof: proveIdentityKey(claim, privateKey) };
  const request = enrolmentRequestSchema.safeParse({ ...claim, ...proofs });
  if (!request.success) throw new EnrolmentInputInvalid("the agent's name must have 1 to 64 characters");
  return JSON.stringify(request.data);
}

function readAnswer({ status, body }: HttpsAnswer): EnrolmentAnswer {
  if (status === 403) {
    throw new EnrolmentCodeRefused(
      'the front door refused the code: it is unknown, was used before or is too old. Issue a new one and enrol with it',
    );
  }
  const parsed = status === 200 || status === 201 ? enrolmentAnswerSchema.safeParse(jsonOf(body)) : undefined;
  if (parsed?.success !== true) {
    throw new EnrolmentAnswerUnusable(`the front door answered with HTTP status ${status} and no enrolment`);
  }
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is as little an enrolment as the wrong JSON: the schema says so.
    return undefined;
  }
}
