// Whether a pass that is killed half-way leaves a mirror that the next one makes good: both programs, built, before a real OpenLDAP in
// which so many have changed that a pass sends several batches. Agent and front door are killed in turns, each once a random share of
// the changes stands in the mirror. Which share comes from a seed, which is told; how many kills fell within a pass is told at the end.
// DRAWBRIDGE_KILLS: how many kills, default 4. DRAWBRIDGE_KILLS_SEED: those of an earlier run once more.

import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/timing/clock.js';
import { LOOK_EVERY_MS, type Program } from '../support/programs.js';
import type { Portal } from './portal.js';
import { openSyncBench, type SyncBench, type Truth, untilWhole } from './sync-bench.js';

const KILLS = Number(process.env.DRAWBRIDGE_KILLS ?? 4);
const SEED = Number(process.env.DRAWBRIDGE_KILLS_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Further runs, where a pass was over too early to be killed, or no kill fell within one. */
const RETRIES = 4;
const RUNS_MAX = KILLS + RETRIES;
const TEST_DEADLINE_MS = RUNS_MAX * 30_000;
const CROWD = 3_000;
/** Five batches and more (`accountsPerBatchMax`). */
const CHANGED = 1_950;
const ADDED = 100;
/** A batch takes about as long to be sent and written. */
const BATCH_MS = 50;
const SEEN_WITHIN = { timeout: 20_000, interval: LOOK_EVERY_MS };

const FLAGS = { 'a delta': [], 'a reconciliation': ['--reconcile'], 'a full pass': ['--full'] } as const;
/** In turns, as the victims are: six kills have each of both with each of these. */
const KILLED = ['a delta', 'a reconciliation', 'a full pass'] as const;

const runs = fc.record({
  // Every moment is as likely: by itself it would be one of the first, mostly.
  share: fc.noBias(fc.integer({ min: 0, max: 80 })).map((percent) => percent / 100),
  thenMs: fc.noBias(fc.nat(BATCH_MS)),
  removed: fc.nat(9),
  last: fc.constantFrom('a reconciliation', 'a full pass'),
});

let bench: SyncBench;
let portal: Portal;
let frontDoor: Program;
let agent: Program;
let added = 0;

beforeAll(async () => {
  bench = await openSyncBench(CROWD);
  frontDoor = await bench.bridge.startFrontDoor();
  await bench.bridge.enrol();
  portal = await bench.bridge.portal();
  agent = await bench.bridge.startLinkedAgent();
});

afterAll(async () => {
  await agent.end('SIGKILL');
  await frontDoor.end('SIGKILL');
  await bench[Symbol.asyncDispose]();
});

const VICTIMS = {
  agent: {
    kill: () => agent.end('SIGKILL'),
    startAgain: async () => {
      agent = await bench.bridge.startAgent();
      await agent.until('agent-started');
    },
  },
  'front door': {
    kill: () => frontDoor.end('SIGKILL'),
    startAgain: async () => {
      frontDoor = await bench.bridge.startFrontDoor();
    },
  },
};

describe('either program killed while a pass is half-way', () => {
  it('leaves what was and what is, and the next pass makes it the directory', {
    timeout: TEST_DEADLINE_MS,
  }, async () => {
    console.log(`kills of the seed ${SEED}`);
    const count = { runs: 0, kills: 0, within: 0 };
    let before = await bench.directory();
    for (const { share, thenMs, removed, last } of fc.sample(runs, { seed: SEED, numRuns: RUNS_MAX })) {
      if (count.kills >= KILLS && count.within > 0) break;
      count.runs += 1;
      await changeMany(Object.keys(before), removed);
      const after = await bench.directory();

      const killed = inTurn(KILLED, count.kills);
      const pass = begin(killed);
      if (await isUnderWay(pass, share * (CHANGED + ADDED))) {
        const victim = inTurn(['agent', 'front door'] as const, count.kills);
        await sleep(thenMs);
        await VICTIMS[victim].kill();
        count.kills += 1;
        const left = bench.mirror();
        expect(strangers(left, { before, after })).toEqual([]);
        const isWithin = ![before, after].some((truth) => isDeepStrictEqual(left, truth));
        if (isWithin) count.within += 1;
        console.log(
          `${victim} killed in ${killed}, ${pass.written()} written${isWithin ? '' : ': not within the pass'}`,
        );
        await VICTIMS[victim].startAgain();
      }
      await pass.ended;
      await untilWhole(bench, ...FLAGS[last]);
      expect(bench.mirror()).toEqual(after);
      // Nobody has come back who had gone: whom a pass counts as restored, another took away wrongly.
      expect(await restored()).toBe(0);
      before = after;
    }
    console.log(`${count.runs} runs, ${count.kills} kills, ${count.within} of them within a pass`);
    expect(count.within).toBeGreaterThan(0);
  });
});

async function changeMany(there: readonly string[], removed: number): Promise<void> {
  await bench.remove(...there.slice(0, removed));
  await bench.change(...there.slice(-CHANGED));
  await bench.add(...Array.from({ length: ADDED }, () => `added${added++}`));
}

function inTurn<T>(all: readonly [T, ...T[]], turn: number): T {
  return all[turn % all.length] ?? all[0];
}

interface Pass {
  /** However it ended. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** Accounts that the mirror has from it so far. */
  written(): number;
}

function begin(kind: keyof typeof FLAGS): Pass {
  const begunAtMs = systemClock.nowMs();
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  const ended = bench.sync(...FLAGS[kind]).then(end, end);
  return { ended, hasEnded: () => isOver, written: () => bench.writtenAfter(begunAtMs) };
}

/** Waits until the mirror has more than so many accounts of the pass. Resolves to whether the pass goes on. */
async function isUnderWay(pass: Pass, written: number): Promise<boolean> {
  await vi.waitFor(() => expect(pass.hasEnded() || pass.written() > written).toBe(true), SEEN_WITHIN);
  return !pass.hasEnded();
}

/** Who is in the mirror as they neither were before nor are now, or is missing there though they were and are. */
function strangers(mirror: Truth, { before, after }: { readonly before: Truth; readonly after: Truth }): string[] {
  const uids = Object.keys({ ...before, ...after, ...mirror });
  return uids.filter((uid) => ![before[uid], after[uid]].some((one) => isDeepStrictEqual(mirror[uid], one)));
}

/** In all passes that the front door still knows of. */
async function restored(): Promise<number> {
  const passes = await portal.passes('corp');
  return passes.reduce((sum, { result }) => sum + (result.kind === 'done' ? result.report.counts.restored : 0), 0);
}
