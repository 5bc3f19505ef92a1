// Figures as text, and rows as a table. Pure.

import type { Figure } from './statistics.js';

/** Median and range. */
export function shown({ median, min, max }: Figure): string {
  return `${short(median)} [${short(min)}–${short(max)}]`;
}

/** Three digits that count; a benchmark knows no more. */
export function short(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** Markdown, so that it can be put into a document as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)];
}
