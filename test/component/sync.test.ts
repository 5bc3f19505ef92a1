// Whether the mirror is what the directory is, whatever happens on the way: both programs, built, before a real OpenLDAP with a crowd
// in it. Asked to remove too many; away; kept by a second agent; told about by commands beside the running agent.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentDatabase } from '../../src/agent/sqlite/agent-database.js';
import { SqlitePassBook } from '../../src/agent/sqlite/sqlite-pass-book.js';
import { systemClock } from '../../src/timing/clock.js';
import { type Program, startProgram } from '../support/programs.js';
import { succeeded } from './bridge.js';
import { openSyncBench, type SyncBench, syncOf, untilWhole } from './sync-bench.js';

const CROWD = 1_000;
/** The removal guard's own: 5 % of the crowd. */
const TOO_MANY = CROWD * 0.05 + 1;

let bench: SyncBench;
let frontDoor: Program;
let agent: Program;
let named = 0;

beforeAll(async () => {
  bench = await openSyncBench(CROWD);
  frontDoor = await bench.bridge.startFrontDoor();
  await bench.bridge.enrol();
  agent = await bench.bridge.startLinkedAgent();
});

afterAll(async () => {
  await agent.end('SIGKILL');
  await frontDoor.end('SIGKILL');
  await bench[Symbol.asyncDispose]();
});

const persons = (count: number) => Array.from({ length: count }, () => `person${named++}`);

describe('the mirror', () => {
  it('is the directory after the first pass', async () => {
    const directory = await bench.directory();
    expect(Object.keys(directory)).toHaveLength(CROWD);
    expect(bench.mirror()).toEqual(directory);
  });

  it('follows who comes, goes and changes, and says who', async () => {
    const [gone, renamed] = [persons(2), persons(3)];
    await bench.remove(...gone);
    await bench.change(...renamed);
    await bench.add('newcomer');

    const foretold = await bench.sync('--full', '--dry-run');
    expect(foretold.record.result).toMatchObject({
      report: { counts: { added: 1, changed: 3, quarantined: 2 }, changedFields: { displayName: 3, mail: 3 } },
    });
    expect(bench.mirror()).not.toHaveProperty('newcomer');

    const { code, record } = await bench.sync('--full');
    expect(code).toBe(0);
    expect(record.result).toMatchObject({
      kind: 'done',
      report: {
        isWhole: true,
        counts: { added: 1, changed: 3, restored: 0, quarantined: 2, leftOut: 0, notManaged: 0, unreadable: 0 },
        changedFields: { displayName: 3, mail: 3 },
        named: {
          added: ['newcomer'],
          changed: expect.arrayContaining(renamed),
          quarantined: expect.arrayContaining(gone),
        },
      },
    });
    expect(bench.mirror()).toEqual(await bench.directory());
  });

  it('follows who comes and changes by a look at those alone, and who is gone by a look at what everybody is known by', async () => {
    const [[gone = ''], renamed] = [persons(1), persons(2)];
    await bench.remove(gone);
    await bench.change(...renamed);
    await bench.add('latecomer');

    expect((await bench.sync()).record.result).toMatchObject({
      report: { kind: 'delta', counts: { added: 1, changed: 2, quarantined: 0 }, named: { added: ['latecomer'] } },
    });
    const directory = await bench.directory();
    expect(bench.mirror()).toMatchObject(directory);
    expect(bench.mirror()).toHaveProperty(gone);
    expect((await bench.sync('--reconcile')).record.result).toMatchObject({
      report: {
        kind: 'reconciliation',
        lookedOver: Object.keys(directory).length,
        counts: { added: 0, changed: 0, quarantined: 1 },
        named: { quarantined: [gone] },
      },
    });
    expect(bench.mirror()).toEqual(directory);
  });

  it('tells the front door what each pass came to, for whoever asks there', async () => {
    const { generation, result } = (await bench.sync('--full')).record;
    const portal = await bench.bridge.portal();
    await expect.poll(async () => (await portal.passes('corp'))[0]).toMatchObject({ generation, result });
    const kinds = (await portal.passes('corp')).map((pass) =>
      pass.result.kind === 'done' ? pass.result.report.kind : '',
    );
    expect(kinds).toEqual(expect.arrayContaining(['full', 'reconciliation', 'delta']));
    expect(await portal.passes('labs')).toEqual([]);
  });

  it('says nothing beside its lines where nobody sits at a terminal, however long the pass takes', async () => {
    const { code, output, errorOutput } = await bench.bridge.agent(['sync', '--full']);
    expect({ code, errorOutput }).toEqual({ code: 0, errorOutput: '' });
    expect(output).toMatch(/^directory corp, pass \d+: \d+ accounts read in/);
    expect(output).not.toContain('\u001b');
  });

  it('goes on being made when the command that asked for it is stopped, and the command says so', async () => {
    using database = AgentDatabase.open(join(bench.bridge.agentData, 'agent.sqlite'));
    const book = new SqlitePassBook(database, systemClock);
    const { agentSettings, folder } = bench.bridge;
    process.kill(agent.pid, 'SIGSTOP');
    const before = book.ask({ directoryId: 'corp', kind: 'delta', isDryRun: false });
    const args = ['agent', 'sync', '--full', '--config', agentSettings];
    await using command = await startProgram({ args, logFile: join(folder, 'sync.log') });
    await expect.poll(() => book.answerTo(before + 1), { timeout: 10_000 }).toBe('waiting');
    expect(await command.end('SIGINT')).toEqual({ code: 1, signal: null });
    process.kill(agent.pid, 'SIGCONT');
    expect(await readFile(command.logFile, 'utf8')).toBe(
      'drawbridge: stopped by SIGINT; the agent goes on with the pass: `drawbridge agent status` shows how it ends\n',
    );
    await expect
      .poll(() => book.answerTo(before + 1), { timeout: 10_000 })
      .toMatchObject({ result: { report: { kind: 'full' } } });
  });

  it('tells of one person step by step, and does to that one what a pass would do', async () => {
    const [one = '', other = ''] = persons(2);
    await bench.change(one, other);
    const { record } = await bench.sync('--person', one);
    expect(record.result).toMatchObject({
      kind: 'person',
      steps: {
        read: expect.stringContaining(`uid=${one},`),
        managed: expect.stringMatching(/^yes, since it is in dc=example/),
        match: `the mirror holds ${one}`,
        effect: 'changed in displayName, mail',
      },
    });
    const directory = await bench.directory();
    expect(bench.mirror()[one]).toEqual(directory[one]);
    expect(bench.mirror()[other]).not.toEqual(directory[other]);
    expect((await bench.sync()).record.result).toMatchObject({ report: { kind: 'delta', counts: { changed: 1 } } });
    expect(bench.mirror()).toEqual(directory);
  });

  it.each(['--json', '--dry-run'])('says of a name that nobody has that nobody was looked at (%s)', async (how) => {
    const { code, output, errorOutput } = await bench.bridge.agent(['sync', '--person', 'nobody.at.all', how]);
    expect(code).toBe(2);
    expect(output).toContain('nobody here answers to this name');
    expect(errorOutput).toBe('drawbridge: nobody was looked at: no one account answers to "nobody.at.all"\n');
  });

  it('has somebody of the same name under another anchor for somebody else', async () => {
    const before = (await bench.directory()).newcomer;
    await bench.remove('newcomer');
    await bench.add('newcomer');
    expect((await bench.sync('--full')).record.result).toMatchObject({
      report: { counts: { added: 1, restored: 0, quarantined: 1 } },
    });
    expect(bench.mirror().newcomer?.anchor).not.toBe(before?.anchor);
    expect(bench.mirror()).toEqual(await bench.directory());
  });
});

describe('more who are gone than the guard lets pass', () => {
  it('stay until a person approves exactly them; everything else goes on', async () => {
    await bench.remove(...persons(TOO_MANY));
    await bench.add('after-the-flood');
    const held = await bench.sync('--full');
    expect(held.code).toBe(1);
    expect(held.record.result).toMatchObject({
      report: { counts: { added: 1, quarantined: 0 }, held: { because: 'share', gone: TOO_MANY } },
    });
    expect(Object.keys(bench.mirror())).toHaveLength(Object.keys(await bench.directory()).length + TOO_MANY);
    expect(agent.lines('sync-removals-held')).toHaveLength(1);

    // What waits is told by every pass after it, however little that one finds.
    const later = await bench.sync();
    expect(later.code).toBe(1);
    const said = succeeded(await bench.bridge.agent(['status']));
    const [, planId = ''] = /--approve-removals ([0-9a-f]{12})/.exec(said) ?? [];
    for (const [plan, ...more] of [['0123456789ab'], [planId, '--dry-run']]) {
      const refused = await bench.bridge.agent(['sync', '--approve-removals', plan ?? '', ...more]);
      expect([refused.code, refused.output]).toEqual([2, '']);
    }
    expect((await bench.sync('--full')).record.result).toMatchObject({ report: { counts: { quarantined: 0 } } });
    const approved = await bench.sync('--approve-removals', planId);
    expect(approved.record.result).toMatchObject({ report: { counts: { quarantined: TOO_MANY } } });
    expect(approved.code).toBe(0);
    expect((await bench.bridge.agent(['sync', '--approve-removals', planId])).code).toBe(2);
    expect(bench.mirror()).toEqual(await bench.directory());
  });
});

describe('a directory that is away', () => {
  it('fails the pass, takes nobody away, and is caught up with when it is back', async () => {
    const before = bench.mirror();
    await bench.change(...persons(1));
    process.kill(bench.server.pid, 'SIGSTOP');
    try {
      for (const kind of [[], ['--full']]) {
        const { code, record } = await bench.sync(...kind);
        expect([code, record.result.kind]).toEqual([1, 'failed']);
        expect(bench.mirror()).toEqual(before);
      }
    } finally {
      process.kill(bench.server.pid, 'SIGCONT');
    }
    await untilWhole(bench, '--full');
    expect(bench.mirror()).toEqual(await bench.directory());
  });
});

describe('a second agent of the directory', () => {
  it('stands by while the first is there, and keeps the mirror when it is gone', async () => {
    const second = await bench.secondAgent();
    await using program = await second.startAgent();
    await program.until('link-serving');
    const stoodBy = await syncOf(second);
    expect(stoodBy).toMatchObject({ code: 0, record: { result: { kind: 'stood-by' } } });
    expect(succeeded(await second.agent(['status']))).toContain('stood by');

    await agent.end('SIGKILL');
    await bench.change(...persons(1));
    await frontDoor.until('agent-unlinked');
    expect((await syncOf(second)).record.result).toMatchObject({
      report: { kind: 'full', counts: { added: 0, changed: 1 } },
    });
    expect(bench.mirror()).toEqual(await bench.directory());

    agent = await bench.bridge.startAgent();
    await agent.until('link-serving');
    expect((await bench.sync()).record.result).toMatchObject({ kind: 'stood-by' });
    await program.end('SIGKILL');
    await frontDoor.until('agent-unlinked', 2);
    expect((await bench.sync()).record.result).toMatchObject({ kind: 'done' });
  });
});

describe('the status', () => {
  it('tells when the last whole pass ended, however many failed since', async () => {
    using database = AgentDatabase.open(join(bench.bridge.agentData, 'agent.sqlite'));
    const book = new SqlitePassBook(database, systemClock);
    const [last] = book.latest('corp', 1);
    for (let later = 1; later <= 30; later += 1) {
      const generation = (last?.generation ?? 0) + 1_000 + later;
      const result = { kind: 'failed', failure: 'no link' } as const;
      book.keep({ directoryId: 'corp', generation, isDryRun: false, endedAtMs: systemClock.nowMs(), result }, []);
    }
    const said = succeeded(await bench.bridge.agent(['status']));
    expect(said).toContain('failed, and nobody was removed');
    expect(said).toContain('the last full pass that was whole ended');
  });
});
