// The picture: a valid PNG of the promised size, whose answer is made of distinct characters only and never told beside it.

import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { matchesAnswer } from '../../../../src/front-door/captcha/answers.js';
import { ALPHABET } from '../../../../src/front-door/captcha/glyphs.js';
import {
  CHARACTERS,
  makePictureChallenge,
  PICTURE_HEIGHT_PX,
  PICTURE_WIDTH_PX,
} from '../../../../src/front-door/captcha/picture-challenge.js';
import { seededRandom } from './seeded-random.js';

const challenges = Array.from({ length: 12 }, (_, seed) => makePictureChallenge(seededRandom(seed + 1)));

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png);
  const chunks: Chunk[] = [];
  let at = 8;
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at);
    const typed = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(typed));
    chunks.push({ type: typed.toString('latin1', 0, 4), data: typed.subarray(4) });
    at += 12 + length;
  }
  return chunks;
}

function pixelsOf(png: Uint8Array): number[] {
  const rows = inflateSync(chunksOf(png).find(({ type }) => type === 'IDAT')?.data ?? Buffer.alloc(0));
  const stride = 1 + PICTURE_WIDTH_PX / 2;
  expect(rows.length).toBe(stride * PICTURE_HEIGHT_PX);
  return [...rows].flatMap((byte, at) => (at % stride === 0 ? [] : [byte >> 4, byte & 15]));
}

test('a picture is a whole PNG of the promised size', () => {
  for (const { png } of challenges) {
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
    const chunks = chunksOf(png);
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    expect(chunks[0]?.data.readUInt32BE(0)).toBe(PICTURE_WIDTH_PX);
    expect(chunks[0]?.data.readUInt32BE(4)).toBe(PICTURE_HEIGHT_PX);
  }
});

test('a picture shows something: neither blank paper nor a blot', () => {
  for (const { png } of challenges) {
    const pixels = pixelsOf(png);
    const inked = pixels.filter((level) => level > 7).length / pixels.length;
    expect(inked).toBeGreaterThan(0.05);
    expect(inked).toBeLessThan(0.4);
  }
});

test('the same bytes of randomness make the same picture, others make another', () => {
  expect(makePictureChallenge(seededRandom(7))).toEqual(makePictureChallenge(seededRandom(7)));
  expect(new Set(challenges.map(({ png }) => Buffer.from(png).toString('base64'))).size).toBe(challenges.length);
});

test('an answer has six characters, none of which people confuse with another', () => {
  for (const { answer } of challenges) {
    expect(answer).toHaveLength(CHARACTERS);
    expect([...answer].every((character) => ALPHABET.some((known) => known === character))).toBe(true);
  }
  for (const group of ['0OQD', '1IL', '2Z', '5S', '6GC', '8B', 'KXYVU', 'T7', 'EF']) {
    const left = [...group].filter((character) => ALPHABET.some((known) => known === character));
    expect(left.length, group).toBeLessThanOrEqual(1);
  }
});

test('an answer is right in any case and with spaces, and wrong with one character changed or missing', () => {
  for (const { answer } of challenges) {
    expect(matchesAnswer([answer], `  ${answer.toLowerCase()} `)).toBe(true);
    expect(matchesAnswer([answer], [...answer].join(' '))).toBe(true);
    expect(matchesAnswer([answer], answer.slice(1))).toBe(false);
    expect(matchesAnswer([answer], `${answer}A`)).toBe(false);
    expect(matchesAnswer([answer], `${answer.slice(0, -1)}0`)).toBe(false);
  }
});

test('nothing typed is never right, and neither is a very long text', () => {
  expect(matchesAnswer(['ACE'], '')).toBe(false);
  expect(matchesAnswer(['ACE'], ' . - ')).toBe(false);
  expect(matchesAnswer([''], '')).toBe(false);
  expect(matchesAnswer([], 'ACE')).toBe(false);
  expect(matchesAnswer(['ACE'], `ACE${' '.repeat(100)}`)).toBe(false);
});
