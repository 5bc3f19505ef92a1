// The front door's secrets: its own keys, made at first start and kept in its data folder, and what the settings point at.
// May read the environment; knows nothing of what the secrets are used for beyond their names.

import { hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { OperatorMistake } from '../failure/failure.js';
import { createPrivateFile, readPrivateFile } from '../private-files/private-file.js';
import type { TenantId } from '../protocol/identifiers.js';
import { Secret } from '../secret/secret.js';
import { readSecret } from '../settings/secret-sources.js';
import { readCertificates } from '../settings/setting-files.js';
import type { FrontDoorConfig } from './config.js';
import {
  type FrontDoorKey,
  FrontDoorKeyInvalid,
  generateFrontDoorKey,
  readFrontDoorKey,
} from './enrolment/front-door-key.js';
import type { TicketEndpoint } from './tickets/deliver-tickets.js';
import { webhookKeyOf } from './tickets/sign-webhook.js';

export interface FrontDoorSecrets {
  /** Ed25519: proves this front door to its agents, who pin its public half when they enrol. */
  readonly signingKey: FrontDoorKey;
  /** 32 bytes: encrypts what people registered (authenticator secrets) in the store. */
  readonly dataKey: Uint8Array;
  /** 32 bytes: turns codes, tokens and typed user IDs into values that say nothing to who reads the store. */
  readonly digestKey: Uint8Array;
}

/** The master key's file holds something else. */
export class MasterKeyInvalid extends OperatorMistake {
  readonly code = 'master-key-invalid';
  readonly retry = { mayRetry: false, why: 'somebody has to put the right file back' };
}

const MASTER_KEY_BYTES = 32;

/**
 * Reads the keys, making those that are missing. Losing the folder means enrolling every agent and authenticator again.
 * Throws MasterKeyInvalid, FrontDoorKeyInvalid, PrivateFileExposed or PrivateFileUnusable.
 */
export async function loadFrontDoorSecrets(dataFolder: string): Promise<FrontDoorSecrets> {
  const signingKey = await loadSigningKey(join(dataFolder, 'keys', 'signing-key.pem'));
  const masterKey = await loadMasterKey(join(dataFolder, 'keys', 'master-key'));
  const derived = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), `drawbridge/${purpose}/1`, 32));
  return {
    signingKey,
    dataKey: derived('data'),
    digestKey: derived('digest'),
  };
}

/** The mail server's password, where one is configured. */
export async function mailPassword(config: FrontDoorConfig): Promise<Secret | undefined> {
  const source = config.mail.password;
  return source === undefined ? undefined : readSecret('the password for the mail server', source, process.env);
}

/** What the text gateway is asked with, by the names that the settings call it. */
export async function textSecrets({
  textMessages,
}: Pick<FrontDoorConfig, 'textMessages'>): Promise<Map<string, Secret>> {
  const sources = Object.entries(textMessages?.secrets ?? {});
  const read = sources.map(async ([name, source]) => {
    return [name, await readSecret(`textMessages.secrets.${name}`, source, process.env)] as const;
  });
  return new Map(await Promise.all(read));
}

/** What stands for a webhook's secret is none. */
export class WebhookSecretInvalid extends OperatorMistake {
  readonly code = 'webhook-secret-invalid';
  readonly retry = { mayRetry: false, why: 'somebody has to put the right secret in place' };
}

/** Where each organisation's messages to its ticket system go. Throws WebhookSecretInvalid, SecretUnavailable or SettingFileUnusable. */
export async function ticketEndpoints(
  config: Pick<FrontDoorConfig, 'tenants'>,
): Promise<ReadonlyMap<TenantId, TicketEndpoint>> {
  const endpoints = new Map<TenantId, TicketEndpoint>();
  for (const { id, contact } of config.tenants) {
    if (contact.kind !== 'email' || contact.webhook === undefined) continue;
    const { url, secret: source, caFile } = contact.webhook;
    const what = `the secret of ${id}'s webhook`;
    using text = await readSecret(what, source, process.env);
    const key = webhookKeyOf(text.expose());
    if (key === undefined)
      throw new WebhookSecretInvalid(`${what}: must be whsec_ and the base64 of 24 to 64 random bytes`);
    const ca = caFile === undefined ? undefined : await readCertificates(`contact.webhook.caFile of ${id}`, caFile);
    endpoints.set(id, { url, ca, key: Secret.fromBytes(key) });
  }
  return endpoints;
}

/** HTTPS cannot be served with the certificate and the key that the settings name. */
export class CertificateUnusable extends OperatorMistake {
  readonly code = 'certificate-unusable';
  readonly retry = { mayRetry: false, why: 'somebody has to put the right files in place' };
}

/**
 * Certificate chain and private key for HTTPS, as PEM. The key's file must be its owner's alone.
 * Throws CertificateUnusable, SettingFileUnusable or SecretUnavailable.
 */
export async function loadServerCertificate({
  tls,
}: Pick<FrontDoorConfig, 'tls'>): Promise<{ readonly certificate: string; readonly key: Secret }> {
  const certificate = await readCertificates('tls.certificateFile', tls.certificateFile);
  const key = await readSecret('tls.keyFile', { file: tls.keyFile }, process.env);
  try {
    createSecureContext({ cert: certificate, key: key.expose() });
  } catch {
    // The library's message may be about bytes of the key: not passed on.
    throw new CertificateUnusable(
      `tls.keyFile: ${tls.keyFile} is no key in PEM, or not the key of ${tls.certificateFile}: put a pair in place`,
    );
  }
  return { certificate, key };
}

async function loadSigningKey(file: string): Promise<FrontDoorKey> {
  const stored = await readPrivateFile(file);
  const pem = stored ?? (await createPrivateFile(file, generateFrontDoorKey().exposeBytes()));
  try {
    return readFrontDoorKey(Secret.fromBytes(Uint8Array.from(pem)));
  } catch (cause) {
    throw new FrontDoorKeyInvalid(
      `${file} cannot be used: put it back from the backup; without one, remove it, and enrol every agent again with the new key`,
      { cause },
    );
  }
}

async function loadMasterKey(file: string): Promise<Uint8Array> {
  const stored = await readPrivateFile(file);
  const key = stored ?? (await createPrivateFile(file, randomBytes(MASTER_KEY_BYTES)));
  if (key.length === MASTER_KEY_BYTES) return key;
  throw new MasterKeyInvalid(
    `${file} has ${key.length} bytes instead of ${MASTER_KEY_BYTES}: put it back from the backup; without one, remove it ` +
      'and a new key is made, with which every authenticator app has to be registered again',
  );
}
