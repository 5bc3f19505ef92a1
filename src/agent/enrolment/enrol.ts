// Turns a one-time enrolment code into this agent's identity. The key is made here and stays here.
// Believes the front door only when its key has the fingerprint that the administrator's code carries.

import { sign } from 'node:crypto';
import { Failure } from '../../failure/failure.js';
import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import {
  ENROLMENT_PATH,
  type EnrolmentAnswer,
  enrolmentAnswerSchema,
  enrolmentProofBytes,
  enrolmentRequestSchema,
  fingerprintOf,
  parseEnrolmentCode,
} from '../../protocol/enrolment.js';
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

/** Who answered is not the front door that issued the code. */
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
  const answer = await options.post(url, requestText(options.agentName, code.secret, key), options.signal);
  const { tenantId, agentId, frontDoorPublicKey: keyText } = readAnswer(answer);
  const frontDoorPublicKey = fromBase64Url(keyText);
  if (!Buffer.from(fingerprintOf(frontDoorPublicKey)).equals(code.frontDoorFingerprint)) {
    throw new WrongFrontDoor(
      `${url.host} does not hold the key the code was issued with: somebody may be in between. Nothing was stored; revoke agent ${agentId} in the front door's console`,
    );
  }
  return { ...key, tenantId, agentId, frontDoorPublicKey, frontDoorUrl: url.origin };
}

function enrolmentUrl(frontDoorUrl: string): URL {
  const url = URL.canParse(ENROLMENT_PATH, frontDoorUrl) ? new URL(ENROLMENT_PATH, frontDoorUrl) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new EnrolmentInputInvalid('the address of the front door must look like https://reset.example.com');
  }
  return url;
}

function requestText(agentName: string, secret: Uint8Array, key: IdentityKey): string {
  const unsigned = { secret: toBase64Url(secret), identityPublicKey: toBase64Url(key.publicKey), agentName };
  const proof = toBase64Url(sign(null, enrolmentProofBytes(unsigned), key.privateKey));
  const request = enrolmentRequestSchema.safeParse({ ...unsigned, proof });
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
