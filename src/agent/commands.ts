// What each command of the agent does: settings in, one call, and what is printed. Decides nothing else.

import { existsSync } from 'node:fs';
import { assert } from '../failure/assert.js';
import { Failure, OperatorMistake } from '../failure/failure.js';
import { createLog } from '../logging/log.js';
import type { PasswordPolicy } from '../protocol/password-policy.js';
import { canonicalUserId } from '../protocol/user-id.js';
import { softwareName } from '../software.js';
import { auditLines, verdictLine } from '../terminal/audit-report.js';
import { printable } from '../terminal/printable.js';
import { readSecretInput, say, stopSignal } from '../terminal/terminal.js';
import { systemClock } from '../timing/clock.js';
import { explainDisposition, renderExplanation } from './accounts/explain.js';
import { namesakesInWords } from './accounts/namesakes.js';
import { networkOf, runAgent } from './agent.js';
import { examine, examineMirror } from './background-work.js';
import { type AgentConfig, type DirectoryConfig, readAgentConfig } from './config.js';
import { intervalMs } from './cron/cron-schedule.js';
import { FileIdentityStore } from './data-folder/file-identity-store.js';
import { holdWrites, isHeldIn, releaseWrites } from './data-folder/hold-file.js';
import { DirectorySet } from './directory/directory-set.js';
import { enrol } from './enrolment/enrol.js';
import { makeIdentityKey } from './enrolment/identity.js';
import { createAgentEvents } from './events.js';
import type { Precheck } from './health/precheck.js';
import { exitCodeOf, reportJson, reportLines } from './health/report.js';
import { httpsPoster } from './https/https-post.js';
import { nameServiceFor, openDirectories } from './open-directories.js';
import { openOwnPasswordRules } from './own-password-rules.js';
import { renderPasswordReport, reportOnPassword } from './password-check.js';
import { AgentDatabase, databaseFileIn } from './sqlite/agent-database.js';
import { DataFolderLock } from './sqlite/data-folder-lock.js';
import { SqliteAuditJournal } from './sqlite/sqlite-audit-journal.js';
import { SqlitePassBook } from './sqlite/sqlite-pass-book.js';
import { serviceAccountsOf, writeBackRulesOf } from './write-back-rules.js';

/** The account was not found, or the agent is not what the command needs. The message says it all. */
class NothingToTell extends Failure {
  readonly code = 'nothing-to-tell';
  readonly retry = { mayRetry: false, why: 'the same question has the same answer' };
}

/** A rule that is enforced refuses it; the lines before say which. */
class PasswordRefused extends Failure {
  readonly code = 'password-refused';
  readonly retry = { mayRetry: false, why: 'the same password is refused again' };
}

/** The front door does not want this agent any more: starting it again would not change that. */
class AgentRevoked extends OperatorMistake {
  readonly code = 'agent-revoked';
  readonly retry = { mayRetry: false, why: 'a revoked identity stays revoked' };
}

/** The journal was altered, or the disk lost some of it. */
class JournalBroken extends Failure {
  readonly code = 'journal-broken';
  readonly retry = { mayRetry: false, why: 'what was altered stays altered' };
}

interface ConfigOption {
  readonly config: string;
}

export async function hold({ config }: ConfigOption): Promise<void> {
  await holdWrites((await readAgentConfig(config)).dataFolder);
  say('Writes are held: people are told to try again later. `drawbridge agent release` ends it.');
}

export async function release({ config }: ConfigOption): Promise<void> {
  await releaseWrites((await readAgentConfig(config)).dataFolder);
  say('Writes are released.');
}

const AUDIT_ENTRIES_SHOWN = 50;

export async function verifyAudit({ config: file }: ConfigOption): Promise<void> {
  using database = AgentDatabase.open(databaseFileIn((await readAgentConfig(file)).dataFolder));
  const verdict = new SqliteAuditJournal(database).verify();
  if (verdict.kind === 'broken') throw new JournalBroken(verdictLine(verdict));
  say(verdictLine(verdict));
}

export async function showAudit({
  config: file,
  resetId,
  json,
}: ConfigOption & { readonly resetId?: string; readonly json?: true }): Promise<void> {
  using database = AgentDatabase.open(databaseFileIn((await readAgentConfig(file)).dataFolder));
  const journal = new SqliteAuditJournal(database);
  const entries = resetId === undefined ? journal.latest(AUDIT_ENTRIES_SHOWN).toReversed() : journal.ofRequest(resetId);
  say(...(json === true ? [JSON.stringify(entries, null, 2)] : auditLines(entries)));
}

export async function run({ config: file }: ConfigOption): Promise<void> {
  const config = await readAgentConfig(file);
  const log = createLog({ level: config.log.level, program: 'agent' });
  const software = await softwareName();
  const why = await runAgent({ config, software, log, clock: systemClock, signal: stopSignal() });
  if (why === 'revoked')
    throw new AgentRevoked('this agent was revoked in the front door: enrol it anew if that was not meant');
}

export async function enrolMachine({
  config: file,
  name,
  again,
}: ConfigOption & { readonly name: string; readonly again?: true }): Promise<void> {
  const config = await readAgentConfig(file);
  const store = new FileIdentityStore(config.dataFolder);
  const known = await store.load();
  if (known !== undefined && again !== true) {
    throw new NothingToTell(`this machine is agent ${known.agentId} already: use --again to replace its identity`);
  }
  // A running agent would go on under the old identity, with sealing keys signed by it.
  using _lock = DataFolderLock.take(config.dataFolder);
  using code = await readSecretInput('the enrolment code');
  const identity = await enrol({
    code,
    frontDoorUrl: config.frontDoor.url,
    agentName: name,
    post: httpsPoster({ ...(await networkOf(config)), clock: systemClock }),
    makeIdentityKey,
    signal: stopSignal(),
  });
  await store.save(identity);
  say(`Enrolled as agent ${identity.agentId} of tenant "${identity.tenantId}". Start it with \`drawbridge agent\`.`);
}

export async function explain(
  user: string,
  { config: file, json }: ConfigOption & { readonly json?: true },
): Promise<void> {
  const config = await readAgentConfig(file);
  const signal = stopSignal();
  await using stack = new AsyncDisposableStack();
  const { directory, account, home } = await findPerson(user, config, stack, signal);
  const { bindIdentity } = await home.directory.probe(signal);
  const policy = await directory.readPolicy(account, signal);
  const ours = serviceAccountsOf(config.directories, [bindIdentity]);
  const explanation = explainDisposition(
    account,
    { ...writeBackRulesOf(home.config, ours), told: home.config.tellGroups },
    systemClock.nowMs(),
  );
  const isHeld = isHeldIn(config.dataFolder);
  if (json === true) say(JSON.stringify({ ...explanation, isHeld, passwordPolicy: policy }, null, 2));
  else say(...renderExplanation(explanation), ...(isHeld ? [HELD_LINE] : []), '', ...policyLines(policy));
}

export async function passwordCheck({
  config: file,
  user,
  json,
}: ConfigOption & { readonly user: string; readonly json?: true }): Promise<void> {
  const config = await readAgentConfig(file);
  const signal = stopSignal();
  using typed = await readSecretInput('the password');
  await using stack = new AsyncDisposableStack();
  const { directory, account, events } = await findPerson(user, config, stack, signal);
  const rules = await openOwnPasswordRules(config, { reader: directory, clock: systemClock, events });
  const report = await reportOnPassword(rules, account, typed.exposeBytes(), signal);
  say(...(json === true ? [JSON.stringify(report, null, 2)] : renderPasswordReport(report)));
  if (report.verdict === 'refused') throw new PasswordRefused('this password would not be set');
}

/** The one account a user ID names, and the directory it lives in; all directories are opened on `stack`. */
async function findPerson(user: string, config: AgentConfig, stack: AsyncDisposableStack, signal: AbortSignal) {
  const events = createAgentEvents(createLog({ level: 'warn', program: 'agent' }, process.stderr));
  const opened = await openDirectories(config, systemClock, events, stack);
  const directory = new DirectorySet(
    opened.map(({ config: { id }, directory: member }) => ({ id, directory: member })),
  );
  const userId = canonicalUserId(user);
  const found = userId === undefined ? { kind: 'not-found' as const } : await directory.find(userId, signal);
  if (found.kind === 'not-found')
    throw new NothingToTell('no account answers to this user ID below the configured base DN');
  if (found.kind === 'ambiguous') throw new NothingToTell(printable(namesakesInWords(found.distinguishedNames)));
  const { account } = found;
  const home = opened.find(({ config: { id } }) => id === account.directoryId);
  assert(home !== undefined, 'an account comes from one of the opened directories');
  return { directory, account, home, events };
}

export async function check({ config: file, json }: ConfigOption & { readonly json?: true }): Promise<void> {
  const config = await readAgentConfig(file);
  const signal = stopSignal();
  await using stack = new AsyncDisposableStack();
  const opened = await openDirectories(config, systemClock, quietEvents(), stack);
  const namesFor = (directory: DirectoryConfig) => nameServiceFor(directory, systemClock);
  const looking = { namesFor, clock: systemClock, signal };
  const prechecks = (await Promise.all(opened.map((each) => examine(each, looking)))).flat();
  prechecks.push(...mirrorPrechecks(config));
  say(...(json === true ? [reportJson(prechecks)] : reportLines(prechecks)));
  process.exitCode = exitCodeOf(prechecks);
}

/** Nothing where no agent has run yet: a command that looks makes no database. */
function mirrorPrechecks({ dataFolder, directories, sync: { deltaSchedule, timeZone } }: AgentConfig): Precheck[] {
  const file = databaseFileIn(dataFolder);
  if (!existsSync(file)) return [];
  using database = AgentDatabase.open(file);
  const passes = new SqlitePassBook(database, systemClock);
  const deltaEveryMs = intervalMs({ expression: deltaSchedule, timeZone });
  const times = { nowMs: systemClock.nowMs(), deltaEveryMs };
  return directories.flatMap((directory) => examineMirror(directory, passes, times));
}

export async function delegation({ config: file, offline }: ConfigOption & { readonly offline?: true }): Promise<void> {
  const config = await readAgentConfig(file);
  const signal = stopSignal();
  await using stack = new AsyncDisposableStack();
  for (const { config: directory, directory: opened } of await openDirectories(
    config,
    systemClock,
    quietEvents(),
    stack,
  )) {
    const { scope, operations } = directory.writeBack;
    const lines = await opened.delegation({ scope, operations }, offline === true ? 'offline' : 'look-up', signal);
    const remark = scope.length === 0 ? ['# Nobody is in scope: name at least one entry in `writeBack.scope`.'] : [];
    say(`# Directory ${directory.id}`, ...remark, ...lines, '');
  }
}

/** The report says it all: a log beside it would say it twice. */
function quietEvents() {
  return createAgentEvents(createLog({ level: 'error', program: 'agent' }, process.stderr));
}

const HELD_LINE =
  'writes are held on this machine (`drawbridge agent release` ends it): whatever is allowed is answered try-later';

function policyLines(policy: PasswordPolicy): string[] {
  if (policy.source === 'unreadable') {
    return ['password policy: not known here, the directory applies its own (docs/operations.md says how to show it)'];
  }
  if (policy.source === 'fine-grained-unreadable') {
    return [
      'password policy: a fine-grained one that the service account may not read (docs/operations.md says how to let it)',
    ];
  }
  return Object.entries(policy).map(([name, value]) => `password policy: ${name} ${value}`);
}
