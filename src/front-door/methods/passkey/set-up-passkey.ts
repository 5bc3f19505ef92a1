// Sets a passkey up: the authenticator makes a pair of keys for this account and this front door, and the public one is kept. Which maker
// an authenticator is of is neither asked for nor looked at.

import { type PublicKeyCredentialCreationOptionsJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject, isoCBOR } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64url.js';
import type { MethodSetup, SetupStep } from '../method-setup.js';
import { METHODS_PER_KIND_MAX, type MethodStore } from '../method-store.js';
import { digestOfCode, isSameDigest } from '../sent-code.js';
import { descriptorOf, keptPasskeys, PASSKEY, type Passkey, passkeyRow } from './kept-passkey.js';
import type { PasskeyDeps } from './passkey.js';
import { type PostedRegistration, readRegistration } from './posted-passkey.js';
import {
  PASSKEY_ALGORITHMS,
  PASSKEY_ANSWER_WITHIN_MS,
  PASSKEY_CHALLENGE_BYTES,
  type RelyingParty,
  relyingPartyOf,
  userHandleOf,
} from './relying-party.js';

const TRIES_MAX = 5;
const pendingSchema = z.strictObject({ digest: z.string() });

export interface PasskeySetupDeps extends PasskeyDeps {
  readonly store: Pick<MethodStore, 'list' | 'add' | 'advance'>;
  readonly randomUuid: () => string;
}

/** The prompt is the creation's options as JSON. */
export function passkeySetup(deps: PasskeySetupDeps): MethodSetup {
  const { store, clock, random, digestKey, randomUuid } = deps;
  const party = relyingPartyOf(deps.publicUrl);
  return {
    kind: PASSKEY,
    opensWithStep: true,
    async begin(step) {
      const there = await keptPasskeys(store, step.account);
      if (there.length >= METHODS_PER_KIND_MAX) return { kind: 'refused', problem: 'too-many' };
      const nowMs = clock.nowMs();
      const challenge = Buffer.from(random(PASSKEY_CHALLENGE_BYTES)).toString('base64url');
      const options = {
        challenge,
        rp: { id: party.id, name: step.organisationName },
        // The names are for the person's own list of passkeys, and do not come back to us.
        user: { id: userHandleOf(digestKey, step.account), name: step.userId, displayName: step.userId },
        pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg }) as const),
        excludeCredentials: there.map(descriptorOf),
        authenticatorSelection: {
          residentKey: 'preferred',
          requireResidentKey: false,
          userVerification: 'required',
        },
        attestation: 'none',
        timeout: PASSKEY_ANSWER_WITHIN_MS,
      } satisfies PublicKeyCredentialCreationOptionsJSON;
      const pending = {
        prompt: JSON.stringify(options),
        data: JSON.stringify({ digest: digestOfCode(digestKey, boundTo(step), challenge) }),
        issuedAtMs: nowMs,
        expiresAtMs: nowMs + PASSKEY_ANSWER_WITHIN_MS,
        triesLeft: TRIES_MAX,
      };
      return { kind: 'pending', pending };
    },
    async confirm(step, pending, [typed = '']) {
      const nowMs = clock.nowMs();
      if (pending.triesLeft <= 0 || nowMs >= pending.expiresAtMs) return { kind: 'refused', problem: 'expired' };
      if (typed.trim() === '') return { kind: 'refused', problem: 'missing' };
      const posted = readRegistration(typed);
      if (posted === undefined) return { kind: 'refused', problem: 'malformed' };
      const { digest } = pendingSchema.parse(JSON.parse(pending.data));
      const isChallenge = (challenge: string) =>
        isSameDigest(digest, digestOfCode(digestKey, boundTo(step), challenge));
      const made = await madePasskey(party, posted, isChallenge);
      if (made === undefined) return { kind: 'refused', problem: 'wrong' };
      const there = await keptPasskeys(store, step.account);
      if (there.some(({ credentialId }) => credentialId === made.passkey.credentialId))
        return { kind: 'refused', problem: 'there-already' };
      const row = passkeyRow(made.passkey, { id: randomUuid(), setUpAtMs: nowMs });
      const added = await store.add(step.account, row);
      if (added !== 'added') return { kind: 'refused', problem: added };
      // Whoever counts goes on from here.
      if (made.counter > 0) await store.advance(row.id, made.counter, undefined);
      return { kind: 'done', id: row.id, shown: [] };
    },
  };
}

/** Undefined where it was not made for us, for this challenge, or without verifying the person. */
async function madePasskey(
  party: RelyingParty,
  { response, ...posted }: PostedRegistration,
  isChallenge: (challenge: string) => boolean,
): Promise<{ readonly passkey: Passkey; readonly counter: number } | undefined> {
  const { clientDataJSON, attestationObject, transports } = response;
  try {
    const unattested = { clientDataJSON, attestationObject: withoutAttestation(attestationObject) };
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...posted, response: unattested, clientExtensionResults: {} },
      expectedChallenge: isChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
    });
    if (!verified) return undefined;
    const { id, publicKey, counter } = registrationInfo.credential;
    if (id !== posted.id) return undefined;
    return { passkey: { credentialId: id, publicKey: toBase64Url(publicKey), transports }, counter };
  } catch {
    // The library throws for each thing that is not as it must be, and for bytes that are no such thing at all.
    return undefined;
  }
}

/**
 * The same, saying nothing of its maker. We trust no maker, so that a statement would prove nothing; and to check one is to parse
 * certificates from a stranger, and to fetch revocation lists from wherever these say.
 */
function withoutAttestation(attestationObject: string): string {
  const authData = decodeAttestationObject(fromBase64Url(attestationObject)).get('authData');
  const fields: [string, string | Uint8Array | Map<string, string>][] = [
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ];
  return toBase64Url(isoCBOR.encode(new Map(fields)));
}

function boundTo({ sessionHash, account }: SetupStep) {
  return ['set-up', PASSKEY, sessionHash, account.tenantId, account.anchor];
}
