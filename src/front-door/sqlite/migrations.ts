// The steps that bring a database file to the tables of schema.ts. Forward only: a step that was released is never edited.
// Each runs in a transaction with its mark in `schema_version`, so that a cut leaves the file at the step before.

import type { DatabaseSync } from 'node:sqlite';
import { fileNamesAnew } from './file-names-anew.js';

/** SQL, or what SQL cannot say. */
export type MigrationPart = string | ((file: DatabaseSync) => void);

export const MIGRATIONS: readonly (readonly MigrationPart[])[] = [
  [
    `create table agents (agent_id text primary key, tenant_id text not null, name text not null,
       identity_public_key blob not null, enrolled_at_ms integer not null, last_seen_at_ms integer,
       is_revoked integer not null) strict`,
    'create index agents_by_tenant on agents (tenant_id)',
    `create table enrolment_codes (code_id blob primary key, code_key blob not null, tenant_id text not null,
       not_after_ms integer not null) strict`,
    `create table sync_cycles (id integer primary key autoincrement, tenant_id text not null, agent_id text not null,
       generation integer not null, is_complete integer not null, unique (tenant_id, agent_id, generation)) strict`,
    `create table accounts (tenant_id text not null, anchor text not null, account text not null,
       seen_in_cycle integer not null, is_absent integer not null, primary key (tenant_id, anchor)) strict, without rowid`,
    `create table account_names (tenant_id text not null, name text not null, anchor text not null,
       primary key (tenant_id, name, anchor)) strict, without rowid`,
    'create index account_names_by_anchor on account_names (tenant_id, anchor)',
    `create table cloud_accounts (tenant_id text not null, anchor text not null, display_name text not null,
       addresses text not null, is_administrator integer not null, password_hash text,
       primary key (tenant_id, anchor)) strict, without rowid`,
    `create table cloud_account_names (tenant_id text not null, name text not null, anchor text not null,
       primary key (tenant_id, name)) strict, without rowid`,
    `create table cloud_resets (reset_id text primary key, tenant_id text not null, anchor text not null,
       at_ms integer not null) strict`,
    `create table authenticators (id text primary key, tenant_id text not null, anchor text not null,
       sealed_secret blob not null, last_step integer not null, registered_at_ms integer not null) strict`,
    'create index authenticators_by_account on authenticators (tenant_id, anchor)',
    `create table method_addresses (tenant_id text not null, anchor text not null, address text not null,
       registered_at_ms integer not null, primary key (tenant_id, anchor, address)) strict, without rowid`,
    `create table throttles (name text not null, key text not null, state text not null,
       forgotten_at_ms integer not null, primary key (name, key)) strict, without rowid`,
    'create index throttles_by_end on throttles (forgotten_at_ms)',
    `create table flows (session_hash text primary key, flow text not null, version integer not null,
       expires_at_ms integer not null) strict, without rowid`,
    'create index flows_by_end on flows (expires_at_ms)',
    `create table challenges (session_hash text primary key, challenge_id text not null, kind text not null,
       seed blob not null, expires_at_ms integer not null) strict, without rowid`,
    'create index challenges_by_end on challenges (expires_at_ms)',
    `create table outbox (id text primary key, sealed_mail blob not null, not_after_ms integer not null,
       next_attempt_at_ms integer not null, attempts integer not null) strict`,
    'create index outbox_by_turn on outbox (next_attempt_at_ms)',
    `create table audit_entries (sequence integer primary key, entry text not null,
       previous_hash text not null, hash text not null) strict`,
    `create table api_tokens (id text primary key, tenant_id text not null, name text not null, scopes text not null,
       hash blob not null unique, created_at_ms integer not null, expires_at_ms integer, last_used_at_ms integer,
       is_revoked integer not null) strict`,
    `create table api_resets (tenant_id text not null, reset_id text not null, fingerprint text not null,
       anchor text not null, operation text not null, token_id text not null, agent_id text, key_id text,
       submitted_at_ms integer not null, not_after_ms integer not null, outcome text, answered_at_ms integer,
       primary key (tenant_id, reset_id)) strict, without rowid`,
    'create index api_resets_by_age on api_resets (submitted_at_ms)',
  ],
  [
    'alter table accounts add column source_agent_id text',
    'alter table accounts add column absent_since_ms integer',
    'update accounts set absent_since_ms = unixepoch() * 1000 where is_absent = 1',
    'alter table accounts drop column is_absent',
    'create index accounts_by_absence on accounts (absent_since_ms)',
  ],
  [
    'drop table sync_cycles',
    'alter table accounts drop column seen_in_cycle',
    'alter table accounts add column directory_id text',
    `alter table accounts add column fingerprint text not null default ''`,
    // As if seen just now: what no read finds again goes absent in its time.
    'alter table accounts add column seen_at_ms integer not null default 0',
    'update accounts set seen_at_ms = unixepoch() * 1000',
    'create index accounts_without_source on accounts (seen_at_ms) where directory_id is null',
  ],
  [
    'drop index accounts_without_source',
    // By the agent's own name for it until now: the next pass over each directory finds its accounts again.
    'alter table accounts drop column directory_id',
    'alter table accounts add column directory_key text',
    'create index accounts_without_source on accounts (seen_at_ms) where directory_key is null',
    `create table sync_leases (tenant_id text not null, directory_key text not null, agent_id text not null,
       fence integer not null, completed_at_ms integer not null, used_at_ms integer not null,
       primary key (tenant_id, directory_key)) strict, without rowid`,
  ],
  [
    'create index accounts_by_directory on accounts (tenant_id, directory_key, anchor)',
    'update accounts set seen_at_ms = unixepoch() * 1000 where directory_key is null',
  ],
  ['alter table sync_leases add column mark text'],
  [
    `create table pass_reports (tenant_id text not null, agent_id text not null, directory_id text not null,
       generation integer not null, received_at_ms integer not null, kind text not null, is_uneventful integer not null,
       pass text not null,
       primary key (tenant_id, agent_id, directory_id, generation)) strict, without rowid`,
    'create index pass_reports_by_time on pass_reports (tenant_id, received_at_ms)',
  ],
  [
    // Rows in the order in which they come, and short indexes: by random anchors every new account would touch a page of its own
    // in each of four wide trees.
    'alter table accounts rename to earlier_accounts',
    'alter table account_names rename to earlier_names',
    `create table accounts (id integer primary key, tenant_id text not null, anchor text not null, account text not null,
       seen_at_ms integer not null, directory_key text, fingerprint text not null default '', source_agent_id text,
       absent_since_ms integer) strict`,
    `insert into accounts (tenant_id, anchor, account, seen_at_ms, directory_key, fingerprint, source_agent_id, absent_since_ms)
       select tenant_id, anchor, account, seen_at_ms, directory_key, fingerprint, source_agent_id, absent_since_ms
       from earlier_accounts`,
    'create unique index accounts_by_anchor on accounts (tenant_id, anchor)',
    `create table account_names (tenant_id text not null, name text not null, account_id integer not null,
       primary key (tenant_id, name, account_id)) strict, without rowid`,
    `insert into account_names select earlier_names.tenant_id, name, id from earlier_names
       join accounts on accounts.tenant_id = earlier_names.tenant_id and accounts.anchor = earlier_names.anchor`,
    'drop table earlier_names',
    'drop table earlier_accounts',
    'create index account_names_by_account on account_names (account_id)',
    'create index accounts_by_absence on accounts (absent_since_ms) where absent_since_ms is not null',
    'create index accounts_without_source on accounts (seen_at_ms) where directory_key is null',
    // Has all that a listing asks for.
    'create index accounts_by_directory on accounts (tenant_id, directory_key, anchor, fingerprint, absent_since_ms)',
  ],
  ["alter table challenges add column language text not null default 'en'"],
  [
    `create table recovery_codes (tenant_id text not null, anchor text not null, digest blob not null,
       made_at_ms integer not null, used_at_ms integer,
       primary key (tenant_id, anchor, digest)) strict, without rowid`,
  ],
  [
    `create table registered_methods (id text primary key, tenant_id text not null, anchor text not null, kind text not null,
       name text not null, address text not null, data blob not null, counter integer not null,
       set_up_at_ms integer not null, used_at_ms integer) strict`,
    'create index registered_methods_by_account on registered_methods (tenant_id, anchor)',
    `insert into registered_methods select id, tenant_id, anchor, 'authenticator-code', '', '', sealed_secret, last_step,
       registered_at_ms, null from authenticators`,
    `insert into registered_methods select lower(hex(randomblob(16))), tenant_id, anchor, 'email-code', '', address, x'', 0,
       registered_at_ms, null from method_addresses`,
    'drop table authenticators',
    'drop table method_addresses',
  ],
  [
    `create table visits (session_hash text primary key, state blob not null, version integer not null,
       expires_at_ms integer not null, tenant_id text, anchor text) strict, without rowid`,
    'create index visits_by_end on visits (expires_at_ms)',
    'create index visits_by_account on visits (tenant_id, anchor) where anchor is not null',
  ],
  [
    `create table method_confirmations (tenant_id text not null, anchor text not null, at_ms integer not null,
       primary key (tenant_id, anchor)) strict, without rowid`,
  ],
  [
    `create table policies (tenant_id text primary key, document text not null, put_at_ms integer not null,
       token_id text not null, version integer not null) strict, without rowid`,
  ],
  [
    `create table text_costs (tenant_id text not null, day integer not null, cost_millionths integer not null,
       is_stopped integer not null, primary key (tenant_id, day)) strict, without rowid`,
  ],
  [
    'alter table flows add column tenant_id text',
    'alter table flows add column anchor text',
    `update flows set tenant_id = flow ->> '$.person.tenantId', anchor = flow ->> '$.person.anchor'`,
    'create index flows_by_account on flows (tenant_id, anchor) where anchor is not null',
    `create table disown_links (id text primary key, digest blob not null, tenant_id text not null, anchor text not null,
       what text not null, done_at_ms integer not null, support_id text not null, expires_at_ms integer not null,
       session_hash text, password_fate text, is_told integer) strict, without rowid`,
    'create index disown_links_by_account on disown_links (tenant_id, anchor, expires_at_ms)',
    'create index disown_links_by_end on disown_links (expires_at_ms)',
  ],
  [
    'alter table outbox rename column sealed_mail to sealed_letter',
    `create table ticket_outbox (id text primary key, sealed_letter blob not null, not_after_ms integer not null,
       next_attempt_at_ms integer not null, attempts integer not null) strict`,
    'create index ticket_outbox_by_turn on ticket_outbox (next_attempt_at_ms)',
  ],
  ['alter table disown_links add column added_id text', 'alter table disown_links add column ways_removed integer'],
  [
    // See account-rows.ts: where an account is listed it is looked up as well, and what its names are its own text says.
    'drop index accounts_by_anchor',
    'drop index account_names_by_account',
    'alter table account_names rename to earlier_names',
    `create table account_names (tenant_id text not null, name text not null, account_id integer not null,
       primary key (tenant_id, name, account_id)) strict, without rowid`,
    // The domain behind the name in it, in the order of the table: it is written from one end to the other.
    `insert into account_names select tenant_id,
       iif(instr(name, '\\'), substr(name, instr(name, '\\') + 1) || '\\' || substr(name, 1, instr(name, '\\') - 1), name) as filed,
       account_id from earlier_names order by tenant_id, filed, account_id`,
    'drop table earlier_names',
  ],
  [
    // What may be done with an account stands once for all who share it. Of a text that does not say it, or that is none, the next pass
    // tells anew.
    `update accounts set account = '{}', fingerprint = '' where not json_valid(account)`,
    `update accounts set fingerprint = '' where account -> '$.disposition' is null`,
    'create table dispositions (id integer primary key, disposition text not null unique) strict',
    `insert into dispositions (disposition) select distinct account -> '$.disposition' from accounts
       where account -> '$.disposition' is not null`,
    'alter table accounts add column disposition_id integer',
    `update accounts set account = json_remove(account, '$.disposition'),
       disposition_id = (select id from dispositions where disposition = account -> '$.disposition')`,
    'alter table accounts rename column account to person',
    // The names are filed anew by the step after the next.
  ],
  [
    // A domain and a host in the row of the name that they are of; they are filed by the next step.
    'drop table account_names',
    `create table account_names (tenant_id text not null, name text not null, domain text not null, account_id integer not null,
       host text not null, primary key (tenant_id, name, domain, account_id)) strict, without rowid`,
  ],
  [
    // An account's directory and the agent that read it by numbers, and who it is as a list of values, half as long.
    'create table directories (id integer primary key, tenant_id text not null, directory_key text not null, unique (tenant_id, directory_key)) strict',
    `insert into directories (tenant_id, directory_key) select distinct tenant_id, coalesce(directory_key, '') from accounts`,
    'create table sources (id integer primary key, agent_id text not null unique) strict',
    'insert into sources (agent_id) select distinct source_agent_id from accounts where source_agent_id is not null',
    `update accounts set person = '{}', fingerprint = '' where not json_valid(person)`,
    'alter table accounts rename to earlier_accounts',
    `create table accounts (id integer primary key, directory_id integer not null, anchor text not null, person text not null,
       disposition_id integer, seen_at_ms integer not null, fingerprint text not null default '', source_id integer,
       absent_since_ms integer) strict`,
    // What is of no directory was found by no read, and has no word of one. What is no text does not become one.
    `insert into accounts select earlier.id, directories.id, anchor, json_array(json(person -> '$.displayName'),
         json(person -> '$.userPrincipalName'), json(person -> '$.samAccountName'), json(person -> '$.domainName'),
         json(person -> '$.mail'), json(person -> '$.resetMail'), json(coalesce(person -> '$.resetPhones', '[]')),
         json(person -> '$.groups')),
       disposition_id, seen_at_ms, iif(earlier.directory_key is null, '', fingerprint), sources.id, absent_since_ms
       from earlier_accounts as earlier
       cross join directories on directories.tenant_id = earlier.tenant_id and directories.directory_key = coalesce(earlier.directory_key, '')
       left join sources on sources.agent_id = source_agent_id
       order by earlier.id`,
    'drop table earlier_accounts',
    // Has all that a listing asks for.
    'create index accounts_by_directory on accounts (directory_id, anchor, fingerprint, absent_since_ms)',
    'create index accounts_by_absence on accounts (absent_since_ms) where absent_since_ms is not null',
    `create index accounts_unread on accounts (directory_id, seen_at_ms) where fingerprint = ''`,
    fileNamesAnew,
  ],
];
