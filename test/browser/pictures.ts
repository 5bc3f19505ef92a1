// Pictures of the screens, for people to look at and for the guide. Taken only when asked for:
//   DRAWBRIDGE_PICTURES=docs/pictures          the guide's own: the screens of GUIDE, and flow.png
//   DRAWBRIDGE_EVERY_PICTURE=docs/pictures/every   every screen at both widths in both themes, small (WebP), and a page that shows them
// Support ids are made the same in every picture, so that a picture changes only when its screen does.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';

const PHONE = { width: 360, height: 640 } as const;
const DESK = { width: 1280, height: 800 } as const;
const SUPPORT_ID = '3f6c1d52-8a0e-4b7e-9c41-5d2f7a90b6e8';

type Theme = 'light' | 'dark';
type Look = `${360 | 1280}-${Theme}`;
const EVERY_LOOK: readonly Look[] = ['360-light', '360-dark', '1280-light', '1280-dark'];

/** What docs/flow.md and docs/own-look.md show. */
const GUIDE: Readonly<Record<string, readonly Look[]>> = {
  'sign-in': ['360-light', '1280-light'],
  start: ['360-light', '360-dark', '1280-light'],
  'start-words': ['360-light'],
  'start-problems': ['360-light'],
  trouble: ['360-light'],
  method: ['360-light'],
  code: ['360-light', '1280-light'],
  'code-wrong': ['360-light'],
  phone: ['360-light'],
  'code-text': ['360-light'],
  authenticator: ['360-light'],
  'recovery-code': ['360-light'],
  passkey: ['360-light', '1280-light'],
  'passkey-setup': ['360-light'],
  'security-questions': ['360-light'],
  'new-password': ['360-light'],
  'new-password-typed': ['360-light', '360-dark', '1280-light'],
  'new-password-refused': ['360-light'],
  'new-password-explained': ['360-light'],
  'ended-elsewhere': ['360-light'],
  changed: ['360-light', '360-dark', '1280-light'],
  unlock: ['360-light'],
  unlocked: ['360-light'],
  'contact-form': ['360-light', '1280-light'],
  'contact-portal': ['360-light'],
  'contact-left-out': ['360-light'],
  'contact-sent': ['360-light'],
  'not-me': ['360-light'],
  'not-me-said': ['360-light'],
  'not-me-unknown': ['360-light'],
  'cannot-verify': ['360-light'],
  'try-later': ['360-light'],
  blocked: ['360-light'],
  entry: ['360-light'],
  'entry-wrong': ['360-light'],
  'security-info': ['360-light', '360-dark', '1280-light'],
  'security-info-to-confirm': ['360-light'],
  'security-info-not-proved': ['360-light'],
  'try-app': ['360-light'],
  'set-up-app': ['360-light'],
  'recovery-codes-shown': ['360-light'],
  'change-password': ['360-light'],
  'change-password-must': ['360-light'],
  'sign-in-de': ['360-light'],
  'method-ja': ['360-light'],
  'new-password-ar': ['360-light', '360-dark'],
  'branded-sign': ['360-light', '360-dark'],
  'mail-code-en': ['360-light', '360-dark'],
  'mail-reset-en': ['360-light'],
  'mail-code-ar': ['360-light'],
};

/** The road of the README's picture. */
const ROAD = ['start', 'code', 'new-password-typed', 'changed'] as const;

const guideFolder = () => process.env.DRAWBRIDGE_PICTURES;
const everyFolder = () => process.env.DRAWBRIDGE_EVERY_PICTURE;

export async function takePictures(page: Page, name: string): Promise<void> {
  const wanted = new Map<string, readonly Look[]>();
  const [guide, every] = [guideFolder(), everyFolder()];
  if (guide !== undefined) wanted.set(guide, GUIDE[name] ?? []);
  if (every !== undefined && !SHOWN_IN_OTHERS.test(name)) {
    wanted.set(every, EVERY_LOOK);
  }
  const looks = [...wanted].flatMap(([folder, all]) => all.map((look) => ({ folder, look })));
  if (looks.length === 0) return;
  await sameSupportId(page);
  for (const { folder, look } of looks) {
    await mkdir(folder, { recursive: true });
    await page.emulateMedia({ colorScheme: look.endsWith('dark') ? 'dark' : 'light' });
    await page.setViewportSize(look.startsWith('360') ? PHONE : DESK);
    if (folder === every) await takeSmall(page, join(folder, `${name}-${look}.webp`));
    else
      await page.screenshot({
        path: join(folder, `${name}-${look}.png`),
        fullPage: true,
        caret: 'hide',
        animations: 'disabled',
      });
  }
  await page.setViewportSize(DESK);
}

/** In Latin letters a screen looks as it does in English or German. */
const SHOWN_IN_OTHERS = /-(fr|es|pt)$/;

const sessions = new WeakMap<Page, CDPSession>();

/** The whole page, as WebP. */
async function takeSmall(page: Page, path: string): Promise<void> {
  // Not detached: that would take from the page what other sessions have turned on, such as its authenticator.
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 60,
    captureBeyondViewport: true,
    clip: { ...cssContentSize, scale: 1 },
  });
  await writeFile(path, Buffer.from(data, 'base64'));
}

/** README.md beside every picture: all of them, screen by screen. */
export async function writeEveryPicturePage(): Promise<void> {
  const folder = everyFolder();
  if (folder === undefined) return;
  // Whatever the other files took stands there as well: this one is the longest, and ends last.
  const names = new Set((await readdir(folder)).flatMap((file) => /^(.+)-360-light\.webp$/.exec(file)?.[1] ?? []));
  const rows = [...names].sort().map((name) => {
    const shown = EVERY_LOOK.map((look) => `<img src="${name}-${look}.webp" height="420" alt="${name}, ${look}">`);
    return `## ${name}\n\n${shown.join('\n')}\n`;
  });
  const head = [
    '# Every screen',
    '',
    'At 360 and 1280 pixels, light and dark, as the browser tests meet them before a real directory. What each is for and what opens it:',
    '[docs/flow.md](../../flow.md). Taken anew by `DRAWBRIDGE_EVERY_PICTURE=docs/pictures/every npx vitest run --project browser`.',
    '',
  ];
  await writeFile(join(folder, 'README.md'), `${[...head, ...rows].join('\n')}`);
}

/** flow.png: the main road on four phones, side by side. */
export async function takeFlowPicture(browser: Browser): Promise<void> {
  const folder = guideFolder();
  if (folder === undefined) return;
  const phones = await Promise.all(
    ROAD.map(async (name) => (await readFile(join(folder, `${name}-360-light.png`))).toString('base64')),
  );
  const page = await browser.newPage({ viewport: { width: 1240, height: 800 } });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 24px; display: flex; gap: 24px; align-items: flex-start; background: #fff; }
    div { width: 280px; height: 640px; overflow: hidden; border: 1px solid #d9cfc1; border-radius: 20px; background: #f6f1e9; }
    img { display: block; width: 100%; }
  </style>${phones.map((phone) => `<div><img src="data:image/png;base64,${phone}"></div>`).join('')}`);
  await page.locator('img').last().waitFor();
  await writeFile(join(folder, 'flow.png'), await page.locator('body').screenshot());
  await page.close();
}

async function sameSupportId(page: Page): Promise<void> {
  await page.evaluate((text) => {
    const shown = document.querySelector('.footer code');
    if (shown) shown.textContent = text;
  }, SUPPORT_ID);
}
