// The policy that is in force for each tenant, where it comes from, and how the API changes it: at once, for everybody who holds the
// list of tenants. Which of file and API rules is the file's own word (`policySource`), and nothing is mixed from both.

import { hash } from 'node:crypto';
import { OperatorMistake } from '../../failure/failure.js';
import type { TenantId } from '../../protocol/identifiers.js';
import { type Fits, type UnfitMethod, withoutUnfit } from './fitting-methods.js';
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
  /** Word for word as it was written or put. */
  readonly document: PolicyDocument;
  /** What of it is not taken, since the settings have changed after it was put. */
  readonly leftOut: readonly UnfitMethod[];
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
  /** What a document is held to that is put. The one of the file was held to it when that was read. */
  readonly fits: Fits;
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
  /** The settings have not what these methods need. */
  | { readonly kind: 'does-not-fit'; readonly unfit: readonly UnfitMethod[] }
  /** Another document is in force by now. */
  | { readonly kind: 'changed-meanwhile' };

/** All tenants' policies. Throws StoredPolicyUnusable: nobody guesses what an organisation has decided. */
export async function openPolicies(tenants: readonly TenantOfFile[], store: PolicyStore): Promise<Policies> {
  const opened = tenants.map(async (each) => {
    return { ...each, inForce: inForceOf(each, await store.find(each.tenant.id)) };
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
  readonly #ofFile: ReadonlyMap<TenantId, TenantOfFile>;
  readonly #inForce: Map<TenantId, PolicyInForce>;

  constructor(opened: readonly (TenantOfFile & { readonly inForce: PolicyInForce })[], store: PolicyStore) {
    this.#store = store;
    this.#tenants = opened.map(({ tenant, inForce }) => under(tenant, inForce));
    this.tenants = this.#tenants;
    this.#ofFile = new Map(opened.map((each) => [each.tenant.id, each]));
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
    const ofFile = this.#ofFile.get(tenantId);
    if (ofFile === undefined || before.source === 'file') return { kind: 'kept-in-file' };
    if (before.tag !== tag) return { kind: 'changed-meanwhile' };
    const unfit = ofFile.fits(document);
    if (unfit.length > 0) return { kind: 'does-not-fit', unfit };
    const after = before.put?.version ?? 0;
    const isPut = await this.#store.put(tenantId, { document, tokenId, putAtMs: atMs }, after);
    if (!isPut) {
      // Somebody else has written to the same store: from now on we know what.
      this.#take(tenantId, inForceOf(ofFile, await this.#store.find(tenantId)));
      return { kind: 'changed-meanwhile' };
    }
    const put = { tokenId, putAtMs: atMs, version: after + 1 };
    const tagged = { document, tag: tagOf('api', document), leftOut: [] };
    const inForce = { source: 'api', ...tagged, put, isPutIgnored: false } as const;
    this.#take(tenantId, inForce);
    return { kind: 'put', inForce, changes: changesBetween(before.document, document) };
  }

  #take(tenantId: TenantId, inForce: PolicyInForce): void {
    this.#inForce.set(tenantId, inForce);
    const at = this.#tenants.findIndex(({ id }) => id === tenantId);
    const tenant = this.#tenants[at];
    if (tenant !== undefined) this.#tenants[at] = under(tenant, inForce);
  }
}

function under(tenant: Tenant, { document, leftOut }: PolicyInForce): Tenant {
  return { ...tenant, ...policyOf(withoutUnfit(document, leftOut)) };
}

function inForceOf({ tenant, document, source, fits }: TenantOfFile, stored: StoredPolicy | undefined): PolicyInForce {
  const ofFile = { source, document, leftOut: [], tag: tagOf(source, document), put: undefined };
  if (source === 'file' || stored === undefined) return { ...ofFile, isPutIgnored: stored !== undefined };
  const parsed = policyDocumentSchema.safeParse(stored.document);
  if (!parsed.success)
    throw new StoredPolicyUnusable(
      `the policy of ${tenant.id} that was put through the API cannot be used by this version: set \`policySource: file\`, with its policy in the settings, until another was put`,
      { cause: parsed.error },
    );
  const { putAtMs, tokenId, version } = stored;
  return {
    source,
    document: parsed.data,
    leftOut: fits(parsed.data),
    tag: tagOf(source, parsed.data),
    put: { putAtMs, tokenId, version },
    isPutIgnored: false,
  };
}

function tagOf(source: PolicySource, document: PolicyDocument): string {
  return hash('sha256', JSON.stringify([source, document]), 'base64url').slice(0, 22);
}
