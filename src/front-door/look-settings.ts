// The settings by which an organisation makes pages and mails its own: colours, logo, texts. Schemas only: what is refused is refused at
// start, with what would do instead.

import { z } from 'zod';
import { nearestShade, TEXT_CONTRAST_MIN, type Theme, textContrast } from './branding/accents.js';
import { hexOf, parseColour } from './branding/colour.js';
import type { Language } from './languages/language.js';
import { problemOfOwnWords } from './wording/wording.js';

const logoPath = z.string().min(1).max(4096);

export const brandingSettings = z
  .strictObject({
    /** The colour of links, buttons and rings, as in #1b5e57. Refused where it could not be read on the pages' paper. */
    accent: accentColour('light').optional(),
    /** The same where pages are dark. Default: a lighter shade of it. */
    accentDark: accentColour('dark').optional(),
    /** A PNG, WebP or SVG of at most 16 KiB. */
    logoFile: logoPath.optional(),
    /** The same for dark pages. Default: the one logo, on a light plate. */
    logoDarkFile: logoPath.optional(),
    /** Whether the organisation's name stands beside the logo: for a logo without it. */
    nameBesideLogo: z.boolean().default(false),
  })
  .superRefine(({ accent, accentDark, logoFile, logoDarkFile }, context) => {
    if (accentDark !== undefined && accent === undefined)
      context.addIssue({ code: 'custom', path: ['accentDark'], message: 'needs an `accent` beside it' });
    if (logoDarkFile !== undefined && logoFile === undefined)
      context.addIssue({ code: 'custom', path: ['logoDarkFile'], message: 'needs a `logoFile` beside it' });
  })
  .prefault({});

/** Paths of logos as paths of the settings: a relative one is taken from their folder. */
export function withLogosFrom(path: { parse(text: string): string }) {
  return <Tenant extends { readonly branding: z.infer<typeof brandingSettings> }>(tenant: Tenant): Tenant => {
    const { logoFile, logoDarkFile } = tenant.branding;
    return {
      ...tenant,
      branding: {
        ...tenant.branding,
        logoFile: logoFile && path.parse(logoFile),
        logoDarkFile: logoDarkFile && path.parse(logoDarkFile),
      },
    };
  };
}

function accentColour(theme: Theme) {
  return z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour in six hexadecimal digits, as in "#1b5e57", in quotes')
    .transform((text, context) => {
      const colour = parseColour(text);
      if (colour === undefined) return z.NEVER;
      const contrast = textContrast(colour, theme);
      if (contrast >= TEXT_CONTRAST_MIN) return colour;
      // Rounded down: 4.499 is not 4.5.
      const ratio = (Math.floor(contrast * 100) / 100).toFixed(2);
      const shade = hexOf(nearestShade(colour, theme));
      const message = `cannot be read well: its contrast with the ${theme} pages is ${ratio}:1, and text needs ${TEXT_CONTRAST_MIN}:1 (WCAG 2.2); the nearest shade that will do is "${shade}"`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

const OWN_TEXTS_MAX = 500;

const ofLanguage = (language: Language) =>
  z
    .record(z.string().max(100), z.union([z.string().trim(), z.array(z.string().trim())]))
    .superRefine((texts, context) => {
      const all = Object.entries(texts);
      if (all.length > OWN_TEXTS_MAX)
        context.addIssue({ code: 'custom', message: `has too many texts: at most ${OWN_TEXTS_MAX}` });
      for (const [place, own] of all.slice(0, OWN_TEXTS_MAX)) {
        const message = problemOfOwnWords(language, place, own);
        if (message !== undefined) context.addIssue({ code: 'custom', path: [place], message });
      }
    })
    .optional();

/** By language, then by place. */
export const ownTextsSettings = z
  .strictObject({
    en: ofLanguage('en'),
    de: ofLanguage('de'),
    fr: ofLanguage('fr'),
    es: ofLanguage('es'),
    pt: ofLanguage('pt'),
    ja: ofLanguage('ja'),
    ar: ofLanguage('ar'),
  } satisfies Record<Language, unknown>)
  .prefault({});
