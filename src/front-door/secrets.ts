// The front door's secrets: its own keys, made at first start and kept in its data folder, and what the settings point at.
// May read the environment; knows nothing of what the secrets are used for beyond their names.

import { createPrivateKey, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateFile, replacePrivateFile } from '../private-files/private-file.js';
import { ed25519PublicKeyOf } from '../protocol/handshake.js';
import type { Secret } from '../secret/secret.js';
import { readSecret } from '../settings/secret-sources.js';
import type { FrontDoorConfig } from './config.js';

export interface FrontDoorSecrets {
  /** Ed25519: proves this front door to its agents, who pin its public half when they enrol. */
  readonly signingKey: { readonly privateKey: KeyObject; readonly publicKey: Uint8Array };
  /** 32 bytes: encrypts what people registered (authenticator secrets) in the store. */
  readonly dataKey: Uint8Array;
  /** 32 bytes: turns codes, tokens and typed user IDs into values that say nothing to who reads the store. */
  readonly digestKey: Uint8Array;
}

/** Reads the keys, making those that are missing. Losing the folder means enrolling every agent and authenticator again. */
export async function loadFrontDoorSecrets(dataFolder: string): Promise<FrontDoorSecrets> {
  const privateKey = await loadSigningKey(join(dataFolder, 'keys', 'signing-key.pem'));
  const masterKey = await loadMasterKey(join(dataFolder, 'keys', 'master-key'));
  const derived = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), `drawbridge/${purpose}/1`, 32));
  return {
    signingKey: { privateKey, publicKey: ed25519PublicKeyOf(privateKey) },
    dataKey: derived('data'),
    digestKey: derived('digest'),
  };
}

/** The mail server's password, where one is configured. */
export async function mailPassword(config: FrontDoorConfig): Promise<Secret | undefined> {
  const source = config.mail.password;
  return source === undefined ? undefined : readSecret('the password for the mail server', source, process.env);
}

/** Certificate chain and private key for HTTPS, as PEM. The key's file must be its owner's alone. */
export async function loadServerCertificate(
  config: FrontDoorConfig,
): Promise<{ readonly certificate: string; readonly key: Secret }> {
  const certificate = await readFile(config.tls.certificateFile, 'utf8');
  const key = await readSecret('the key of the TLS certificate', { file: config.tls.keyFile }, process.env);
  return { certificate, key };
}

async function loadSigningKey(file: string): Promise<KeyObject> {
  const stored = await readPrivateFile(file);
  if (stored !== undefined) return createPrivateKey(stored);
  const { privateKey } = generateKeyPairSync('ed25519');
  await replacePrivateFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return privateKey;
}

async function loadMasterKey(file: string): Promise<Uint8Array> {
  const stored = await readPrivateFile(file);
  if (stored !== undefined) return stored;
  const made = randomBytes(32);
  await replacePrivateFile(file, made);
  return made;
}
