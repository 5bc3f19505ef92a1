// Everything that is not on the main road, without a mouse: signing in with a pasted password, setting up an address, changing the
// password, and writing to the administrator. The main road by keyboard is in wandering.ts.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ageEveryMethod } from '../../../scripts/demonstration/flow-rows.js';
import { FIRST_PASSWORD } from '../../../scripts/demonstration/people.js';
import { userIdOf } from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';
import { enter, tabTo } from '../tabbing.js';
import { requestsWith } from '../watch.js';

const { signedIn, newPassword, contact } = en;
const { info, setup } = signedIn;
const ADDRESS = 'nils.private@example.net';
const NEW_PASSWORD = 'Sieben-stille-Häfen-4';

export function keyboardVisits(house: () => House): void {
  describe('by keyboard alone', () => {
    test('one signs in, sets up an address, says that all is still right, and changes the password to the end', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(house().demo.publicUrl);
      await tabTo(page, signedIn.door['security-info']);
      await enter(page);
      await tabTo(page, en.start.userId);
      await page.keyboard.type(userIdOf('nils'));
      await enter(page);
      await tabTo(page, signedIn.entry.password);
      await paste(page, FIRST_PASSWORD);
      await enter(page);
      expect(await person.heading()).toBe(info.heading);

      await tabTo(page, info.adding['email-code']);
      await enter(page);
      const mailsBefore = house().demo.sink.mails.length;
      await tabTo(page, setup.email.address);
      await page.keyboard.type(ADDRESS);
      await enter(page);
      await tabTo(page, setup.code);
      await page.keyboard.type(await person.mailedCode(ADDRESS, mailsBefore));
      await enter(page);
      expect(await page.getByRole('status').first().innerText()).toBe(info.news.added);

      ageEveryMethod(house(), { days: 365 });
      await page.reload();
      expect(await page.getByText(info.stillRight).isVisible()).toBe(true);
      await examine(page, 'security-info-still-right');
      await tabTo(page, info.allIsRight);
      await enter(page);
      expect(await page.getByRole('status').first().innerText()).toBe(info.news.confirmed);
      expect(await page.getByText(info.stillRight).count()).toBe(0);

      await tabTo(page, info.changePassword);
      await enter(page);
      await tabTo(page, en.start.userId);
      await page.keyboard.type(userIdOf('nils'));
      await enter(page);
      await tabTo(page, signedIn.entry.password);
      await paste(page, FIRST_PASSWORD);
      await enter(page);
      await tabTo(page, signedIn.change.current);
      await paste(page, FIRST_PASSWORD);
      await tabTo(page, newPassword.password);
      await paste(page, NEW_PASSWORD);
      await tabTo(page, newPassword.again);
      await paste(page, NEW_PASSWORD);
      expect(await typesOfFields(page)).toEqual(['password', 'password', 'password']);
      await tabTo(page, newPassword.show);
      await page.keyboard.press('Space');
      expect(await typesOfFields(page)).toEqual(['text', 'text', 'text']);
      await examine(page, 'change-password-shown');
      await page.keyboard.press('Space');
      expect(await typesOfFields(page)).toEqual(['password', 'password', 'password']);
      await tabTo(page, newPassword.finish);
      await enter(page);
      expect(await person.heading()).toBe(signedIn.changed.heading);
      expect(await page.getByRole('link', { name: signedIn.changed.again }).isVisible()).toBe(true);
      expect(await bind(house(), 'nils', NEW_PASSWORD)).toBe('accepted');
      expect(requestsWith(FIRST_PASSWORD, visit.requests)).toEqual([]);
      expect(requestsWith(NEW_PASSWORD, visit.requests)).toEqual([]);
      await house().mail({ to: ADDRESS, after: mailsBefore, subject: /Your password was changed/ });
    });

    test('one writes to the administrator', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const mailsBefore = house().demo.sink.mails.length;
      await person.sayWhoIAm(house().demo.publicUrl, userIdOf('dora'));
      await tabTo(page, contact.reply);
      await page.keyboard.type('+49 30 5550100');
      await tabTo(page, contact.message);
      await page.keyboard.type('By keyboard: my account was closed.');
      await tabTo(page, contact.send);
      await enter(page);
      expect(await person.heading()).toBe(contact.sentHeading);
      const about = { to: 'helpdesk@example.com', after: mailsBefore, subject: /dora@corp\.example\.com/ };
      expect((await house().mail(about)).text).toContain('By keyboard: my account was closed.');
    });
  });
}

/** As from a password manager: into the clipboard, and from there by the keys. */
async function paste(page: Page, text: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
  await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(text);
}

const typesOfFields = (page: Page) =>
  page
    .locator('input[autocomplete$="-password"]')
    .evaluateAll((fields) => fields.map((field) => field.getAttribute('type')));

async function bind(house: House, name: string, password: string): Promise<string> {
  const { domain, caFile } = house.demo;
  return (await proveBind({ url: domain.url, caFile, bindName: userIdOf(name), password })).kind;
}
