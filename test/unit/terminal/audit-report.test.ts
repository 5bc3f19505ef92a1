// The audit journal on a terminal: every entry one line, a verdict that says what to do with it, nothing that moves a cursor.

import { expect, test } from 'vitest';
import { CHAIN_START, chainEntry, verifyChain } from '../../../src/protocol/audit-chain.js';
import { auditLines, verdictLine } from '../../../src/terminal/audit-report.js';

const entry = chainEntry(CHAIN_START, {
  atMs: Date.UTC(2026, 0, 15),
  event: 'reset-answered',
  requestId: 'an-id',
  fields: { result: 'done', hostile: '\u001b[2J' },
});

test('an entry is one line, with what could steer a terminal written out', () => {
  expect(auditLines([])).toEqual([expect.stringContaining('no entry')]);
  expect(auditLines([entry])).toEqual([
    '1  2026-01-15T00:00:00.000Z  reset-answered  an-id  result=done  hostile=\\u{1b}[2J',
  ]);
});

test('an intact journal shows its head, an altered one where it breaks', () => {
  expect(verdictLine(verifyChain(CHAIN_START, [entry]))).toContain(entry.hash);
  expect(verdictLine(verifyChain(CHAIN_START, [{ ...entry, hash: '0'.repeat(64) }]))).toMatch(/^broken: entry 1 /);
});
