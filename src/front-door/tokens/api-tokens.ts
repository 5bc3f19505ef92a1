// The port for the tokens other portals call the API with. Only their hashes are kept.

import type { TenantId } from '../../protocol/identifiers.js';

export interface ApiToken {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly scopes: readonly string[];
  /** SHA-256 of the token, which has 256 random bits: a slow hash would protect nothing more. */
  readonly hash: Uint8Array;
  readonly createdAtMs: number;
  /** Not good from this instant on; undefined: until it is revoked. */
  readonly expiresAtMs: number | undefined;
  /** To the minute or so; undefined while nobody has called with it. */
  readonly lastUsedAtMs: number | undefined;
}

export interface ApiTokens {
  add(token: ApiToken): Promise<void>;
  /** The token of this hash, unless it was revoked. */
  find(hash: Uint8Array): Promise<ApiToken | undefined>;
  markUsed(id: string, atMs: number): Promise<void>;
  list(tenantId: TenantId): Promise<readonly ApiToken[]>;
  /** False when there is no such token. */
  revoke(id: string): Promise<boolean>;
}
