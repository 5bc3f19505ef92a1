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
}

export interface ApiTokens {
  add(token: ApiToken): Promise<void>;
  /** The token of this hash, unless it was revoked. */
  find(hash: Uint8Array): Promise<ApiToken | undefined>;
  list(tenantId: TenantId): Promise<readonly ApiToken[]>;
  /** False when there is no such token. */
  revoke(id: string): Promise<boolean>;
}
