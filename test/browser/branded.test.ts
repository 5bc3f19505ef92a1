// The pages in an organisation's own colours, logo and words: the built front door alone, with an account that no directory has. Each
// screen is examined as all are: readable in both themes, no wider than a small phone, and no heavier, though its logo is the largest there may be.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CHROMIUM } from '../../scripts/demonstration/check-demo.js';
import { PersonAtBrowser } from '../../scripts/demonstration/person-at-browser.js';
import { createCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { freePorts } from '../../scripts/lab/free-ports.js';
import { type MailSink, startMailSink } from '../../scripts/lab/mail-sink.js';
import { LOGO_BYTES_MAX } from '../../src/front-door/branding/logo.js';
import { LANGUAGE_NAMES } from '../../src/front-door/languages/language.js';
import { en } from '../../src/front-door/pages/texts/en.js';
import { addingOlga, loneFrontDoor, SETTINGS } from '../component/lone-front-door.js';
import { anSvg, aPng } from '../support/logos.js';
import { type Program, runDrawbridge, startProgram } from '../support/programs.js';
import { examine } from './examine.js';
import { CONTEXT_OPTIONS } from './house.js';
import { watch } from './watch.js';

const HOST = '127.0.0.1';
const MAIL = 'olga@example.net';
const PLUM = 'rgb(122, 31, 92)';
const WORDS = {
  'signIn.lead': 'Lost your key to the harbour? Here you make a new one, by day and by night.',
  'method.lead': 'How shall we know that it is you?',
  'results.changed.steps': [
    'Put the new password into your phone.',
    'Ring 4000 if the crane does not know you any more.',
  ],
  'mail.code.lead': 'Your code for the harbour’s page:',
};
const PLATE_LOGO = { accent: '#7a1f5c', logoFile: 'logo.png' };
const OWN_DARK_LOGO = {
  accent: '#0057b8',
  accentDark: '#9cc5ff',
  logoFile: 'logo.svg',
  logoDarkFile: 'dark.svg',
  nameBesideLogo: true,
};
const sign = (colour: string) =>
  anSvg(`<path d="M4 34V16L20 4l16 12v18H26V22H14v12z" fill="${colour}"/>`, 'viewBox="0 0 40 40"');

let stack: AsyncDisposableStack;
let browser: Browser;
let sink: MailSink;
let house: Awaited<ReturnType<typeof loneFrontDoor>>;
const troubles: string[] = [];

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args] });
  stack.defer(() => browser.close());
  sink = stack.use(await startMailSink({ host: HOST, port: 0, authority: await createCertificateAuthority() }));
  house = stack.use(await loneFrontDoor());
  await writeFile(join(house.folder, 'logo.png'), aPng({ width: 320, height: 80, bytes: LOGO_BYTES_MAX }));
  await writeFile(join(house.folder, 'wide.png'), aPng({ width: 600, height: 80 }));
  await writeFile(join(house.folder, 'logo.svg'), sign('#003a7c'));
  await writeFile(join(house.folder, 'dark.svg'), sign('#cfe2ff'));
});
afterEach(() => expect(troubles.splice(0)).toEqual([]));
afterAll(() => stack?.disposeAsync());

interface BrandedDoor extends AsyncDisposable {
  readonly publicUrl: string;
  readonly program: Program;
  visit(): Promise<{ readonly page: Page; readonly person: PersonAtBrowser }>;
}

async function openDoor(branding: Readonly<Record<string, unknown>>): Promise<BrandedDoor> {
  const [port = 0] = await freePorts(HOST, 1);
  const publicUrl = `https://${HOST}:${port}`;
  const [tenant] = SETTINGS.tenants;
  const config = await house.settings({
    publicUrl,
    listen: { host: HOST, port },
    dataFolder: `data-${port}`,
    mail: { ...SETTINGS.mail, port: sink.port },
    tenants: [{ ...tenant, name: 'Harbour Works', branding, texts: { en: WORDS } }],
  });
  const added = await runDrawbridge(['front-door', ...addingOlga(MAIL), '--config', config], {
    input: 'Nine quiet otters',
  });
  expect(added.code).toBe(0);
  const logFile = join(house.folder, `log-${port}.jsonl`);
  const program = await startProgram({ args: ['front-door', '--config', config], logFile });
  await program.until('front-door-started');
  const contexts = new Set<BrowserContext>();
  return {
    publicUrl,
    program,
    visit: async () => {
      const context = await browser.newContext(CONTEXT_OPTIONS);
      contexts.add(context);
      watch(context, { origin: publicUrl, troubles });
      const page = await context.newPage();
      return { page, person: new PersonAtBrowser(page, sink) };
    },
    // The browsers first: what one of them still loads would find nobody there.
    [Symbol.asyncDispose]: async () => {
      await Promise.all(Array.from(contexts, (each) => each.close()));
      await program[Symbol.asyncDispose]();
    },
  };
}

describe('an organisation’s own pages', () => {
  test('are readable and light on every screen, from the door to the end', async () => {
    await using door = await openDoor(PLATE_LOGO);
    const { page, person } = await door.visit();
    await page.goto(door.publicUrl);
    const logo = page.getByRole('img', { name: 'Harbour Works' });
    expect(await logo.evaluate((each) => each instanceof HTMLImageElement && each.naturalWidth)).toBe(320);
    expect(await page.locator('.button').evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(PLUM);
    expect(await page.getByText(WORDS['signIn.lead']).count()).toBe(1);
    await examine(page, 'branded-sign-in');
    await person.press(en.signIn.cannotAccess);
    await examine(page, 'branded-start');
    await person.press(en.start.next);
    await examine(page, 'branded-start-problems');
    await page.goto(`${door.publicUrl}/contact`);
    await examine(page, 'branded-contact');

    await page.goto(`${door.publicUrl}/reset`);
    await person.answerStart('olga@example.com');
    expect(await page.getByText(WORDS['method.lead']).count()).toBe(1);
    await examine(page, 'branded-method');
    await person.chooseMethod(/email/);
    await person.enterCode('000000');
    await examine(page, 'branded-code-wrong');
    const mail = await vi.waitFor(() => {
      const last = sink.mails.findLast(({ to }) => to === MAIL);
      if (last === undefined) throw new Error('no mail yet');
      return last;
    });
    expect(mail.text).toContain(WORDS['mail.code.lead']);
    expect(mail.html).toContain('#7a1f5c');
    await person.enterMailedCode(MAIL, 0);
    await page.getByLabel(en.newPassword.password, { exact: true }).fill('Nine quiet');
    await examine(page, 'branded-new-password');
    await person.press(LANGUAGE_NAMES.ar);
    await examine(page, 'branded-new-password-ar');
    await person.press(LANGUAGE_NAMES.en);
    await person.choosePassword('Seven louder herons by the lock');
    expect(await person.heading()).toBe(en.results.changed.heading);
    // What is said of the mail is ours, and comes last.
    const steps = [...WORDS['results.changed.steps'], en.results.changed.told];
    expect(await page.locator('.steps li').allInnerTexts()).toEqual(steps);
    await examine(page, 'branded-changed');
    await person.sayWhoIAm(door.publicUrl, 'nobody@example.com');
    expect(await person.heading()).toBe(en.stops.tryLater.heading);
    await examine(page, 'branded-try-later');
  });

  test('have a logo of their own where they are dark, and the name beside it where it is only a sign', async () => {
    await using door = await openDoor(OWN_DARK_LOGO);
    const { page } = await door.visit();
    await page.goto(door.publicUrl);
    const shown = () =>
      page.locator('.brand-logo').evaluate((each) => each instanceof HTMLImageElement && each.currentSrc);
    const inLight = await shown();
    expect(inLight).toMatch(/\.svg$/);
    expect(await page.locator('.brand-logo').getAttribute('alt')).toBe('');
    expect(await page.locator('.brand-name').innerText()).toBe('Harbour Works');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(shown).not.toBe(inLight);
    await page.emulateMedia({ colorScheme: 'light' });
    await examine(page, 'branded-sign');
  });

  test('have room for the widest logo, and the name with it, on the smallest phone', async () => {
    await using door = await openDoor({ logoFile: 'wide.png', nameBesideLogo: true });
    const { page } = await door.visit();
    await page.goto(door.publicUrl);
    await examine(page, 'branded-wide');
  });

  test('have nothing that moves when the logo comes: its place is kept', async () => {
    await using door = await openDoor(PLATE_LOGO);
    const { page } = await door.visit();
    await page.route(/\/assets\/logo-/, (route) => route.abort());
    await page.goto(door.publicUrl);
    const box = await page.locator('.brand-logo').boundingBox();
    expect([box?.width, box?.height]).toEqual([160, 40]);
    troubles.splice(0);
  });
});
