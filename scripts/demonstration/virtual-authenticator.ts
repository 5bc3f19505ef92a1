// A device that can make and use passkeys, for a Chromium that no person with a finger sits before. Knows no page of ours.

import { generateKeyPairSync } from 'node:crypto';
import type { Page } from 'playwright-core';

export interface VirtualAuthenticator {
  /** Whether the person puts the right finger on it. */
  verifies(isVerified: boolean): Promise<void>;
  /** How often each of its passkeys was used. */
  signCounts(): Promise<readonly number[]>;
  /** Puts another key in the place of the one that it has. */
  swapKey(): Promise<void>;
}

/** A device with a fingerprint reader, whose person is always there. */
export async function virtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const credentials = async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return {
    verifies: (isUserVerified) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(() => undefined),
    signCounts: async () => (await credentials()).map(({ signCount }) => signCount),
    async swapKey() {
      const [credential] = await credentials();
      if (credential === undefined) throw new Error('there is no passkey to swap');
      await session.send('WebAuthn.clearCredentials', { authenticatorId });
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
      await session.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, privateKey: key } });
    },
  };
}
