// The one frame around every page: head, organisation, skip link, main part, footer with the support id.
// Gives a whole HTML document as text, everything in it escaped. Knows no request, no session and no configuration.

import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { LANGUAGE_NAMES, LANGUAGES } from '../languages/language.js';
import { type BridgePosition, BridgeScene } from './bridge-scene.js';
import { DrawbridgeMark } from './drawbridge-mark.js';
import { LANGUAGE_QUERY } from './field-names.js';
import type { Operation, Progress } from './page-words.js';
import { PROGRESS } from './page-words.js';
import { WayName } from './prose-parts.js';
import type { Texts } from './texts/en.js';

/** An organisation's look. */
export interface Brand {
  /** Address of its colours; undefined for ours. */
  readonly stylesheetHref: string | undefined;
  /** Undefined for our own mark, and the name beside it. */
  readonly logo:
    | {
        readonly src: string;
        /** Where the page is dark. Undefined: the same one, on a light plate. */
        readonly darkSrc: string | undefined;
        readonly widthPx: number;
        readonly heightPx: number;
        readonly nameBeside: boolean;
      }
    | undefined;
}

/** What every page is given besides its own view data. */
export interface Surroundings {
  readonly texts: Texts;
  readonly organisationName: string;
  /** Undefined: it looks like ours. */
  readonly brand: Brand | undefined;
  /** Joins this page with our audit: what a person quotes when they ask for help. */
  readonly supportId: string;
  /** Address of `pages/public/style.css` as it is served. */
  readonly stylesheetHref: string;
  /** Address of `pages/public/icon.svg` as it is served, or undefined for none. */
  readonly iconHref: string | undefined;
  /** Where the flow begins. */
  readonly startHref: string;
  /** "Contact your administrator", where the organisation has a way. */
  readonly contactHref: string | undefined;
  /** The one way that is tried here, told above the heading; there is no other to choose, but a way back. Undefined: nothing is tried. */
  readonly tried: CalledWay | undefined;
}

/** One way of proving who one is, as it is told to its owner. */
export interface CalledWay {
  readonly called: string;
  /** As it may be shown; empty where there is none. */
  readonly address: string;
}

export interface PageParts {
  readonly heading: string;
  readonly surroundings: Surroundings;
  readonly children: ComponentChildren;
  /** True where a field has a problem: said in the title, which screen readers read first. */
  readonly hasErrors?: boolean;
  readonly progress?: { readonly at: Progress; readonly operation: Operation };
  /** The scene above how something ended. */
  readonly scene?: BridgePosition;
  /** A small line above the heading. */
  readonly eyebrow?: string;
  /** Address of this page's module script. */
  readonly scriptSrc?: string;
}

export function renderPage(parts: PageParts): string {
  return `<!doctype html>\n${renderToString(<Page {...parts} />)}\n`;
}

function Page(parts: PageParts) {
  const { texts, organisationName, stylesheetHref, iconHref, brand, tried } = parts.surroundings;
  const title = texts.layout.title(parts.heading, organisationName);
  return (
    <html lang={texts.language} dir={texts.direction}>
      <head>
        <meta charset="utf-8" />
        <title>{parts.hasErrors ? texts.layout.titleWithErrors(title) : title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <link rel="stylesheet" href={stylesheetHref} />
        {brand?.stylesheetHref !== undefined && <link rel="stylesheet" href={brand.stylesheetHref} />}
        {iconHref !== undefined && <link rel="icon" type="image/svg+xml" href={iconHref} />}
        {parts.scriptSrc !== undefined && <script type="module" src={parts.scriptSrc} />}
      </head>
      <body>
        <a class="skip-link" href="#content">
          {texts.layout.skipToContent}
        </a>
        <Header surroundings={parts.surroundings} />
        <main id="content" class="card" tabindex={-1}>
          {parts.progress && <ProgressLine texts={texts} {...parts.progress} />}
          {parts.scene !== undefined && <BridgeScene bridge={parts.scene} />}
          {parts.eyebrow !== undefined && <p class="eyebrow">{parts.eyebrow}</p>}
          {tried !== undefined && (
            <p class="eyebrow">
              {texts.signedIn.info.trying} <WayName {...tried} />
            </p>
          )}
          <h1>{parts.heading}</h1>
          {parts.children}
        </main>
        <Footer surroundings={parts.surroundings} />
      </body>
    </html>
  );
}

function Header({ surroundings }: { surroundings: Surroundings }) {
  const { brand, organisationName } = surroundings;
  const name = <span class="brand-name">{organisationName}</span>;
  return (
    <header class="brand">
      {brand?.logo === undefined ? <DrawbridgeMark /> : <Logo logo={brand.logo} organisationName={organisationName} />}
      {brand?.logo === undefined || brand.logo.nameBeside ? name : null}
    </header>
  );
}

/** A logo is the organisation's name to whoever does not see it; beside the name it would only say it twice. */
function Logo({ logo, organisationName }: { logo: NonNullable<Brand['logo']>; organisationName: string }) {
  const { src, darkSrc, widthPx, heightPx, nameBeside } = logo;
  const picture = (
    <img
      class={darkSrc === undefined ? 'brand-logo is-on-plate' : 'brand-logo'}
      src={src}
      width={widthPx}
      height={heightPx}
      alt={nameBeside ? '' : organisationName}
    />
  );
  if (darkSrc === undefined) return picture;
  return (
    <picture>
      <source media="(prefers-color-scheme: dark)" srcset={darkSrc} />
      {picture}
    </picture>
  );
}

function Footer({ surroundings }: { surroundings: Surroundings }) {
  const { texts, supportId } = surroundings;
  return (
    <footer class="footer">
      <p>
        {texts.layout.supportId} <code dir="ltr">{supportId}</code>
      </p>
      <Languages texts={texts} />
    </footer>
  );
}

/** The same page in another language: each link says so in that language, for whoever can read no other. */
function Languages({ texts }: { texts: Texts }) {
  return (
    <nav class="languages" aria-label={texts.layout.languages}>
      <ul>
        {LANGUAGES.map((language) => (
          <li key={language}>
            <a
              href={`?${LANGUAGE_QUERY}=${language}`}
              lang={language}
              hreflang={language}
              aria-current={language === texts.language ? 'true' : undefined}
            >
              {LANGUAGE_NAMES[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ProgressLine({ texts, at, operation }: { texts: Texts; at: Progress; operation: Operation }) {
  const current = PROGRESS.indexOf(at);
  return (
    <ol class="progress" aria-label={texts.layout.progressLabel}>
      {PROGRESS.map((step, index) => (
        <li
          key={step}
          class={index < current ? 'is-done' : undefined}
          aria-current={index === current ? 'step' : undefined}
        >
          {index < current && <span class="visually-hidden">{texts.layout.progressDone} </span>}
          {texts.progress[step](operation)}
        </li>
      ))}
    </ol>
  );
}
