// Finds one hash in a sorted list of any size with a few small reads: where it should be, if hashes are as evenly spread as they
// should be, and by halves when they are not. Knows bytes by a function only; keeps nothing between two questions.

import { BreachListUnusable } from '../passwords/breached-passwords.js';
import { type HashLine, linesOf, unsorted } from './hash-lines.js';

export interface ByteSource {
  readonly sizeBytes: number;
  /** Exactly these bytes; throws when they are not there any more. */
  read(startByte: number, lengthBytes: number): Promise<Buffer>;
}

/** One read is never longer. Some ninety lines, far more than one. */
export const READ_BYTES_MAX = 4096;
/**
 * A look-up never takes more reads. Guesses first: where hashes are spread as hashes are, the second or third is right. Then
 * halves: 2^32 blocks are 16 TiB. A list that still is not decided then is not in order.
 */
export const READS_MAX = 40;
const GUESSES_MAX = 8;

/** Where the line must be, if it is there: both ends are starts of lines, between hashes that were seen. */
interface Range {
  readonly startByte: number;
  readonly endByte: number;
  readonly above: string;
  readonly below: string;
}

/** The line with this hash (upper case), or undefined when it is not there. Throws BreachListUnusable. */
export async function findHash(source: ByteSource, hash: string): Promise<HashLine | undefined> {
  let range: Range = { startByte: 0, endByte: source.sizeBytes, above: LOWEST, below: HIGHEST };
  if (source.sizeBytes === 0) throw empty();
  for (let reads = 0; reads < READS_MAX; reads += 1) {
    if (range.startByte >= range.endByte) return undefined;
    const lines = await readLines(source, range, reads < GUESSES_MAX ? guess(range, hash) : HALF);
    const [first, last] = [lines[0], lines.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    if (first.hash < range.above || last.hash > range.below) throw unsorted(first.startByte);
    if (hash < first.hash) range = { ...range, endByte: first.startByte, below: first.hash };
    else if (hash > last.hash) range = { ...range, startByte: last.endByte, above: last.hash };
    else return lines.find((line) => line.hash === hash);
  }
  throw unsorted(range.startByte);
}

export interface ListFacts {
  readonly sizeBytes: number;
  /** About how many lines, from the length of those that were read. */
  readonly linesAbout: number;
}

/** Reads a few blocks from the first to the last, and holds them to the form and order of the whole. Throws BreachListUnusable. */
export async function examineList(source: ByteSource): Promise<ListFacts> {
  if (source.sizeBytes === 0) throw empty();
  const whole: Range = { startByte: 0, endByte: source.sizeBytes, above: LOWEST, below: HIGHEST };
  let [lineCount, lineBytes, before] = [0, 0, LOWEST];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const lines = await readLines(source, whole, sample / (SAMPLES - 1));
    const [first, last] = [lines[0], lines.at(-1)];
    if (first === undefined || last === undefined) break;
    // Blocks of a short list overlap: only what lies wholly behind the block before can be compared with it.
    if (source.sizeBytes > SAMPLES * READ_BYTES_MAX * 2 && first.hash < before) throw unsorted(first.startByte);
    before = last.hash;
    lineCount += lines.length;
    lineBytes += last.endByte - first.startByte;
  }
  return {
    sizeBytes: source.sizeBytes,
    linesAbout: Math.round((source.sizeBytes * lineCount) / Math.max(1, lineBytes)),
  };
}

const SAMPLES = 16;
const LOWEST = '0'.repeat(40);
const HIGHEST = 'F'.repeat(40);
const HALF = 0.5;

/** Reads one block around `share` of the range. The range's own ends are ends of lines; a block's are only by chance. */
async function readLines(source: ByteSource, range: Range, share: number): Promise<HashLine[]> {
  const length = range.endByte - range.startByte;
  const blockBytes = Math.min(READ_BYTES_MAX, length);
  const middle = Math.floor(length * share - blockBytes / 2);
  const startByte = range.startByte + Math.max(0, Math.min(middle, length - blockBytes));
  return linesOf({
    bytes: await source.read(startByte, blockBytes),
    startByte,
    begins: startByte === range.startByte ? 'at-a-line' : 'anywhere',
    ends: startByte + blockBytes === range.endByte ? 'at-the-end' : 'anywhere',
  });
}

/** How far into the range the hash should be. Twelve digits are 48 bits, which a number holds exactly. */
function guess(range: Range, hash: string): number {
  const [above, below, sought] = [range.above, range.below, hash].map((digits) =>
    Number.parseInt(digits.slice(0, 12), 16),
  );
  if (above === undefined || below === undefined || sought === undefined || below <= above) return HALF;
  return Math.min(1, Math.max(0, (sought - above) / (below - above)));
}

function empty(): BreachListUnusable {
  return new BreachListUnusable('the breach list is empty: get the file again');
}
