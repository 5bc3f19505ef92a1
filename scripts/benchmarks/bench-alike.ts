// `bench alike`: whether a stranger who types names into the first page can tell somebody who is there, and has set up no way to prove who
// they are, from nobody at all: by status, by a byte of the page, or by how long the answer took. Both in turn, hundreds of each.

import { join } from 'node:path';
import { openCertificateAuthority } from '../lab/certificate-authority.js';
import { DIRECTORY_PORTS, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import type { BenchOptions } from './bench-options.js';
import { startBridge } from './bridge.js';
import { openLdapCrowd } from './crowds.js';
import { describeMachine } from './machine.js';
import { chanceOfTelling, quantile } from './statistics.js';
import { type Guess, Stranger } from './stranger.js';
import { short, table } from './table.js';

const FRONT_DOOR_PORT = 8443;
const TRIES = 500;
/** At once; each waits for its answer's own time most of it. */
const STRANGERS = 12;
/** So many addresses of strangers, so that no limit on one of them is met. */
const ADDRESSES = 200;
/** Where this machine's own connections come from, whichever of its addresses they go to. */
const LOOPBACK = '127.0.0.1';

export interface AlikeReport {
  readonly tries: number;
  readonly machine: readonly string[];
  readonly unknown: Seen;
  readonly unregistered: Seen;
  /** Statuses, addresses and pages, tokens apart: the same ones in both. */
  readonly isSameAnswer: boolean;
  /** How often the slower of one of each is the one that is there: 0.5 tells nothing. */
  readonly chance: number;
  /** Beyond it from 0.5, chance alone is seen in three of a thousand runs. */
  readonly chanceMargin: number;
}

interface Seen {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytes: readonly number[];
}

export async function benchAlike({ folder, onStep }: BenchOptions): Promise<AlikeReport> {
  await using stack = new AsyncDisposableStack();
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const host = await pickLabAddress(LAB_RANGES.bench, [...DIRECTORY_PORTS, FRONT_DOOR_PORT]);
  onStep(`Starting the directory with ${TRIES} people who have set up nothing`);
  const crowd = stack.use(await openLdapCrowd({ folder, address: host, authority, people: TRIES }));
  const { caFile } = authority;
  onStep('Starting the front door and the agent');
  const places = { folder, host, port: FRONT_DOOR_PORT };
  const bridge = await startBridge({
    places,
    authority,
    directory: crowd.directory,
    portals: 0,
    trustedProxies: [LOOPBACK],
    stack,
  });
  const stranger = stack.use(await Stranger.open({ publicUrl: bridge.publicUrl, caFile }));

  onStep(`Typing ${TRIES} names of nobody and as many of somebody`);
  const [unknown, unregistered]: [Guess[], Guess[]] = [[], []];
  let next = 0;
  const guessOn = async () => {
    for (let at = next++; at < TRIES * 2; at = next++) {
      const [seen, name] = at % 2 === 0 ? [unknown, 'nobody'] : [unregistered, 'person'];
      const userId = `${name}${Math.floor(at / 2)}@example.com`;
      seen.push(await stranger.guess(userId, `10.1.${Math.floor(at / 2) % ADDRESSES}.1`));
    }
  };
  await Promise.all(Array.from({ length: STRANGERS }, guessOn));

  const all = [...unknown, ...unregistered];
  if (all.some(({ status, leadsTo }) => status !== 303 || leadsTo !== '/reset/stopped'))
    throw new LabFailure(`a name was answered with ${JSON.stringify(all.find(({ status }) => status !== 303))}`);
  const [onesMs, othersMs] = [unknown, unregistered].map((seen) => seen.map(({ tookMs }) => tookMs));
  return {
    tries: TRIES,
    machine: [...(await describeMachine()), crowd.version],
    unknown: seenOf(unknown),
    unregistered: seenOf(unregistered),
    isSameAnswer: new Set(all.map(({ page }) => page)).size === 1,
    ...chanceOfTelling(onesMs ?? [], othersMs ?? []),
  };
}

function seenOf(guesses: readonly Guess[]): Seen {
  const times = guesses.map(({ tookMs }) => tookMs);
  const bytes = [...new Set(guesses.map(({ page }) => Buffer.byteLength(page)))];
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), bytes };
}

export function alikeReportLines(report: AlikeReport): string[] {
  const { tries, machine, unknown, unregistered, isSameAnswer, chance, chanceMargin } = report;
  const row = (name: string, { p50Ms, p99Ms, bytes }: Seen) => [name, short(p50Ms), short(p99Ms), bytes.join(', ')];
  const isWithin = Math.abs(chance - 0.5) <= chanceMargin;
  return [
    `${tries} names of nobody, and as many of people who have set up no way to prove who they are.`,
    `${machine.join(', ')}.`,
    '',
    ...table([
      ['name', 'p50 ms', 'p99 ms', 'bytes of the page, tokens apart'],
      row('of nobody', unknown),
      row('of somebody', unregistered),
    ]),
    '',
    `The same status, address and page, tokens apart: ${isSameAnswer ? 'yes' : 'NO'}.`,
    `Whoever takes the slower of two for somebody is right ${(chance * 100).toFixed(1)} % of the time; chance alone gives ${((0.5 - chanceMargin) * 100).toFixed(1)} to ${((0.5 + chanceMargin) * 100).toFixed(1)} %: ${isWithin ? 'the times tell nothing' : 'THE TIMES TELL SOMETHING'}.`,
  ];
}
