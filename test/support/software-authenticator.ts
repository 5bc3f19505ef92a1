// An authenticator in software, for tests: makes passkeys and signs with them as WebAuthn Level 3 has it, and lies in whichever way a
// test wants. Writes its own CBOR (RFC 8949) and COSE keys (RFC 9053), so that nothing of what it is tested against takes part.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export type KeyKind = 'ES256' | 'EdDSA' | 'RS256';

/** What it says differently from what is true. */
export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly isPresent?: boolean;
  readonly isVerified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  /** Of the credential. */
  readonly id?: string;
  /** CBOR of the attestation: format and statement. */
  readonly attestation?: { readonly format: string; readonly statement: Buffer };
  /** Signs something else in the end. */
  readonly isSignatureBroken?: boolean;
  /** Synced between devices, and on more than one by now. */
  readonly isBackedUp?: boolean;
}

export interface SoftwareAuthenticator {
  readonly id: string;
  readonly privateKey: KeyObject;
  /** What a page posts of a new passkey. `options`: the creation's, as JSON. */
  create(options: string, lies?: Lies): string;
  /** What a page posts of a signature. `options`: the request's, as JSON. */
  get(options: string, lies?: Lies): string;
}

/** `counter`: how it counts its signatures; undefined: it does not, and says 0. */
export function softwareAuthenticator(
  origin: string,
  { kind = 'ES256', counter = undefined }: { readonly kind?: KeyKind; readonly counter?: number | undefined } = {},
): SoftwareAuthenticator {
  const { publicKey, privateKey } = keyPair(kind);
  const id = randomBytes(32).toString('base64url');
  let signatures = counter;
  let userHandle: string | undefined;
  const count = () => {
    if (signatures !== undefined) signatures += 1;
    return signatures ?? 0;
  };
  const clientData = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const header = (rpId: string, lies: Lies, more: number) => {
    const flags =
      (lies.isPresent === false ? 0 : 0x01) |
      (lies.isVerified === false ? 0 : 0x04) |
      (lies.isBackedUp === true ? 0x18 : 0) |
      more;
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(lies.counter ?? count());
    return Buffer.concat([sha256(lies.rpId ?? rpId), Buffer.from([flags]), counted]);
  };
  return {
    id,
    privateKey,
    create(options, lies = {}) {
      const { challenge, rp, user } = JSON.parse(options);
      userHandle = user.id;
      const credentialId = Buffer.from(lies.id ?? id, 'base64url');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const authData = Buffer.concat([
        header(rp.id, lies, 0x40),
        Buffer.alloc(16),
        length,
        credentialId,
        coseKey(kind, publicKey),
      ]);
      const { format, statement } = lies.attestation ?? { format: 'none', statement: cborMap([]) };
      const attestationObject = cborMap([
        [cborText('fmt'), cborText(format)],
        [cborText('attStmt'), statement],
        [cborText('authData'), cborBytes(authData)],
      ]);
      return JSON.stringify({
        id: lies.id ?? id,
        rawId: lies.id ?? id,
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, lies).toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal', 'hybrid', 'carrier-pigeon'],
        },
        clientExtensionResults: {},
      });
    },
    get(options, lies = {}) {
      const { challenge, rpId } = JSON.parse(options);
      const client = clientData('webauthn.get', challenge, lies);
      const authData = header(rpId, lies, 0);
      const signed = Buffer.concat([authData, lies.isSignatureBroken === true ? sha256('else') : sha256(client)]);
      return JSON.stringify({
        id: lies.id ?? id,
        rawId: lies.id ?? id,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: sign(kind === 'EdDSA' ? null : 'sha256', signed, privateKey).toString('base64url'),
          userHandle: lies.userHandle ?? userHandle ?? null,
        },
        clientExtensionResults: {},
        authenticatorAttachment: 'platform',
      });
    },
  };
}

function keyPair(kind: KeyKind): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  if (kind === 'EdDSA') return generateKeyPairSync('ed25519');
  return kind === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function coseKey(kind: KeyKind, key: KeyObject): Buffer {
  const { x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' });
  const part = (text: string) => cborBytes(Buffer.from(text, 'base64url'));
  const fields: Record<KeyKind, (readonly [Buffer, Buffer])[]> = {
    // Key type, algorithm, curve, coordinates; RFC 9053 §7.1, §7.2 and RFC 8230 §4.
    ES256: [pair(1, 2), pair(3, -7), pair(-1, 1), [cborInt(-2), part(x)], [cborInt(-3), part(y)]],
    EdDSA: [pair(1, 1), pair(3, -8), pair(-1, 6), [cborInt(-2), part(x)]],
    RS256: [pair(1, 3), pair(3, -257), [cborInt(-1), part(n)], [cborInt(-2), part(e)]],
  };
  return cborMap(fields[kind]);
}

const pair = (key: number, value: number) => [cborInt(key), cborInt(value)] as const;

/** A major type of CBOR with its argument; RFC 8949 §3. */
function cborHead(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument]);
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 255]);
}

export const cborInt = (value: number) => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
export const cborBytes = (bytes: Uint8Array) => Buffer.concat([cborHead(2, bytes.length), bytes]);
export const cborText = (text: string) => Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
export const cborList = (items: readonly Buffer[]) => Buffer.concat([cborHead(4, items.length), ...items]);
export const cborMap = (fields: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([cborHead(5, fields.length), ...fields.flat()]);

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
