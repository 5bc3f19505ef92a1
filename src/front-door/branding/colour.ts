// Colours as numbers: how far two of them stand apart for eyes (WCAG 2.2), and the same hue lighter or darker (OKLCH, CSS Color 4).
// Pure. Knows nothing of pages, themes or organisations.

/** Red, green, blue of sRGB: whole numbers from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A colour written as `#rrggbb`; undefined for anything else. */
export function parseColour(text: string): Colour | undefined {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (parts === null) return undefined;
  const [, red = '', green = '', blue = ''] = parts;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

export function hexOf(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** From 1 (the same) to 21 (black on white): WCAG 2.2, "contrast ratio". */
export function contrastOf(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** `share` of the second, from 0 to 1, in the first. */
export function mixed([red, green, blue]: Colour, [otherRed, otherGreen, otherBlue]: Colour, share: number): Colour {
  const mix = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [mix(red, otherRed), mix(green, otherGreen), mix(blue, otherBlue)];
}

/** How light it looks: 0 (black) to 1 (white). */
export function lightnessOf(colour: Colour): number {
  return okLabOf(colour)[0];
}

/** The same hue at another lightness, as colourful as a screen can show it there, and no more colourful than it is. */
export function atLightness(colour: Colour, lightness: number): Colour {
  if (lightness <= 0) return [0, 0, 0];
  if (lightness >= 1) return [255, 255, 255];
  const [, a, b] = okLabOf(colour);
  let [inside, outside] = [0, 1];
  if (isOnScreen(linearOf([lightness, a, b]))) inside = 1;
  else {
    for (let halving = 0; halving < 12; halving += 1) {
      const share = (inside + outside) / 2;
      if (isOnScreen(linearOf([lightness, a * share, b * share]))) inside = share;
      else outside = share;
    }
  }
  const [red, green, blue] = linearOf([lightness, a * inside, b * inside]);
  return [encoded(red), encoded(green), encoded(blue)];
}

type Triple = readonly [number, number, number];

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = decoded(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Light as it adds up, from 0 to 1 (IEC 61966-2-1). */
function decoded(colour: Colour): Triple {
  const linear = (part: number) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = colour;
  return [linear(red), linear(green), linear(blue)];
}

function encoded(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return Math.round((value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055) * 255);
}

const ON_SCREEN_TOLERANCE = 0.0005;

function isOnScreen(linear: Triple): boolean {
  return linear.every((part) => part >= -ON_SCREEN_TOLERANCE && part <= 1 + ON_SCREEN_TOLERANCE);
}

// The two matrices and the cube are OKLab's own: https://bottosson.github.io/posts/oklab/, as CSS Color 4 §10 has them.
function okLabOf(colour: Colour): Triple {
  const [red, green, blue] = decoded(colour);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linearOf([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
