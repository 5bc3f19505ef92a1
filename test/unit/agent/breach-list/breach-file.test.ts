// The list as a file on disk: not there yet, replaced while the agent runs, cut short, and never loaded.

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BreachFile } from '../../../../src/agent/breach-list/breach-file.js';
import { BreachListUnusable, sha1Of } from '../../../../src/agent/passwords/breached-passwords.js';
import { systemClock } from '../../../../src/timing/clock.js';

let folder: string;
const file = () => join(folder, 'breached.txt');
const NEVER = new AbortController().signal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-breached-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const hashOf = (password: string) => sha1Of(new TextEncoder().encode(password));

function writeList(passwords: readonly string[], into = file()): void {
  const lines = passwords.map((password, index) => `${hashOf(password)}:${index + 1}`).toSorted();
  writeFileSync(into, `${lines.join('\r\n')}\r\n`);
}

describe('a breach list on disk', () => {
  it('is asked by the SHA-1 of the UTF-8 bytes', () => {
    expect(hashOf('password')).toBe('5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8');
    expect(hashOf('Grüße')).toBe(createHash('sha1').update('Grüße', 'utf8').digest('hex').toUpperCase());
  });

  it('says how often a password was seen, and that another was not', async () => {
    writeList(Array.from({ length: 20_000 }, (_, index) => `password ${index}`));
    const list = new BreachFile({ file: file(), clock: systemClock });
    expect(await list.timesSeen(hashOf('password 0'), NEVER)).toBe(1);
    expect(await list.timesSeen(hashOf('password 19999'), NEVER)).toBe(20_000);
    expect(await list.timesSeen(hashOf('password 20000'), NEVER)).toBe(0);
    expect((await list.examine(NEVER)).linesAbout).toBeGreaterThan(19_000);
  });

  it('may come later, and be replaced at any time', async () => {
    const list = new BreachFile({ file: file(), clock: systemClock });
    await expect(list.timesSeen(hashOf('a'), NEVER)).rejects.toThrow(/cannot read the breach list .*ENOENT/);
    writeList(['a']);
    expect(await list.timesSeen(hashOf('a'), NEVER)).toBe(1);
    writeList(['b', 'a'], join(folder, 'next'));
    renameSync(join(folder, 'next'), file());
    expect(await list.timesSeen(hashOf('a'), NEVER)).toBe(2);
  });

  it('is asked by several at once, each with its own answer', async () => {
    const passwords = Array.from({ length: 200 }, (_, index) => `password ${index}`);
    writeList(passwords);
    const list = new BreachFile({ file: file(), clock: systemClock });
    const answers = await Promise.all(passwords.map((password) => list.timesSeen(hashOf(password), NEVER)));
    expect(answers).toEqual(passwords.map((_, index) => index + 1));
  });

  it('that is a folder is no list', async () => {
    mkdirSync(file());
    const list = new BreachFile({ file: file(), clock: systemClock });
    await expect(list.timesSeen(hashOf('a'), NEVER)).rejects.toThrow(BreachListUnusable);
    await expect(list.examine(NEVER)).rejects.toThrow(BreachListUnusable);
  });

  it('is not asked for somebody who no longer waits', async () => {
    writeList(['a']);
    const list = new BreachFile({ file: file(), clock: systemClock });
    await expect(list.timesSeen(hashOf('a'), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});
