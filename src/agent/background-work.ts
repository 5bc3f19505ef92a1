// What the agent does besides answering: waiting for its directory, settling old commands, watching the hold file, keeping house.
// Wiring, apart from agent.ts for its length. Each ends with the signal.

import type { Clock } from '../timing/clock.js';
import { wait } from '../timing/waits.js';
import type { DirectoryConfig } from './config.js';
import { isHeldIn } from './data-folder/hold-file.js';
import type { Directory } from './directory/ports.js';
import type { AgentEvents } from './events.js';
import type { AgentLink } from './link/link.js';
import type { SyncRunner } from './sync/sync-runner.js';
import type { CommandHandler } from './write-back/handle-command.js';
import type { LiveRules } from './write-back-rules.js';

const HOLD_LOOKED_AT_EVERY_MS = 2_000;
const PROBE_RETRY_MS = 15_000;
const RECOVERY_RETRY_MS = 60_000;

export interface Background {
  readonly clock: Clock;
  readonly events: AgentEvents;
  readonly signal: AbortSignal;
}

/** One of the settings' directories, opened. */
export interface OpenedDirectory {
  readonly config: DirectoryConfig;
  readonly directory: Directory;
}

/** Looks at a directory until it answers; then the rules know its service account, and writing may begin there. */
export async function untilReady(
  { config, directory }: OpenedDirectory,
  { rules, clock, events, signal }: Background & { readonly rules: LiveRules },
): Promise<void> {
  const directoryId = config.id;
  while (!signal.aborted) {
    try {
      const { server, bindAnchor } = await directory.probe(signal);
      rules.learn(config, bindAnchor);
      events.directoryReady({ directoryId, domainController: server.name });
      return;
    } catch (failure) {
      if (signal.aborted) return;
      events.directoryNotReady({ directoryId, failure, retryAfterMs: PROBE_RETRY_MS });
      await wait(clock, PROBE_RETRY_MS, signal).catch(() => undefined);
    }
  }
}

/** The first mirror, as soon as there is a link to send it over. */
export async function syncAtFirstLink(link: AgentLink, sync: SyncRunner, signal: AbortSignal): Promise<void> {
  await link.untilServing(signal);
  await sync.request();
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
