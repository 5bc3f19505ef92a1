// Everything the front door keeps, behind its ports, over one open SQLite file.
// Wires tables to ports and nothing else: what a row means is decided by the subjects.

import { Failure, OperatorMistake } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import type { ApiResets } from '../api/api-resets.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import type { DisownStore } from '../disowning/disown-store.js';
import type { AgentRegistry } from '../enrolment/agent-registry.js';
import type { MethodStore } from '../methods/method-store.js';
import type { SpendStore } from '../methods/text-message/spend-store.js';
import type { OutboxStore } from '../outbox/outbox-store.js';
import type { AccountMirror } from '../people/account-mirror.js';
import type { CloudAccounts } from '../people/cloud-accounts.js';
import type { PassReports } from '../people/pass-reports.js';
import type { ChallengeStore } from '../resets/challenge-store.js';
import type { FlowStore } from '../resets/flow-store.js';
import type { VisitRows } from '../sign-in/visit-store.js';
import type { PolicyStore } from '../tenants/policies.js';
import type { ThrottleStore } from '../throttles/throttle-store.js';
import type { ApiTokens } from '../tokens/api-tokens.js';
import { openStore } from './open-store.js';
import { ABSENT_KEPT_MS, pruneStore } from './prune-store.js';
import { sqliteAccountMirror } from './sqlite-account-mirror.js';
import { sqliteAgentRegistry } from './sqlite-agent-registry.js';
import { sqliteApiResets } from './sqlite-api-resets.js';
import { sqliteApiTokens } from './sqlite-api-tokens.js';
import { sqliteAuditJournal } from './sqlite-audit-journal.js';
import { sqliteCloudAccounts } from './sqlite-cloud-accounts.js';
import { sqliteDisownStore } from './sqlite-disown-store.js';
import { sqliteChallengeStore, sqliteFlowStore } from './sqlite-flow-store.js';
import { sqliteMethodStore } from './sqlite-method-store.js';
import { sqliteOutboxStore } from './sqlite-outbox-store.js';
import { sqlitePassReports } from './sqlite-pass-reports.js';
import { sqlitePolicyStore } from './sqlite-policy-store.js';
import { sqliteSpendStore } from './sqlite-spend-store.js';
import { sqliteThrottleStore } from './sqlite-throttle-store.js';
import { sqliteVisitRows } from './sqlite-visit-rows.js';

/** The file cannot be opened, or is no database of ours. */
export class StoreUnusable extends OperatorMistake {
  readonly code = 'store-unusable';
  readonly retry = { mayRetry: false, why: 'somebody has to look at the file, its folder or the disk' };
}

export interface FrontDoorStore extends AsyncDisposable {
  readonly agents: AgentRegistry;
  readonly mirror: AccountMirror;
  readonly cloudAccounts: CloudAccounts;
  readonly methods: MethodStore;
  readonly spend: SpendStore;
  readonly throttles: ThrottleStore;
  readonly flows: FlowStore;
  readonly visits: VisitRows;
  readonly challenges: ChallengeStore;
  readonly disownLinks: DisownStore;
  readonly outbox: OutboxStore;
  readonly ticketOutbox: OutboxStore;
  readonly audit: AuditJournal;
  readonly apiTokens: ApiTokens;
  readonly apiResets: ApiResets;
  readonly passReports: PassReports;
  readonly policies: PolicyStore;
  /** Removes what is over and what is beyond its limit. To be called every minute or so. */
  prune(): Promise<void>;
  /** Throws when the store cannot be read, or the disk does not take what is written. */
  check(): Promise<void>;
}

/** Opens the file at `path`, or makes it. Throws StoreTooNew or StoreUnusable. */
export async function openSqliteStore(options: {
  readonly path: string;
  readonly clock: Clock;
  /** How long an account that is gone from its directory is remembered. Default: 30 days. */
  readonly absentKeptMs?: number;
}): Promise<FrontDoorStore> {
  const { path, clock, absentKeptMs = ABSENT_KEPT_MS } = options;
  const store = await openStore({ path, nowMs: clock.nowMs() }).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    throw new StoreUnusable(
      `cannot use the database ${path}: check that this account owns it and may write there, that the disk has room, and that the file is the front door's`,
      { cause: error },
    );
  });
  const { db, direct } = store;
  return {
    agents: sqliteAgentRegistry(db),
    mirror: sqliteAccountMirror(store, { clock }),
    cloudAccounts: sqliteCloudAccounts(db),
    methods: sqliteMethodStore(db),
    spend: sqliteSpendStore(direct),
    throttles: sqliteThrottleStore(direct),
    flows: sqliteFlowStore(db),
    visits: sqliteVisitRows(db),
    challenges: sqliteChallengeStore(db),
    disownLinks: sqliteDisownStore(direct),
    outbox: sqliteOutboxStore(direct, 'outbox'),
    ticketOutbox: sqliteOutboxStore(direct, 'ticket_outbox'),
    audit: sqliteAuditJournal(store, clock),
    apiTokens: sqliteApiTokens(store),
    apiResets: sqliteApiResets(direct),
    passReports: sqlitePassReports(direct, clock),
    policies: sqlitePolicyStore(db),
    prune: () => pruneStore(store, { nowMs: clock.nowMs(), absentKeptMs }),
    async check() {
      await db.selectFrom('flows').select('version').limit(1).execute();
      await direct.onDisk();
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
