// WebAuthn's options and credentials to and from their JSON form (WebAuthn §5.1.8, §5.1.9). By hand, though newer browsers have it built
// in: not all do, and where an extension stands in for the browser its credentials often have no toJSON. One way is tested everywhere.

import { fromBase64Url, toBase64Url } from '../../../../protocol/base64url.js';

/** Throws on anything that is no options of ours. */
export function requestOptions(json: unknown): PublicKeyCredentialRequestOptions {
  const options = record(json);
  return {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: list(options.allowCredentials).map(descriptor),
  };
}

/** Throws on anything that is no options of ours. */
export function creationOptions(json: unknown): PublicKeyCredentialCreationOptions {
  const options = record(json);
  const [rp, user] = [record(options.rp), record(options.user)];
  return {
    ...options,
    challenge: bytes(options.challenge),
    rp: { id: text(rp.id), name: text(rp.name) },
    user: { id: bytes(user.id), name: text(user.name), displayName: text(user.displayName) },
    pubKeyCredParams: list(options.pubKeyCredParams).map((each) => ({
      type: 'public-key',
      alg: Number(record(each).alg),
    })),
    excludeCredentials: list(options.excludeCredentials).map(descriptor),
  };
}

/** Throws where the browser gave something else. */
export function postedAssertion(given: Credential | null): object {
  const { id, rawId, type, response } = publicKeyCredential(given);
  if (!('signature' in response)) throw new TypeError('the browser gave no assertion');
  const { clientDataJSON, authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    id,
    rawId: base64Url(rawId),
    type,
    response: {
      clientDataJSON: base64Url(clientDataJSON),
      authenticatorData: base64Url(authenticatorData),
      signature: base64Url(signature),
      userHandle: userHandle === null || userHandle.byteLength === 0 ? null : base64Url(userHandle),
    },
  };
}

/** Throws where the browser gave something else. */
export function postedRegistration(given: Credential | null): object {
  const { id, rawId, type, response } = publicKeyCredential(given);
  if (!('attestationObject' in response)) throw new TypeError('the browser made no passkey');
  const { clientDataJSON, attestationObject } = response as AuthenticatorAttestationResponse;
  return {
    id,
    rawId: base64Url(rawId),
    type,
    response: {
      clientDataJSON: base64Url(clientDataJSON),
      attestationObject: base64Url(attestationObject),
      transports: transportsOf(response as AuthenticatorAttestationResponse),
    },
  };
}

function publicKeyCredential(given: Credential | null): PublicKeyCredential {
  // Not by its class: an extension's credential is none of the browser's own.
  if (given === null || !('rawId' in given) || !('response' in given))
    throw new TypeError('the browser gave no passkey');
  return given as PublicKeyCredential;
}

/** Not there in every browser, and only a hint where it is. */
function transportsOf(response: AuthenticatorAttestationResponse): readonly string[] {
  return 'getTransports' in response ? response.getTransports() : [];
}

function descriptor(value: unknown): PublicKeyCredentialDescriptor {
  const { id, transports } = record(value);
  return { type: 'public-key', id: bytes(id), transports: list(transports).map(text) as AuthenticatorTransport[] };
}

function base64Url(buffer: ArrayBuffer): string {
  return toBase64Url(new Uint8Array(buffer));
}

function bytes(value: unknown): Uint8Array<ArrayBuffer> {
  return fromBase64Url(text(value));
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('expected an object');
  return { ...value };
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('expected text');
  return value;
}
