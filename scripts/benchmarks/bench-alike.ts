// `bench alike`: whether a stranger who types names into the first page can tell somebody who is there, and has set up no way to prove who
// they are, from nobody at all: by status, by a byte of the page, or by how long the answer took. Then the same at the sign-in, with a
// wrong password for nobody, for accounts of the directory and for the front door's own. Hundreds of each, in an order that chance makes: in
// turn, the strangers beside each other would keep step, and one kind would always be answered just before the other.

import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { openCertificateAuthority } from '../lab/certificate-authority.js';
import { DIRECTORY_PORTS, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import { type AlikeReport, PASSWORD_KINDS, type Seen } from './alike-report.js';
import type { BenchOptions } from './bench-options.js';
import { startBridge } from './bridge.js';
import { openLdapCrowd } from './crowds.js';
import { describeMachine } from './machine.js';
import { chanceOfTelling, quantile } from './statistics.js';
import { type Guess, Stranger } from './stranger.js';

const FRONT_DOOR_PORT = 8443;
/** Of each kind at the first page, and at the sign-in. */
const TRIES = 500;
/** So many that no limit on a name is met: each has 20 wrong passwords, of the 30 an hour that a name may have from everywhere. */
const CLOUD_ACCOUNTS = 25;
/** At once; each waits for its answer's own time most of it. */
const STRANGERS = 12;
/** So many addresses of strangers, so that no limit on one of them is met. */
const ADDRESSES = 200;
/** Where this machine's own connections come from, whichever of its addresses they go to. */
const LOOPBACK = '127.0.0.1';

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
    signIn: true,
    cloudAccounts: {
      userIds: Array.from({ length: CLOUD_ACCOUNTS }, (_, at) => `cloud${at}@corp.example.com`),
      password: 'Four-plain-paper-boats-7',
    },
    stack,
  });
  const stranger = stack.use(await Stranger.open({ publicUrl: bridge.publicUrl, caFile }));

  onStep(`Typing ${TRIES} names of nobody and as many of somebody`);
  const [unknown, unregistered]: [Guess[], Guess[]] = [[], []];
  await inAnyOrder(TRIES * 2, async (at) => {
    const [seen, name] = at % 2 === 0 ? [unknown, 'nobody'] : [unregistered, 'person'];
    const userId = `${name}${Math.floor(at / 2)}@example.com`;
    seen.push(await stranger.guess(userId, `10.1.${Math.floor(at / 2) % ADDRESSES}.1`));
  });

  const all = [...unknown, ...unregistered];
  if (all.some(({ status, leadsTo }) => status !== 303 || leadsTo !== '/reset/stopped'))
    throw new LabFailure(`a name was answered with ${JSON.stringify(all.find(({ status }) => status !== 303))}`);
  onStep(`Trying ${TRIES} wrong passwords for nobody, for accounts of the directory and for the front door's own`);
  const signIn = await tryPasswords(stranger);
  const [onesMs, othersMs] = [unknown, unregistered].map((seen) => seen.map(({ tookMs }) => tookMs));
  return {
    tries: TRIES,
    machine: [...(await describeMachine()), crowd.version],
    unknown: seenOf(unknown),
    unregistered: seenOf(unregistered),
    ...sameness(all),
    ...chanceOfTelling(onesMs ?? [], othersMs ?? []),
    signIn,
  };
}

async function tryPasswords(stranger: Stranger): Promise<AlikeReport['signIn']> {
  const seen = PASSWORD_KINDS.map((): Guess[] => []);
  await inAnyOrder(TRIES * PASSWORD_KINDS.length, async (at) => {
    const which = at % PASSWORD_KINDS.length;
    const round = Math.floor(at / PASSWORD_KINDS.length);
    const kind = PASSWORD_KINDS[which] ?? 'nobody';
    const userId = kind === 'cloud' ? `cloud${round % CLOUD_ACCOUNTS}@corp.example.com` : `${kind}${round}@example.com`;
    seen[which]?.push(await stranger.tryPassword(userId, 'Not-the-password-9', `10.2.${round % ADDRESSES}.1`));
  });
  const [nobodys = []] = seen;
  const timesOf = (guesses: readonly Guess[]) => guesses.map(({ tookMs }) => tookMs);
  return {
    tries: TRIES,
    kinds: PASSWORD_KINDS.map((kind, which) => ({
      kind,
      seen: seenOf(seen[which] ?? []),
      ...chanceOfTelling(timesOf(nobodys), timesOf(seen[which] ?? [])),
    })),
    ...sameness(seen.flat()),
  };
}

/** Each number below `count` once, by so many strangers at once. */
async function inAnyOrder(count: number, tryOne: (at: number) => Promise<void>): Promise<void> {
  const left = Array.from({ length: count }, (_, at) => at);
  const tryOn = async () => {
    while (left.length > 0) for (const at of left.splice(randomInt(left.length), 1)) await tryOne(at);
  };
  await Promise.all(Array.from({ length: STRANGERS }, tryOn));
}

const CONTEXT_UNITS = 60;

function sameness(guesses: readonly Guess[]): Pick<AlikeReport, 'isSameAnswer' | 'firstDifference'> {
  const answers = [...new Set(guesses.map(({ status, leadsTo, page }) => `${status} ${leadsTo} ${page}`))];
  const [one = '', other] = answers;
  if (other === undefined) return { isSameAnswer: true, firstDifference: undefined };
  const at = Math.max(0, [...one].findIndex((unit, index) => unit !== other[index]) - CONTEXT_UNITS);
  const [ofOne, ofOther] = [one, other].map((answer) => JSON.stringify(answer.slice(at, at + 2 * CONTEXT_UNITS)));
  return { isSameAnswer: false, firstDifference: `${ofOne} and ${ofOther}` };
}

function seenOf(guesses: readonly Guess[]): Seen {
  const times = guesses.map(({ tookMs }) => tookMs);
  const bytes = [...new Set(guesses.map(({ page }) => Buffer.byteLength(page)))];
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), bytes };
}
