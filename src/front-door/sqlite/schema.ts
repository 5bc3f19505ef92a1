// The tables of the front door's store, as Kysely knows them. Plain types: text, whole numbers, bytes; JSON as text.
// The same names and types hold in another SQL database; only migrations.ts speaks SQLite's own dialect.

import type { Generated } from 'kysely';

export interface Schema {
  agents: {
    agent_id: string;
    tenant_id: string;
    name: string;
    identity_public_key: Uint8Array;
    enrolled_at_ms: number;
    last_seen_at_ms: number | null;
    is_revoked: number;
  };
  enrolment_codes: { code_id: Uint8Array; code_key: Uint8Array; tenant_id: string; not_after_ms: number };
  /** Each that accounts are of; of a tenant's accounts that no read has found, the one with the key `UNREAD` (account-rows.ts). */
  directories: { id: Generated<number>; tenant_id: string; directory_key: string };
  /** Agents whose reads accounts are of. Few, and none is ever deleted. */
  sources: { id: Generated<number>; agent_id: string };
  /**
   * `source_id`: whose read of what changed it last; null while only a live inspection has seen it.
   * `person`: who it is, as JSON of person-values.ts.
   * `fingerprint`: that agent's word for what is held; empty when something else was held since.
   */
  accounts: {
    id: Generated<number>;
    directory_id: number;
    anchor: string;
    person: string;
    disposition_id: number | null;
    seen_at_ms: number;
    fingerprint: string;
    source_id: number | null;
    absent_since_ms: number | null;
  };
  /** What may be done with accounts, as JSON: each once. */
  dispositions: { id: Generated<number>; disposition: string };
  sync_leases: {
    tenant_id: string;
    directory_key: string;
    agent_id: string;
    fence: number;
    completed_at_ms: number;
    used_at_ms: number;
  };
  /** What agents told of their passes, as JSON. */
  pass_reports: {
    tenant_id: string;
    agent_id: string;
    directory_id: string;
    generation: number;
    received_at_ms: number;
    kind: string;
    is_uneventful: number;
    pass: string;
  };
  /** `account_id`: of `accounts`. `name`, `domain` and `host`: see filed-names.ts. */
  account_names: { tenant_id: string; name: string; domain: string; account_id: number; host: string };
  cloud_accounts: {
    tenant_id: string;
    anchor: string;
    display_name: string;
    addresses: string;
    is_administrator: number;
    password_hash: string | null;
  };
  cloud_account_names: { tenant_id: string; name: string; anchor: string };
  cloud_resets: { reset_id: string; tenant_id: string; anchor: string; at_ms: number };
  /** `data`: of the method's own; encrypted where it is secret. */
  registered_methods: {
    id: string;
    tenant_id: string;
    anchor: string;
    kind: string;
    name: string;
    address: string;
    data: Uint8Array;
    counter: number;
    set_up_at_ms: number;
    used_at_ms: number | null;
  };
  method_confirmations: { tenant_id: string; anchor: string; at_ms: number };
  recovery_codes: {
    tenant_id: string;
    anchor: string;
    digest: Uint8Array;
    made_at_ms: number;
    used_at_ms: number | null;
  };
  /** What was put through the API last, as JSON. */
  policies: { tenant_id: string; document: string; put_at_ms: number; token_id: string; version: number };
  /** `day`: since 1970-01-01 UTC. */
  text_costs: { tenant_id: string; day: number; cost_millionths: number; is_stopped: number };
  throttles: { name: string; key: string; state: string; forgotten_at_ms: number };
  /** `tenant_id`, `anchor`: whom it is about; null where there is nobody. */
  flows: {
    session_hash: string;
    flow: string;
    version: number;
    expires_at_ms: number;
    tenant_id: string | null;
    anchor: string | null;
  };
  /** `state`: encrypted. Whose it is stands in it; beside it once somebody is signed in. */
  visits: {
    session_hash: string;
    state: Uint8Array;
    version: number;
    expires_at_ms: number;
    tenant_id: string | null;
    anchor: string | null;
  };
  /** Links by which people say that something was not them. `session_hash`: who used it. */
  disown_links: {
    id: string;
    digest: Uint8Array;
    tenant_id: string;
    anchor: string;
    what: string;
    added_id: string | null;
    done_at_ms: number;
    support_id: string;
    expires_at_ms: number;
    session_hash: string | null;
    password_fate: string | null;
    ways_removed: number | null;
    is_told: number | null;
  };
  challenges: {
    session_hash: string;
    challenge_id: string;
    kind: string;
    language: string;
    seed: Uint8Array;
    expires_at_ms: number;
  };
  outbox: WaitingLetterRow;
  ticket_outbox: WaitingLetterRow;
  audit_entries: { sequence: number; entry: string; previous_hash: string; hash: string };
  api_tokens: {
    id: string;
    tenant_id: string;
    name: string;
    scopes: string;
    hash: Uint8Array;
    created_at_ms: number;
    expires_at_ms: number | null;
    last_used_at_ms: number | null;
    is_revoked: number;
  };
  /** Resets and unlocks asked for through the API. `agent_id` null: carried out by the front door itself. */
  api_resets: {
    tenant_id: string;
    reset_id: string;
    fingerprint: string;
    anchor: string;
    operation: string;
    token_id: string;
    agent_id: string | null;
    key_id: string | null;
    submitted_at_ms: number;
    not_after_ms: number;
    outcome: string | null;
    answered_at_ms: number | null;
  };
}

interface WaitingLetterRow {
  id: string;
  sealed_letter: Uint8Array;
  not_after_ms: number;
  next_attempt_at_ms: number;
  attempts: number;
}
