// Writes a sheet as a PNG of sixteen colours between paper and ink (PNG specification, third edition: indexed, four bits).
// Small on purpose, and the same everywhere: nothing of the machine or the time is in the file.

import { crc32, deflateSync } from 'node:zlib';
import type { Sheet } from './canvas.js';

export type Colour = readonly [red: number, green: number, blue: number];

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const LEVELS = 16;

export function pngOf(sheet: Sheet, colours: { readonly paper: Colour; readonly ink: Colour }): Uint8Array {
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(sheet)),
    chunk('PLTE', palette(colours)),
    chunk('IDAT', deflateSync(rows(sheet), { level: 6 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function header(sheet: Sheet): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, sheet.width);
  view.setUint32(4, sheet.height);
  // Four bits a pixel, colours by index; compression, filter and interlacing are the only or plainest ones: 0.
  bytes.set([4, 3, 0, 0, 0], 8);
  return bytes;
}

function palette({ paper, ink }: { paper: Colour; ink: Colour }): Uint8Array {
  return Uint8Array.from({ length: LEVELS * 3 }, (_, at) => {
    const [channel, level] = [at % 3, Math.floor(at / 3) / (LEVELS - 1)];
    return Math.round((paper[channel] ?? 0) * (1 - level) + (ink[channel] ?? 0) * level);
  });
}

/** Each row: filter 0, then two pixels a byte, the left one in the high half. */
function rows(sheet: Sheet): Uint8Array {
  const stride = 1 + Math.ceil(sheet.width / 2);
  const bytes = new Uint8Array(stride * sheet.height);
  sheet.ink.forEach((ink, pixel) => {
    const x = pixel % sheet.width;
    const at = Math.floor(pixel / sheet.width) * stride + 1 + (x >> 1);
    const level = Math.round(Math.min(1, Math.max(0, ink)) * (LEVELS - 1));
    bytes[at] = (bytes[at] ?? 0) | (x % 2 === 0 ? level << 4 : level);
  });
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}
