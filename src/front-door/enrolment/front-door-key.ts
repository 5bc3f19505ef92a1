// The front door's signing key: what enrolment codes carry the fingerprint of and agents pin. Losing it means enrolling all
// agents again; who copies it can pass for the front door. Kept by the secrets of the program, not here.

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { OperatorMistake } from '../../failure/failure.js';
import { ed25519PublicKeyOf } from '../../protocol/handshake.js';
import { Secret } from '../../secret/secret.js';

export interface FrontDoorKey {
  /** Ed25519. */
  readonly privateKey: KeyObject;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** The text is not the private key of a front door. */
export class FrontDoorKeyInvalid extends OperatorMistake {
  readonly code = 'front-door-key-invalid';
  readonly retry = { mayRetry: false, why: 'the same text stays invalid' };
}

/** A new key, as PKCS #8 PEM: what to store on the first start. */
export function generateFrontDoorKey(): Secret {
  const { privateKey } = generateKeyPairSync('ed25519');
  return Secret.fromText(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** Reads what generateFrontDoorKey made. Throws FrontDoorKeyInvalid. */
export function readFrontDoorKey(pem: Secret): FrontDoorKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem.expose());
  } catch {
    // The parser's message may quote what it read: not passed on.
    throw new FrontDoorKeyInvalid('the signing key is no private key in PEM');
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new FrontDoorKeyInvalid('the signing key is no Ed25519 key');
  return { privateKey, publicKey: ed25519PublicKeyOf(privateKey) };
}
