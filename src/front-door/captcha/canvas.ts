// A sheet of grey levels that can be drawn on with a round pen. Pure: no native canvas, no font, no dependency.
// Ink is 0 (paper) to 1 (full). Drawing outside the sheet is harmless.

import type { Point } from './glyphs.js';

export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Row by row, `width * height` levels of ink. */
  readonly ink: Float32Array;
}

export function blankSheet(width: number, height: number): Sheet {
  return { width, height, ink: new Float32Array(width * height) };
}

/** `ink` 1 draws and 0 erases; the edge of the pen is softened over one pixel. */
export interface Pen {
  readonly radius: number;
  readonly ink: number;
}

/** Draws a line through the points. */
export function drawLine(sheet: Sheet, points: readonly Point[], pen: Pen): void {
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1];
    const to = points[index];
    if (from !== undefined && to !== undefined) drawSegment(sheet, from, to, pen);
  }
}

function drawSegment(sheet: Sheet, from: Point, to: Point, pen: Pen): void {
  const reach = pen.radius + 1;
  const distance = distanceTo(from, to);
  const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - reach));
  const right = Math.min(sheet.width - 1, Math.ceil(Math.max(from[0], to[0]) + reach));
  const top = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach));
  const bottom = Math.min(sheet.height - 1, Math.ceil(Math.max(from[1], to[1]) + reach));
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const cover = Math.min(1, Math.max(0, pen.radius + 0.5 - distance(x, y)));
      if (cover > 0) blend(sheet, y * sheet.width + x, pen.ink, cover);
    }
  }
}

function blend(sheet: Sheet, at: number, ink: number, cover: number): void {
  const before = sheet.ink[at] ?? 0;
  // A stroke that crosses itself must not grow darker at its soft edge than its pen.
  const after = before + (ink - before) * cover;
  sheet.ink[at] = ink > 0 ? Math.max(before, after) : after;
}

/** The distance from any point to one segment. Numbers, not points: it is asked for every pixel. */
function distanceTo([x1, y1]: Point, [x2, y2]: Point): (x: number, y: number) => number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const squared = dx * dx + dy * dy;
  return (x, y) => {
    const along = squared === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / squared;
    const within = Math.min(1, Math.max(0, along));
    const [away, off] = [x - (x1 + within * dx), y - (y1 + within * dy)];
    return Math.sqrt(away * away + off * off);
  };
}
