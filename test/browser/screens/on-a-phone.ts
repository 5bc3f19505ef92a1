// Locked out, with a phone in the hand: from the first page to the end, by taps and the phone's own keyboard. Asks of every page what a
// small screen with touch needs: nothing wider than it, the heading in view, and the button that leads on large enough and in reach.

import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { FIRST_PASSWORD } from '../../../scripts/demonstration/people.js';
import { privateMailOf, userIdOf } from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine, tooWide } from '../examine.js';
import type { House, Visit } from '../house.js';

const PHONE = {
  viewport: { width: 360, height: 640 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
} as const satisfies BrowserContextOptions;
/** Of what a finger has to find. */
const TOUCH_MIN_PX = 44;
const NEW_PASSWORD = 'Am-Telefon-7-Otter';

export function phoneVisits(house: () => House): void {
  describe('on a phone', () => {
    test('whoever is locked out gets in again, by taps alone, and may say from the mail that it was not them', async () => {
      await using visit = await house().visit(PHONE);
      const { page, person } = visit;
      const mailsBefore = house().demo.sink.mails.length;
      await tapToMethod(house(), visit, 'bert', en.trouble.unlock);
      await typeMailedCode(visit, 'bert', mailsBefore);
      expect(await person.heading()).toBe(en.unlock.heading);
      await expectToFit(page, en.unlock.confirm);
      await tapOn(page, en.unlock.confirm);
      expect(await person.heading()).toBe(en.results.unlocked.heading);
      await expectToFit(page);
      expect(await bind(house(), 'bert', FIRST_PASSWORD)).toBe('accepted');

      const link = await person.mailedLink(privateMailOf('bert'), mailsBefore);
      await page.goto(link);
      await expectToFit(page, en.disown.confirm);
      await using desk = await house().visit();
      await desk.page.goto(link);
      expect(await desk.page.getByText(en.disown.lead.unlock).isVisible()).toBe(true);
      await examine(desk.page, 'not-me-unlock');
      await tapOn(page, en.disown.confirm);
      expect(await person.heading()).toBe(en.disown.saidHeading);
      expect(await page.getByText(en.disown.password.invalidated).isVisible()).toBe(true);
      await expectToFit(page);
      expect(await bind(house(), 'bert', FIRST_PASSWORD)).toBe('refused');
    });

    test('whoever has forgotten their password gets a new one, by taps alone', async () => {
      await using visit = await house().visit(PHONE);
      const { page, person } = visit;
      const mailsBefore = house().demo.sink.mails.length;
      await tapToMethod(house(), visit, 'ada', en.trouble.forgot);
      await typeMailedCode(visit, 'ada', mailsBefore);
      expect(await person.heading()).toBe(en.newPassword.heading);
      await expectToFit(page, en.newPassword.finish);
      await typeInto(page, en.newPassword.password, NEW_PASSWORD);
      // The hints that have come meanwhile push nothing out of the screen.
      expect(await tooWide(page)).toEqual([]);
      await page.getByText(en.newPassword.show).tap();
      expect(await page.locator('#new-password').getAttribute('type')).toBe('text');
      await typeInto(page, en.newPassword.again, NEW_PASSWORD);
      await tapOn(page, en.newPassword.finish);
      expect(await person.heading()).toBe(en.results.changed.heading);
      await expectToFit(page);
      expect(await bind(house(), 'ada', NEW_PASSWORD)).toBe('accepted');
    });
  });
}

/** From the first page to where the code is on its way. */
async function tapToMethod(house: House, { page, person }: Visit, name: string, trouble: string): Promise<void> {
  await page.goto(house.demo.publicUrl);
  await expectToFit(page, en.signIn.cannotAccess);
  await tapOn(page, en.signIn.cannotAccess);
  await expectToFit(page, en.start.next);
  await tapOn(page, en.start.useWords);
  await expectToFit(page, en.start.next);
  await typeInto(page, en.start.userId, userIdOf(name));
  await page.locator('input[name=answer]').tap();
  await page.keyboard.type(await person.answerInWords());
  await tapOn(page, en.start.next);
  expect(await person.heading()).toBe(en.trouble.heading);
  await expectToFit(page, en.trouble.next);
  await page.getByText(trouble).tap();
  await tapOn(page, en.trouble.next);
  expect(await person.heading()).toBe(en.method.heading);
  await expectToFit(page, en.method.next);
  await tapOn(page, en.method.next);
  expect(await person.heading()).toBe(en.code.headingEmail);
}

async function typeMailedCode({ page, person }: Visit, name: string, mailsBefore: number): Promise<void> {
  await expectToFit(page, en.code.verify);
  await typeInto(page, en.code.code, await person.mailedCode(privateMailOf(name), mailsBefore));
  await tapOn(page, en.code.verify);
}

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).tap();
  await page.keyboard.type(text);
}

async function tapOn(page: Page, name: string): Promise<void> {
  const called = { name, exact: true };
  const target = page.getByRole('button', called).or(page.getByRole('link', called));
  await Promise.all([page.waitForEvent('load'), target.tap()]);
}

/** `onward`: the button that leads on, where there is one. */
async function expectToFit(page: Page, onward?: string): Promise<void> {
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  expect(await tooWide(page), heading).toEqual([]);
  // A page that is too wide is shown smaller by a phone, and everything on it with it.
  const { width, scale, top, bottom, height } = await page.evaluate(() => {
    const { top = -1, bottom = -1 } = document.querySelector('h1')?.getBoundingClientRect() ?? {};
    return { width: innerWidth, scale: visualViewport?.scale, top, bottom, height: innerHeight };
  });
  expect({ width, scale }, heading).toEqual({ width: PHONE.viewport.width, scale: 1 });
  expect(top, `the top of "${heading}"`).toBeGreaterThanOrEqual(0);
  expect(bottom, `the foot of "${heading}"`).toBeLessThanOrEqual(height);
  if (onward === undefined) return;
  const called = { name: onward, exact: true };
  const button = page.getByRole('button', called).or(page.getByRole('link', called));
  // Throws where something lies over it or it cannot be scrolled to.
  await button.tap({ trial: true });
  const box = await button.boundingBox();
  expect(box?.height, `the height of "${onward}"`).toBeGreaterThanOrEqual(TOUCH_MIN_PX);
}

async function bind(house: House, name: string, password: string): Promise<string> {
  const { domain, caFile } = house.demo;
  return (await proveBind({ url: domain.url, caFile, bindName: userIdOf(name), password })).kind;
}
