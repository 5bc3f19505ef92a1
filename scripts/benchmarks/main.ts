// `scripts/bench`: runs the benchmarks that are named, or all; prints their tables, or writes them as JSON too.
// Ends with 0 when they ran, whether an aim was met or not; the tables say which. Only pages below their aim, and answers or
// times that tell a stranger something, end it with 1: they are ours to mend, and no machine is too slow for them. Leaves nothing behind.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFailure, Failure } from '../../src/failure/failure.js';
import { LabFailure } from '../lab/lab-failure.js';
import { alikeReportLines, isAlike } from './alike-report.js';
import { benchAlike } from './bench-alike.js';
import { benchBeside, besideReportLines } from './bench-beside.js';
import { benchBridge } from './bench-bridge.js';
import type { BenchOptions } from './bench-options.js';
import { benchPages, pagesReportLines } from './bench-pages.js';
import { benchReset } from './bench-reset.js';
import { benchSync, syncReportLines } from './bench-sync.js';
import { domainCrowd, openLdapCrowd } from './crowds.js';
import { type BenchReport, reportLines } from './report.js';

const USAGE = `usage: scripts/bench [reset | bridge | sync | domain | beside | alike | pages]… [--rounds N] [--people N] [--json FILE] [--folder DIR]

  reset      whole sealed resets on a real Active Directory against a bare warm LDAP modify
  bridge     the same on an OpenLDAP that syncs to its disk: what the bridge itself adds
  sync       passes over a large OpenLDAP, from its entries to the front door's rows, against ldapsearch
  domain     the same on a real Active Directory, of 10000 people at most
  beside     resets while a full pass over a large OpenLDAP runs, against resets while none does
  alike      whether the first page or the sign-in tells a stranger who is there, by its answer or by its time; ends with 1
             where one does: by chance alone in about one run of a hundred
  pages      Lighthouse on every page that people can meet; ends with 1 where one scores less than 98
  --people   how many people a large directory has; default 20000, in a domain 1000
  --rounds   how often every way has its turn; default 5
  --json     write the figures there as well
  --folder   where a folder for this run is made, and removed; default .bench in the checkout. Its disk is measured too`;

const PEOPLE_USUALLY = 20_000;
/** Samba takes a minute to make ten thousand, and seconds to read them once. */
const [DOMAIN_PEOPLE_USUALLY, DOMAIN_PEOPLE_MAX] = [1_000, 10_000];

/** Figures for `--json`, and the same for people. */
interface BenchFindings {
  readonly figures: object;
  readonly lines: readonly string[];
  /** Default 0. */
  readonly exitCode?: 0 | 1;
}

const inTables = (bench: (options: BenchOptions) => Promise<BenchReport>) => async (options: BenchOptions) => {
  const report = await bench(options);
  return { figures: report, lines: reportLines(report) };
};

const ofPasses = (openCrowd: typeof openLdapCrowd) => async (options: BenchOptions) => {
  const report = await benchSync(options, openCrowd);
  return { figures: report, lines: syncReportLines(report) };
};

const BENCHES = new Map<string, (options: BenchOptions) => Promise<BenchFindings>>([
  ['reset', inTables(benchReset)],
  ['bridge', inTables(benchBridge)],
  ['sync', ofPasses(openLdapCrowd)],
  ['domain', (options) => ofPasses(domainCrowd)({ ...options, people: Math.min(options.people, DOMAIN_PEOPLE_MAX) })],
  [
    'beside',
    async (options) => {
      const report = await benchBeside(options);
      return { figures: report, lines: besideReportLines(report) };
    },
  ],
  [
    'alike',
    async (options) => {
      const report = await benchAlike(options);
      return { figures: report, lines: alikeReportLines(report), exitCode: isAlike(report) ? 0 : 1 };
    },
  ],
  [
    'pages',
    async (options) => {
      const report = await benchPages(options);
      return { figures: report, lines: pagesReportLines(report), exitCode: report.isMet ? 0 : 1 };
    },
  ],
]);
const PEOPLE_MAX = 2_000_000;
const ROUNDS_MAX = 50;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      rounds: { type: 'string', default: '5' },
      people: { type: 'string' },
      json: { type: 'string' },
      folder: { type: 'string', default: '.bench' },
    },
  });
  const [rounds, people] = [Number(values.rounds), Number(values.people ?? PEOPLE_USUALLY)];
  const names = positionals.length === 0 ? [...BENCHES.keys()] : positionals;
  const isUnderstood =
    names.every((name) => BENCHES.has(name)) && isWithin(rounds, ROUNDS_MAX) && isWithin(people, PEOPLE_MAX);
  if (values.help || !isUnderstood) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  // Ends at the next step, so that everything that was started is ended and removed as usual.
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => stopped.abort(new LabFailure(`stopped (${signal})`)));
  const onStep = (step: string) => {
    stopped.signal.throwIfAborted();
    console.error(`${step} …`);
  };
  const reports: object[] = [];
  let exitCode = 0;
  for (const [name, bench] of BENCHES) {
    if (!names.includes(name)) continue;
    const { figures, lines, ...ended } = await inOwnFolder(resolve(values.folder), (folder) =>
      bench({
        folder,
        rounds,
        people: values.people === undefined && name === 'domain' ? DOMAIN_PEOPLE_USUALLY : people,
        onStep,
      }),
    );
    console.log(`\n${lines.join('\n')}\n`);
    reports.push(figures);
    exitCode = Math.max(exitCode, ended.exitCode ?? 0);
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(reports, null, 2)}\n`);
  return exitCode;
}

const isWithin = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max;

async function inOwnFolder<T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'run-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  // An expected trouble in one sentence; our own mistake with its stack.
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(isUsage ? `${error.message}\n\n${USAGE}` : error instanceof Failure ? describeFailure(error) : error);
  process.exitCode = isUsage ? 2 : 1;
}
