// Colours: WCAG's own numbers, and that everything made of an organisation's colour can be read in light and in dark, whatever it is.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accentStylesheet } from '../../../../src/front-door/branding/accent-stylesheet.js';
import {
  accentsOf,
  GROUNDS,
  HOUSE_ACCENTS,
  nearestShade,
  TEXT_CONTRAST_MIN,
  THEMES,
  textContrast,
} from '../../../../src/front-door/branding/accents.js';
import {
  atLightness,
  type Colour,
  contrastOf,
  hexOf,
  lightnessOf,
  mixed,
  parseColour,
} from '../../../../src/front-door/branding/colour.js';

const colour = (hex: string): Colour => {
  const parsed = parseColour(hex);
  if (parsed === undefined) throw new Error(`${hex} is no colour`);
  return parsed;
};
const part = fc.integer({ min: 0, max: 255 });
const anyColour = fc.tuple(part, part, part);

describe('a colour', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffff00', 8],
  ])('has the contrast that WCAG computes: %s on %s', (one, other, ratio) => {
    expect(contrastOf(colour(one), colour(other))).toBeCloseTo(ratio, 2);
    expect(contrastOf(colour(other), colour(one))).toBeCloseTo(ratio, 2);
  });

  test('is read and written in six digits, and in no other way', () => {
    fc.assert(fc.property(anyColour, (each) => void expect(parseColour(hexOf(each))).toEqual(each)));
    for (const text of ['1b5e57', '#1b5e5', '#1b5e57ff', 'red', '#1b5e5g', ' #1b5e57', '']) {
      expect(parseColour(text)).toBeUndefined();
    }
    expect(parseColour('#1B5E57')).toEqual([0x1b, 0x5e, 0x57]);
  });

  test('stays itself at its own lightness, and is black and white at the ends', () => {
    fc.assert(
      fc.property(anyColour, (each) => {
        const same = atLightness(each, lightnessOf(each));
        for (const [index, value] of same.entries())
          expect(Math.abs(value - (each[index] ?? 0))).toBeLessThanOrEqual(2);
        expect(atLightness(each, 0)).toEqual([0, 0, 0]);
        expect(atLightness(each, 1)).toEqual([255, 255, 255]);
      }),
    );
  });

  test('mixed with another is the first at none of it, and the other at all of it', () => {
    fc.assert(
      fc.property(anyColour, anyColour, (one, other) => {
        expect(mixed(one, other, 0)).toEqual(one);
        expect(mixed(one, other, 1)).toEqual(other);
      }),
    );
  });
});

describe('the nearest shade', () => {
  test('can be read, and is the colour itself where that can', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom(...THEMES), (each, theme) => {
        const shade = nearestShade(each, theme);
        expect(textContrast(shade, theme)).toBeGreaterThanOrEqual(TEXT_CONTRAST_MIN);
        if (textContrast(each, theme) >= TEXT_CONTRAST_MIN) expect(shade).toEqual(each);
        expect(nearestShade(shade, theme)).toEqual(shade);
      }),
    );
  });

  test('is no further than it must be: a little nearer, and it could not be read', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom(...THEMES), (each, theme) => {
        fc.pre(textContrast(each, theme) < TEXT_CONTRAST_MIN);
        const shade = nearestShade(each, theme);
        const nearer = atLightness(each, lightnessOf(shade) + (theme === 'light' ? 0.012 : -0.012));
        expect(textContrast(nearer, theme)).toBeLessThan(TEXT_CONTRAST_MIN);
      }),
    );
  });

  test.each([
    ['#e0a000', 'light', '#926600'],
    ['#5eb3f6', 'light', '#1273b2'],
    ['#0a3d91', 'dark', '#5085df'],
  ] as const)('of %s on the %s pages is what one would call the same colour', (hex, theme, expected) => {
    expect(hexOf(nearestShade(colour(hex), theme))).toBe(expected);
  });
});

describe('what is made of an organisation’s colour', () => {
  const readable = (text: string, ground: string) => contrastOf(colour(text), colour(ground));

  test('can be read in both themes, whatever the colour: links, buttons, what is set apart', () => {
    fc.assert(
      fc.property(anyColour, fc.option(anyColour, { nil: undefined }), (light, dark) => {
        const accents = accentsOf({ light, dark });
        for (const theme of THEMES) {
          const { accent, accentDeep, accentWash, onAccent } = accents[theme];
          const { paper, card, ink, inkSoft } = GROUNDS[theme];
          const pairs: [string, string][] = [
            ...[accent, accentDeep].flatMap((text): [string, string][] => [
              [text, hexOf(paper)],
              [text, hexOf(card)],
              [onAccent, text],
            ]),
            ...[accent, hexOf(ink), hexOf(inkSoft)].map((text): [string, string] => [text, accentWash]),
          ];
          for (const [text, ground] of pairs)
            expect(readable(text, ground), `${text} on ${ground}, ${theme}`).toBeGreaterThanOrEqual(TEXT_CONTRAST_MIN);
        }
      }),
    );
  });

  test('is the colour itself where that can be read', () => {
    const accents = accentsOf({ light: colour('#7a1f5c'), dark: colour('#f2a7d6') });
    expect(accents.light.accent).toBe('#7a1f5c');
    expect(accents.dark.accent).toBe('#f2a7d6');
  });

  test('is easy to read in the dark where we choose the shade', () => {
    fc.assert(
      fc.property(anyColour, (light) => {
        expect(textContrast(colour(accentsOf({ light, dark: undefined }).dark.accent), 'dark')).toBeGreaterThanOrEqual(
          7,
        );
      }),
    );
  });
});

describe('the grounds and our own colours', () => {
  const css = readFileSync('src/front-door/pages/public/style.css', 'utf8');
  const blocks = {
    light: css.slice(css.indexOf(':root {'), css.indexOf('@media (prefers-color-scheme: dark)')),
    dark: css.slice(css.indexOf('@media (prefers-color-scheme: dark)'), css.indexOf('*,\n')),
  };
  test.each(THEMES)('are those of the style sheet, %s', (theme) => {
    const inSheet = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(blocks[theme])?.[1];
    const { paper, card, ink, inkSoft, line } = GROUNDS[theme];
    const own = HOUSE_ACCENTS[theme];
    expect({
      paper: inSheet('paper'),
      card: inSheet('card'),
      ink: inSheet('ink'),
      'ink-soft': inSheet('ink-soft'),
      line: inSheet('line'),
      accent: inSheet('accent'),
      'accent-deep': inSheet('accent-deep'),
      'accent-wash': inSheet('accent-wash'),
      'on-accent': inSheet('on-accent'),
      water: inSheet('water'),
    }).toEqual({
      paper: hexOf(paper),
      card: hexOf(card),
      ink: hexOf(ink),
      'ink-soft': hexOf(inkSoft),
      line: hexOf(line),
      accent: own.accent,
      'accent-deep': own.accentDeep,
      'accent-wash': own.accentWash,
      'on-accent': own.onAccent,
      water: own.water,
    });
  });

  test('an organisation’s style sheet sets names that the pages’ one has, and nothing else', () => {
    const own = accentStylesheet(accentsOf({ light: colour('#7a1f5c'), dark: undefined }));
    const names = [...own.matchAll(/(--[a-z-]+):#[0-9a-f]{6}/g)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(10);
    for (const name of names) expect(css).toContain(`${name}: #`);
    expect(own.replaceAll(/--[a-z-]+:#[0-9a-f]{6};?/g, '')).toBe(
      ':root{}@media (prefers-color-scheme:dark){:root{}}\n',
    );
  });
});
