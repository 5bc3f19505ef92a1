// The policy that is in force for each tenant, where it comes from, and how the API changes it: at once, for everybody who holds the
// list of tenants. Which of file and API rules is the file's own word (`policySource`), and nothing is mixed from both.

import { hash } from 'node:crypto';
import { OperatorMistake } from '../../failure/failure.js';
import type { TenantId } from '../../protocol/identifiers.js';
import { changesBetween, type PolicyDocument, policyDocumentSchema, policyOf } from './policy-document.js';
import type { Tenant } from './tenant.js';

export const POLICY_SOURCES = ['file', 'api'] as const;
export type PolicySource = (typeof POLICY_SOURCES)[number];

/** What was put through the API last, unchecked: another version may have written it. */
export interface StoredPolicy {
  readonly document: unknown;
  readonly putAtMs: number;
  /** The token that it was put with. */
  readonly tokenId: string;
  /** Rises with every put of the tenant, from 1. */
  readonly version: number;
}

/** The port for policies that came through the API: the last of each tenant. */
export interface PolicyStore {
  find(tenantId: TenantId): Promise<StoredPolicy | undefined>;
  /** False, and nothing is written, unless the last one's version is `after` (0: there is none). */
  put(
    tenantId: TenantId,
    policy: Omit<StoredPolicy, 'version'> & { readonly document: PolicyDocument },
    after: number,
  ): Promise<boolean>;
}

export interface PolicyInForce {
  readonly source: PolicySource;
  readonly document: PolicyDocument;
  /** Names exactly this document, of this source. */
  readonly tag: string;
  /** Undefined: it stands in the file, as it does with source `api` until something was put. */
  readonly put: Pick<StoredPolicy, 'putAtMs' | 'tokenId' | 'version'> | undefined;
  /** What was put is not in force, since the file says `policySource: file`. */
  readonly isPutIgnored: boolean;
}

/** A tenant of the settings, and the document that stands with it there. */
export interface TenantOfFile {
  readonly tenant: Tenant;
  readonly document: PolicyDocument;
  readonly source: PolicySource;
}

/** What was put through the API is no policy that this version knows. */
export class StoredPolicyUnusable extends OperatorMistake {
  readonly code = 'stored-policy-unusable';
  readonly retry = { mayRetry: false, why: 'the same document is refused again' };
}

export type PutResult =
  | { readonly kind: 'put'; readonly inForce: PolicyInForce; readonly changes: readonly string[] }
  /** The file says `policySource: file`. */
  | { readonly kind: 'kept-in-file' }
  /** Another document is in force by now. */
  | { readonly kind: 'changed-meanwhile' };

/** All tenants' policies. Throws StoredPolicyUnusable: nobody guesses what an organisation has decided. */
export async function openPolicies(tenants: readonly TenantOfFile[], store: PolicyStore): Promise<Policies> {
  const opened = tenants.map(async (each) => {
    const tenantId = each.tenant.id;
    return { ...each, inForce: inForceOf({ ...each, tenantId }, await store.find(tenantId)) };
  });
  return new Policies(await Promise.all(opened), store);
}

export class Policies {
  /**
   * The same list for good; whoever's policy changes is another object in the same place. Who holds a tenant holds it as it was.
   */
  readonly tenants: readonly Tenant[];
  readonly #tenants: Tenant[];
  readonly #store: PolicyStore;
  readonly #inForce: Map<TenantId, PolicyInForce>;

  constructor(opened: readonly (TenantOfFile & { readonly inForce: PolicyInForce })[], store: PolicyStore) {
    this.#store = store;
    this.#tenants = opened.map(({ tenant, inForce }) => ({ ...tenant, ...policyOf(inForce.document) }));
    this.tenants = this.#tenants;
    this.#inForce = new Map(opened.map(({ tenant: { id }, inForce }) => [id, inForce]));
  }

  /** Throws TypeError where there is no such tenant. */
  inForce(tenantId: TenantId): PolicyInForce {
    const inForce = this.#inForce.get(tenantId);
    if (inForce === undefined) throw new TypeError(`there is no tenant ${tenantId}`);
    return inForce;
  }

  /** `tag`: of the document that this one takes the place of. */
  async put(
    tenantId: TenantId,
    {
      document,
      tag,
      tokenId,
      atMs,
    }: {
      readonly document: PolicyDocument;
      readonly tag: string;
      readonly tokenId: string;
      readonly atMs: number;
    },
  ): Promise<PutResult> {
    const before = this.inForce(tenantId);
    if (before.source === 'file') return { kind: 'kept-in-file' };
    if (before.tag !== tag) return { kind: 'changed-meanwhile' };
    const after = before.put?.version ?? 0;
    const isPut = await this.#store.put(tenantId, { document, tokenId, putAtMs: atMs }, after);
    if (!isPut) {
      // Somebody else has written to the same store: from now on we know what.
      this.#take(tenantId, await this.#stored(tenantId, before));
      return { kind: 'changed-meanwhile' };
    }
    const put = { tokenId, putAtMs: atMs, version: after + 1 };
    const inForce = { source: 'api', document, tag: tagOf('api', document), put, isPutIgnored: false } as const;
    this.#take(tenantId, inForce);
    return { kind: 'put', inForce, changes: changesBetween(before.document, document) };
  }

  async #stored(tenantId: TenantId, { source, document }: PolicyInForce): Promise<PolicyInForce> {
    return inForceOf({ tenantId, source, document }, await this.#store.find(tenantId));
  }

  #take(tenantId: TenantId, inForce: PolicyInForce): void {
    this.#inForce.set(tenantId, inForce);
    const at = this.#tenants.findIndex(({ id }) => id === tenantId);
    const tenant = this.#tenants[at];
    if (tenant !== undefined) this.#tenants[at] = { ...tenant, ...policyOf(inForce.document) };
  }
}

function inForceOf(
  { tenantId, document, source }: Omit<TenantOfFile, 'tenant'> & { readonly tenantId: TenantId },
  stored: StoredPolicy | undefined,
): PolicyInForce {
  const ofFile = { source, document, tag: tagOf(source, document), put: undefined };
  if (source === 'file' || stored === undefined) return { ...ofFile, isPutIgnored: stored !== undefined };
  const parsed = policyDocumentSchema.safeParse(stored.document);
  if (!parsed.success)
    throw new StoredPolicyUnusable(
      `the policy of ${tenantId} that was put through the API cannot be used by this version: set \`policySource: file\`, with its policy in the settings, until another was put`,
      { cause: parsed.error },
    );
  const { putAtMs, tokenId, version } = stored;
  return {
    source,
    document: parsed.data,
    tag: tagOf(source, parsed.data),
    put: { putAtMs, tokenId, version },
    isPutIgnored: false,
  };
}

function tagOf(source: PolicySource, document: PolicyDocument): string {
  return hash('sha256', JSON.stringify([source, document]), 'base64url').slice(0, 22);
}
