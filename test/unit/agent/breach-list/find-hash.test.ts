// How many reads a look-up takes on a list of forty gigabytes that is made up as it is read; and that it finds what is there only.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ByteSource,
  examineList,
  findHash,
  READ_BYTES_MAX,
  READS_MAX,
} from '../../../../src/agent/breach-list/find-hash.js';
import { BreachListUnusable } from '../../../../src/agent/passwords/breached-passwords.js';

/** Counts the reads, and holds each to its limit. */
class CountingSource implements ByteSource {
  readonly sizeBytes: number;
  reads = 0;
  readonly #bytesAt: (startByte: number, lengthBytes: number) => Buffer;

  constructor(sizeBytes: number, bytesAt: (startByte: number, lengthBytes: number) => Buffer) {
    this.sizeBytes = sizeBytes;
    this.#bytesAt = bytesAt;
  }

  async read(startByte: number, lengthBytes: number): Promise<Buffer> {
    this.reads += 1;
    expect(lengthBytes).toBeLessThanOrEqual(READ_BYTES_MAX);
    expect(startByte).toBeGreaterThanOrEqual(0);
    expect(startByte + lengthBytes).toBeLessThanOrEqual(this.sizeBytes);
    return this.#bytesAt(startByte, lengthBytes);
  }
}

function listOf(text: string): CountingSource {
  const bytes = Buffer.from(text, 'latin1');
  return new CountingSource(bytes.length, (start, length) => bytes.subarray(start, start + length));
}

/** A list that exists only where it is read: `hashAt` gives the hash of each line, ascending. */
function listMadeUp(lineCount: number, hashAt: (line: number) => string): CountingSource {
  const lineOf = (line: number) =>
    `${hashAt(line)}:${String(1 + (line % 999_983)).padStart(6, '0')}`.slice(0, 47).concat('\n');
  const lineBytes = 48;
  return new CountingSource(lineCount * lineBytes, (startByte, lengthBytes) => {
    const first = Math.floor(startByte / lineBytes);
    const last = Math.floor((startByte + lengthBytes - 1) / lineBytes);
    const text = Array.from({ length: last - first + 1 }, (_, index) => lineOf(first + index)).join('');
    return Buffer.from(text, 'latin1').subarray(
      startByte - first * lineBytes,
      startByte - first * lineBytes + lengthBytes,
    );
  });
}

const LINES = 850_000_000;
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();
/**
 * As sorted hashes are: even as a whole, and off by about the square root of the number of lines in every stretch, long or short,
 * which is what keeps a guess from being right at once.
 */
const spread = (line: number) => {
  const share = (1n << 160n) / BigInt(LINES);
  let off = 0;
  for (let stretch = 0; stretch < 18; stretch += 1) {
    const turns = (line / LINES) * 2 ** stretch + stretch / 7;
    off += 0.7 * Math.sqrt(LINES / 2 ** stretch) * Math.sin(2 * Math.PI * turns);
  }
  // Nothing is off at the two ends, and two lines never change places: the waves are flatter than one line is wide.
  const place =
    line + Number.parseInt(sha1(String(line)).slice(0, 4), 16) / 0x20000 + off * Math.sin((Math.PI * line) / LINES);
  return ((BigInt(Math.floor(place * 2 ** 20)) * share) >> 20n).toString(16).toUpperCase().padStart(40, '0');
};
/** As they never are: all but the last with the same first 32 digits, so that every guess is wrong. */
const crowded = (line: number) =>
  line === LINES - 1 ? 'F'.repeat(40) : `${'0'.repeat(32)}${line.toString(16).toUpperCase().padStart(8, '0')}`;

const someLines = fc.noBias(fc.integer({ min: 0, max: LINES - 1 }));

describe('a list of 850 million lines, 40 gigabytes', () => {
  it('is asked with about three reads where hashes are spread as they should be, and never with more than six', async () => {
    const counts: number[] = [];
    await fc.assert(
      fc.asyncProperty(someLines, async (line) => {
        const source = listMadeUp(LINES, spread);
        expect((await findHash(source, spread(line)))?.hash).toBe(spread(line));
        counts.push(source.reads);
      }),
      { numRuns: 200 },
    );
    expect(Math.max(...counts)).toBeLessThanOrEqual(6);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeLessThanOrEqual(3.5);
  });

  it('is asked as fast for what it does not have', async () => {
    for (const password of ['seven otters sing', 'brick lantern', 'Tuesday soup', '']) {
      const source = listMadeUp(LINES, spread);
      expect(await findHash(source, sha1(password))).toBeUndefined();
      expect(source.reads).toBeLessThanOrEqual(6);
    }
  });

  it('never takes more reads than the limit, however its hashes are spread', async () => {
    await fc.assert(
      fc.asyncProperty(someLines, async (line) => {
        const source = listMadeUp(LINES, crowded);
        expect((await findHash(source, crowded(line)))?.startByte).toBe(line * 48);
        expect(source.reads).toBeLessThanOrEqual(READS_MAX);
      }),
      { numRuns: 50 },
    );
  });

  it('is examined with a few reads', async () => {
    const source = listMadeUp(LINES, spread);
    expect(await examineList(source)).toEqual({ sizeBytes: LINES * 48, linesAbout: LINES });
    expect(source.reads).toBe(16);
  });
});

describe('a look-up', () => {
  const hashes = fc.uniqueArray(
    fc.nat(99_999).map((value) => sha1(String(value))),
    { minLength: 1, maxLength: 400 },
  );

  it('finds every line of a list with what it says, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(hashes, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (all, lineEnd, endsWithIt) => {
        const sorted = all.toSorted();
        const text = sorted.map((hash, index) => `${hash}:${7 ** (index % 11)}`).join(lineEnd);
        const source = listOf(endsWithIt ? text + lineEnd : text);
        for (const [index, hash] of sorted.entries()) {
          expect((await findHash(source, hash))?.timesSeen).toBe(7 ** (index % 11));
        }
        for (const other of ['0'.repeat(40), 'F'.repeat(40), ...sorted.slice(0, 20).map((hash) => sha1(hash))]) {
          if (!sorted.includes(other)) expect(await findHash(source, other)).toBeUndefined();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('reads hashes of either case, and a hash that is there twice', async () => {
    const [low, high] = [sha1('a'), sha1('b')].toSorted();
    const text = `${low?.toLowerCase()}:3\n${high}:4\n${high}:4\n`;
    expect((await findHash(listOf(text), low ?? ''))?.timesSeen).toBe(3);
    expect((await findHash(listOf(text), high ?? ''))?.timesSeen).toBe(4);
  });
});

describe('what is not such a list', () => {
  const lines = Array.from({ length: 5000 }, (_, index) => sha1(String(index)));
  const asked = sha1('seven otters sing');

  it.each([
    ['is empty', '', /is empty/],
    ['is ordered by how often', lines.map((hash, index) => `${hash}:${9999 - index}\n`).join(''), /not in the order/],
    [
      'is in falling order',
      lines
        .toSorted()
        .toReversed()
        .map((hash) => `${hash}:1\n`)
        .join(''),
      /not in the order/,
    ],
    [
      'holds NTLM hashes',
      lines
        .toSorted()
        .map((hash) => `${hash.slice(8)}:1\n`)
        .join(''),
      /NTLM hashes/,
    ],
    [
      'holds no counts',
      lines
        .toSorted()
        .map((hash) => `${hash}\n`)
        .join(''),
      /not made of lines/,
    ],
    ['is text', 'password\n123456\n', /not made of lines/],
    ['has no line ends', lines.toSorted().join(''), /not made of lines/],
    ['is a web page', `<!doctype html><html>${'x'.repeat(9000)}</html>`, /not made of lines/],
    [
      'is in UTF-16',
      Buffer.from(
        lines
          .toSorted()
          .map((hash) => `${hash}:1\n`)
          .join(''),
        'utf16le',
      ).toString('latin1'),
      /not made of lines/,
    ],
  ])('%s: says so instead of "not listed"', async (_name, text, message) => {
    await expect(findHash(listOf(text), asked)).rejects.toThrow(BreachListUnusable);
    await expect(findHash(listOf(text), asked)).rejects.toThrow(message);
    await expect(examineList(listOf(text))).rejects.toThrow(BreachListUnusable);
  });

  it('never is quoted, nor is what was asked', async () => {
    const failure = await findHash(listOf('password:1\n'), asked).catch(String);
    expect(failure).not.toMatch(/password|[0-9A-F]{20}/);
  });

  it('whose halves were put together in the wrong order is found out by an examination', async () => {
    const sorted = lines.toSorted().map((hash) => `${hash}:1\n`);
    const swapped = [...sorted.slice(2500), ...sorted.slice(0, 2500)].join('');
    await expect(examineList(listOf(swapped))).rejects.toThrow(/not in the order/);
  });
});
