// What the command prints and ends with; nothing of a directory reaches a terminal as an escape.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Finding, precheckOf } from '../../../../src/agent/health/precheck.js';
import { PRECHECKS } from '../../../../src/agent/health/precheck-catalogue.js';
import { exitCodeOf, reportJson, reportLines } from '../../../../src/agent/health/report.js';

const found = (directoryId: string, changes: Partial<Finding> = {}) =>
  precheckOf(directoryId, { code: 'bind', status: 'pass', target: 'ldaps://dc1', detail: 'accepted', ...changes });

test('the worst comes first, in columns, with what to do below, and the last line counts', () => {
  const lines = reportLines([
    found('corp'),
    found('corp', { code: 'clock', status: 'warn', detail: '70 s behind this machine', advice: 'set it' }),
    found('corp', { code: 'base-dn', status: 'fail', target: 'DC=corp', detail: 'is not there', advice: 'correct it' }),
    found('labs'),
  ]);

  expect(lines).toEqual([
    'directory corp',
    '  FAIL  base DN  DC=corp: is not there',
    '        → correct it',
    '  warn  clock    ldaps://dc1: 70 s behind this machine',
    '        → set it',
    '  ok    sign-in  ldaps://dc1: accepted',
    '',
    'directory labs',
    '  ok    sign-in  ldaps://dc1: accepted',
    '',
    '2 in order, 0 cannot be told, 1 to look at, 1 failed',
  ]);
});

test('what cannot be told for one reason is told once', () => {
  const detail = 'cannot be looked at before this passes: sign-in';
  const lines = reportLines([
    found('corp', { code: 'base-dn', status: 'cannot-tell', target: 'DC=corp', detail }),
    found('corp', { code: 'right-reset-password', status: 'cannot-tell', target: 'OU=Staff', detail }),
    found('corp', { code: 'right-unlock', status: 'cannot-tell', target: 'OU=Staff', detail }),
  ]);

  expect(lines.slice(1, 3)).toEqual([
    '  ?     base DN, right: Reset Password, right: unlock',
    expect.stringMatching(/^ +DC=corp, OU=Staff: cannot be looked at before this passes: sign-in$/),
  ]);
});

test('control characters and invisible ones are shown escaped', () => {
  const text = reportLines([found('corp', { status: 'fail', target: 'CN=\u001b[31mEve', detail: '\u202egnp' })]).join(
    '\n',
  );

  expect(text).toContain('CN=\\u{1b}[31mEve: \\u{202e}gnp');
});

test.each([
  ['pass', 0],
  ['fail', 1],
  ['warn', 3],
  ['cannot-tell', 4],
] as const)('%s ends with %i, in JSON too', (status, exitCode) => {
  const prechecks = [found('corp'), found('corp', { status })];

  expect(exitCodeOf(prechecks)).toBe(exitCode);
  expect(JSON.parse(reportJson(prechecks))).toMatchObject({ status, exitCode, prechecks: [{ title: 'sign-in' }, {}] });
});

test('every check stands in the operations guide, and none that is not there', () => {
  const guide = readFileSync('docs/operations.md', 'utf8');
  const section = guide.slice(
    guide.indexOf('## What `agent check` looks at'),
    guide.indexOf('## The local kill switch'),
  );
  const cells = [...section.matchAll(/^\| ((?:`[a-z-]+` ?)+)\|/gm)].map((match) => match[1] ?? '');
  const told = cells.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]));

  expect(told.toSorted()).toEqual(Object.keys(PRECHECKS).toSorted());
});
