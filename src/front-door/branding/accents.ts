// An organisation's one colour, and all that pages and mails make of it in light and in dark, so that everything on it and in it can be read:
// WCAG 2.2 asks for 4.5:1 of text and for 3:1 of what only has to be seen, such as the ring of the focus. Pure.
// The grounds are those of pages/public/style.css; a test holds both to each other.

import { atLightness, type Colour, contrastOf, hexOf, lightnessOf, mixed } from './colour.js';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What every accent stands on, and the other colours that stand there with it. */
export interface Ground {
  readonly paper: Colour;
  readonly card: Colour;
  readonly ink: Colour;
  readonly inkSoft: Colour;
  readonly line: Colour;
}

export const GROUNDS: Readonly<Record<Theme, Ground>> = {
  light: {
    paper: [0xf6, 0xf1, 0xe9],
    card: [0xff, 0xfd, 0xfa],
    ink: [0x24, 0x21, 0x1d],
    inkSoft: [0x5a, 0x54, 0x4b],
    line: [0xd9, 0xcf, 0xc1],
  },
  dark: {
    paper: [0x17, 0x16, 0x14],
    card: [0x21, 0x1f, 0x1c],
    ink: [0xf1, 0xeb, 0xe1],
    inkSoft: [0xbb, 0xb2, 0xa4],
    line: [0x3d, 0x39, 0x32],
  },
};

/** Each as `#rrggbb`; named as in the style sheet. */
export interface Accent {
  /** Links, buttons, rings. */
  readonly accent: string;
  /** The same under the pointer. */
  readonly accentDeep: string;
  /** A ground for what is set apart. */
  readonly accentWash: string;
  /** Text on a button. */
  readonly onAccent: string;
  /** Of the drawbridge; nothing is read on it. */
  readonly water: string;
}

export type Accents = Readonly<Record<Theme, Accent>>;

/** Where an organisation has no colour of its own. */
export const HOUSE_ACCENTS: Accents = {
  light: {
    accent: '#1b5e57',
    accentDeep: '#124640',
    accentWash: '#e3efec',
    onAccent: '#ffffff',
    water: '#86b5ae',
  },
  dark: {
    accent: '#84cbbf',
    accentDeep: '#a7ddd3',
    accentWash: '#1f322f',
    onAccent: '#0d2421',
    water: '#3f6f69',
  },
};

/** WCAG 2.2, 1.4.3. What only has to be seen (1.4.11) needs less, and has it then. */
export const TEXT_CONTRAST_MIN = 4.5;
/** What we choose ourselves is easier to read than it would have to be. */
const OWN_CHOICE_CONTRAST = 7;

/** The lowest contrast of text in this colour with what it stands on. */
export function textContrast(colour: Colour, theme: Theme): number {
  const { paper, card } = GROUNDS[theme];
  return Math.min(contrastOf(colour, paper), contrastOf(colour, card));
}

/** The colour itself where its contrast is high enough; else the same hue, no darker (in dark: no lighter) than that needs. */
export function nearestShade(colour: Colour, theme: Theme, contrast = TEXT_CONTRAST_MIN): Colour {
  const step = theme === 'light' ? -LIGHTNESS_STEP : LIGHTNESS_STEP;
  let shade = colour;
  for (let lightness = lightnessOf(colour); textContrast(shade, theme) < contrast; lightness += step) {
    shade = atLightness(colour, lightness);
  }
  return shade;
}

const LIGHTNESS_STEP = 1 / 512;

/** Both themes' colours. Refuses nothing: what is too faint becomes the nearest shade. `dark` undefined: chosen by us. */
export function accentsOf(own: { readonly light: Colour; readonly dark: Colour | undefined }): Accents {
  const light = nearestShade(own.light, 'light');
  const dark =
    own.dark === undefined ? nearestShade(own.light, 'dark', OWN_CHOICE_CONTRAST) : nearestShade(own.dark, 'dark');
  return { light: accentOf(light, 'light'), dark: accentOf(dark, 'dark') };
}

const DEEPER = 0.08;
const WASH_SHARE = { light: 0.12, dark: 0.14 } as const;
const SHARE_STEP = 0.01;
const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [255, 255, 255];

function accentOf(accent: Colour, theme: Theme): Accent {
  const deeper = lightnessOf(accent) + (theme === 'light' ? -DEEPER : DEEPER);
  const { card } = GROUNDS[theme];
  return {
    accent: hexOf(accent),
    accentDeep: hexOf(atLightness(accent, deeper)),
    accentWash: hexOf(washOf(accent, theme)),
    // What can be read on light paper is dark enough for white.
    onAccent: hexOf(theme === 'light' ? WHITE : darkOn(accent)),
    water: hexOf(mixed(card, accent, 0.5)),
  };
}

/** As much of the colour as leaves it, and soft ink, readable on it: on none at all it is, which is the card. */
function washOf(accent: Colour, theme: Theme): Colour {
  const { card, inkSoft } = GROUNDS[theme];
  for (let share: number = WASH_SHARE[theme]; share > 0; share -= SHARE_STEP) {
    const wash = mixed(card, accent, share);
    if ([accent, inkSoft].every((text) => contrastOf(text, wash) >= TEXT_CONTRAST_MIN)) return wash;
  }
  return card;
}

/** A very dark shade of it, down to black. */
function darkOn(accent: Colour): Colour {
  for (let share = 0.8; share < 1; share += SHARE_STEP) {
    const shade = mixed(accent, BLACK, share);
    if (contrastOf(shade, accent) >= TEXT_CONTRAST_MIN) return shade;
  }
  return BLACK;
}
