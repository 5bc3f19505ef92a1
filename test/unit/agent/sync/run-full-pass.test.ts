// One pass over a directory: what changes in the mirror, and above all who does not go when something goes wrong.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toManagedAccount } from '../../../../src/agent/accounts/managed-account.js';
import type { DirectoryAccount } from '../../../../src/agent/directory/directory-account.js';
import { DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import type { PassReport } from '../../../../src/agent/sync/pass-report.js';
import { type FullPassDeps, runFullPass } from '../../../../src/agent/sync/run-full-pass.js';
import { encodeFrame, type SyncFrame, type TakenSyncReply } from '../../../../src/protocol/frames.js';
import { parseAccountAnchor, parseAgentId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { aPerson } from '../../../support/fake-directory.js';
import { type MirrorBench, openMirrorBench } from '../../../support/mirror-bench.js';

const signal = new AbortController().signal;
const clock = new FakeClock();

/** A directory as a pass sees it: who is there, in pages; and what a read of it may miss. */
class Directory {
  readonly people = new Map<string, DirectoryAccount>();
  readonly missedByReads = new Set<string>();
  unreadable = 0;
  failsAfterPages: number | undefined;
  pageSize = 10;

  put(...names: readonly string[]): this {
    for (const name of names) this.rename(name, `Person ${name}`);
    return this;
  }

  rename(name: string, displayName: string): void {
    this.people.set(name, aPerson({ anchor: name, samAccountName: name, displayName }));
  }

  async *readAll() {
    const accounts = [...this.people.values()].filter(({ anchor }) => !this.missedByReads.has(anchor));
    for (let at = 0, pages = 0; at < accounts.length; at += this.pageSize, pages += 1) {
      if (pages === this.failsAfterPages) throw new DirectoryUnreachable('it went away between two pages');
      yield { accounts: accounts.slice(at, at + this.pageSize), leftOut: 0 };
    }
    yield { accounts: [], leftOut: this.unreadable };
  }

  async read(anchor: string) {
    return this.people.get(anchor);
  }
}

const people = (count: number) => Array.from({ length: count }, (_, at) => `p${String(at).padStart(4, '0')}`);

let mirror: MirrorBench;
let directory: Directory;
let generation = 0;
const told: string[] = [];
const sent: SyncFrame[] = [];
const approvals = new Set<string>();
let heldPlan: string | undefined;

beforeEach(async () => {
  mirror = await openMirrorBench(clock);
  directory = new Directory();
  told.length = 0;
});
afterEach(() => mirror[Symbol.asyncDispose]());

async function pass(changes: Partial<FullPassDeps> = {}) {
  sent.length = 0;
  heldPlan = undefined;
  const tell = (word: string) => () => void told.push(word);
  const deps: FullPassDeps = {
    directoryId: 'corp',
    directoryKey: parseAccountAnchor('key-of-corp'),
    reader: directory,
    mirrorOf: (account) => toManagedAccount(account, { kind: 'contact-administrator', reason: 'write-back-off' }),
    exchange: async (frame) => {
      sent.push(frame);
      return mirror.exchange(frame);
    },
    limits: { countMax: 500, shareMax: 0.05 },
    approvals: {
      isGiven: (planId) => approvals.has(planId),
      spend: (planId) => void approvals.delete(planId),
    },
    isDryRun: false,
    onProgress: () => undefined,
    clock,
    events: {
      syncCompleted: tell('completed'),
      syncIncomplete: tell('incomplete'),
      syncFailed: tell('failed'),
      syncAccountLeftOut: ({ anchor }) => void told.push(`left out ${anchor}`),
      syncRemovalsHeld: ({ planId, because, gone }) => {
        heldPlan = planId;
        told.push(`held ${gone}: ${because}`);
      },
    },
    ...changes,
  };
  return runFullPass(deps, ++generation, signal);
}

async function report(changes: Partial<FullPassDeps> = {}): Promise<PassReport> {
  const result = await pass(changes);
  if (result.kind !== 'done') throw new Error(result.kind, { cause: result });
  return result.report;
}

/** The numbers that are not 0. */
async function counts(changes: Partial<FullPassDeps> = {}): Promise<Readonly<Record<string, unknown>>> {
  const { counts: all, changedFields, held } = await report(changes);
  const numbers = Object.entries({ ...all, held: held?.gone ?? 0 }).filter(([, number]) => number !== 0);
  return { ...Object.fromEntries(numbers), ...(Object.keys(changedFields).length === 0 ? {} : { changedFields }) };
}

describe('a pass', () => {
  test('adds everybody at first, and then says nothing of those who did not change', async () => {
    directory.put(...people(450));
    expect(await counts()).toEqual({ read: 450, added: 450 });
    expect(await mirror.present()).toEqual(people(450));
    expect(await counts()).toEqual({ read: 450, unchanged: 450 });
    expect(sent.map(({ kind }) => kind)).toEqual(['sync-begin', 'sync-list', 'sync-complete']);
  });

  test('asks for what the mirror holds page by page', async () => {
    directory.put(...people(LIMITS.mirroredPerPageMax + 5));
    await pass();
    expect(await counts()).toEqual({ read: directory.people.size, unchanged: directory.people.size });
    expect(sent.filter(({ kind }) => kind === 'sync-list')).toHaveLength(2);
  });

  test('says which fields changed', async () => {
    directory.put('ada', 'bob');
    await pass();
    directory.rename('ada', 'Ada Lovelace');
    expect(await counts()).toEqual({ read: 2, unchanged: 1, changed: 1, changedFields: { displayName: 1 } });
    expect(await mirror.displayName('ada')).toBe('Ada Lovelace');
  });

  test('takes away who is gone, and gives them back whole when they return', async () => {
    directory.put('ada', 'bob');
    await pass();
    directory.people.delete('bob');
    expect(await counts()).toEqual({ read: 1, unchanged: 1, quarantined: 1 });
    expect(await mirror.present()).toEqual(['ada']);
    expect(await counts()).toEqual({ read: 1, unchanged: 1 });
    directory.put('bob');
    expect(await counts()).toEqual({ read: 2, unchanged: 1, restored: 1 });
    expect(await mirror.present()).toEqual(['ada', 'bob']);
  });

  test('never makes a frame above the limit, however long the names are', async () => {
    for (const name of people(LIMITS.accountsPerBatchMax)) directory.rename(name, '名'.repeat(LIMITS.nameUnitsMax));
    await pass();
    expect(sent.filter(({ kind }) => kind === 'sync-batch').length).toBeGreaterThan(1);
    for (const frame of sent) expect(encodeFrame(frame).length).toBeLessThan(LIMITS.frameBytesMax);
  });
});

describe('nobody goes', () => {
  beforeEach(async () => {
    directory.put(...people(30));
    await pass();
    told.length = 0;
    directory.people.delete('p0003');
  });

  test('when the read broke off; what was read before that is mirrored all the same', async () => {
    directory.rename('p0000', 'Renamed');
    directory.failsAfterPages = 1;
    expect((await pass()).kind).toBe('failed');
    expect(await mirror.present()).toEqual(people(30));
    expect(told).toEqual(['failed']);
    directory.failsAfterPages = undefined;
    expect(await counts()).toMatchObject({ changed: 1, quarantined: 1 });
  });

  test('when somebody could not be read, who may be anybody', async () => {
    directory.unreadable = 1;
    expect(await counts()).toEqual({ read: 29, unchanged: 29, unreadable: 1 });
    expect(told).toEqual(['incomplete']);
    expect(await mirror.present()).toEqual(people(30));
  });

  test('whose own data cannot be mirrored, which stops nobody else', async () => {
    const result = await counts({
      mirrorOf: (account) => {
        if (account.anchor === 'p0001') throw new Error('malformed');
        return toManagedAccount(account, { kind: 'contact-administrator', reason: 'write-back-off' });
      },
    });
    expect(result).toEqual({ read: 29, unchanged: 28, leftOut: 1, quarantined: 1 });
    expect(told).toEqual(['left out p0001', 'completed']);
    expect(await mirror.present()).toContain('p0001');
  });

  test('whose data the protocol does not carry; the others of the batch are mirrored', async () => {
    directory.put('new');
    const result = await counts({
      mirrorOf: (account) => {
        const mirrored = toManagedAccount(account, { kind: 'contact-administrator', reason: 'write-back-off' });
        return account.anchor === 'p0001' ? { ...mirrored, mail: ['x'.repeat(LIMITS.addressUnitsMax + 1)] } : mirrored;
      },
    });
    expect(result).toMatchObject({ added: 1, leftOut: 1, quarantined: 1 });
    expect((await report({ isDryRun: true })).counts.leftOut).toBe(0);
    expect(await mirror.present()).toContain('p0001');
  });

  test('whom the read missed, and who is there when asked for', async () => {
    directory.missedByReads.add('p0007');
    directory.rename('p0007', 'Moved Meanwhile');
    expect(await counts()).toMatchObject({ changed: 1, quarantined: 1 });
    expect(await mirror.present()).toContain('p0007');
    expect(await mirror.displayName('p0007')).toBe('Moved Meanwhile');
  });

  test('when the directory goes away before that last look', async () => {
    const reader = {
      readAll: () => directory.readAll(),
      read: async () => {
        throw new DirectoryUnreachable('it went away');
      },
    };
    expect((await pass({ reader })).kind).toBe('failed');
    expect(await mirror.present()).toEqual(people(30));
  });

  test('when the directory is suddenly empty', async () => {
    directory.people.clear();
    expect(await counts()).toEqual({ held: 30 });
    expect(told).toEqual(['held 30: everybody', 'completed']);
    expect(await mirror.present()).toEqual(people(30));
  });
});

describe('more who are gone than the guard lets pass', () => {
  beforeEach(async () => {
    directory.put(...people(100));
    await pass();
    told.length = 0;
    for (const name of people(11)) directory.people.delete(name);
  });

  test('stay, and everything else is mirrored', async () => {
    directory.put('new').rename('p0050', 'Renamed');
    expect(await counts()).toMatchObject({ added: 1, changed: 1, held: 11 });
    expect(told).toEqual(['held 11: share', 'completed']);
    expect(await mirror.present()).toHaveLength(101);
  });

  test('go once a person has approved exactly that plan, and no other', async () => {
    await pass();
    approvals.add(heldPlan ?? '');
    directory.people.delete('p0099');
    expect(await counts()).toMatchObject({ held: 12 });
    directory.put('p0099');
    expect(await counts()).toMatchObject({ quarantined: 11 });
    expect(approvals.size).toBe(0);
    for (const name of people(30)) directory.people.delete(name);
    expect(await counts()).toMatchObject({ held: 19 });
  });
});

test('the directory is read on while the front door writes, and one batch at a time is under way', async () => {
  directory.put(...people(LIMITS.accountsPerBatchMax * 3));
  directory.pageSize = LIMITS.accountsPerBatchMax;
  const order: string[] = [];
  let isUnderWay = false;
  const reader = {
    async *readAll() {
      for await (const page of directory.readAll()) {
        order.push('page');
        yield page;
      }
    },
    read: (anchor: string) => directory.read(anchor),
  };
  const exchange = async (frame: SyncFrame) => {
    expect(isUnderWay).toBe(false);
    isUnderWay = true;
    // As long as a few pages take to be read.
    if (frame.kind === 'sync-batch') for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    const reply = await mirror.exchange(frame);
    isUnderWay = false;
    order.push(frame.kind);
    return reply;
  };
  expect((await pass({ reader, exchange })).kind).toBe('done');
  expect(order.indexOf('sync-batch')).toBeGreaterThan(order.indexOf('page', order.indexOf('page') + 1));
  expect(order.filter((each) => each === 'sync-batch')).toHaveLength(3);
});

test('an approval outlives a pass that fails before everybody of the plan has gone', async () => {
  directory.put(...people(100));
  await pass();
  for (const name of people(11)) directory.people.delete(name);
  await pass();
  approvals.add(heldPlan ?? '');
  const reader = {
    readAll: () => directory.readAll(),
    read: async () => {
      throw new DirectoryUnreachable('it went away');
    },
  };
  expect((await pass({ reader })).kind).toBe('failed');
  expect(approvals.size).toBe(1);
  expect(await counts()).toMatchObject({ quarantined: 11 });
  expect(approvals.size).toBe(0);
});

test('a pass that only reads shows now and then that it goes on, so that no other agent is given its lease', async () => {
  directory.put(...people(30));
  await pass();
  const slow = new FakeClock();
  const reader = {
    async *readAll() {
      for await (const page of directory.readAll()) {
        await slow.advance(20_000);
        yield page;
      }
    },
    read: (anchor: string) => directory.read(anchor),
  };
  await pass({ reader, clock: slow });
  expect(sent.filter(({ kind }) => kind === 'sync-batch')).toHaveLength(2);
  await pass({ reader, clock: slow, isDryRun: true });
  expect(sent.filter(({ kind }) => kind === 'sync-batch')).toHaveLength(0);
});

test('names told by the front door are those that were asked for, and no more', async () => {
  directory.put('ada');
  const invented = { anchor: parseAccountAnchor('invented'), fingerprint: '', isAbsent: false };
  const exchange = async (frame: SyncFrame): Promise<TakenSyncReply> => {
    const { generation: number, step } = frame;
    if (frame.kind === 'sync-list')
      return { kind: 'sync-listed', generation: number, step, entries: [invented], isLast: true };
    if (frame.kind !== 'sync-look') return mirror.exchange({ ...frame, step: Math.min(step, 1) });
    const entries = Array.from({ length: 50 }, (_, at) => ({
      ...invented,
      anchor: at === 7 ? invented.anchor : parseAccountAnchor(`other${at}`),
      displayName: 'x',
      samAccountName: `name${at}`,
    }));
    return { kind: 'sync-looked', generation: number, step, entries };
  };
  expect((await report({ exchange, isDryRun: true })).named.quarantined).toEqual(['name7']);
});

describe('the report of a pass', () => {
  test('names who is concerned, the gone ones as the mirror knew them, and why somebody was left out', async () => {
    directory.put('ada', 'bob', 'eve', 'kim');
    await pass();
    directory.people.delete('bob');
    directory.rename('eve', 'Eve Renamed');
    directory.put('new');
    const { named, leftOut } = await report({
      mirrorOf: (account) => {
        if (account.anchor === 'kim') throw new Error('malformed');
        return toManagedAccount(account, { kind: 'contact-administrator', reason: 'write-back-off' });
      },
    });
    expect(named).toEqual({ added: ['new'], changed: ['eve'], restored: [], quarantined: ['bob'] });
    expect(leftOut).toEqual([{ name: 'kim', failure: expect.stringContaining('malformed') }]);
  });

  test('has the plan that waits, with the first names', async () => {
    directory.put(...people(100));
    await pass();
    for (const name of people(40)) directory.people.delete(name);
    const { held } = await report();
    expect(held).toEqual({ planId: heldPlan, because: 'share', gone: 40, present: 100, names: people(20) });
  });

  test('of a dry run says what would be, and nothing was sent and no approval taken', async () => {
    directory.put(...people(100));
    await pass();
    directory.put('new').people.delete('p0001');
    expect(await report({ isDryRun: true })).toMatchObject({
      isDryRun: true,
      counts: { added: 1, quarantined: 1, unchanged: 99 },
      named: { added: ['new'], quarantined: ['p0001'] },
    });
    expect(sent.map(({ kind }) => kind)).toEqual(['sync-begin', 'sync-list', 'sync-look']);
    expect(await mirror.present()).toEqual(people(100));
    for (const name of people(40)) directory.people.delete(name);
    await pass();
    approvals.add(heldPlan ?? '');
    expect((await report({ isDryRun: true })).held?.gone).toBe(40);
    expect(approvals.size).toBe(1);
    expect(await counts()).toMatchObject({ quarantined: 40 });
  });

  test('is foretold while it reads', async () => {
    directory.put(...people(25));
    await pass();
    const seen: object[] = [];
    await pass({ onProgress: (progress) => void seen.push(progress) });
    expect(seen).toEqual([10, 20, 25, 25].map((read) => ({ read, expected: 25 })));
  });
});

test('a pass stands by where another agent leads: nothing is read', async () => {
  const leader = parseAgentId('00000000-0000-4000-8000-0000000000a2');
  const exchange = async ({ generation: number, step }: SyncFrame) =>
    ({ kind: 'sync-led', generation: number, step, by: leader }) as const;
  const readAll = () => {
    throw new Error('nobody asked for it');
  };
  const reader = { readAll, read: readAll };
  expect(await pass({ exchange, reader })).toEqual({ kind: 'stood-by', leader });
  expect(told).toEqual([]);
});

describe('a front door that answers what cannot be', () => {
  const entry = (anchor: string) => ({ anchor: parseAccountAnchor(anchor), fingerprint: '', isAbsent: false });
  test.each<[string, (frame: SyncFrame) => object]>([
    ['a list without end', () => ({ kind: 'sync-listed', entries: [entry('a')], isLast: false })],
    ['empty pages without end', () => ({ kind: 'sync-listed', entries: [], isLast: false })],
    ['another answer', () => ({ kind: 'sync-committed' })],
  ])('%s ends the pass', async (_, answer) => {
    const exchange = async (frame: SyncFrame) =>
      ({
        generation: frame.generation,
        step: frame.step,
        ...(frame.kind === 'sync-begin' ? { kind: 'sync-begun', mirrored: 1e9 } : answer(frame)),
      }) as never;
    expect((await pass({ exchange })).kind).toBe('failed');
  });
});

test('wherever passes are cut, the next whole one leaves the mirror equal to the directory', async () => {
  const step = fc.record({
    put: fc.array(fc.nat(40), { maxLength: 6 }),
    rename: fc.array(fc.nat(40), { maxLength: 4 }),
    remove: fc.array(fc.nat(40), { maxLength: 3 }),
    /** The frame at which the link is cut, before or after the front door took it; none: it is not. */
    cut: fc.option(fc.record({ at: fc.nat(6), isTaken: fc.boolean() })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      await using fresh = await openMirrorBench(clock);
      mirror = fresh;
      directory = new Directory();
      directory.pageSize = 3;
      const limits = { countMax: 1000, shareMax: 1 };
      let serial = 0;
      for (const { put, rename, remove, cut } of steps) {
        directory.put(...put.map((at) => `p${at}`));
        for (const at of rename) if (directory.people.has(`p${at}`)) directory.rename(`p${at}`, `Name ${++serial}`);
        for (const at of remove) directory.people.delete(`p${at}`);
        directory.put('always');
        let exchanged = 0;
        const exchange = async (frame: SyncFrame) => {
          const isCut = exchanged++ === cut?.at;
          if (isCut && !cut.isTaken) throw new Error('the link is gone');
          const reply = await mirror.exchange(frame);
          if (isCut) throw new Error('the link is gone');
          return reply;
        };
        await pass({ exchange, limits });
        mirror.relink();
      }
      await pass({ limits });
      expect(await mirror.present()).toEqual([...directory.people.keys()].toSorted());
      for (const { samAccountName, displayName } of directory.people.values())
        expect(await mirror.displayName(samAccountName)).toBe(displayName);
    }),
    { numRuns: 60 },
  );
});
