// What a file is that is said to be a logo: found out from its bytes, never from its name; refused with what to do about it. Pure.
// Only what stands still, is small, and cannot run or fetch anything is a logo. How it is served is another's affair.

import { crc32 } from 'node:zlib';

export interface Logo {
  readonly kind: 'png' | 'webp' | 'svg';
  readonly bytes: Uint8Array;
  /** For an SVG in its own units: only the proportion counts. */
  readonly width: number;
  readonly height: number;
}

export type LogoVerdict =
  | { readonly kind: 'logo'; readonly logo: Logo }
  | { readonly kind: 'refused'; readonly why: string };

/** With the heaviest page, and all that page needs, this stays below 60 KB: a phone on a slow line waits for no logo. */
export const LOGO_BYTES_MAX = 16 * 1024;
/** Pixels a side: a small file can unfold to a picture that no phone holds. */
export const LOGO_SIDE_MAX = 2048;

export function lookAtLogo(bytes: Uint8Array): LogoVerdict {
  if (bytes.length > LOGO_BYTES_MAX)
    return refused(`is ${kibibytes(bytes.length)} long, and a logo has at most ${kibibytes(LOGO_BYTES_MAX)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, PNG_SIGNATURE)) return lookAtPng(view);
  if (textAt(view, 0, 4) === 'RIFF' && textAt(view, 8, 4) === 'WEBP') return lookAtWebp(view);
  const text = utf8(bytes);
  if (text !== undefined && /<(?:[\w-]+:)?svg[\s>]/i.test(text)) return lookAtSvg(text, bytes);
  return refused('is no PNG, no WebP and no SVG, whatever it is called');
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const DAMAGED = 'is damaged, or not whole: save it anew';
const MOVES = 'moves: give one that stands still';

function lookAtPng(view: DataView): LogoVerdict {
  let size: { readonly width: number; readonly height: number } | undefined;
  // A chunk: length, type, data, checksum of type and data (W3C PNG §5.3).
  for (let at = PNG_SIGNATURE.length; at + 12 <= view.byteLength; ) {
    const length = view.getUint32(at);
    const type = textAt(view, at + 4, 4);
    const end = at + 12 + length;
    if (end > view.byteLength) return refused(DAMAGED);
    if (crc32(bytesOf(view, at + 4, length + 4)) !== view.getUint32(end - 4)) return refused(DAMAGED);
    if (type === 'IHDR' && length === 13) size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (type === 'acTL') return refused(MOVES);
    if (type === 'IEND') return size === undefined ? refused(DAMAGED) : sized('png', view, size);
    at = end;
  }
  return refused(DAMAGED);
}

function lookAtWebp(view: DataView): LogoVerdict {
  if (view.byteLength < 30 || view.getUint32(4, true) + 8 !== view.byteLength) return refused(DAMAGED);
  // The three forms of RFC 9649 §2.5 to §2.7.
  switch (textAt(view, 12, 4)) {
    case 'VP8X': {
      if ((view.getUint8(20) & 0x02) !== 0) return refused(MOVES);
      const side = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
      return sized('webp', view, { width: side(24), height: side(27) });
    }
    case 'VP8L': {
      if (view.getUint8(20) !== 0x2f) return refused(DAMAGED);
      const sides = view.getUint32(21, true);
      return sized('webp', view, { width: 1 + (sides & 0x3fff), height: 1 + ((sides >>> 14) & 0x3fff) });
    }
    case 'VP8 ': {
      const isKeyFrame = view.getUint16(23) === 0x9d01 && view.getUint8(25) === 0x2a;
      if (!isKeyFrame) return refused(DAMAGED);
      const side = (at: number) => view.getUint16(at, true) & 0x3fff;
      return sized('webp', view, { width: side(26), height: side(28) });
    }
    default:
      return refused(DAMAGED);
  }
}

function sized(kind: 'png' | 'webp', view: DataView, size: { width: number; height: number }): LogoVerdict {
  const { width, height } = size;
  if (width < 1 || height < 1) return refused(DAMAGED);
  if (Math.max(width, height) > LOGO_SIDE_MAX)
    return refused(`is ${width} × ${height} pixels, and a logo has at most ${LOGO_SIDE_MAX} a side`);
  return { kind: 'logo', logo: { kind, bytes: bytesOf(view, 0, view.byteLength), width, height } };
}

/**
 * What an SVG may not have. A browser that shows one as a picture runs and fetches nothing of it anyway, and whoever opens it by itself is
 * kept from that by its headers: this is the third lock, and tells the administrator at start instead of leaving a hole in the picture.
 */
const NOT_IN_SVG: readonly (readonly [RegExp, string])[] = [
  [/<!DOCTYPE|<!ENTITY/i, 'has a DOCTYPE: take it out'],
  [/<\?xml-stylesheet/i, 'fetches a style sheet: put its colours into the shapes'],
  [
    /<(?:[\w-]+:)?(?:script|foreignObject|iframe|a)[\s/>]/i,
    'has something in it that is no drawing (script, foreignObject, a link): take it out',
  ],
  [/<(?:[\w-]+:)?(?:animate\w*|set)[\s/>]/i, MOVES],
  [/[\s"'/]on[a-z]+\s*=/i, 'has a handler in it (an attribute that begins with `on`): take it out'],
  [
    /(?:href|src)\s*=\s*(?!["'](?:#|data:image\/(?:png|jpeg|webp)[;,]))/i,
    'fetches something from elsewhere: put it into the file',
  ],
  [/url\(\s*["']?(?!#)|@import/i, 'fetches something from elsewhere: put it into the file'],
];

function lookAtSvg(text: string, bytes: Uint8Array): LogoVerdict {
  for (const [pattern, why] of NOT_IN_SVG) if (pattern.test(text)) return refused(why);
  const root = /<svg(\s[^>]*)>/.exec(text)?.[1] ?? '';
  if (!/\sxmlns\s*=\s*["']http:\/\/www\.w3\.org\/2000\/svg["']/.test(root))
    return refused('does not say that it is an SVG: its first tag needs xmlns="http://www.w3.org/2000/svg"');
  const box = /\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']/.exec(root);
  const [width, height] = [Number(box?.[1]), Number(box?.[2])];
  if (!(width > 0 && height > 0)) return refused('has no size: its first tag needs a viewBox');
  return { kind: 'logo', logo: { kind: 'svg', bytes, width, height } };
}

const refused = (why: string): LogoVerdict => ({ kind: 'refused', why });
const kibibytes = (bytes: number) => `${Math.ceil(bytes / 102.4) / 10} KiB`;

function startsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, index) => bytes[index] === byte);
}

function bytesOf(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}

/** Shorter at the end of the file. */
function textAt(view: DataView, at: number, length: number): string {
  if (at >= view.byteLength) return '';
  return String.fromCharCode(...bytesOf(view, at, Math.min(length, view.byteLength - at)));
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes that are no text: said in the verdict.
    return undefined;
  }
}
