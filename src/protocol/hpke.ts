// HPKE (RFC 9180) in base mode, one message per context, in the one suite this protocol uses: DHKEM(P-256, HKDF-SHA256),
// HKDF-SHA256, AES-256-GCM. On node:crypto, synchronously: a WebCrypto call goes to another thread for every primitive, which
// costs a reset four times as much and waits behind whatever else is there. Browsers use @hpke/core (sealing.ts); that both do
// the same, and what the standard says, is shown in test/vectors/hpke. Knows nothing of passwords.

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  type ECDH,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { Failure } from '../failure/failure.js';

/** A recipient's pair. `publicKey` is the uncompressed P-256 point, 65 bytes. */
export interface HpkeKeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

/** What was sealed for something else, or altered, or never sealed. */
export class HpkeNotOpened extends Failure {
  readonly code = 'hpke-not-opened';
  readonly retry = { mayRetry: false, why: 'the same bytes will not open either' };
}

export interface HpkeMessage {
  /** The sender's ephemeral public key: an uncompressed point, 65 bytes. */
  readonly enc: Uint8Array;
  /** With its tag. */
  readonly ciphertext: Uint8Array;
}

interface Bound {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

export function makeHpkeKeyPair(): HpkeKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([UNCOMPRESSED, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { publicKey: Uint8Array.from(point), privateKey };
}

/** `ephemeral`: a new one for every message, but where a test holds us to the standard's. Throws on a point off the curve. */
export function sealBase(
  plaintext: Uint8Array,
  options: Bound & { readonly recipientPublicKey: Uint8Array; readonly ephemeral?: ECDH },
): HpkeMessage & WithSecrets {
  const { recipientPublicKey, info, aad } = options;
  const ephemeral = options.ephemeral ?? newEphemeral();
  const enc = ephemeral.getPublicKey();
  const { key, nonce, exportSecret } = scheduleOf(
    ephemeral.computeSecret(recipientPublicKey),
    enc,
    recipientPublicKey,
    info,
  );
  const cipher = createCipheriv(AEAD, key, nonce).setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return { enc, ciphertext, exportSecret };
}

/** The secrets that a message's sender and its recipient alone can make (RFC 9180 §5.3), of 32 bytes. */
interface WithSecrets {
  readonly exportSecret: (exporterContext: Uint8Array) => Uint8Array;
}

export interface OpenedMessage extends WithSecrets {
  readonly plaintext: Uint8Array;
}

/** The plaintext is the caller's to zero. Throws HpkeNotOpened. */
export function openBase(
  { enc, ciphertext }: HpkeMessage,
  options: Bound & { readonly recipient: HpkeKeyPair },
): OpenedMessage {
  const { recipient, info, aad } = options;
  try {
    const dh = diffieHellman({ privateKey: recipient.privateKey, publicKey: pointAsKey(enc) });
    const { key, nonce, exportSecret } = scheduleOf(dh, enc, recipient.publicKey, info);
    const tagAt = ciphertext.length - TAG_BYTES;
    if (tagAt < 0) throw new HpkeNotOpened('a ciphertext shorter than its own tag');
    const decipher = createDecipheriv(AEAD, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
    decipher.setAuthTag(ciphertext.subarray(tagAt));
    // One allocation, and its own: nothing of the plaintext is left in another buffer.
    const plaintext = decipher.update(ciphertext.subarray(0, tagAt));
    try {
      decipher.final();
    } catch (error) {
      plaintext.fill(0);
      throw error;
    }
    return { plaintext, exportSecret };
  } catch (error) {
    if (error instanceof HpkeNotOpened) throw error;
    throw new HpkeNotOpened('the message does not open with this key, info and associated data', { cause: error });
  }
}

function newEphemeral(): ECDH {
  const ephemeral = createECDH('prime256v1');
  ephemeral.generateKeys();
  return ephemeral;
}

/**
 * RFC 9180 §7.1.1 and §7.1.4: the uncompressed form alone, and only a point on the curve, which OpenSSL looks at when it reads
 * one. The point at infinity has no such form.
 */
function pointAsKey(point: Uint8Array): KeyObject {
  if (point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED[0]) {
    throw new HpkeNotOpened('an ephemeral key that is no uncompressed point');
  }
  return createPublicKey({ key: Buffer.concat([SPKI_BEFORE_POINT, point]), format: 'der', type: 'spki' });
}

/** RFC 9180 §4.1 (ExtractAndExpand) and §5.1 (KeySchedule, base mode, first message). Zeroes `dh`. */
function scheduleOf(dh: Uint8Array, enc: Uint8Array, recipientPublicKey: Uint8Array, info: Uint8Array) {
  const eaePrk = labeledExtract(KEM_SUITE, NO_SALT, 'eae_prk', dh);
  dh.fill(0);
  const kemContext = Buffer.concat([enc, recipientPublicKey]);
  const sharedSecret = labeledExpand(KEM_SUITE, eaePrk, 'shared_secret', kemContext, HASH_BYTES);
  const pskIdHash = labeledExtract(SUITE, NO_SALT, 'psk_id_hash', NOTHING);
  const infoHash = labeledExtract(SUITE, NO_SALT, 'info_hash', info);
  const context = Buffer.concat([BASE_MODE, pskIdHash, infoHash]);
  const secret = labeledExtract(SUITE, createSecretKey(sharedSecret), 'secret', NOTHING);
  return {
    key: createSecretKey(labeledExpand(SUITE, secret, 'key', context, KEY_BYTES)),
    nonce: labeledExpand(SUITE, secret, 'base_nonce', context, NONCE_BYTES),
    // Made when it is asked for: most passwords are taken, and nothing is said of them.
    exportSecret: (exporterContext: Uint8Array): Uint8Array => {
      const exporter = labeledExpand(SUITE, secret, 'exp', context, HASH_BYTES);
      return labeledExpand(SUITE, exporter, 'sec', exporterContext, HASH_BYTES);
    },
  };
}

function labeledExtract(suite: Buffer, salt: KeyObject, label: string, ikm: Uint8Array): Buffer {
  return createHmac('sha256', salt).update(VERSION).update(suite).update(label).update(ikm).digest();
}

/** HKDF-Expand of one block: nothing here is longer than a hash. */
function labeledExpand(suite: Buffer, prk: Buffer, label: string, info: Uint8Array, length: number): Buffer {
  const hmac = createHmac('sha256', createSecretKey(prk))
    .update(Buffer.from([0, length]))
    .update(VERSION)
    .update(suite);
  return hmac.update(label).update(info).update(FIRST_BLOCK).digest().subarray(0, length);
}

const AEAD = 'aes-256-gcm';
const HASH_BYTES = 32;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const POINT_BYTES = 65;
const UNCOMPRESSED = Buffer.from([4]);
const VERSION = Buffer.from('HPKE-v1');
// RFC 9180 §7: KEM 0x0010, KDF 0x0001, AEAD 0x0002.
const KEM_SUITE = Buffer.from('KEM\x00\x10', 'latin1');
const SUITE = Buffer.from('HPKE\x00\x10\x00\x01\x00\x02', 'latin1');
const BASE_MODE = Buffer.from([0]);
const FIRST_BLOCK = Buffer.from([1]);
const NOTHING = Buffer.alloc(0);
// An absent salt is a hash of zeros (RFC 5869 §2.2), which HMAC makes of an empty key by itself.
const NO_SALT = createSecretKey(Buffer.alloc(HASH_BYTES));
// SubjectPublicKeyInfo of an uncompressed P-256 point up to that point (RFC 5480): id-ecPublicKey, prime256v1, a bit string.
const SPKI_BEFORE_POINT = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
