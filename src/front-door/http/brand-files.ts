// Each organisation's look as pages and browsers take it: its colours as a style sheet, its logo as files, each under a name made of its
// content, as all the pages' files are. Pure.

import { accentStylesheet } from '../branding/accent-stylesheet.js';
import type { Logo } from '../branding/logo.js';
import type { Look, OwnLogo } from '../branding/look.js';
import type { Brand } from '../pages/layout.js';
import { type Asset, assetOf, assetPath } from './assets.js';

export interface BrandFiles<Key> {
  readonly brands: ReadonlyMap<Key, Brand>;
  /** By path. */
  readonly files: ReadonlyMap<string, Asset>;
}

export function brandFiles<Key>(looks: ReadonlyMap<Key, Look>): BrandFiles<Key> {
  const files = new Map<string, Asset>();
  const keep = (name: string, kind: 'css' | Logo['kind'], body: Uint8Array): string => {
    const path = assetPath(name, kind, body);
    files.set(path, assetOf(CONTENT_TYPES[kind], body));
    return path;
  };
  const brandOf = ({ accents, logo }: Look): Brand => ({
    stylesheetHref: accents && keep('accent', 'css', new TextEncoder().encode(accentStylesheet(accents))),
    logo: logo && shownLogo(logo),
  });
  const shownLogo = ({ light, dark, nameBeside }: OwnLogo): NonNullable<Brand['logo']> => ({
    src: keep('logo', light.kind, light.bytes),
    darkSrc: dark && keep('logo', dark.kind, dark.bytes),
    widthPx: Math.max(1, Math.round((LOGO_HEIGHT_PX * light.width) / light.height)),
    heightPx: LOGO_HEIGHT_PX,
    nameBeside,
  });
  return { brands: new Map([...looks].map(([key, look]) => [key, brandOf(look)])), files };
}

/** As the style sheet shows it: known before it has come, so that nothing moves when it does. */
const LOGO_HEIGHT_PX = 40;

const CONTENT_TYPES = {
  css: 'text/css; charset=utf-8',
  png: 'image/png',
  webp: 'image/webp',
  svg: 'image/svg+xml',
} as const;
