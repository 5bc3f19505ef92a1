// How one organisation's pages and mails look, where they do not look like ours. Types only.

import type { Accents } from './accents.js';
import type { Logo } from './logo.js';

export interface Look {
  /** Undefined: ours. */
  readonly accents: Accents | undefined;
  readonly logo: OwnLogo | undefined;
}

export interface OwnLogo {
  readonly light: Logo;
  /** Where pages are dark. Undefined: the same one, on a light plate. */
  readonly dark: Logo | undefined;
  /** Whether the name stands beside it; else the logo has the name in it, and is called by it where it is not seen. */
  readonly nameBeside: boolean;
}
