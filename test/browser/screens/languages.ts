// Every language, as somebody meets it who can read no other: chosen at the foot of a page, and kept to the end. Each screen that is
// walked is looked at as any other: nothing wider than a small phone, and nothing that axe finds.

import { describe, expect, test } from 'vitest';
import { privateMailOf, walkToMethod } from '../../../scripts/demonstration/walks.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../src/front-door/languages/language.js';
import { NOTICE_WORDS } from '../../../src/front-door/notices/notice-words.js';
import { TEXTS } from '../../../src/front-door/pages/texts/catalogues.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';

const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const NEW_PASSWORD = 'Sieben-stille-Häfen-4';

export function languages(house: () => House): void {
  describe('another language', () => {
    test('is the browser’s own from the first page', async () => {
      for (const [locale, language] of [
        ['de-AT', 'de'],
        ['pt-BR', 'pt'],
        ['ar-EG', 'ar'],
      ] as const) {
        await using visit = await house().visit({ locale });
        const { page, person } = visit;
        await page.goto(`${house().demo.publicUrl}/`);
        await examine(page, `sign-in-${language}`);
        await person.press(TEXTS[language].signIn.cannotAccess);
        expect(await person.heading()).toBe(TEXTS[language].start.heading);
        await person.press(TEXTS[language].start.useWords);
        await examine(page, `start-${language}`);
      }
    });

    test('is chosen on any page, stays where the person is, and goes with them to the end and into their mail', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToMethod(house(), visit, 'kim2', 'forgot');
      for (const language of OTHERS) {
        await person.press(LANGUAGE_NAMES[language]);
        expect(await person.heading()).toBe(TEXTS[language].method.heading);
        await examine(page, `method-${language}`);
      }
      const mailsBefore = house().demo.sink.mails.length;
      const to = privateMailOf('kim2');
      await page.locator('label', { hasText: TEXTS.ar.method.email }).click();
      await person.press(TEXTS.ar.method.next);
      const mail = await house().mail({ to, after: mailsBefore, subject: new RegExp(NOTICE_WORDS.ar.code.heading) });
      expect(mail.text).toContain(NOTICE_WORDS.ar.code.lead);
      for (const language of OTHERS) {
        await person.press(LANGUAGE_NAMES[language]);
        const { direction } = await page.locator('.code').evaluate((input) => ({ ...getComputedStyle(input) }));
        expect(direction).toBe('ltr');
        await examine(page, `code-${language}`);
      }
      await page.getByLabel(TEXTS.ar.code.code).fill(await person.mailedCode(to, mailsBefore));
      await person.press(TEXTS.ar.code.verify);
      for (const language of OTHERS) {
        await person.press(LANGUAGE_NAMES[language]);
        const { newPassword } = TEXTS[language];
        // Letters and signs of a password in the order in which they are typed, also where lines run the other way.
        for (const field of ['#account', '#new-password', '#new-password-again'])
          expect(await page.locator(field).evaluate((input) => getComputedStyle(input).direction)).toBe('ltr');
        await page.getByLabel(newPassword.password, { exact: true }).fill('Otter');
        expect(await page.locator('#rule-0 .rule-mark').innerText()).toBe(newPassword.marks['not-yet']);
        await examine(page, `new-password-${language}`);
      }
      const { newPassword, results } = TEXTS.ar;
      await page.getByLabel(newPassword.password, { exact: true }).fill(NEW_PASSWORD);
      await page.getByLabel(newPassword.again).fill('something else');
      await page.getByRole('button', { name: newPassword.finish }).click();
      expect(await page.locator('.error').first().innerText()).toContain(newPassword.problems.different);
      await page.getByLabel(newPassword.again).fill(NEW_PASSWORD);
      await person.press(newPassword.finish);
      expect(await person.heading()).toBe(results.changed.heading);
      await examine(page, 'changed-ar');
      await house().mail({ to, after: mailsBefore, subject: new RegExp(NOTICE_WORDS.ar.done.subject.reset) });
      await person.press(LANGUAGE_NAMES.en);
      expect(await person.heading()).toBe(en.results.changed.heading);
    });
  });
}
