// Runs everything that can fail, prints what did, and ends with one line: N passed, N failed. Called by scripts/test.
// Format, lint and types count as one test each, and so does leaving no process behind.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endMarkedProcesses, RUN_MARK } from './marked-processes.js';

const KINDS = ['unit', 'architecture', 'contract', 'integration', 'component', 'browser'];
/** Far beyond what a quiet machine needs: a busy one should still end with figures. */
const TESTS_DEADLINE_MS = 30 * 60_000;

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

async function main(): Promise<number> {
  const kinds = process.argv.slice(2);
  const unknown = kinds.filter((kind) => !KINDS.includes(kind));
  if (unknown.length > 0) {
    console.error(`there are no tests of the kind ${unknown.join(', ')}; there are: ${KINDS.join(' ')}`);
    return 2;
  }
  const mark = randomUUID();
  const tallies: Tally[] = [];
  if (kinds.length === 0) {
    tallies.push(
      ...(await Promise.all([
        runCheck('format and lint', 'biome', ['ci', '.']),
        runCheck('types', 'tsc', ['-p', 'tsconfig.json']),
      ])),
    );
  }
  tallies.push(await runTests(kinds, mark));
  const left = await endMarkedProcesses(mark);
  for (const name of left) console.error(`left behind by the tests, and ended now: ${name}`);
  tallies.push(left.length === 0 ? PASSED : FAILED);

  const total = (of: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[of], 0);
  const skipped = total('skipped') === 0 ? '' : `, ${total('skipped')} skipped`;
  console.log(`${total('passed')} passed, ${total('failed')} failed${skipped}`);
  return total('failed') === 0 ? 0 : 1;
}

const PASSED: Tally = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Tally = { passed: 0, failed: 1, skipped: 0 };

async function runCheck(name: string, command: string, args: readonly string[]): Promise<Tally> {
  const exitCode = await run(command, args, {});
  console.log(`${exitCode === 0 ? 'ok' : 'FAILED'}  ${name}`);
  return exitCode === 0 ? PASSED : FAILED;
}

async function runTests(kinds: readonly string[], mark: string): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-test-report-'));
  const report = join(folder, 'report.json');
  try {
    const projects = kinds.flatMap((kind) => ['--project', kind]);
    const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', report];
    const exitCode = await run('vitest', ['run', ...projects, ...reporters], { [RUN_MARK]: mark });
    return tallyOf(exitCode, JSON.parse(await readFile(report, 'utf8').catch(() => '{}')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file that cannot even be loaded has no failed test in it, and a hook that fails none either: the exit code tells. */
function tallyOf(exitCode: number, report: Record<string, unknown>): Tally {
  const count = (key: string) => (typeof report[key] === 'number' ? report[key] : 0);
  const failed = count('numFailedTests');
  const isUncounted = exitCode !== 0 && failed === 0;
  return {
    passed: count('numPassedTests'),
    failed: failed + (isUncounted ? 1 : 0),
    skipped: count('numPendingTests') + count('numTodoTests'),
  };
}

async function run(command: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env }, timeout: TESTS_DEADLINE_MS });
  const [exitCode] = await once(child, 'exit');
  return typeof exitCode === 'number' ? exitCode : 1;
}

process.exitCode = await main();
