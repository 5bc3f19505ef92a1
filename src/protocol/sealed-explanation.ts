// What an agent says of a password it refused, to whoever sealed that password and to nobody between them: which word it is. What it is
// byte by byte, and under which key; no cryptography here. Runs in browsers and in Node.
// The key comes out of the very seal of the password (RFC 9180 §5.3, as answers are sealed in RFC 9458 §4.4): only the sealer and the opener
// can make it, and nothing more has to be sent with the password.

import type { KeyId } from './identifiers.js';

/** Never more of the password than a list's term or a name it contains. */
export type PasswordExplanation =
  /** Contains a name of the person or the organisation. */
  | { readonly kind: 'name'; readonly words: readonly string[] }
  /** Hardly more than what many people use. */
  | { readonly kind: 'common'; readonly words: readonly string[] }
  /** Hardly more than what the organisation has banned. */
  | { readonly kind: 'banned'; readonly words: readonly string[] }
  /** Nothing in it is common: it is short. */
  | { readonly kind: 'short'; readonly words: readonly [] };

/** `keyId`: whose seal of the password the key comes from. `ciphertext`: base64url of EXPLANATION_BYTES, the tag, and the nonce before them. */
export interface SealedExplanation {
  readonly keyId: KeyId;
  readonly ciphertext: string;
}

/** Every plaintext has this size, so that the length of a word cannot be seen from outside. */
export const EXPLANATION_BYTES = 512;
export const EXPLANATION_KEY_BYTES = 32;
export const EXPLANATION_NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Of the ciphertext in base64url. */
export const SEALED_EXPLANATION_CHARACTERS = Math.ceil(
  ((EXPLANATION_NONCE_BYTES + EXPLANATION_BYTES + TAG_BYTES) * 4) / 3,
);

/** The exporter context of the key, and the associated data of what is sealed under it. */
export const EXPLANATION_LABEL = new TextEncoder().encode('drawbridge/explanation/1');

/** Undefined where it does not fit, as with very long names: then nothing is explained. */
export function paddedExplanation({ kind, words }: PasswordExplanation): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify({ kind, words }));
  if (bytes.length > EXPLANATION_BYTES) return undefined;
  const plaintext = new Uint8Array(EXPLANATION_BYTES);
  plaintext.set(bytes);
  return plaintext;
}

/** By hand: the browser bundle carries no schema library. Undefined for what no agent of this version says. */
export function readExplanation(plaintext: Uint8Array): PasswordExplanation | undefined {
  const end = plaintext.indexOf(0);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(end === -1 ? plaintext : plaintext.subarray(0, end));
    const { kind, words }: { kind?: unknown; words?: unknown } = JSON.parse(text) ?? {};
    if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) return undefined;
    if (kind === 'short') return { kind, words: [] };
    return (kind === 'name' || kind === 'common' || kind === 'banned') && words.length > 0
      ? { kind, words }
      : undefined;
  } catch {
    return undefined;
  }
}
