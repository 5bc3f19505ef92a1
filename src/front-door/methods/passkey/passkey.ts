// Proof by a passkey (WebAuthn): the authenticator signs a challenge that is good once, for one session, one account and one gate, after
// it has verified the person itself. A signature of another site, another name or another challenge is worth nothing here.

import { type PublicKeyCredentialRequestOptionsJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { fromBase64Url } from '../../../protocol/base64url.js';
import type { Clock } from '../../../timing/clock.js';
import type { RandomBytes } from '../../captcha/random-draws.js';
import { keptOfKind, type MethodStore } from '../method-store.js';
import type { ProofMethod, ProofStep } from '../proof-method.js';
import { digestOfCode, isSameDigest } from '../sent-code.js';
import { descriptorOf, type KeptPasskey, keptPasskeys, PASSKEY } from './kept-passkey.js';
import { type PostedAssertion, readAssertion } from './posted-passkey.js';
import {
  PASSKEY_ANSWER_WITHIN_MS,
  PASSKEY_CHALLENGE_BYTES,
  type RelyingParty,
  relyingPartyOf,
  userHandleOf,
} from './relying-party.js';

const TRIES_MAX = 5;

export interface PasskeyDeps {
  readonly store: Pick<MethodStore, 'list' | 'advance'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
  /** Where people reach the front door. Its host is a name: no browser makes a passkey for an address. */
  readonly publicUrl: string;
}

/** The prompt is the request's options as JSON, with the ids of the account's passkeys: shown to whoever stands before this gate. */
export function passkey(deps: PasskeyDeps): ProofMethod {
  const { store, clock, random, digestKey } = deps;
  const party = relyingPartyOf(deps.publicUrl);
  return {
    kind: PASSKEY,
    // A challenge is good once, whatever came of it.
    isAskedAnew: true,
    typed: ([posted = '']) => (readAssertion(posted) === undefined ? undefined : posted),
    async registered(owner) {
      const registered = await keptOfKind(store, owner, PASSKEY);
      // One entry for all of a person's passkeys: the browser knows which of them is at hand.
      return registered.length === 0 ? [] : [{ id: 'passkey', kind: PASSKEY, address: '' }];
    },
    async start(step, { keptId }) {
      const nowMs = clock.nowMs();
      const challenge = Buffer.from(random(PASSKEY_CHALLENGE_BYTES)).toString('base64url');
      const options = {
        challenge,
        rpId: party.id,
        allowCredentials: (await keptPasskeys(store, step.account, keptId)).map(descriptorOf),
        userVerification: 'required',
        timeout: PASSKEY_ANSWER_WITHIN_MS,
      } satisfies PublicKeyCredentialRequestOptionsJSON;
      return {
        digest: digestOfCode(digestKey, boundTo(step), challenge),
        prompt: JSON.stringify(options),
        issuedAtMs: nowMs,
        expiresAtMs: nowMs + PASSKEY_ANSWER_WITHIN_MS,
        triesLeft: TRIES_MAX,
      };
    },
    async verify(step, { keptId }, open, answer) {
      const nowMs = clock.nowMs();
      if (open === undefined || open.triesLeft <= 0 || nowMs >= open.expiresAtMs) return 'expired';
      const posted = readAssertion(answer);
      // Looked for among this account's alone: somebody else's passkey is nobody's here.
      const own = await keptPasskeys(store, step.account, keptId);
      const kept = own.find(({ credentialId }) => credentialId === posted?.id);
      if (posted === undefined || kept === undefined) return 'wrong';
      const { userHandle } = posted.response;
      if (userHandle && userHandle !== userHandleOf(digestKey, step.account)) return 'wrong';
      const isChallenge = (challenge: string) =>
        isSameDigest(open.digest, digestOfCode(digestKey, boundTo(step), challenge));
      const counter = await provenCounter(party, kept, posted, isChallenge);
      if (counter === undefined) return 'wrong';
      return (await store.advance(kept.id, counter, nowMs)) ? 'right' : 'counter-back';
    },
  };
}

/** What the authenticator counted at this signature; undefined where it proves nothing. */
async function provenCounter(
  party: RelyingParty,
  { credentialId, publicKey }: KeptPasskey,
  { response, ...posted }: PostedAssertion,
  isChallenge: (challenge: string) => boolean,
): Promise<number | undefined> {
  const { clientDataJSON, authenticatorData, signature } = response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...posted, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} },
      expectedChallenge: isChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      // Counted by the store, in one step with keeping it; here a counter would be compared before the signature is.
      credential: { id: credentialId, publicKey: fromBase64Url(publicKey), counter: 0 },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    // The library throws for each thing that is not as it must be; which one it is helps only who tries them.
    return undefined;
  }
}

function boundTo({ sessionHash, account, gate }: ProofStep) {
  return [PASSKEY, sessionHash, account.tenantId, account.anchor, BigInt(gate)];
}
