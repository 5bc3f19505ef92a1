// Plants a canary password and looks for it in every byte the agent’s database leaves on the disk.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentDatabase } from '../../../../src/agent/sqlite/agent-database.js';
import { SqliteAuditJournal } from '../../../../src/agent/sqlite/sqlite-audit-journal.js';
import { SqliteLedger } from '../../../../src/agent/sqlite/sqlite-ledger.js';
import { fromBase64Url } from '../../../../src/protocol/base64url.js';
import { GUARDRAILS, WriteBackBench } from '../../../support/write-back-bench.js';

const CANARY = 'Canary-sings-7-times';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-canary-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Every byte of every file of the database, the write-ahead log included. */
function everyByte(): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

describe('the database, after a reset of every ending', () => {
  it('holds the answers and their traces, and neither the password nor what it was sealed to', async () => {
    using database = AgentDatabase.open(join(folder, 'agent.db'));
    const bench = await WriteBackBench.make(new SqliteLedger(database));
    const journal = new SqliteAuditJournal(database);
    const handler = bench.start({ journal, guardrails: { ...GUARDRAILS, perAccountPerHour: 100, perMinute: 100 } });
    bench.writer.script.push(
      { kind: 'applied' },
      { kind: 'refused-by-policy', rules: ['in-history'], evidence: { ldapResultCode: 19, win32: '0000052D' } },
      { kind: 'lost-after-applying' },
      { kind: 'lost-before-applying' },
      { kind: 'not-sent' },
    );
    const requests = await Promise.all(Array.from({ length: 6 }, () => bench.reset({ password: CANARY })));
    for (const request of requests) await handler.handle(request, bench.never);
    await bench.resetOnce(handler, { password: CANARY, sealedFor: { notAfterMs: 1 } });

    expect(journal.latest(10)).toHaveLength(7);
    expect(journal.verify().kind).toBe('intact');
    const bytes = everyByte();
    const [first] = requests;
    if (first === undefined) throw new Error('there are six requests');
    // The search itself works: what must be there is found.
    expect(bytes.includes(first.resetId)).toBe(true);
    expect(bytes.includes(CANARY)).toBe(false);
    expect(bytes.includes(Buffer.from(CANARY, 'utf16le'))).toBe(false);
    expect(bytes.includes(Buffer.from(CANARY).toString('base64').slice(0, 20))).toBe(false);
    for (const { sealed } of requests) {
      expect(bytes.includes(sealed.ciphertext.slice(0, 40))).toBe(false);
      expect(bytes.includes(Buffer.from(fromBase64Url(sealed.ciphertext)).subarray(0, 32))).toBe(false);
    }
  });
});
