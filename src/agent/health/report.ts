// What `drawbridge agent check` prints: one block for each directory, the worst first, and last a line that counts. Pure.
// Text of a directory may hold terminal escapes: it is shown escaped.

import { printable } from '../../terminal/printable.js';
import { type Precheck, type PrecheckStatus, STATUSES, worstStatus } from './precheck.js';
import { PRECHECKS } from './precheck-catalogue.js';

/** Of a command that looked: 2 stays what it is everywhere, a command that was refused. */
export const EXIT_CODES: Readonly<Record<PrecheckStatus, number>> = { pass: 0, fail: 1, warn: 3, 'cannot-tell': 4 };

export function exitCodeOf(prechecks: readonly Precheck[]): number {
  return EXIT_CODES[worstStatus(prechecks)];
}

/** As JSON: the worst status, what it comes to, and every finding with its title. */
export function reportJson(prechecks: readonly Precheck[]): string {
  const worst = worstStatus(prechecks);
  const titled = prechecks.map((precheck) => ({ ...precheck, title: PRECHECKS[precheck.code].title }));
  return JSON.stringify({ status: worst, exitCode: EXIT_CODES[worst], prechecks: titled }, null, 2);
}

export function reportLines(prechecks: readonly Precheck[]): string[] {
  const directories = [...new Set(prechecks.map(({ directoryId }) => directoryId))];
  const blocks = directories.map((id) => blockOf(prechecks.filter(({ directoryId }) => directoryId === id)));
  return [...directories.flatMap((id, at) => [`directory ${id}`, ...(blocks[at] ?? []), '']), countLine(prechecks)];
}

/** Status and title in columns, what was seen behind them, what to do below. */
function blockOf(prechecks: readonly Precheck[]): string[] {
  const rows = STATUSES.flatMap((status) => grouped(prechecks.filter((precheck) => precheck.status === status)));
  const titleWidth = Math.max(...rows.map(({ titles }) => Math.min(titles.length, TITLE_WIDTH_MAX)));
  const indent = ' '.repeat(2 + STATUS_WIDTH + 2);
  return rows.flatMap(({ status, titles, target, detail, advice }) => {
    const head = `  ${WORDS[status].padEnd(STATUS_WIDTH)}  ${titles.padEnd(titleWidth)}  `;
    const said = `${printable(target)}: ${printable(detail)}`;
    const first =
      titles.length > titleWidth ? [head.trimEnd(), `${indent}${' '.repeat(titleWidth + 2)}${said}`] : [head + said];
    return advice === undefined ? first : [...first, `${indent}→ ${printable(advice)}`];
  });
}

interface Row extends Pick<Precheck, 'status' | 'target' | 'detail' | 'advice'> {
  readonly titles: string;
}

/** What could not be looked at for one and the same reason is one row. */
function grouped(prechecks: readonly Precheck[]): Row[] {
  const rows = new Map<string, Precheck[]>();
  for (const precheck of prechecks) {
    const { code, status, target, detail, advice } = precheck;
    const key = JSON.stringify(status === 'cannot-tell' ? [detail, advice] : [code, target, detail]);
    rows.set(key, [...(rows.get(key) ?? []), precheck]);
  }
  return [...rows.values()].flatMap((alike): Row[] => {
    const [first] = alike;
    if (first === undefined) return [];
    if (alike.length === 1) return [{ ...first, titles: PRECHECKS[first.code].title }];
    const titles = [...new Set(alike.map(({ code }) => PRECHECKS[code].title))].join(', ');
    const targets = [...new Set(alike.map(({ target }) => target))].join(', ');
    return [{ status: first.status, detail: first.detail, titles, target: targets, advice: first.advice }];
  });
}

function countLine(prechecks: readonly Precheck[]): string {
  const counts = STATUSES.map((status) => {
    const count = prechecks.filter((precheck) => precheck.status === status).length;
    return `${count} ${COUNTED[status]}`;
  });
  return counts.toReversed().join(', ');
}

const WORDS: Readonly<Record<PrecheckStatus, string>> = {
  fail: 'FAIL',
  warn: 'warn',
  'cannot-tell': '?',
  pass: 'ok',
};
const COUNTED: Readonly<Record<PrecheckStatus, string>> = {
  fail: 'failed',
  warn: 'to look at',
  'cannot-tell': 'cannot be told',
  pass: 'in order',
};
const STATUS_WIDTH = Math.max(...Object.values(WORDS).map(({ length }) => length));
/** A longer list of titles takes a line of its own. */
const TITLE_WIDTH_MAX = 30;
