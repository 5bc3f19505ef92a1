// The agent's secrets, read when they are needed and handed on as Secret. May read the environment; knows nothing of their use.

import { Secret } from '../secret/secret.js';
import { readSecret, type SecretSource } from '../settings/secret-sources.js';
import type { DirectoryConfig } from './config.js';

/** Reads the bind password afresh, so that a rotated one is used at the next connection without a restart. */
export function bindPasswordOf(directory: DirectoryConfig): () => Promise<Secret> {
  return () => readSecret(`the bind password of directory "${directory.id}"`, directory.bindPassword, process.env);
}

/** Who we are to the proxy, where that is configured: `user:password`, cut at the first colon (RFC 7617 §2). */
export async function proxyCredentials(
  source: SecretSource | undefined,
): Promise<{ readonly user: string; readonly password: Secret } | undefined> {
  if (source === undefined) return undefined;
  using whole = await readSecret('the proxy credentials', source, process.env);
  const [user = '', ...password] = whole.expose().split(':');
  return { user, password: Secret.fromText(password.join(':')) };
}
