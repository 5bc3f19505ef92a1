// Where a secret comes from: a file only its owner can read, or an environment variable. Never the settings file itself.
// Reads when asked, keeps nothing.

import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { OperatorMistake } from '../failure/failure.js';
import { Secret } from '../secret/secret.js';
import { whyUnreadable } from './setting-files.js';

/** A setting that says where a secret is. Text in its place is refused, with what to write instead. */
export const secretSourceSchema = z.union(
  [
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({
      environment: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of an environment variable'),
    }),
  ],
  {
    error: 'must say where the secret is, not the secret: `file: PATH` (mode 0600) or `environment: NAME`',
  },
);

export type SecretSource = z.infer<typeof secretSourceSchema>;

/** A secret cannot be read, is empty, or lies where others can read it. */
export class SecretUnavailable extends OperatorMistake {
  readonly code = 'secret-unavailable';
  readonly retry = { mayRetry: false, why: 'somebody has to put the secret in place' };
}

/** A secret is a line, not a file of any size. */
const SECRET_BYTES_MAX = 4096;

/**
 * Reads a secret; one line ending at its end is not part of it. `what` names it in messages, as in "the bind password".
 * Throws SecretUnavailable when it is missing, empty, longer than 4096 bytes, or (not on Windows, where the folder's ACL
 * rules) when group or others may read the file.
 */
export async function readSecret(
  what: string,
  source: SecretSource,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Secret> {
  if ('environment' in source) {
    const text = environment[source.environment];
    if (text === undefined || text === '') {
      throw new SecretUnavailable(`${what}: the environment variable ${source.environment} is not set`);
    }
    return Secret.fromText(text);
  }
  return readSecretFile(what, source.file);
}

async function readSecretFile(what: string, file: string): Promise<Secret> {
  // Not given as a cause: the system's message repeats the path, and says less.
  const cannotRead = (error: unknown): never => {
    throw new SecretUnavailable(`${what}: cannot read ${file}: ${whyUnreadable(error)}`);
  };
  const facts = await stat(file).catch(cannotRead);
  if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) {
    throw new SecretUnavailable(`${what}: others may read ${file}; run \`chmod 600 ${file}\``);
  }
  if (facts.size > SECRET_BYTES_MAX) throw new SecretUnavailable(`${what}: ${file} is longer than a secret can be`);
  const bytes = await readFile(file).catch(cannotRead);
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? -2 : -1) : undefined;
  const secret = Secret.fromBytes(Uint8Array.from(bytes.subarray(0, end)));
  bytes.fill(0);
  if (secret.exposeBytes().length === 0) throw new SecretUnavailable(`${what}: ${file} is empty`);
  return secret;
}
