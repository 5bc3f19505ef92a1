// Logos for tests, made from nothing: a PNG of any size and length, WebP heads, and an SVG.

import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const ascii = (text: string) => new TextEncoder().encode(text);

function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([ascii(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

export interface PngOptions {
  readonly width?: number;
  readonly height?: number;
  /** Filled up to this length with what no compression makes smaller. */
  readonly bytes?: number;
  readonly extraChunk?: string;
}

/** A disc in the middle of nothing, so that what is behind it is seen. */
export function aPng(options: PngOptions = {}): Uint8Array {
  const { width = 160, height = 40, bytes, extraChunk } = options;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isInside = (x - width / 2) ** 2 / (width / 2) ** 2 + (y - height / 2) ** 2 / (height / 2) ** 2 <= 1;
      if (isInside) rows.set([0x7a, 0x1f, 0x5c, 0xff], y * (width * 4 + 1) + 1 + x * 4);
    }
  }
  const parts = (filling: Buffer[]) =>
    Buffer.concat([
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      ...(extraChunk === undefined ? [] : [chunk(extraChunk, new Uint8Array(8))]),
      ...filling,
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', new Uint8Array(0)),
    ]);
  const plain = parts([]);
  if (bytes === undefined) return new Uint8Array(plain);
  // Noise, the same at every run.
  const filling = createHash('shake256', { outputLength: bytes - plain.length - 12 }).digest();
  return new Uint8Array(parts([chunk('noIz', filling)]));
}

/** The first chunk of a WebP with this content: enough to be told by. */
export function aWebp(kind: 'VP8X' | 'VP8L' | 'VP8 ', content: readonly number[]): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const body = Buffer.concat([ascii('WEBP'), ascii(kind), size, new Uint8Array(content)]);
  size.writeUInt32LE(body.length);
  return new Uint8Array(Buffer.concat([ascii('RIFF'), size, body]));
}

export function anSvg(
  inside = '<circle cx="20" cy="20" r="18" fill="#7a1f5c"/>',
  root = 'viewBox="0 0 160 40"',
): Uint8Array {
  return ascii(`<svg xmlns="http://www.w3.org/2000/svg" ${root}>${inside}</svg>`);
}
