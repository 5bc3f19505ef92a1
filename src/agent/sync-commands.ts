// What `drawbridge agent sync` and `status` do: they ask the running agent, by its database, and print what it kept. The link is the
// agent's, so these commands connect to nothing.

import { Failure, OperatorMistake } from '../failure/failure.js';
import { type PassKind, REMOVAL_PLAN_ID } from '../protocol/sync-reports.js';
import { say, stopSignal } from '../terminal/terminal.js';
import { systemClock } from '../timing/clock.js';
import { waitAwake } from '../timing/waits.js';
import { type AgentConfig, readAgentConfig } from './config.js';
import { isHeldIn } from './data-folder/hold-file.js';
import { AgentDatabase, databaseFileIn } from './sqlite/agent-database.js';
import { DataFolderInUse, DataFolderLock } from './sqlite/data-folder-lock.js';
import { SqlitePassBook } from './sqlite/sqlite-pass-book.js';
import { SqliteRemovalApprovals } from './sqlite/sqlite-removal-approvals.js';
import { type PassBook, type PassRequest, RECORDS_KEPT_MAX } from './sync/pass-book.js';
import { lastFullPass, lastWholeFullPass, type PassRecord } from './sync/pass-report.js';
import { heldLines, progressLine, recordLines } from './sync/render-record.js';

const LOOK_EVERY_MS = 200;
const LOOKS_PER_LOCK = 25;
/** The newest records of each directory that `status --json` prints. */
const RECORDS_PRINTED = 20;
/** All there are: the last whole one may lie behind hundreds that failed. */
const RECORDS_LOOKED_AT = RECORDS_KEPT_MAX * 2;

/** A plan's id, a directory's or a person's that is none. */
class NothingOfThisName extends OperatorMistake {
  readonly code = 'nothing-of-this-name';
  readonly retry = { mayRetry: false, why: 'the same name means nothing again' };
}

class AgentNotRunning extends Failure {
  readonly code = 'agent-not-running';
  readonly retry = { mayRetry: true, why: 'somebody may start it' };
}

/** The pass is not what was hoped for; the lines before say how. */
class PassNotWhole extends Failure {
  readonly code = 'pass-not-whole';
  readonly retry = { mayRetry: true, why: 'what stood in the way may be gone' };
}

interface SyncOptions {
  readonly config: string;
  readonly directory?: string;
  readonly full?: true;
  readonly reconcile?: true;
  readonly person?: string;
  readonly dryRun?: true;
  readonly json?: true;
  readonly approveRemovals?: string;
}

export async function sync(options: SyncOptions): Promise<void> {
  const config = await readAgentConfig(options.config);
  const { approveRemovals: planId, full, reconcile, dryRun, json } = options;
  // Only a look at everybody comes to the plan again.
  const kind: PassKind =
    full === true || planId !== undefined ? 'full' : reconcile === true ? 'reconciliation' : 'delta';
  if (planId !== undefined && !REMOVAL_PLAN_ID.test(planId))
    throw new NothingOfThisName('a plan is named by twelve of 0–9 and a–f: copy it from the warning');
  const directoryIds = chosenDirectories(config, options.directory);
  if (!isRunning(config.dataFolder))
    throw new AgentNotRunning(
      'the agent is not running on this machine, and it alone can ask the front door: start it',
    );
  using database = AgentDatabase.open(databaseFileIn(config.dataFolder));
  const book = new SqlitePassBook(database, systemClock);
  const approvals = new SqliteRemovalApprovals(database, systemClock);
  const waitsIn = (id: string) => heldIn(book.latest(id, RECORDS_LOOKED_AT))?.planId === planId;
  // Of a plan, only the directory that it is of.
  const concerned = planId === undefined ? directoryIds : directoryIds.filter(waitsIn);
  if (planId !== undefined) {
    if (concerned.length === 0) throw new NothingOfThisName(NO_SUCH_PLAN(planId));
    approvals.give(planId);
  }
  const signal = stopSignal('; the agent goes on with the pass: `drawbridge agent status` shows how it ends');
  const asked = askAll(
    book,
    { directoryIds: concerned, kind, userId: options.person, isDryRun: dryRun === true },
    () => {
      if (planId !== undefined) approvals.spend(planId);
    },
  );
  const [records, standing]: [PassRecord[], string[]] = [[], []];
  for (const { directoryId, requestId } of asked) {
    const record = await answerTo(requestId, directoryId, { book, dataFolder: config.dataFolder }, signal);
    records.push(record);
    // A pass over a few says nothing of what one over everybody has left; what this one has left is in its own lines.
    const left = standingTrouble(book.latest(directoryId, RECORDS_LOOKED_AT), record);
    standing.push(...left.map((line) => `directory ${directoryId}: ${line.trim()}`));
    if (json !== true) say(...recordLines(record), ...left);
  }
  if (json === true) say(JSON.stringify(records, null, 2));
  if (records.some(isOfNobody) && !records.some(isOfSomebody))
    throw new NothingOfThisName(`nobody was looked at: no one account answers to "${options.person}"`);
  if (records.every(isGood) && standing.length === 0) return;
  // Whoever reads JSON is told of the rest in words.
  throw new PassNotWhole(['not everything is mirrored', ...(json === true ? standing : [])].join('; '));
}

const NO_SUCH_PLAN = (planId: string) =>
  `no removals of this agent wait under the plan ${planId}: \`drawbridge agent status\` shows what does, on the machine of the agent that keeps the mirror`;

/** `undo`: what was done for a pass that cannot be asked for. */
function askAll(
  book: PassBook,
  {
    directoryIds,
    ...how
  }: { readonly directoryIds: readonly string[] } & Omit<PassRequest, 'directoryId' | 'requestId'>,
  undo: () => void,
) {
  try {
    return directoryIds.map((directoryId) => ({ directoryId, requestId: book.ask({ directoryId, ...how }) }));
  } catch (error) {
    undo();
    throw error;
  }
}

export async function status({ config: file, json }: { readonly config: string; readonly json?: true }): Promise<void> {
  const config = await readAgentConfig(file);
  using database = AgentDatabase.open(databaseFileIn(config.dataFolder));
  const book = new SqlitePassBook(database, systemClock);
  const [running, isHeld] = [isRunning(config.dataFolder), isHeldIn(config.dataFolder)];
  const passes = config.directories.map(({ id }) => ({ directoryId: id, records: book.latest(id, RECORDS_LOOKED_AT) }));
  if (json === true) {
    const newest = passes.map(({ directoryId, records }) => ({
      directoryId,
      records: records.slice(0, RECORDS_PRINTED),
    }));
    say(JSON.stringify({ isRunning: running, isHeld, passes: newest }, null, 2));
    return;
  }
  say(running ? 'the agent runs' : 'the agent does not run', ...(isHeld ? ['writes are held on this machine'] : []));
  for (const { directoryId, records } of passes) say('', ...statusLines(directoryId, records));
}

function statusLines(directoryId: string, records: readonly PassRecord[]): string[] {
  const last = records.find(({ isDryRun, result }) => !isDryRun && result.kind !== 'person');
  if (last === undefined) return [`directory ${directoryId}: no pass has ended yet`];
  const lines = [...recordLines(last), `  ended ${agoOf(last)}`];
  const full = lastWholeFullPass(records);
  const trouble = standingTrouble(records, last);
  if (full === last) return lines;
  if (full === undefined) return [...lines, '  no full pass was whole', ...trouble];
  return [...lines, `  the last full pass that was whole ended ${agoOf(full)}`, ...trouble];
}

/**
 * What the last pass over everybody has left, for somebody to act on; it stays so whatever passes over a few come to. Nothing where
 * that is `told`, which says it itself, nor where another agent keeps the mirror by now.
 */
function standingTrouble(records: readonly PassRecord[], told: PassRecord): string[] {
  const last = lastFullPass(records);
  if (last?.result.kind !== 'done' || last.generation === told.generation || isStandingBy(records)) return [];
  const { counts } = last.result.report;
  const held = heldIn(records);
  return [
    ...(counts.unreadable === 0
      ? []
      : [`  ${counts.unreadable} accounts could not be read by the last full pass, ${agoOf(last)}: see the log`]),
    ...(held === undefined ? [] : heldLines(held, false).map((line) => `  ${line}`)),
  ];
}

/** What waits for an approval, as the last full pass that was whole found it. */
function heldIn(records: readonly PassRecord[]) {
  if (isStandingBy(records)) return undefined;
  const result = lastWholeFullPass(records)?.result;
  return result?.kind === 'done' ? result.report.held : undefined;
}

function isStandingBy(records: readonly PassRecord[]): boolean {
  return records.find(({ isDryRun, result }) => !isDryRun && result.kind !== 'person')?.result.kind === 'stood-by';
}

function agoOf({ endedAtMs }: PassRecord): string {
  const minutes = Math.floor((systemClock.nowMs() - endedAtMs) / 60_000);
  const ago = minutes < 1 ? 'less than a minute' : minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${ago} ago, at ${new Date(endedAtMs).toISOString()}`;
}

/** Nobody was missed, and nobody waits for an approval. */
function isGood({ result }: PassRecord): boolean {
  if (result.kind === 'done') return result.report.isWhole && result.report.held === undefined;
  return result.kind === 'stood-by' || result.kind === 'person';
}

function isOfNobody({ result }: PassRecord): boolean {
  return result.kind === 'person' && result.steps.managed === undefined;
}

function isOfSomebody({ result }: PassRecord): boolean {
  return result.kind === 'person' && result.steps.managed !== undefined;
}

function chosenDirectories({ directories }: AgentConfig, chosen: string | undefined): readonly string[] {
  const all = directories.map(({ id }) => id);
  if (chosen === undefined) return all;
  if (all.includes(chosen)) return [chosen];
  throw new NothingOfThisName(`the settings name no directory "${chosen}"; they name: ${all.join(', ')}`);
}

/** Waits as long as it takes; tells on a terminal how far it is. */
async function answerTo(
  requestId: number,
  directoryId: string,
  { book, dataFolder }: { readonly book: PassBook; readonly dataFolder: string },
  signal: AbortSignal,
): Promise<PassRecord> {
  const isTerminal = process.stderr.isTTY === true;
  // What the pass before was at is kept until this one is somewhere.
  const before = book.progressOf(directoryId)?.generation;
  for (let looks = 1; ; looks += 1) {
    const answer = book.answerTo(requestId);
    if (typeof answer !== 'string') return answer;
    if (answer === 'gone') throw new AgentNotRunning('the agent has ended, or does not answer: see its log');
    const progress = book.progressOf(directoryId);
    if (isTerminal && progress !== undefined && progress.generation !== before)
      process.stderr.write(progressLine(progress));
    try {
      await waitAwake(LOOK_EVERY_MS, signal);
    } finally {
      if (isTerminal) process.stderr.write('\r\x1b[K');
    }
    // Seldom: to find the lock free is to hold it for a moment.
    if (looks % LOOKS_PER_LOCK === 0 && !isRunning(dataFolder) && book.answerTo(requestId) === 'waiting')
      throw new AgentNotRunning('the agent has ended before the pass did: see its log');
  }
}

function isRunning(dataFolder: string): boolean {
  try {
    using _lock = DataFolderLock.take(dataFolder);
    return false;
  } catch (error) {
    if (error instanceof DataFolderInUse) return true;
    throw error;
  }
}
