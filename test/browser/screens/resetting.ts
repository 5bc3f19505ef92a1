// The main road and its bends: the code, the new password with the directory's own rules, and what came of it. What the
// directory has in the end is asked of the directory, by a client that is not ours.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { CLOUD_ACCOUNT, CODES_PERSON, FIRST_PASSWORD } from '../../../scripts/demonstration/people.js';
import {
  authenticatorCode,
  otherThan,
  privateMailOf,
  userIdOf,
  walkToCode,
  walkToFinish,
} from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';
import { requestsWith } from '../watch.js';
import { errorsBeside, expectFocusOnSummary } from './starting.js';

const { explained, marks, notices, problems, strength, strengthAdvice } = en.newPassword;
const NEW_PASSWORD = 'Brücke-über-den-Øresund-9';

export function resettingScreens(house: () => House): void {
  describe('a reset', () => {
    test('leads by a code and the rules to a password that the directory takes, and that nobody else saw', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const mailsBefore = house().demo.sink.mails.length;
      await person.sayWhoIAm(house().demo.publicUrl, userIdOf('ada'));
      expect(await person.heading()).toBe(en.trouble.heading);
      await examine(page, 'trouble');
      await person.press(en.trouble.next);
      expect(await errorsBeside(page)).toEqual([en.trouble.missing]);
      await examine(page, 'trouble-missing');
      await person.chooseTrouble('forgot');
      expect(await page.locator('.choice-hint').innerText()).toBe(en.method.emailHint('a•••@e•••.net'));
      await examine(page, 'method');
      await person.chooseMethod(/email/);
      await page.getByLabel(en.code.code).fill('042 815');
      await examine(page, 'code');
      await person.enterMailedCode(privateMailOf('ada'), mailsBefore);

      expect(await person.heading()).toBe(en.newPassword.heading);
      expect(await page.locator('.rules li').count()).toBeGreaterThan(2);
      expect(await page.locator('.rule-mark').allInnerTexts()).toEqual(['', '', '', '']);
      expect(await page.getByText(en.newPassword.rule.notGuessable).isVisible()).toBe(true);
      expect(await page.locator('#strength').isVisible()).toBe(false);
      await examine(page, 'new-password');
      await page.getByLabel(en.newPassword.password, { exact: true }).fill('Otter');
      expect(await page.locator('#rule-0 .rule-mark').innerText()).toBe(marks['not-yet']);
      // Every rule that can be told here is met, and it is weak all the same.
      await page.getByLabel(en.newPassword.password, { exact: true }).fill('Password2026!!');
      expect(await page.locator('#rule-0 .rule-mark').innerText()).toBe(marks.met);
      expect(await page.locator('#strength').innerText()).toBe(`${strength.weak}\n${strengthAdvice}`);
      expect(await page.locator('#strength-status').textContent()).toBe(`${strength.weak} – ${strengthAdvice}`);
      expect(await filledSegments(page)).toEqual([true, false, false]);
      expect(await page.locator('#notices').innerText()).toBe('');
      await examine(page, 'new-password-weak');
      await page.getByLabel(en.newPassword.password, { exact: true }).fill(NEW_PASSWORD);
      expect(await page.locator('#rule-0 .rule-mark').innerText()).toBe(marks.met);
      expect(await page.locator('#rules-status').textContent()).toBe(en.newPassword.announce(3, 4));
      expect(await page.locator('#strength').innerText()).toBe(strength.strong);
      expect(await page.locator('#strength-status').textContent()).toBe(strength.strong);
      expect(await filledSegments(page)).toEqual([true, true, true]);
      // Said, and no reason not to take it.
      expect(await page.locator('#notices').innerText()).toBe(notices['not-on-every-keyboard']);
      await examine(page, 'new-password-typed');

      await page.getByLabel(en.newPassword.again).fill('something else');
      await page.getByRole('button', { name: en.newPassword.finish }).click();
      expect(await errorsBeside(page)).toEqual([problems.different]);
      await examine(page, 'new-password-different');
      expect(visit.path()).toBe('/reset/password');
      expect(await page.locator('#new-password, #new-password-again').evaluateAll(namesOf)).toEqual([null, null]);

      await person.choosePassword(NEW_PASSWORD);
      expect(await person.heading()).toBe(en.results.changed.heading);
      await examine(page, 'changed');
      // What was posted in clear is found, so that what is not found was not posted.
      expect(requestsWith(userIdOf('ada'), visit.requests)).toHaveLength(1);
      expect(requestsWith(NEW_PASSWORD, visit.requests)).toEqual([]);
      expect(requestsWith('something else', visit.requests)).toEqual([]);
      expect(await signIn(house(), 'ada', NEW_PASSWORD)).toBe('accepted');
      const about = { to: userIdOf('ada'), after: mailsBefore, subject: /Your password was changed/ };
      expect((await house().mail(about)).text).not.toContain(NEW_PASSWORD);

      // Going back and loading again show the same end, and do nothing twice.
      await page.goBack();
      expect(await person.heading()).toBe(en.results.changed.heading);
      await page.reload();
      expect(await person.heading()).toBe(en.results.changed.heading);
    });

    test('says what is wrong with a code, and takes the right one after that', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const mailsBefore = await walkToCode(house(), visit, 'cleo', 'forgot');
      const code = await person.mailedCode(privateMailOf('cleo'), mailsBefore);
      await person.press(en.code.verify);
      expect(await errorsBeside(page)).toEqual([en.code.problems.missing]);
      await expectFocusOnSummary(page);
      await person.enterCode('12345');
      expect(await errorsBeside(page)).toEqual([en.code.problems.malformed]);
      await examine(page, 'code-malformed');
      await person.enterCode(otherThan(code));
      expect(await errorsBeside(page)).toEqual([`${en.code.problems.wrong} ${en.code.attemptsLeft(4)}`]);
      await examine(page, 'code-wrong');
      await person.press(en.code.resend);
      expect(await errorsBeside(page)).toEqual([en.code.problems['too-many-sent']]);
      expect(house().demo.sink.mails.filter(({ to }) => to === privateMailOf('cleo'))).toHaveLength(1);
      await examine(page, 'code-not-sent-again');
      await person.enterCode(` ${code.slice(0, 3)} ${code.slice(3)}`);
      expect(await person.heading()).toBe(en.newPassword.heading);
    });

    test('tells which rule of the directory refused a password, and lets try another without proving again', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToFinish(house(), visit, 'lena', 'forgot');
      // A fine-grained policy that the service account may not read: no rule is shown rather than a wrong one.
      expect(await page.getByText(en.newPassword.rulesNone).isVisible()).toBe(true);
      expect(await page.locator('.rules').count()).toBe(0);
      await examine(page, 'new-password-without-rules');
      await person.choosePassword('Short-Lamp-7');
      expect(await errorsBeside(page)).toEqual([problems['too-short']]);
      await expectFocusOnSummary(page);
      expect(await page.locator('#new-password').inputValue()).toBe('');
      await examine(page, 'new-password-refused');
      expect(await signIn(house(), 'lena', 'Short-Lamp-7')).toBe('refused');
      await person.choosePassword('Four-harbours-and-3-lamps');
      expect(await person.heading()).toBe(en.results.changed.heading);
      expect(await signIn(house(), 'lena', 'Four-harbours-and-3-lamps')).toBe('accepted');
      expect(requestsWith('Short-Lamp-7', visit.requests)).toEqual([]);
    });

    test('names the word that a password was refused for, which this browser alone could read', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToFinish(house(), visit, 'kim1', 'forgot');
      await person.choosePassword('PasswordSummer2026');
      const names = page.getByText('“\u2068password\u2069”');
      await expect.poll(() => names.count()).toBe(2);
      const [said = ''] = await errorsBeside(page);
      expect(said.replaceAll(/[\u2068\u2069]/g, '')).toBe(
        `${explained.common('“password”, “summer” and “2026”')} ${explained.advice}`,
      );
      await examine(page, 'new-password-explained');
      // The page came without it: it stands in nothing that was sent or answered.
      const html = await (await page.request.get(page.url())).text();
      expect(html).toContain('id="sealed-explanation"');
      expect(html).not.toContain('\u2068');
      expect(requestsWith('PasswordSummer2026', visit.requests)).toEqual([]);
      // Once read it is gone: loaded again, the page says the rule alone.
      await page.reload();
      expect(await errorsBeside(page)).toEqual([problems['banned-word']]);
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    });

    test('asks for two different ways where the organisation wants two', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const mailsBefore = await walkToCode(house(), visit, 'joerg', 'forgot');
      expect(await page.locator('.eyebrow').innerText()).toBe(en.method.gate(1, 2));
      await person.press(en.code.otherMethod);
      expect(await person.heading()).toBe(en.method.heading);
      expect(await page.getByRole('radio').count()).toBe(2);
      await examine(page, 'method-two');
      await person.press(en.method.next);
      expect(await errorsBeside(page)).toEqual([en.method.missing]);
      await person.chooseMethod(/email/);
      await person.enterMailedCode(privateMailOf('joerg'), mailsBefore);

      expect(await page.locator('.eyebrow').innerText()).toBe(en.method.gate(2, 2));
      expect(await page.getByRole('radio').count()).toBe(1);
      await examine(page, 'method-second');
      await person.press(en.method.next);
      expect(await person.heading()).toBe(en.code.headingAuthenticator);
      await examine(page, 'authenticator');
      await person.enterCode(authenticatorCode(house(), userIdOf('joerg')));
      await person.choosePassword('Ærø-und-Müßiggang-3');
      expect(await person.heading()).toBe(en.results.changed.heading);
      expect(await signIn(house(), 'joerg', 'Ærø-und-Müßiggang-3')).toBe('accepted');
    });

    test('begins with a recovery code, which is good once', async () => {
      const [code = ''] = house().demo.recoveryCodes;
      for (const isFirst of [true, false]) {
        await using visit = await house().visit();
        const { page, person } = visit;
        await person.sayWhoIAm(house().demo.publicUrl, CODES_PERSON);
        await person.chooseTrouble('forgot');
        if (isFirst) await examine(page, 'method-recovery');
        await person.chooseMethod(/recovery code/);
        expect(await person.heading()).toBe(en.recovery.heading);
        if (isFirst) await examine(page, 'recovery-code');
        await page.getByLabel(en.recovery.code).fill(code.toLowerCase());
        await person.press(en.code.verify);
        if (isFirst) expect(await person.heading()).toBe(en.newPassword.heading);
        else expect(await errorsBeside(page)).toEqual([en.recovery.problems['already-used']]);
      }
    });

    test('of a cloud-only account ends in the front door’s own store', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const mailsBefore = house().demo.sink.mails.length;
      // Nothing to unlock, so the trouble is not asked for.
      expect(await person.sayWhoIAm(house().demo.publicUrl, CLOUD_ACCOUNT.userId)).toBe(en.method.heading);
      await person.chooseMethod(/authenticator/);
      await person.enterCode(authenticatorCode(house(), CLOUD_ACCOUNT.userId));
      await person.press(en.method.next);
      await person.enterMailedCode(CLOUD_ACCOUNT.resetMail, mailsBefore);
      await examine(page, 'new-password-cloud');
      expect(await page.getByText(en.newPassword.sealedFor['front-door']).isVisible()).toBe(true);
      await person.choosePassword('Nine quiet otters');
      expect(await person.heading()).toBe(en.results.changed.heading);
      expect(requestsWith('Nine quiet otters', visit.requests)).toEqual([]);
      await house().mail({ to: CLOUD_ACCOUNT.resetMail, after: mailsBefore, subject: /Your password was changed/ });
    });
  });

  describe('an unlock', () => {
    test('keeps the password and lets the person in again', async () => {
      expect(await signIn(house(), 'bert', FIRST_PASSWORD)).toBe('refused');
      await using visit = await house().visit();
      await walkToFinish(house(), visit, 'bert', 'unlock');
      expect(await visit.person.heading()).toBe(en.unlock.heading);
      await examine(visit.page, 'unlock');
      await visit.person.confirmUnlock();
      expect(await visit.person.heading()).toBe(en.results.unlocked.heading);
      await examine(visit.page, 'unlocked');
      expect(await signIn(house(), 'bert', FIRST_PASSWORD)).toBe('accepted');
    });

    test('of an account that is not locked says so, and changes nothing', async () => {
      await using visit = await house().visit();
      await walkToFinish(house(), visit, 'kim1', 'unlock');
      await visit.person.confirmUnlock();
      expect(await visit.person.heading()).toBe(en.results.wasNotLocked.heading);
      await examine(visit.page, 'was-not-locked');
    });
  });
}

async function signIn(house: House, name: string, password: string): Promise<string> {
  const { url } = house.demo.domain;
  const proof = await proveBind({ url, caFile: house.demo.caFile, bindName: userIdOf(name), password });
  return proof.kind;
}

/** Told by the paint: a segment that is filled has a colour of its own. */
const filledSegments = (page: Page) =>
  page
    .locator('.strength-bar > *')
    .evaluateAll((segments) =>
      segments.map((segment) => getComputedStyle(segment).backgroundColor !== 'rgba(0, 0, 0, 0)'),
    );

const namesOf = (fields: readonly Element[]) => fields.map((field) => field.getAttribute('name'));
