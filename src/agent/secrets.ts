// The agent's secrets, read when they are needed and handed on as Secret. May read the environment; knows nothing of their use.

import type { Secret } from '../secret/secret.js';
import { readSecret, type SecretSource } from '../settings/secret-sources.js';
import type { DirectoryConfig } from './config.js';

/** Reads the bind password afresh, so that a rotated one is used at the next connection without a restart. */
export function bindPasswordOf(directory: DirectoryConfig): () => Promise<Secret> {
  return () => readSecret(`the bind password of directory "${directory.id}"`, directory.bindPassword, process.env);
}

/** `user:password` for the proxy, where one is configured. */
export async function proxyCredentials(source: SecretSource | undefined): Promise<Secret | undefined> {
  return source === undefined ? undefined : readSecret('the proxy credentials', source, process.env);
}
