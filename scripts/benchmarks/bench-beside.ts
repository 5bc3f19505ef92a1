// `bench beside`: resets while a full pass over a large directory runs, against resets while none does: what a person waits longer
// because everybody is read, and, as in a first pass, sent and written. All three in every round, by one caller.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EqualityFilter, type Filter, OrFilter } from 'ldapts';
import { drawbridge } from '../demonstration/programs.js';
import { agentSettingsFile } from '../demonstration/settings-files.js';
import { openCertificateAuthority } from '../lab/certificate-authority.js';
import { DIRECTORY_PORTS, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import { inTurn, newPassword } from './bench-accounts.js';
import type { BenchOptions } from './bench-options.js';
import { startBridge } from './bridge.js';
import { openLdapCrowd } from './crowds.js';
import { describeMachine } from './machine.js';
import { Portal } from './portal.js';
import { type Figure, figureOf, quantile, ratioOf } from './statistics.js';
import { shown, table } from './table.js';
import { uidAccounts } from './uid-accounts.js';

const FRONT_DOOR_PORT = 8443;
const PORTALS = 6;
/** Each may be reset five times a day. */
const ACCOUNTS = 12_000;
/** So many that a hundredth of them is several. */
const RESETS_ALONE = 1_000;
const WARM_UP = 100;
const FIRST_PASS_WITHIN_MS = 30 * 60_000;
const AIM_RATIO = 2;

export interface BesideReport {
  readonly people: number;
  readonly rounds: number;
  readonly machine: readonly string[];
  /** Of every round. */
  readonly alone: Waits;
  /** A pass that finds nobody changed. */
  readonly beside: WaitsBeside;
  /** One that sends everybody, since the mirror has no word for what it holds of anybody. */
  readonly besideSending: WaitsBeside;
}

interface Waits {
  readonly p50Ms: Figure;
  readonly p99Ms: Figure;
}

/** Against those of the same rounds while no pass runs. */
interface WaitsBeside extends Waits {
  readonly p50Ratio: Figure;
  readonly p99Ratio: Figure;
  /** Resets that one pass left time for. */
  readonly resets: Figure;
}

export async function benchBeside({ folder, rounds, people, onStep }: BenchOptions): Promise<BesideReport> {
  await using stack = new AsyncDisposableStack();
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const host = await pickLabAddress(LAB_RANGES.bench, [...DIRECTORY_PORTS, FRONT_DOOR_PORT]);
  onStep(`Starting the directory with ${people} people`);
  const crowd = stack.use(await openLdapCrowd({ folder, address: host, authority, people }));
  const { caFile } = authority;
  const accounts = await uidAccounts(crowd.directory, caFile, firstOf(Math.min(people, ACCOUNTS)));
  const [someAccount] = accounts;
  if (someAccount === undefined) throw new LabFailure('the directory shows none of its people');

  onStep('Starting the front door and the agent, whose first pass reads everybody');
  const places = { folder, host, port: FRONT_DOOR_PORT };
  const mirroredWithinMs = FIRST_PASS_WITHIN_MS;
  const { directory } = crowd;
  const bridge = await startBridge({ places, authority, directory, portals: PORTALS, mirroredWithinMs, stack });
  const portal = stack.use(await Portal.open({ ...bridge, caFile, someAccount, connections: 1 }));
  const nextAccount = inTurn(accounts);
  const resetMs = async () => {
    const startedMs = performance.now();
    await portal.reset(nextAccount(), newPassword());
    return performance.now() - startedMs;
  };
  for (let at = 0; at < WARM_UP; at += 1) await resetMs();

  const alone: number[][] = [];
  const beside: number[][] = [];
  const besideSending: number[][] = [];
  const duringPass = async () => {
    let isOver = false;
    const pass = drawbridge(['agent', 'sync', '--full', '--config', agentSettingsFile(places)]).finally(() => {
      isOver = true;
    });
    const [waitsMs] = await Promise.all([inARow(resetMs, () => isOver), pass]);
    return waitsMs;
  };
  for (let round = 1; round <= rounds; round += 1) {
    onStep(`Resetting alone, then beside a pass, then beside one that sends everybody, round ${round} of ${rounds}`);
    alone.push(await inARow(resetMs, (done) => done >= RESETS_ALONE));
    beside.push(await duringPass());
    forgetFingerprints(bridge.frontDoorDataFolder);
    besideSending.push(await duringPass());
  }
  return {
    people,
    rounds,
    machine: [...(await describeMachine()), crowd.version],
    alone: waitsOf(alone),
    beside: waitsBeside(beside, alone),
    besideSending: waitsBeside(besideSending, alone),
  };
}

/** As in a first pass, everybody is sent by the next one. What that leaves in the log is carried over here: it is no part of a pass. */
function forgetFingerprints(frontDoorDataFolder: string): void {
  using file = new DatabaseSync(join(frontDoorDataFolder, 'front-door.sqlite'), { timeout: 10_000 });
  file.exec("update accounts set fingerprint = ''");
  file.exec('pragma wal_checkpoint(truncate)');
}

export function besideReportLines(report: BesideReport): string[] {
  const { people, rounds, machine, alone, beside, besideSending } = report;
  const row = (name: string, { p50Ms, p99Ms, p50Ratio, p99Ratio }: WaitsBeside) => [
    ...[name, shown(p50Ms), shown(p99Ms)],
    ...[shown(p50Ratio), shown(p99Ratio)],
  ];
  return [
    `Resets beside a full pass over an OpenLDAP of ${people} people, one caller.`,
    `${rounds} rounds; medians [lowest–highest round]. ${machine.join(', ')}.`,
    '',
    ...table([
      ['resets', 'p50 ms', 'p99 ms', 'p50 ratio', `p99 ratio (aim: ≤ ${AIM_RATIO})`],
      ['while no pass runs', shown(alone.p50Ms), shown(alone.p99Ms), '1', '1'],
      row('while one runs', beside),
      row('while one sends everybody', besideSending),
    ]),
    '',
    `Resets that one pass left time for: ${shown(beside.resets)}; one that sends everybody: ${shown(besideSending.resets)}.`,
  ];
}

async function inARow(act: () => Promise<number>, isEnough: (done: number) => boolean): Promise<number[]> {
  const waitsMs: number[] = [];
  while (!isEnough(waitsMs.length)) waitsMs.push(await act());
  return waitsMs;
}

function waitsOf(perRound: readonly (readonly number[])[]): Waits {
  return { p50Ms: figureOf(quantilesOf(perRound, 0.5)), p99Ms: figureOf(quantilesOf(perRound, 0.99)) };
}

function waitsBeside(perRound: readonly (readonly number[])[], alone: readonly (readonly number[])[]): WaitsBeside {
  return {
    ...waitsOf(perRound),
    p50Ratio: ratioOf(quantilesOf(perRound, 0.5), quantilesOf(alone, 0.5)),
    p99Ratio: ratioOf(quantilesOf(perRound, 0.99), quantilesOf(alone, 0.99)),
    resets: figureOf(perRound.map((waitsMs) => waitsMs.length)),
  };
}

function quantilesOf(perRound: readonly (readonly number[])[], share: number): number[] {
  return perRound.map((waitsMs) => quantile(waitsMs, share));
}

function firstOf(count: number): Filter {
  const names = Array.from(
    { length: count },
    (_, at) => new EqualityFilter({ attribute: 'uid', value: `person${at}` }),
  );
  return new OrFilter({ filters: names });
}
