// The front door as passkeys know it (WebAuthn's "relying party"): under which name and address they are good, by which keys, and for
// whom. Comes from the settings alone; a request and its Host header are never asked.

import { createHmac } from 'node:crypto';
import type { COSEAlgorithmIdentifier } from '@simplewebauthn/server';
import { canonicalBytes } from '../../../protocol/canonical-bytes.js';
import type { AccountRef } from '../method-store.js';

export interface RelyingParty {
  /** A passkey is good under this name for ever, and under no other: a front door that moves leaves them behind. */
  readonly id: string;
  /** Where a page of ours must have asked from. */
  readonly origin: string;
}

export function relyingPartyOf(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin };
}

/** Whether the host is an address, as `URL` writes one, and no name. */
export function isOfAddress(publicUrl: string): boolean {
  return URL.canParse(publicUrl) && /^(\[|[\d.]+$)/.test(new URL(publicUrl).hostname);
}

/** ES256, EdDSA and RS256 (RFC 9053, RFC 8812): what every authenticator has one of; the first is preferred. */
export const PASSKEY_ALGORITHMS: readonly COSEAlgorithmIdentifier[] = [-7, -8, -257];

/** From the asking to the answer, for whoever has to fetch a security key from another room. */
export const PASSKEY_ANSWER_WITHIN_MS = 5 * 60_000;

export const PASSKEY_CHALLENGE_BYTES = 32;

/**
 * What an authenticator calls the account by, in base64url: the same for each of the account's passkeys, so that a device keeps one of
 * them, and nothing that names anybody or can be told from another account's without the key.
 */
export function userHandleOf(digestKey: Uint8Array, { tenantId, anchor }: AccountRef): string {
  const bytes = canonicalBytes('drawbridge/passkey-user/1', [tenantId, anchor]);
  return createHmac('sha256', digestKey).update(bytes).digest('base64url');
}
