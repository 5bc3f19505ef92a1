// One Chromium in which a person walks and Lighthouse looks at the same session; the only importer of lighthouse. Trusts the front door's
// certificate by its key and no other: checks stay on. Knows no page.

import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { desktopConfig, navigation } from 'lighthouse';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM } from '../demonstration/check-demo.js';
import { LabFailure } from '../lab/lab-failure.js';
import { CATEGORIES, type FormFactor, type PageScores, pageScoresOf } from './page-scores.js';

/** What Lighthouse is to look at: where a page can be asked for by its address, that; otherwise what leads to it from an empty page. */
export type Destination =
  | { readonly url: string }
  | { readonly url: string; readonly reach: (page: Page) => Promise<void> };

export interface PageBrowser extends AsyncDisposable {
  readonly page: Page;
  /** The next person's browser knows nothing of the one before. */
  clearCookies(): Promise<void>;
  /** Loads it with the cookies of `page` and nothing kept from before, on a slow phone or a desk, as Lighthouse simulates both. */
  score(name: string, formFactor: FormFactor, destination: Destination): Promise<PageScores>;
}

/** `profileFolder`: of this browser alone. */
export async function openPageBrowser(options: {
  readonly profileFolder: string;
  readonly certificateFile: string;
}): Promise<PageBrowser> {
  const { profileFolder, certificateFile } = options;
  const context = await chromium.launchPersistentContext(profileFolder, {
    executablePath: CHROMIUM.executablePath,
    args: [
      ...CHROMIUM.args,
      // Lighthouse comes in by a port of its own; Chromium picks a free one and writes it into its profile.
      '--remote-debugging-port=0',
      `--ignore-certificate-errors-spki-list=${await keyPin(certificateFile)}`,
      '--lang=en-GB',
    ],
    // Lighthouse emulates screens itself.
    viewport: null,
    // Whoever is told to stop ends the browser in its turn, with everything else.
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  const [page = await context.newPage()] = context.pages();
  const port = Number((await readFile(join(profileFolder, 'DevToolsActivePort'), 'utf8')).split('\n')[0]);
  return {
    page,
    clearCookies: () => context.clearCookies(),
    score: async (name, formFactor, destination) => {
      const requestor = 'reach' in destination ? reachingInNextPage(context, destination.reach) : destination.url;
      // Cookies are kept, caches are not: that is Lighthouse's own default. Pages that say no with their status are pages too.
      const found = await navigation(undefined, requestor, {
        flags: {
          port,
          onlyCategories: [...CATEGORIES],
          disableFullPageScreenshot: true,
          ignoreStatusCode: true,
          logLevel: 'error',
        },
        ...(formFactor === 'desktop' ? { config: desktopConfig } : {}),
      });
      if (found === undefined) throw new LabFailure(`Lighthouse said nothing of ${name}`);
      return pageScoresOf(found.lhr, { page: name, formFactor, url: destination.url });
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Lighthouse opens a page of its own, and asks for it to be led on from there. */
function reachingInNextPage(context: BrowserContext, reach: (page: Page) => Promise<void>): () => Promise<void> {
  const opened = context.waitForEvent('page');
  // Where Lighthouse fails before it asks, its own failure is the one to tell.
  opened.catch(() => undefined);
  return async () => reach(await withoutCache(await opened));
}

/** Lighthouse empties the cache by itself only where it is given an address. */
async function withoutCache(page: Page): Promise<Page> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await session.detach();
  return page;
}

/** What Chromium knows a key by: the digest of its SubjectPublicKeyInfo, as in RFC 7469 §2.4. */
async function keyPin(certificateFile: string): Promise<string> {
  const { publicKey } = new X509Certificate(await readFile(certificateFile));
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}
