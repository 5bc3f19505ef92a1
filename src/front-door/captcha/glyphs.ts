// The characters of the picture as strokes on a square of 0–1 (x to the right, y down). Our own drawing, no font.
// Only characters that stay apart when bent: of each group that people confuse at most one is left (0 O Q D, 1 I L, 2 Z, 5 S, 6 G C,
// 8 B, K X Y V U, T 7, E F).

export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

/** Part of an ellipse as points; angles in quarter turns clockwise from three o'clock. */
function arc(centre: Point, radii: Point, fromQuarter: number, toQuarter: number): Point[] {
  const steps = Math.ceil(Math.abs(toQuarter - fromQuarter) * 6);
  return Array.from({ length: steps + 1 }, (_, step): Point => {
    const angle = ((fromQuarter + ((toQuarter - fromQuarter) * step) / steps) * Math.PI) / 2;
    return [centre[0] + radii[0] * Math.cos(angle), centre[1] + radii[1] * Math.sin(angle)];
  });
}

const STROKES = {
  A: [
    [
      [0.08, 1],
      [0.5, 0],
      [0.92, 1],
    ],
    [
      [0.24, 0.64],
      [0.76, 0.64],
    ],
  ],
  C: [arc([0.55, 0.5], [0.45, 0.5], 3.4, 0.6)],
  E: [
    [
      [0.85, 0],
      [0.15, 0],
      [0.15, 1],
      [0.88, 1],
    ],
    [
      [0.15, 0.48],
      [0.72, 0.48],
    ],
  ],
  H: [
    [
      [0.1, 0],
      [0.1, 1],
    ],
    [
      [0.9, 0],
      [0.9, 1],
    ],
    [
      [0.1, 0.5],
      [0.9, 0.5],
    ],
  ],
  J: [[[0.4, 0], [0.78, 0], [0.78, 0.7], ...arc([0.46, 0.7], [0.32, 0.3], 0, 2)]],
  K: [
    [
      [0.14, 0],
      [0.14, 1],
    ],
    [
      [0.86, 0],
      [0.16, 0.58],
    ],
    [
      [0.4, 0.4],
      [0.9, 1],
    ],
  ],
  M: [
    [
      [0.04, 1],
      [0.1, 0],
      [0.5, 0.66],
      [0.9, 0],
      [0.96, 1],
    ],
  ],
  N: [
    [
      [0.1, 1],
      [0.1, 0],
      [0.9, 1],
      [0.9, 0],
    ],
  ],
  P: [[[0.15, 1], [0.15, 0], [0.5, 0], ...arc([0.52, 0.28], [0.36, 0.28], 3, 5), [0.15, 0.56]]],
  R: [
    [[0.15, 1], [0.15, 0], [0.5, 0], ...arc([0.52, 0.26], [0.34, 0.26], 3, 5), [0.15, 0.52]],
    [
      [0.48, 0.52],
      [0.9, 1],
    ],
  ],
  T: [
    [
      [0.04, 0.02],
      [0.96, 0.02],
    ],
    [
      [0.5, 0.02],
      [0.5, 1],
    ],
  ],
  W: [
    [
      [0.02, 0],
      [0.24, 1],
      [0.5, 0.3],
      [0.76, 1],
      [0.98, 0],
    ],
  ],
  '3': [
    [...arc([0.44, 0.25], [0.38, 0.25], 2.3, 5), [0.36, 0.5]],
    [[0.36, 0.5], ...arc([0.44, 0.75], [0.44, 0.25], 3, 5.7)],
  ],
  '4': [
    [
      [0.68, 1],
      [0.68, 0],
      [0.06, 0.68],
      [0.96, 0.68],
    ],
  ],
  '9': [[...arc([0.48, 0.3], [0.38, 0.3], 0, 4)], [[0.86, 0.3], ...arc([0.4, 0.3], [0.46, 0.7], 0, 1.15)]],
} as const satisfies Record<string, readonly Stroke[]>;

export type GlyphName = keyof typeof STROKES;

/** Every character a picture may show. */
export const ALPHABET: readonly GlyphName[] = [
  'A',
  'C',
  'E',
  'H',
  'J',
  'K',
  'M',
  'N',
  'P',
  'R',
  'T',
  'W',
  '3',
  '4',
  '9',
];

export function strokesOf(glyph: GlyphName): readonly Stroke[] {
  return STROKES[glyph];
}
