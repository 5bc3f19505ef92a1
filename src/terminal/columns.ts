// Rows as columns below their headings, for a terminal. Pure. Cells may be others' text: what could steer a terminal is written out.

import { printable } from './printable.js';

/** One line for the headings and one for each row; cells of a column begin in one place. Nothing is cut. */
export function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [headings.map((heading) => heading.toUpperCase()), ...rows.map((row) => row.map(printable))];
  const widths = headings.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)));
  return lines.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
