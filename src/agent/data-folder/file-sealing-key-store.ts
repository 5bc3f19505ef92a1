// TECHNOLOGY: the sealing keys in one private file of the data folder. A deleted key is not in the next version of the file;
// what a disk or a backup keeps of the old version is beyond us, which is why keys are also short-lived.

import { join } from 'node:path';
import { z } from 'zod';
import { PrivateFileUnusable, readPrivateFile, replacePrivateFile } from '../../private-files/private-file.js';
import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import type { SealingKeyStore, StoredSealingKey } from '../sealing-keys/sealing-key-store.js';

export class FileSealingKeyStore implements SealingKeyStore {
  readonly #file: string;

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'sealing-keys.json');
  }

  async load(): Promise<readonly StoredSealingKey[]> {
    const text = await readPrivateFile(this.#file);
    if (text === undefined) return [];
    try {
      return fileSchema.parse(JSON.parse(text.toString('utf8'))).keys;
    } catch {
      // The parser's message could quote a private key: not passed on.
      throw new PrivateFileUnusable(
        `${this.#file} does not hold sealing keys: move it away, new ones are made at start`,
      );
    }
  }

  async save(keys: readonly StoredSealingKey[]): Promise<void> {
    const written = keys.map(({ publicKey, privateKey, ...rest }) => ({
      ...rest,
      publicKey: toBase64Url(publicKey),
      privateKey: toBase64Url(privateKey),
    }));
    await replacePrivateFile(this.#file, `${JSON.stringify({ version: 1, keys: written }, null, 2)}\n`);
  }
}

const bytesText = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .transform(fromBase64Url);

const fileSchema = z.strictObject({
  version: z.literal(1),
  keys: z
    .array(
      z.strictObject({
        keyId: identifierSchemas.keyId,
        publicKey: bytesText,
        privateKey: bytesText,
        notBeforeMs: z.int(),
        rotateAtMs: z.int(),
        notAfterMs: z.int(),
      }),
    )
    .max(64),
});
