// What the API needs of the rest of the front door, each port no wider than its use. Types only.

import type { ResetRequest } from '../../protocol/frames.js';
import type { ResetId, TenantId } from '../../protocol/identifiers.js';
import type { Operation } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { Clock } from '../../timing/clock.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import type { AccountRef } from '../methods/method-store.js';
import type { AccountMirror } from '../people/account-mirror.js';
import type { CloudAccounts } from '../people/cloud-accounts.js';
import type { PassReports } from '../people/pass-reports.js';
import type { Relay } from '../relay/relay.js';
import type { FoundRoute, RouteQuestion } from '../resets/find-route.js';
import type { OwnSealingKey } from '../sealing-keys/own-sealing-key.js';
import type { Policies } from '../tenants/policies.js';
import type { QuestionsEvents } from '../tenants/security-questions.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Throttles } from '../throttles/throttles.js';
import type { ApiToken, ApiTokens } from '../tokens/api-tokens.js';
import type { ApiResets } from './api-resets.js';
import type { AllowanceRule } from './call-allowance.js';

export interface ApiDeps {
  readonly clock: Clock;
  readonly tenants: readonly Tenant[];
  readonly tokens: Pick<ApiTokens, 'find' | 'markUsed'>;
  readonly resets: ApiResets;
  readonly policies: Pick<Policies, 'inForce' | 'put'>;
  readonly passReports: Pick<PassReports, 'latest'>;
  /** The pages' own way to a route: whom a user ID means, and what they would meet. */
  readonly findRoute: (question: RouteQuestion) => Promise<FoundRoute>;
  readonly relay: Relay;
  readonly mirror: Pick<AccountMirror, 'read' | 'refresh'>;
  readonly cloudAccounts: Pick<CloudAccounts, 'read'>;
  /** The public half of the key that passwords of cloud-only accounts are sealed for. */
  readonly ownKey: Pick<OwnSealingKey, 'keyId' | 'publicKey'>;
  readonly setCloudPassword: (tenantId: TenantId, request: ResetRequest) => Promise<ResetOutcome>;
  readonly throttles: Pick<Throttles, 'attempt' | 'giveBack' | 'blockedUntil' | 'clear'>;
  readonly audit: Pick<AuditJournal, 'append'>;
  /** Ends whatever is under way on the pages for the account: proofs, and visits of whoever is signed in. */
  readonly endSessionsOf: (account: AccountRef) => Promise<void>;
  /** Hands the news to the person's addresses over to be sent. Never in the way of the answer. */
  readonly tellPerson: (news: PersonNews) => Promise<void>;
  /** Takes work that the answer does not wait for; see later-work.ts. */
  readonly later: (work: () => Promise<void>) => Promise<void>;
  readonly events: ApiEvents;
  /** A UUID for each call, which joins its answer, log line and audit entry. */
  readonly newCallId: () => string;
  /** Calls of one token. Default: CALLS_PER_TOKEN. */
  readonly callsPerToken?: AllowanceRule;
}

/** What was done to an account through the API, in a tenant whose people are told of it. */
export interface PersonNews {
  readonly tenant: Tenant;
  readonly account: AccountRef;
  readonly operation: Operation;
  readonly resetId: ResetId;
  /** The account as its person knows it. */
  readonly accountName: string;
  /** Where the directory, or the front door's own store, says this person can be reached. */
  readonly addresses: readonly string[];
}

export interface ApiEvents extends QuestionsEvents {
  /** `code`: an outcome, a route or a problem. */
  apiAnswered(event: {
    readonly callId: string;
    readonly operation: string;
    readonly tenantId: TenantId | undefined;
    readonly tokenId: string | undefined;
    readonly status: number;
    readonly code: string;
    readonly durationMs: number;
  }): void;
  /** It was answered, and the person could not be told of it, or their throttles not be written. */
  afterwardsFailed(event: { readonly tenantId: TenantId; readonly resetId: ResetId; readonly error: unknown }): void;
  /** An organisation's policy is another from now on. `changes`: names of what differs. */
  policyPut(event: { readonly tenantId: TenantId; readonly tokenId: string; readonly changes: string }): void;
  /** Our own mistake, or a store that fails: this call ended with `internal-error`. */
  apiFailed(event: { readonly callId: string; readonly operation: string; readonly error: unknown }): void;
}

/** Who is calling: everything a call does stays inside this tenant. */
export interface ApiCaller {
  readonly tenant: Tenant;
  readonly token: ApiToken;
}
