// `bench sync` and `bench domain`: what it costs to keep the mirror true, on a large directory: reading alone, the first pass into the front door's rows,
// a pass that finds nothing changed, and a delta of a hundred changes; each beside ldapsearch, paged, with the same filter and
// attributes on the same server.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ChangeCursor, ChangesLost } from '../../src/agent/directory/ports.js';
import { passRecordSchema } from '../../src/agent/sync/pass-report.js';
import type { PassReport } from '../../src/protocol/sync-reports.js';
import { systemClock } from '../../src/timing/clock.js';
import { drawbridge } from '../demonstration/programs.js';
import { agentSettingsFile } from '../demonstration/settings-files.js';
import { openCertificateAuthority } from '../lab/certificate-authority.js';
import { DIRECTORY_PORTS, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import { openAdapter } from './adapter-alone.js';
import type { BenchOptions } from './bench-options.js';
import { startBridge } from './bridge.js';
import type { Crowd, CrowdOptions } from './crowds.js';
import { ldapModify } from './ldap-modify.js';
import { ldapSearch } from './ldap-search.js';
import { describeMachine } from './machine.js';
import { type Figure, figureOf, ratioOf } from './statistics.js';
import { short, shown, table } from './table.js';

const FRONT_DOOR_PORT = 8443;
const FIRST_PASS_WITHIN_MS = 30 * 60_000;
const CHANGES = 100;
/** However many rounds there are: each is short, and the first of its process takes several times as long as any other. */
const DELTAS = 9;

export interface SyncReport {
  /** As in "an OpenLDAP". */
  readonly directory: string;
  readonly people: number;
  readonly rounds: number;
  readonly machine: readonly string[];
  readonly ldapsearchMs: Figure;
  readonly readingMs: Figure;
  /** How many times as long as ldapsearch, round by round. */
  readonly readingRatio: Figure;
  /** Everybody by following changes from the beginning, where the directory tells of them so. */
  readonly toldMs?: Figure;
  readonly toldRatio?: Figure;
  readonly firstPassMs: Figure;
  readonly firstPassRatio: Figure;
  readonly unchangedPassMs: Figure;
  readonly unchangedPassRatio: Figure;
  readonly deltaMs: Figure;
  /** Of ldapsearch, for those who were changed. */
  readonly deltaSearchMs: Figure;
  readonly reconciliationMs: Figure;
  readonly reconciliationRatio: Figure;
  readonly agentPeakMb: number;
  readonly frontDoorPeakMb: number;
}

export async function benchSync(
  { folder, rounds, people, onStep }: BenchOptions,
  openCrowd: (options: CrowdOptions) => Promise<Crowd>,
): Promise<SyncReport> {
  await using stack = new AsyncDisposableStack();
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const host = await pickLabAddress(LAB_RANGES.bench, [...DIRECTORY_PORTS, FRONT_DOOR_PORT]);

  onStep(`Starting the directory with ${people} people`);
  const crowd = stack.use(await openCrowd({ folder, address: host, authority, people }));
  const { caFile } = authority;
  const { directory } = crowd;
  const search = (filter = crowd.search.filter) =>
    ldapSearch({ ...directory, ...crowd.search, caFile, folder, filter });
  const adapter = stack.use(await openAdapter(directory, caFile));

  const searched: number[] = [];
  const read: number[] = [];
  const told: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    onStep(`Reading, round ${round} of ${rounds}`);
    searched.push(await timed(() => search()));
    let cursor: ChangeCursor | undefined;
    read.push(
      await timed(async () => {
        cursor = await readAll(adapter, people);
      }),
    );
    const { fromTheBeginning } = crowd;
    if (fromTheBeginning === undefined || cursor === undefined) continue;
    const since = fromTheBeginning(cursor);
    const toldMs = await timed(() => readTold(adapter, since, people)).catch(unlessTooMany);
    if (toldMs !== undefined) told.push(toldMs);
  }

  const besideFirst: number[] = [];
  const first: number[] = [];
  const startAnew = async (round: number, lasting: AsyncDisposableStack) => {
    onStep(`Starting both programs with nobody in the mirror, round ${round} of ${rounds}`);
    besideFirst.push(await timed(() => search()));
    const places = { folder: join(folder, `round-${round}`), host, port: FRONT_DOOR_PORT };
    const mirroredWithinMs = FIRST_PASS_WITHIN_MS;
    const started = await startBridge({
      places,
      authority,
      directory,
      portals: 0,
      mirroredWithinMs,
      stack: lasting,
    });
    first.push(await firstPassOf(started.agentLogFile, people));
    return { ...started, places };
  };
  for (let round = 1; round < rounds; round += 1) {
    await using passing = new AsyncDisposableStack();
    await startAnew(round, passing);
  }
  // The last ones stay for what comes.
  const { places, ...bridge } = await startAnew(rounds, stack);

  const besideUnchanged: number[] = [];
  const unchanged: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    onStep(`Passing over an unchanged directory, round ${round} of ${rounds}`);
    besideUnchanged.push(await timed(() => search()));
    unchanged.push(await passOf(agentSettingsFile(places), people));
  }
  const delta: number[] = [];
  const besideDelta: number[] = [];
  const administrator = { ...directory, ...crowd.administrator };
  for (let round = 1; round <= DELTAS; round += 1) {
    onStep(`Following ${CHANGES} changes, round ${round} of ${DELTAS}`);
    const before = new Date(systemClock.nowMs()).toISOString().replaceAll(/[-T:]|\..*/g, '');
    await ldapModify({ ...administrator, caFile, folder }, changesLdif(crowd, round));
    besideDelta.push(await timed(() => search(crowd.changedFilter(before))));
    delta.push(await deltaOf(agentSettingsFile(places)));
  }
  const reconciled: number[] = [];
  const besideReconciled: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    onStep(`Looking for who is gone, round ${round} of ${rounds}`);
    besideReconciled.push(await timed(() => search()));
    reconciled.push((await reportOf(agentSettingsFile(places), '--reconcile')).durationMs);
  }
  return {
    directory: crowd.name,
    people,
    rounds,
    machine: [...(await describeMachine()), crowd.version],
    ldapsearchMs: figureOf(searched),
    readingMs: figureOf(read),
    readingRatio: ratioOf(read, searched),
    ...(told.length === 0 ? {} : { toldMs: figureOf(told), toldRatio: ratioOf(told, searched) }),
    firstPassMs: figureOf(first),
    firstPassRatio: ratioOf(first, besideFirst),
    unchangedPassMs: figureOf(unchanged),
    unchangedPassRatio: ratioOf(unchanged, besideUnchanged),
    deltaMs: figureOf(delta),
    deltaSearchMs: figureOf(besideDelta),
    reconciliationMs: figureOf(reconciled),
    reconciliationRatio: ratioOf(reconciled, besideReconciled),
    agentPeakMb: await peakMbOf(bridge.agentPid),
    frontDoorPeakMb: await peakMbOf(bridge.frontDoorPid),
  };
}

export function syncReportLines(report: SyncReport): string[] {
  const { directory, people, rounds, machine } = report;
  return [
    `Passes over ${directory} of ${people} people.`,
    `${rounds} rounds; medians [lowest–highest round]. ${machine.join(', ')}.`,
    '',
    ...table([
      ['way', 'ms', 'times ldapsearch', 'aim'],
      ['ldapsearch -E pr=1000', shown(report.ldapsearchMs), '1', ''],
      ['reading alone', shown(report.readingMs), shown(report.readingRatio), '≤ 1.25'],
      ...(report.toldMs && report.toldRatio
        ? [['everybody as changes', shown(report.toldMs), shown(report.toldRatio), '']]
        : []),
      ['first pass', shown(report.firstPassMs), shown(report.firstPassRatio), '≤ 2.5'],
      ['unchanged full pass', shown(report.unchangedPassMs), shown(report.unchangedPassRatio), '≤ 1.5'],
      ['reconciliation', shown(report.reconciliationMs), shown(report.reconciliationRatio), ''],
    ]),
    '',
    `A delta of ${CHANGES} changes, ${DELTAS} times: ${shown(report.deltaMs)} ms; ldapsearch for those who were changed: ${shown(report.deltaSearchMs)} ms.`,
    '',
    `Peak memory: agent ${short(report.agentPeakMb)} MB (aim: at most 200), front door ${short(report.frontDoorPeakMb)} MB (aim: at most 300).`,
  ];
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await act();
  return performance.now() - startedMs;
}

type Adapter = Awaited<ReturnType<typeof openAdapter>>;

/** Resolves to where changes are followed from. */
async function readAll({ readAll: pages }: Adapter, people: number): Promise<ChangeCursor | undefined> {
  let [accounts, cursor]: [number, ChangeCursor | undefined] = [0, undefined];
  for await (const page of pages()) {
    accounts += page.accounts.length;
    cursor = page.cursor ?? cursor;
  }
  expectAll(accounts, people);
  return cursor;
}

/** More than one answer may hold, or than is followed: then everybody is read in pages. */
function unlessTooMany(error: unknown): undefined {
  if (!(error instanceof ChangesLost)) throw error;
}

async function readTold({ readChanges }: Adapter, since: ChangeCursor, people: number): Promise<void> {
  let accounts = 0;
  for await (const page of readChanges(since)) accounts += page.accounts.length;
  expectAll(accounts, people);
}

/** From the agent's log, where it says so of every pass. */
async function firstPassOf(agentLogFile: string, people: number): Promise<number> {
  const lines = (await readFile(agentLogFile, 'utf8')).split('\n');
  const line = lines.find((each) => each.includes('"event":"sync-completed"'));
  const { added, durationMs } = z.object({ added: z.int(), durationMs: z.number() }).parse(JSON.parse(line ?? '{}'));
  expectAll(added, people);
  return durationMs;
}

async function passOf(settingsFile: string, people: number): Promise<number> {
  const { counts, durationMs } = await reportOf(settingsFile, '--full');
  expectAll(counts.unchanged, people);
  return durationMs;
}

async function deltaOf(settingsFile: string): Promise<number> {
  const { kind, because, counts, durationMs } = await reportOf(settingsFile);
  if (kind !== 'delta' || counts.changed < CHANGES)
    throw new LabFailure(`${counts.changed} changes of ${CHANGES} were found by a ${kind} pass (${because ?? ''})`);
  return durationMs;
}

async function reportOf(settingsFile: string, ...how: readonly string[]): Promise<PassReport> {
  const text = await drawbridge(['agent', 'sync', '--json', '--config', settingsFile, ...how]);
  const [record] = z.array(passRecordSchema).parse(JSON.parse(text));
  if (record?.result.kind !== 'done') throw new LabFailure('a pass did not come to its end');
  return record.result.report;
}

/** Other addresses for the first people, other ones in each round. */
function changesLdif({ dnOf }: Crowd, round: number): string {
  return Array.from({ length: CHANGES }, (_, at) => {
    const change = `changetype: modify\nreplace: mail\nmail: person${at}.${round}@example.com\n`;
    return `dn: ${dnOf(at)}\n${change}`;
  }).join('\n');
}

/** Whoever leaves somebody out is quick. The directory may hold a few besides: service accounts. */
function expectAll(accounts: number, people: number): void {
  if (accounts < people) throw new LabFailure(`${accounts} accounts of ${people} were there`);
}

/** VmHWM: the most the process has ever had in memory. */
async function peakMbOf(pid: number): Promise<number> {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
