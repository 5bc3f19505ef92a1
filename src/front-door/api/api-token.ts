// The bearer tokens of the API: made once and shown once, kept as a hash, bound to one tenant and its scopes.
// Whoever holds `resets:write` can set passwords in that tenant: such a token belongs to a server, never to a browser.

import { hash, randomUUID, timingSafeEqual } from 'node:crypto';
import { OperatorMistake } from '../../failure/failure.js';
import { toBase64Url } from '../../protocol/base64url.js';
import type { TenantId } from '../../protocol/identifiers.js';
import { Secret } from '../../secret/secret.js';
import type { Clock } from '../../timing/clock.js';
import type { ApiToken, ApiTokens } from '../tokens/api-tokens.js';
import type { ApiScope } from './api-scopes.js';

const TOKEN_BYTES = 32;
/** The prefix lets scanners of source code and logs recognise a token that leaked. */
const TOKEN_TEXT = /^dbt_[A-Za-z0-9_-]{43}$/;
/** So often at most is the time of use written down. */
const USE_NOTED_EVERY_MS = 60_000;

export interface IssuedToken {
  readonly id: string;
  /** To be shown once: it is not kept. */
  readonly token: Secret;
}

/** Tokens of one tenant that were not revoked; no further one is issued. */
export const TOKENS_PER_TENANT_MAX = 100;

export class TooManyTokens extends OperatorMistake {
  readonly code = 'too-many-tokens';
  readonly retry = { mayRetry: false, why: 'it stays full until a token is revoked' };
}

/**
 * `random`: that many bytes fit for secrets. Without `expiresAtMs` the token is good until it is revoked.
 * Throws TooManyTokens.
 */
export async function issueApiToken(
  deps: {
    readonly tokens: Pick<ApiTokens, 'add' | 'list'>;
    readonly clock: Clock;
    readonly random: (bytes: number) => Uint8Array;
  },
  wanted: {
    readonly tenantId: TenantId;
    readonly name: string;
    readonly scopes: readonly ApiScope[];
    readonly expiresAtMs?: number;
  },
): Promise<IssuedToken> {
  if ((await deps.tokens.list(wanted.tenantId)).length >= TOKENS_PER_TENANT_MAX) {
    throw new TooManyTokens(`this tenant has ${TOKENS_PER_TENANT_MAX} tokens: revoke those that are not used`);
  }
  const text = `dbt_${toBase64Url(deps.random(TOKEN_BYTES))}`;
  const id = randomUUID();
  await deps.tokens.add({
    id,
    tenantId: wanted.tenantId,
    name: wanted.name,
    scopes: [...new Set(wanted.scopes)],
    hash: hashOf(text),
    createdAtMs: deps.clock.nowMs(),
    expiresAtMs: wanted.expiresAtMs,
    lastUsedAtMs: undefined,
  });
  return { id, token: Secret.fromText(text) };
}

/** The token of an Authorization header. `missing`: there is none; `not-valid`: malformed, unknown, revoked or expired. */
export async function tokenOfHeader(
  deps: { readonly tokens: Pick<ApiTokens, 'find' | 'markUsed'>; readonly clock: Clock },
  authorization: string | undefined,
): Promise<ApiToken | 'missing' | 'not-valid'> {
  if (authorization === undefined) return 'missing';
  const [scheme = '', text = ''] = authorization.split(' ', 2);
  if (scheme.toLowerCase() !== 'bearer' || authorization.length > AUTHORIZATION_UNITS_MAX) return 'not-valid';
  if (!TOKEN_TEXT.test(text)) return 'not-valid';
  const digest = hashOf(text);
  const token = await deps.tokens.find(digest);
  // The store's look-up may take its time by how much of the hash fits; this decides, and takes the same for every hash.
  if (token === undefined || !timingSafeEqual(token.hash, digest)) return 'not-valid';
  const nowMs = deps.clock.nowMs();
  if (token.expiresAtMs !== undefined && nowMs >= token.expiresAtMs) return 'not-valid';
  if (nowMs - (token.lastUsedAtMs ?? 0) >= USE_NOTED_EVERY_MS) await deps.tokens.markUsed(token.id, nowMs);
  return token;
}

const AUTHORIZATION_UNITS_MAX = 256;

function hashOf(text: string): Uint8Array {
  return new Uint8Array(hash('sha256', text, 'buffer'));
}
