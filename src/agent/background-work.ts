// What the agent does besides answering: waiting for its directory, looking after its health, settling old commands, watching the
// hold file, keeping house.
// Wiring, apart from agent.ts for its length. Each ends with the signal.

import { describeFailure, Failure } from '../failure/failure.js';
import type { Clock } from '../timing/clock.js';
import { wait } from '../timing/waits.js';
import type { DirectoryConfig } from './config.js';
import { isHeldIn } from './data-folder/hold-file.js';
import type { DirectoryProbe } from './directory/ports.js';
import type { AgentEvents } from './events.js';
import { judgeSync, type SyncTimes } from './health/judge-sync.js';
import { type CheckContext, type NameService, type Precheck, precheckOf } from './health/precheck.js';
import { shutBecause } from './health/readiness.js';
import { runChecks } from './health/run-checks.js';
import type { WarningSet } from './health/warnings.js';
import type { AnyDirectory } from './ldap/open-directory.js';
import type { AgentLink } from './link/link.js';
import type { PassBook } from './sync/pass-book.js';
import type { PassOrder, SyncRunner } from './sync/sync-runner.js';
import type { CommandHandler } from './write-back/handle-command.js';
import type { LiveRules } from './write-back-rules.js';

const HOLD_LOOKED_AT_EVERY_MS = 2_000;
const REQUESTS_LOOKED_FOR_EVERY_MS = 500;
const PROBE_RETRY_MS = 15_000;
const RECOVERY_RETRY_MS = 60_000;
/** How soon a directory that is shut is looked at again. */
const SHUT_RETRY_MS = 60_000;
/** The part of the time between two checks that is left to chance. */
const CHECK_JITTER = 0.1;

export interface Background {
  readonly clock: Clock;
  readonly events: AgentEvents;
  readonly signal: AbortSignal;
}

/** One of the settings' directories, opened. */
export interface OpenedDirectory {
  readonly config: DirectoryConfig;
  readonly directory: AnyDirectory;
}

/** Looks at a directory until it answers, or the signal aborts; then the rules know its service account, and writing may begin there. */
export async function untilReady(
  { config, directory }: OpenedDirectory,
  { rules, clock, events, signal }: Background & { readonly rules: LiveRules },
): Promise<DirectoryProbe | undefined> {
  const directoryId = config.id;
  while (!signal.aborted) {
    try {
      const probe = await directory.probe(signal);
      rules.learn(directoryId, probe.bindIdentity);
      events.directoryReady({ directoryId, domainController: probe.server.name });
      return probe;
    } catch (failure) {
      if (signal.aborted) return undefined;
      events.directoryNotReady({ directoryId, failure, retryAfterMs: PROBE_RETRY_MS });
      await wait(clock, PROBE_RETRY_MS, signal).catch(() => undefined);
    }
  }
  return undefined;
}

export interface HealthWatch extends Background {
  readonly opened: readonly OpenedDirectory[];
  readonly namesFor: (directory: DirectoryConfig) => NameService;
  readonly warnings: WarningSet;
  readonly rules: LiveRules;
  readonly everyMs: number;
  /** How often a delta falls due; undefined: not known. */
  readonly deltaEveryMs: () => number | undefined;
  readonly passes: Pick<PassBook, 'latest'>;
  /** 0 up to 1. */
  readonly randomFraction: () => number;
  /** Everybody of a directory is answered otherwise from now on. */
  readonly onReadinessChanged: () => void;
}

/**
 * Makes the checks again and again. While a directory is shut by what they found, soon: it may be back, and nobody but us looks.
 * The first time is the caller's.
 */
export async function watchHealth(first: 'open' | 'shut', watch: HealthWatch): Promise<void> {
  const { clock, events, everyMs, randomFraction, signal } = watch;
  let state = first;
  for (;;) {
    // Several agents of an organisation, started together, do not ask together for ever.
    const pauseMs = everyMs * (1 - CHECK_JITTER * randomFraction());
    await wait(clock, state === 'shut' ? Math.min(SHUT_RETRY_MS, pauseMs) : pauseMs, signal);
    try {
      state = await checkHealth(watch);
    } catch (failure) {
      signal.throwIfAborted();
      events.housekeepingFailed({ task: 'check the directories', failure });
    }
  }
}

/** Makes the checks once, tells what changed, and opens or shuts each directory. */
export async function checkHealth(watch: HealthWatch): Promise<'open' | 'shut'> {
  const { opened, passes, deltaEveryMs, clock, warnings, rules, events } = watch;
  const times = { nowMs: clock.nowMs(), deltaEveryMs: deltaEveryMs() };
  const perDirectory = await Promise.all(
    opened.map(async (each) => [...(await examine(each, watch)), ...examineMirror(each.config, passes, times)]),
  );
  const { raised, cleared } = warnings.update(perDirectory.flat());
  for (const warning of cleared) events.warningCleared(warning);
  for (const warning of raised) events.warningRaised(warning);
  let state: 'open' | 'shut' = 'open';
  let isNews = false;
  for (const [at, { config }] of opened.entries()) {
    const because = shutBecause(perDirectory[at] ?? []);
    if (because !== undefined) state = 'shut';
    if (!rules.shut(config.id, because)) continue;
    isNews = true;
    events.readinessChanged({ directoryId: config.id, because });
  }
  if (isNews) watch.onReadinessChanged();
  return state;
}

/** Beyond so many passes without a whole one it does not matter how many more there were. */
const RECORDS_JUDGED = 1_000;

/** What the passes over the directory have left to say. */
export function examineMirror(
  { id, baseDn }: Pick<DirectoryConfig, 'id' | 'baseDn'>,
  passes: Pick<PassBook, 'latest'>,
  times: SyncTimes,
): Precheck[] {
  const findings = judgeSync(passes.latest(id, RECORDS_JUDGED), baseDn, times);
  return findings.map((finding) => precheckOf(id, finding));
}

/** What the checks of one directory find. */
export async function examine(
  { config, directory }: OpenedDirectory,
  { namesFor, clock, signal }: Pick<HealthWatch, 'namesFor' | 'clock' | 'signal'>,
): Promise<Precheck[]> {
  const context = checkContextOf(config, namesFor(config), clock);
  try {
    const checks = await directory.checks(context, signal);
    return await runChecks({ directoryId: config.id, checks, clock, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    // Not even its servers are known.
    const target = config.discovery?.domain ?? config.baseDn;
    const detail = describeFailure(error);
    return [precheckOf(config.id, { code: 'servers-in-dns', status: 'fail', target, detail })];
  }
}

function checkContextOf({ writeBack }: DirectoryConfig, names: NameService, clock: Clock): CheckContext {
  const { isOn, operations, scope, excluded } = writeBack;
  return { operations: isOn ? operations : [], scope, excluded, names, clock };
}

/** The first pass over a directory, as soon as there is a link to send it over. */
export async function syncAtFirstLink(
  { link, sync, signal }: { readonly link: AgentLink; readonly sync: SyncRunner; readonly signal: AbortSignal },
  order: PassOrder,
): Promise<void> {
  await link.untilServing(signal);
  await sync.request(order);
}

/** Settles what an earlier run of the process left open, as soon as the domain controller can be asked. */
export async function recover(handler: CommandHandler, { clock, events, signal }: Background): Promise<void> {
  for (;;) {
    const report = await handler.recoverUnsettled(signal);
    if (report.settled + report.released + report.unsettled > 0) events.unsettledRecovered(report);
    if (report.unsettled === 0) return;
    await wait(clock, RECOVERY_RETRY_MS, signal);
  }
}

/** Tells the front door when the local kill switch is turned; the writes themselves look at the file every time. */
export async function watchHold(
  dataFolder: string,
  { link, clock, events, signal }: Background & { readonly link: AgentLink },
): Promise<void> {
  let isHeld = isHeldIn(dataFolder);
  await repeat({ clock, everyMs: HOLD_LOOKED_AT_EVERY_MS, signal, events, task: 'look at the hold file' }, async () => {
    if (isHeldIn(dataFolder) === isHeld) return;
    isHeld = !isHeld;
    events.holdChanged({ isHeld });
    link.announce();
  });
}

/** Runs the passes that a command beside the agent asks for. */
export async function watchRequests(
  book: Pick<PassBook, 'takeRequests'>,
  { sync, clock, events, signal }: Background & { readonly sync: SyncRunner },
): Promise<void> {
  const everyMs = REQUESTS_LOOKED_FOR_EVERY_MS;
  await repeat({ clock, everyMs, signal, events, task: 'look for requests for passes' }, async () => {
    for (const { requestId, ...order } of book.takeRequests()) void sync.request({ ...order, requestIds: [requestId] });
  });
}

/** Background work ends with the signal, which is no trouble; anything else is told and ends that work alone. */
export async function settled(
  task: Promise<void>,
  { events, signal }: Pick<Background, 'events' | 'signal'>,
): Promise<void> {
  try {
    await task;
  } catch (failure) {
    if (!signal.aborted) events.housekeepingFailed({ task: 'work in the background', failure });
  }
}

/** Does `work` again and again; one time that fails is told and ends nothing. */
export async function repeat(
  { clock, everyMs, signal, events, task }: Background & { readonly everyMs: number; readonly task: string },
  work: () => Promise<void>,
): Promise<void> {
  for (;;) {
    await wait(clock, everyMs, signal);
    await work().catch((failure: unknown) => events.housekeepingFailed({ task, failure }));
  }
}
