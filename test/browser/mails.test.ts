// Every mail in every language, as a mail program that reads style sheets shows it and as one that drops them does: nothing wider than
// a small phone, nothing that axe finds in light or dark, and a code that is copied as it has to be typed.

import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../../scripts/demonstration/check-demo.js';
import { accentsOf, HOUSE_ACCENTS } from '../../src/front-door/branding/accents.js';
import { LANGUAGES, type Language } from '../../src/front-door/languages/language.js';
import type { Notice } from '../../src/front-door/notices/notice.js';
import { NOTICE_WORDS } from '../../src/front-door/notices/notice-words.js';
import { writeDisownedNotice } from '../../src/front-door/notices/write-disowned-notice.js';
import {
  type NoticeSetting,
  writeCodeNotice,
  writeContactNotice,
  writeDoneNotice,
  writeMethodNotice,
} from '../../src/front-door/notices/write-notices.js';
import { TEXTS } from '../../src/front-door/pages/texts/catalogues.js';
import { tooWide } from './examine.js';
import { takePictures } from './pictures.js';

/** What a page owes everybody as a whole, such as landmarks, is the mail program's. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const atMs = Date.UTC(2026, 10, 23, 12, 0);
const CODE = '042815';
const disownHref = `https://reset.example.com/not-me/${'Zk3-x_9Q'.repeat(8)}a`;
const KINDS = ['code', 'reset', 'unlock', 'method', 'disowned', 'contact'] as const;

function everyMail(setting: NoticeSetting): Readonly<Record<(typeof KINDS)[number], Notice>> {
  const done = {
    account: 'ada.lovelace@corp.example.com',
    doneAtMs: atMs,
    administratorContact: 'helpdesk@example.com',
    disownHref,
  };
  return {
    code: writeCodeNotice({ code: CODE, validForMinutes: 5, askedAtMs: atMs }, setting),
    reset: writeDoneNotice({ operation: 'reset', ...done }, setting),
    unlock: writeDoneNotice(
      { operation: 'unlock', ...done, administratorContact: 'https://help.example.com/it' },
      setting,
    ),
    method: writeMethodNotice(
      {
        change: 'added',
        method: TEXTS[setting.words.language].signedIn.info.methods['authenticator-code'],
        account: 'ada.lovelace@corp.example.com',
        changedAtMs: atMs,
        administratorContact: undefined,
        disownHref,
      },
      setting,
    ),
    disowned: writeDisownedNotice(
      {
        tenantId: 'example',
        what: 'reset',
        account: 'ada.lovelace@corp.example.com',
        doneAtMs: atMs,
        saidAtMs: atMs + 60_000,
        password: 'invalidated',
        outcomeCode: 'done',
        waysRemoved: 2,
        blockMs: 30 * 24 * 60 * 60_000,
      },
      setting,
    ),
    contact: writeContactNotice(
      {
        account: 'ada.lovelace@corp.example.com',
        reply: '+44 20 7946 0000',
        message: `My phone is new, and the codes go to the old one.\n\nI am at desk 12.\n${'long-word'.repeat(12)}`,
        why: TEXTS[setting.words.language].contact.why['cannot-use-methods'],
        writtenAtMs: atMs,
      },
      setting,
    ),
  };
}

const settingIn = (language: Language, accents = HOUSE_ACCENTS): NoticeSetting => ({
  words: NOTICE_WORDS[language],
  accents,
  organisationName: 'Example Harbour Works',
  supportId: '3f6c1d52-8a0e-4b7e-9c41-5d2f7a90b6e8',
  timeZone: 'Europe/Lisbon',
});

let browser: Browser;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  // Axe itself is brought in without asking anybody.
  context.on('request', ({ url }) => asked.push(url()));
});
afterAll(() => browser?.close());

describe.each(LANGUAGES)('mails in %s', (language) => {
  test.each(KINDS)('%s', async (kind) => {
    await examineMail(everyMail(settingIn(language))[kind], `mail-${kind}-${language}`);
  });
});

test('an organisation’s colour can be read in each', async () => {
  const accents = accentsOf({ light: [0x92, 0x66, 0x00], dark: undefined });
  for (const [kind, mail] of Object.entries(everyMail(settingIn('en', accents))))
    await examineMail(mail, `mail-${kind}-branded`);
});

test('the code is large, one word, and copied without a space', async () => {
  await page.setContent(everyMail(settingIn('en')).code.html);
  const code = page.getByText(CODE, { exact: true });
  await code.click();
  expect(await page.evaluate(() => String(getSelection()))).toBe(CODE);
  const { fontSize, letterSpacing } = await code.evaluate((each) => ({ ...getComputedStyle(each) }));
  expect([Number.parseFloat(String(fontSize)) >= 32, letterSpacing]).toEqual([true, 'normal']);
});

test('what a list of mails shows beside the subject is what we say, and never the code', async () => {
  const { html } = everyMail(settingIn('en')).code;
  await page.setContent(html);
  // As mail programs take it: the text from the beginning, seen or not.
  const text = await page.evaluate(() => document.body.textContent?.trim() ?? '');
  expect(text.slice(0, 200)).toMatch(/^Enter this code on the page/);
  expect(text.slice(0, 200)).not.toContain(CODE);
  expect(await page.evaluate(() => document.body.innerText)).not.toContain('\u200c');
});

test('no mail asks anybody for anything', () => {
  expect(asked.filter((url) => !url.startsWith('about:') && !url.startsWith('data:'))).toEqual([]);
});

async function examineMail({ html }: Notice, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  // Without its style sheet everything must stand there too: in dark mail programs then turn colours around by themselves.
  for (const [how, shown] of [
    ['with', html],
    ['without', html.replaceAll(/<style>.*?<\/style>/gs, '')],
  ] as const) {
    await page.setContent(shown);
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await tooWide(page), `${name} ${how} style sheet at ${width} px`).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(RULES).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
        `axe on ${name} ${how} style sheet, ${colorScheme}`,
      ).toEqual([]);
    }
  }
  await page.setContent(html);
  await takePictures(page, name);
}
