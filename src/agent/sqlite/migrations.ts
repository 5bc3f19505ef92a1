// The schema of the agent's database, as steps that only go forward: step N brings schema N-1 to N.
// A released step is never edited; what is wrong in it is put right by the next.

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE command (
    reset_id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    operation TEXT NOT NULL,
    anchor TEXT NOT NULL,
    not_after_ms INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'sent', 'settled')),
    sent_at_ms INTEGER,
    domain_controller TEXT,
    password_last_set_before TEXT,
    outcome TEXT,
    settled_at_ms INTEGER,
    CHECK (state <> 'sent' OR (sent_at_ms IS NOT NULL AND domain_controller IS NOT NULL)),
    CHECK ((state = 'settled') = (outcome IS NOT NULL))
  ) STRICT;
  CREATE INDEX command_by_anchor_sent ON command (anchor, sent_at_ms) WHERE sent_at_ms IS NOT NULL;
  CREATE INDEX command_by_sent ON command (sent_at_ms) WHERE sent_at_ms IS NOT NULL;
  -- Holds a handful of rows, whatever the ledger holds: looked through before every write.
  CREATE INDEX command_unsettled ON command (anchor) WHERE state = 'sent';
  CREATE INDEX command_by_not_after ON command (not_after_ms);

  CREATE TABLE audit_entry (
    sequence INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    event TEXT NOT NULL,
    request_id TEXT,
    fields TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_entry_by_request ON audit_entry (request_id) WHERE request_id IS NOT NULL;
  -- The last entry that was pruned: what is left of the chain follows it.
  CREATE TABLE audit_start (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE sync_state (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    generation INTEGER NOT NULL
  ) STRICT;
  `,
  'ALTER TABLE command ADD COLUMN revision_before TEXT;',
  'ALTER TABLE command ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));',
  'CREATE TABLE approved_removal (plan_id TEXT PRIMARY KEY, approved_at_ms INTEGER NOT NULL) STRICT;',
  `
  CREATE TABLE pass_request (
    request_id INTEGER PRIMARY KEY AUTOINCREMENT,
    directory_id TEXT NOT NULL,
    is_dry_run INTEGER NOT NULL CHECK (is_dry_run IN (0, 1)),
    asked_at_ms INTEGER NOT NULL,
    taken_at_ms INTEGER,
    -- Of the pass that answered it.
    generation INTEGER
  ) STRICT;
  CREATE TABLE pass_record (
    generation INTEGER PRIMARY KEY,
    directory_id TEXT NOT NULL,
    ended_at_ms INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX pass_record_by_directory ON pass_record (directory_id, generation);
  CREATE TABLE pass_progress (directory_id TEXT PRIMARY KEY, progress TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE followed (
    number INTEGER PRIMARY KEY,
    directory_id TEXT NOT NULL,
    mark TEXT NOT NULL,
    cursor TEXT NOT NULL,
    rules TEXT NOT NULL,
    present INTEGER NOT NULL,
    removed INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX followed_by_directory ON followed (directory_id, number);
  ALTER TABLE pass_request ADD COLUMN user_id TEXT;
  ALTER TABLE pass_request ADD COLUMN kind TEXT NOT NULL DEFAULT 'full' CHECK (kind IN ('full', 'delta'));
  -- A delta that found nothing to do and that nobody asked for: the newest of each directory is enough.
  ALTER TABLE pass_record ADD COLUMN is_uneventful INTEGER NOT NULL DEFAULT 0 CHECK (is_uneventful IN (0, 1));
  `,
  // A request lives for a minute: none is lost that anybody still waits for.
  `
  DROP TABLE pass_request;
  CREATE TABLE pass_request (
    request_id INTEGER PRIMARY KEY AUTOINCREMENT,
    directory_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('full', 'reconciliation', 'delta')),
    user_id TEXT,
    is_dry_run INTEGER NOT NULL CHECK (is_dry_run IN (0, 1)),
    asked_at_ms INTEGER NOT NULL,
    taken_at_ms INTEGER,
    -- Of the pass that answered it.
    generation INTEGER
  ) STRICT;
  `,
  // Writes and sign-ins are counted apart. The operation is in the index of writes so that counting touches no row.
  `
  DROP INDEX command_by_anchor_sent;
  DROP INDEX command_by_sent;
  CREATE INDEX write_by_anchor_sent ON command (anchor, sent_at_ms, operation) WHERE sent_at_ms IS NOT NULL AND operation <> 'sign-in';
  CREATE INDEX write_by_sent ON command (sent_at_ms, operation) WHERE sent_at_ms IS NOT NULL AND operation <> 'sign-in';
  CREATE INDEX sign_in_by_anchor_sent ON command (anchor, sent_at_ms) WHERE sent_at_ms IS NOT NULL AND operation = 'sign-in';
  CREATE INDEX sign_in_by_sent ON command (sent_at_ms) WHERE sent_at_ms IS NOT NULL AND operation = 'sign-in';
  `,
  // Of what is kept already nobody knows when: it counts as too old to be followed.
  'ALTER TABLE followed ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;',
];
