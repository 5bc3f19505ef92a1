// Makes a picture of bent characters that a person reads at a glance, and a program has to work for.
// Pure but for the random bytes it is given. That a picture is used once, and for how long, is its keeper's to hold.

import { blankSheet, drawLine, type Sheet } from './canvas.js';
import { ALPHABET, type GlyphName, type Point, strokesOf } from './glyphs.js';
import { type Colour, pngOf } from './png.js';
import { drawBelow, drawBetween, drawOne, type RandomBytes } from './random-draws.js';

export interface PictureChallenge {
  readonly kind: 'picture';
  /** In capitals. Compare with matchesAnswer. */
  readonly answer: string;
  readonly png: Uint8Array;
}

export const CHARACTERS = 6;
/** Twice the size it is shown at (240 × 80), for dense screens. */
export const PICTURE_WIDTH_PX = 480;
export const PICTURE_HEIGHT_PX = 160;

// A sheet of its own paper: it stands out on a light page and on a dark one, and needs no second picture.
const PAPER: Colour = [236, 226, 208];
const INK: Colour = [38, 52, 54];

export function makePictureChallenge(random: RandomBytes): PictureChallenge {
  const glyphs = Array.from({ length: CHARACTERS }, () => drawOne(random, ALPHABET));
  const sheet = blankSheet(PICTURE_WIDTH_PX, PICTURE_HEIGHT_PX);
  const bend = drawBend(random);
  drawSpeckle(sheet, random);
  drawGlyphs(sheet, glyphs, bend, random);
  drawCrossings(sheet, random);
  return {
    kind: 'picture',
    answer: glyphs.join(''),
    png: pngOf(sheet, { paper: PAPER, ink: INK }),
  };
}

type Bend = (point: Point) => Point;

/** Two slow waves through the whole picture: neighbouring characters lean into each other differently every time. */
function drawBend(random: RandomBytes): Bend {
  const [rise, shove] = [drawBetween(random, 7, 13), drawBetween(random, 4, 8)];
  const [riseLength, shoveLength] = [drawBetween(random, 38, 62), drawBetween(random, 22, 34)];
  const [risePhase, shovePhase] = [drawBetween(random, 0, 6.28), drawBetween(random, 0, 6.28)];
  return ([x, y]) => [
    x + shove * Math.sin(y / shoveLength + shovePhase),
    y + rise * Math.sin(x / riseLength + risePhase),
  ];
}

function drawGlyphs(sheet: Sheet, glyphs: readonly GlyphName[], bend: Bend, random: RandomBytes): void {
  const margin = drawBetween(random, 36, 52);
  const advance = (sheet.width - 2 * margin) / glyphs.length;
  glyphs.forEach((glyph, index) => {
    const size = { width: drawBetween(random, 50, 60), height: drawBetween(random, 70, 88) };
    const centre: Point = [
      margin + advance * (index + 0.5) + drawBetween(random, -3, 3),
      sheet.height / 2 + drawBetween(random, -8, 8),
    ];
    const turn = drawBetween(random, -0.3, 0.3);
    const slant = drawBetween(random, -0.25, 0.25);
    const pen = { radius: drawBetween(random, 3.4, 5.2), ink: drawBetween(random, 0.8, 1) };
    const place: Bend = ([x, y]) => {
      const [u, v] = [(x - 0.5) * size.width - (y - 0.5) * size.height * slant, (y - 0.5) * size.height];
      return [centre[0] + u * Math.cos(turn) - v * Math.sin(turn), centre[1] + u * Math.sin(turn) + v * Math.cos(turn)];
    };
    for (const stroke of strokesOf(glyph)) {
      const shaken = stroke.map(
        ([x, y]): Point => [x + drawBetween(random, -0.035, 0.035), y + drawBetween(random, -0.035, 0.035)],
      );
      drawLine(sheet, finely(shaken.map(place)).map(bend), pen);
    }
  });
}

/** Lines in the characters' own ink join them; lines in paper cut them. Neither leaves a gap that separates characters. */
function drawCrossings(sheet: Sheet, random: RandomBytes): void {
  for (let count = 0; count < 3; count += 1) {
    drawLine(sheet, drawSweep(sheet, random), {
      radius: drawBetween(random, 1.4, 2.4),
      ink: drawBetween(random, 0.7, 1),
    });
  }
  for (let count = 0; count < 2; count += 1) {
    drawLine(sheet, drawSweep(sheet, random), { radius: drawBetween(random, 1, 1.6), ink: 0 });
  }
}

/** A curve from the left edge to the right one. */
function drawSweep(sheet: Sheet, random: RandomBytes): Point[] {
  const [from, to] = [drawBetween(random, 20, sheet.height - 20), drawBetween(random, 20, sheet.height - 20)];
  const [height, waves, phase] = [
    drawBetween(random, 8, 34),
    drawBetween(random, 0.6, 1.7),
    drawBetween(random, 0, 6.28),
  ];
  return Array.from({ length: 61 }, (_, step): Point => {
    const along = step / 60;
    return [along * sheet.width, from + (to - from) * along + height * Math.sin(phase + along * waves * 2 * Math.PI)];
  });
}

function drawSpeckle(sheet: Sheet, random: RandomBytes): void {
  const dots = 130 + drawBelow(random, 60);
  for (let count = 0; count < dots; count += 1) {
    const from: Point = [drawBetween(random, 0, sheet.width), drawBetween(random, 0, sheet.height)];
    const to: Point = [from[0] + drawBetween(random, -5, 5), from[1] + drawBetween(random, -5, 5)];
    drawLine(sheet, [from, to], { radius: drawBetween(random, 0.5, 1.5), ink: drawBetween(random, 0.2, 0.65) });
  }
}

/** The same line in steps of a few pixels, so that bending it gives curves. */
function finely(points: readonly Point[]): Point[] {
  const stepPx = 4;
  return points.flatMap((to, index) => {
    const from = points[index - 1];
    if (from === undefined) return [to];
    const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / stepPx));
    return Array.from({ length: steps }, (_, step): Point => {
      const along = (step + 1) / steps;
      return [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along];
    });
  });
}
