// An organisation's colours as a style sheet of its own, read after the pages' one: the strict CSP takes no style from a page itself.
// Pure. The names are those of pages/public/style.css.

import type { Accent, Accents } from './accents.js';

export function accentStylesheet({ light, dark }: Accents): string {
  return `:root{${namesOf(light)}}@media (prefers-color-scheme:dark){:root{${namesOf(dark)}}}\n`;
}

function namesOf({ accent, accentDeep, accentWash, onAccent, water }: Accent): string {
  return [
    `--accent:${accent}`,
    `--accent-deep:${accentDeep}`,
    `--accent-wash:${accentWash}`,
    `--on-accent:${onAccent}`,
    `--water:${water}`,
  ].join(';');
}
