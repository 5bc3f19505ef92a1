// TECHNOLOGY: the agent's identity in one private file of the data folder. Whoever copies the file is this agent: the front
// door notices two at a time (`replaced-by-newer-link`), and the administrator revokes it.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { PrivateFileUnusable, readPrivateFile, replacePrivateFile } from '../../private-files/private-file.js';
import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import { rawPublicKey } from '../../protocol/handshake.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import type { Identity } from '../enrolment/identity.js';
import type { IdentityStore } from '../enrolment/identity-store.js';

export class FileIdentityStore implements IdentityStore {
  readonly #file: string;

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'identity.json');
  }

  async load(): Promise<Identity | undefined> {
    const text = await readPrivateFile(this.#file);
    if (text === undefined) return undefined;
    try {
      return identityOf(fileSchema.parse(JSON.parse(text.toString('utf8'))));
    } catch {
      // The parser's message could quote the private key: not passed on.
      throw new PrivateFileUnusable(`${this.#file} does not hold an identity: move it away and enrol the agent again`);
    }
  }

  async save(identity: Identity): Promise<void> {
    const { tenantId, agentId, frontDoorUrl, privateKey, frontDoorPublicKey } = identity;
    const written: z.input<typeof fileSchema> = {
      version: 1,
      tenantId,
      agentId,
      frontDoorUrl,
      privateKey: toBase64Url(privateKey.export({ format: 'der', type: 'pkcs8' })),
      frontDoorPublicKey: toBase64Url(frontDoorPublicKey),
    };
    await replacePrivateFile(this.#file, `${JSON.stringify(written, null, 2)}\n`);
  }
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  tenantId: identifierSchemas.tenantId,
  agentId: identifierSchemas.agentId,
  frontDoorUrl: z.url(),
  /** PKCS #8, DER. The public half is computed from it, so the two cannot disagree. */
  privateKey: z.string().regex(/^[A-Za-z0-9_-]+$/),
  frontDoorPublicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

function identityOf(file: z.output<typeof fileSchema>): Identity {
  const { tenantId, agentId, frontDoorUrl } = file;
  const der = Buffer.from(fromBase64Url(file.privateKey));
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('an identity is an Ed25519 key');
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  return {
    tenantId,
    agentId,
    privateKey,
    publicKey,
    frontDoorPublicKey: fromBase64Url(file.frontDoorPublicKey),
    frontDoorUrl,
  };
}
