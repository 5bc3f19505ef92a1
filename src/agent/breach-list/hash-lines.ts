// Reads lines of `HASH:COUNT` out of a block of a breach list and holds them to their form and order. Pure.
// Never quotes a line: which one was looked at says which password was asked for.

import { BreachListUnusable } from '../passwords/breached-passwords.js';

export interface HashLine {
  /** 40 upper-case hexadecimal digits. */
  readonly hash: string;
  readonly timesSeen: number;
  /** Where the line begins, and where the next one does, in bytes from the start of the file. */
  readonly startByte: number;
  readonly endByte: number;
}

export interface Block {
  readonly bytes: Buffer;
  readonly startByte: number;
  /** What the block begins with: the start of a line, or perhaps the middle of one, which is then left out. */
  readonly begins: 'at-a-line' | 'anywhere';
  /** What it ends with: the end of the file, or perhaps the middle of a line, which is then left out. */
  readonly ends: 'at-the-end' | 'anywhere';
}

/** The whole lines of a block, at least one. Throws BreachListUnusable when there is none, or they are not as they have to be. */
export function linesOf(block: Block): HashLine[] {
  // One byte is one character: what is not ASCII cannot be in such a file, and fails the form below.
  const text = block.bytes.toString('latin1');
  let at = block.begins === 'at-a-line' ? 0 : text.indexOf('\n') + 1;
  if (at === 0 && block.begins === 'anywhere') throw malformed(block.startByte);
  const lines: HashLine[] = [];
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    if (newline === -1 && block.ends === 'anywhere') break;
    const end = newline === -1 ? text.length : newline + 1;
    const line = readLine(text.slice(at, end), { startByte: block.startByte + at, endByte: block.startByte + end });
    const before = lines.at(-1);
    if (before !== undefined && before.hash > line.hash) throw unsorted(line.startByte);
    lines.push(line);
    at = end;
  }
  if (lines.length === 0) throw malformed(block.startByte);
  return lines;
}

function readLine(line: string, place: { readonly startByte: number; readonly endByte: number }): HashLine {
  const match = /^([0-9A-Fa-f]{40}):([0-9]{1,15})\r?\n?$/.exec(line);
  if (match?.[1] !== undefined) return { hash: match[1].toUpperCase(), timesSeen: Number(match[2]), ...place };
  // NTLM is MD4, which OpenSSL 3, and so this Node, no longer computes.
  if (/^[0-9A-Fa-f]{32}:[0-9]{1,15}\r?\n?$/.test(line)) {
    throw new BreachListUnusable('the breach list holds NTLM hashes: use the list of SHA-1 hashes, ordered by hash');
  }
  throw malformed(place.startByte);
}

function malformed(byte: number): BreachListUnusable {
  return new BreachListUnusable(
    `the breach list is not made of lines HASH:COUNT with 40 hexadecimal digits (near byte ${byte}): get the file again`,
  );
}

export function unsorted(byte: number): BreachListUnusable {
  return new BreachListUnusable(
    `the breach list is not in the order of its hashes (near byte ${byte}): use the one ordered by hash, or sort it with LC_ALL=C sort`,
  );
}
