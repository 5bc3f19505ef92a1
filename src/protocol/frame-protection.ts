// Protects every frame after the handshake: AES-256-GCM under keys both sides derive from their signed ephemeral X25519 keys.
// TLS protects the way to whoever ends TLS; this protects the way to the other program. The frame number is the nonce, so a
// frame that is replayed, reordered, dropped or altered does not open, and the link ends. One key per direction and link.

import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { assert } from '../failure/assert.js';
import { Failure } from '../failure/failure.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { rawPublicKey, type Side } from './handshake.js';

/** A frame did not come from the peer, or not in its turn. */
export class FrameNotAuthentic extends Failure {
  readonly code = 'frame-not-authentic';
  readonly retry = { mayRetry: true, why: 'a new link has new keys' };
}

export interface EphemeralKey {
  readonly privateKey: KeyObject;
  /** 32 bytes, base64url, as it goes into the handshake. */
  readonly publicText: string;
}

export function makeEphemeralKey(): EphemeralKey {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return { privateKey, publicText: toBase64Url(rawPublicKey(publicKey)) };
}

/** Seals what we send and opens what we receive. Holds the two counters, hence a class. */
export class FrameProtection {
  readonly #sendKey: KeyObject;
  readonly #receiveKey: KeyObject;
  #sent = 0n;
  #received = 0n;

  constructor(options: {
    readonly side: Side;
    readonly own: EphemeralKey;
    readonly peer: string;
    readonly transcript: Uint8Array;
  }) {
    const { side, own, peer, transcript } = options;
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: toBase64Url(fromBase64Url(peer)) },
      format: 'jwk',
    });
    const shared = diffieHellman({ privateKey: own.privateKey, publicKey });
    const keyOf = (from: Side) =>
      createSecretKey(new Uint8Array(hkdfSync('sha256', shared, transcript, `drawbridge/frames/1/from-${from}`, 32)));
    this.#sendKey = keyOf(side);
    this.#receiveKey = keyOf(side === 'agent' ? 'front-door' : 'agent');
    shared.fill(0);
  }

  seal(frame: Uint8Array): Uint8Array {
    const cipher = createCipheriv('aes-256-gcm', this.#sendKey, nonceOf(this.#sent));
    this.#sent += 1n;
    return Buffer.concat([cipher.update(frame), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws FrameNotAuthentic; the link must be closed then, since the counters no longer agree. */
  open(wire: Uint8Array): Uint8Array {
    if (wire.length < TAG_BYTES) throw new FrameNotAuthentic('a frame shorter than its own proof');
    const decipher = createDecipheriv('aes-256-gcm', this.#receiveKey, nonceOf(this.#received));
    decipher.setAuthTag(wire.subarray(wire.length - TAG_BYTES));
    this.#received += 1n;
    try {
      return Buffer.concat([decipher.update(wire.subarray(0, wire.length - TAG_BYTES)), decipher.final()]);
    } catch (error) {
      throw new FrameNotAuthentic('a frame that the peer did not send, or not now', { cause: error });
    }
  }
}

const TAG_BYTES = 16;

function nonceOf(frameNumber: bigint): Uint8Array {
  assert(frameNumber < 2n ** 48n, 'a link ends long before its frame numbers do');
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, frameNumber);
  return nonce;
}
