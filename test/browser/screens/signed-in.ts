// Whoever knows their password: signing in before a real directory, setting up how they prove who they are, and changing the password.

import { TOTP, URI } from 'otpauth';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { FIRST_PASSWORD } from '../../../scripts/demonstration/people.js';
import {
  changePassword,
  confirmByMail,
  enterName,
  enterOwnPassword,
  otherThan,
  privateMailOf,
  signIn,
  userIdOf,
  walkToFinish,
} from '../../../scripts/demonstration/walks.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../src/front-door/languages/language.js';
import { maskAddress } from '../../../src/front-door/pages/mask-address.js';
import { TEXTS } from '../../../src/front-door/pages/texts/catalogues.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';

const { signedIn } = en;
const { info, setup } = signedIn;

export function signedInScreens(house: () => House): void {
  describe('whoever knows their password', () => {
    test('finds nothing set up, sets up an address, an app and codes, and gets back in with them', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(`${house().demo.publicUrl}/`);
      await person.press(signedIn.door['security-info']);
      await examine(page, 'own-name');
      await enterName(visit, 'nils');
      await examine(page, 'entry');
      await enterOwnPassword(visit, 'Not-His-Password-1');
      expect(await page.locator('.error').innerText()).toContain(signedIn.entry.problems.wrong);
      await examine(page, 'entry-wrong');
      await enterOwnPassword(visit, FIRST_PASSWORD);
      expect(await person.heading()).toBe(info.heading);
      await examine(page, 'security-info-empty');

      const address = 'nils.private@example.net';
      await person.press(info.adding['email-code']);
      await examine(page, 'set-up-address');
      const mailsBefore = house().demo.sink.mails.length;
      await page.getByLabel(setup.email.address).fill(address);
      await person.press(setup.email.send);
      expect(await person.heading()).toBe(setup.email.codeHeading);
      const code = await person.mailedCode(address, mailsBefore);
      await page.getByLabel(setup.code).fill(otherThan(code));
      await person.press(setup.finish);
      expect(await page.locator('.error').innerText()).toContain(setup.problems.wrong);
      await examine(page, 'set-up-address-code');
      await page.getByLabel(setup.code).fill(code);
      await person.press(setup.finish);
      expect(await page.getByRole('status').first().innerText()).toBe(info.news.added);

      await person.press(info.adding['authenticator-code']);
      await examine(page, 'set-up-app');
      const app = await shownApp(page);
      await page.getByLabel(setup.code).fill(app.generate());
      await person.press(setup.finish);
      await page.locator('summary').last().click();
      await examine(page, 'security-info-changing');
      await page.getByLabel(info.rename, { exact: true }).last().fill('work phone');
      await page.getByRole('button', { name: info.save }).last().click();
      await page.getByText('work phone').first().waitFor();
      await examine(page, 'security-info');

      await person.press(`${info.tryIt} work phone`);
      expect(await page.locator('.eyebrow').innerText()).toBe(`${info.trying} work phone`);
      expect(await page.getByRole('link', { name: en.layout.contactAdministrator }).count()).toBe(0);
      await examine(page, 'try-app');
      const nextStep = { timestamp: (await page.evaluate(() => Date.now())) + app.period * 1000 };
      await page.getByLabel(en.code.code).fill(otherThan(app.generate(nextStep)));
      await person.press(en.code.verify);
      expect(await page.locator('.error').innerText()).toContain(en.code.problems.wrong);
      await examine(page, 'try-app-wrong');
      // The code of now was used up by setting it up; a clock may be half a minute fast.
      await page.getByLabel(en.code.code).fill(app.generate(nextStep));
      await person.press(en.code.verify);
      expect(await page.getByRole('status').first().innerText()).toBe(`${info.news.works} work phone`);
      await examine(page, 'security-info-works');
      await person.press(`${info.tryIt} ${info.methods['email-code']} ${address}`);
      expect(await person.heading()).toBe(en.code.headingEmail);
      await examine(page, 'try-mail');
      await page.goBack();
      await page.reload();
      expect(await person.heading()).toBe(en.code.headingEmail);
      await person.press(info.back);
      expect(await person.heading()).toBe(info.heading);
      expect(await page.getByText(info.news.works).count()).toBe(0);

      await person.press(info.adding['text-message']);
      await examine(page, 'set-up-phone');
      await page.getByLabel(setup.phone.number).fill('+44 7700 900555');
      await person.press(setup.email.send);
      expect(await person.heading()).toBe(setup.phone.codeHeading);
      await examine(page, 'set-up-phone-code');
      const [texted = ''] = /\d{6}/.exec(house().demo.texts.texts.at(-1)?.text ?? '') ?? [];
      await page.getByLabel(setup.code).fill(texted);
      await person.press(setup.finish);
      expect(await page.getByRole('status').first().innerText()).toBe(info.news.added);

      await person.press(`${info.tryIt} ${info.methods['text-message']} +447700900555`);
      expect(await person.heading()).toBe(en.phone.heading);
      await examine(page, 'try-phone');
      await page.goto(`${house().demo.publicUrl}/security-info/code?lang=ar`);
      await examine(page, 'try-phone-ar');
      await page.goto(`${house().demo.publicUrl}/security-info/code?lang=en`);
      await person.press(info.back);

      await person.press(info.adding['recovery-code']);
      await examine(page, 'make-recovery-codes');
      await person.press(setup.recovery.make);
      await examine(page, 'recovery-codes-shown');
      const printed = await page.locator('.recovery-codes code').first().innerText();
      await person.press(setup.recovery.done);
      expect(await person.heading()).toBe(info.heading);
      const toTry = await page.getByRole('button', { name: info.tryIt }).allInnerTexts();
      expect(toTry.filter((name) => name.includes(info.methods['recovery-code']))).toEqual([]);
      expect(toTry).toHaveLength(3);
      await person.press(info.signOut);

      await using later = await house().visit();
      await later.person.sayWhoIAm(house().demo.publicUrl, userIdOf('nils'));
      await later.person.chooseTrouble('forgot');
      await later.person.chooseMethod(/recovery code/);
      await later.page.getByLabel(en.recovery.code).fill(printed);
      await later.person.press(en.code.verify);
      expect(await later.person.heading()).toBe(en.newPassword.heading);
    });

    test('confirms with one press what their directory names, which proved nothing before, and gets back in by it', async () => {
      const address = privateMailOf('rosa');
      await using before = await house().visit();
      await before.person.sayWhoIAm(house().demo.publicUrl, userIdOf('rosa'));
      expect(await before.person.heading()).toBe(en.stops.cannotVerify.heading);

      await using visit = await house().visit();
      const { page, person } = visit;
      await signIn(house(), visit, 'rosa');
      expect(await page.getByRole('heading', { name: info.toConfirm.heading }).isVisible()).toBe(true);
      expect(await page.content()).not.toContain(address);
      await examine(page, 'security-info-to-confirm');
      const mailsBefore = house().demo.sink.mails.length;
      await person.press(`${setup.email.send} ${maskAddress(address)}`);
      expect(await person.heading()).toBe(setup.email.codeHeading);
      expect(await page.content()).not.toContain(address);
      await page.getByLabel(setup.code).fill(await person.mailedCode(address, mailsBefore));
      await person.press(setup.finish);
      expect(await page.getByRole('status').first().innerText()).toBe(info.news.added);

      await using later = await house().visit();
      await walkToFinish(house(), later, 'rosa', 'forgot');
      expect(await later.person.heading()).toBe(en.newPassword.heading);
    });

    test('shows once more who they are before anything changes, and removes what they have', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await signIn(house(), visit, 'kim1');
      expect(await page.getByText(info.confirmFirst).isVisible()).toBe(true);
      expect(await page.content()).not.toContain(privateMailOf('kim1'));
      await examine(page, 'security-info-not-proved');
      const triedAfter = house().demo.sink.mails.length;
      await person.press(new RegExp(`^${info.tryIt} ${info.methods['email-code']}`));
      await person.enterMailedCode(privateMailOf('kim1'), triedAfter);
      expect(await page.getByRole('status').first().innerText()).toContain(info.news.works);
      expect(await page.getByText(info.confirmFirst).isVisible()).toBe(true);
      expect(await page.content()).not.toContain(privateMailOf('kim1'));
      await confirmByMail(house(), visit, 'kim1');
      expect(await person.heading()).toBe(info.heading);
      const mailsBefore = house().demo.sink.mails.length;
      await person.press(info.adding['authenticator-code']);
      await page.getByLabel(setup.code).fill((await shownApp(page)).generate());
      await person.press(setup.finish);
      const told = await house().mail({
        to: privateMailOf('kim1'),
        after: mailsBefore,
        subject: /A way to prove who you are was added/,
      });
      expect(told.text).toContain(info.methods['authenticator-code']);
      const removing = page.getByRole('button', { name: `${info.remove} ${info.methods['authenticator-code']}` });
      // Not by one slip of a finger.
      expect(await removing.isVisible()).toBe(false);
      await page.locator('summary', { hasText: info.methods['authenticator-code'] }).click();
      await removing.click();
      expect(await page.getByRole('status').first().innerText()).toBe(info.news.removed);
    });

    test('sees which rule refuses a new password, and that the one they say they have is not theirs', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(`${house().demo.publicUrl}/`);
      await person.press(signedIn.door['change-password']);
      await enterName(visit, 'nils');
      await enterOwnPassword(visit, FIRST_PASSWORD);
      await examine(page, 'change-password');
      await changePassword(visit, { current: FIRST_PASSWORD, password: 'Kurz-7' });
      expect(await page.locator('.error').innerText()).toContain(en.newPassword.problems['too-short']);
      await changePassword(visit, { current: 'Not-His-Password-2', password: 'Neun-helle-Brunnen-6' });
      expect(await page.locator('.error').innerText()).toContain(en.results.wrongCurrentPassword);
      await examine(page, 'change-password-wrong');
    });

    test('is led to another password where the directory asks for one', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await signIn(house(), visit, 'mona');
      expect(await page.getByText(signedIn.change.must['must-change']).isVisible()).toBe(true);
      await examine(page, 'change-password-must');
      await changePassword(visit, { current: FIRST_PASSWORD, password: 'Vier-kühle-Treppen-3' });
      expect(await person.heading()).toBe(signedIn.changed.heading);
      await examine(page, 'changed-by-the-one-before');
    });

    test('finds every page in every language', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await signIn(house(), visit, 'ada');
      for (const language of LANGUAGES) {
        await person.press(LANGUAGE_NAMES[language]);
        expect(await person.heading()).toBe(TEXTS[language].signedIn.info.heading);
        await examine(page, `security-info-${language}`);
      }
      await person.press(LANGUAGE_NAMES.en);
    });

    test('sends no password that is not sealed, also where there is no script', async () => {
      await using visit = await house().visit({ javaScriptEnabled: false });
      const { page } = visit;
      await page.goto(`${house().demo.publicUrl}/sign-in`);
      await enterName(visit, 'ada');
      await page.getByLabel(signedIn.entry.password, { exact: true }).fill(FIRST_PASSWORD);
      await page.getByRole('button', { name: signedIn.entry.signIn }).click();
      await page.locator('.error').waitFor();
      expect(await page.locator('.error').innerText()).toContain(signedIn.entry.problems['not-sealed']);
      expect(visit.requests.map(({ text }) => text).join()).not.toContain(FIRST_PASSWORD);
    });
  });
}

async function shownApp(page: Page): Promise<TOTP> {
  const totp = URI.parse((await page.locator('a[href^="otpauth:"]').getAttribute('href')) ?? '');
  if (!(totp instanceof TOTP)) throw new Error('the page shows no TOTP address');
  return totp;
}
