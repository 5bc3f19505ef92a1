// Where people are stopped: sent to their administrator, not verified, asked to come later, blocked, lost, at no page.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { otherThan, privateMailOf, userIdOf, walkToCode, walkToFinish } from '../../../scripts/demonstration/walks.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { THROTTLE_RULES } from '../../../src/front-door/throttles/throttle-rules.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';
import { errorsBeside, expectFocusOnSummary } from './starting.js';

const { stops, contact } = en;

export function stoppingScreens(house: () => House): void {
  describe('contact your administrator', () => {
    test('is all that those are offered whom the directory closes the way to, in the same words', async () => {
      const names = ['dora', 'emil', 'fred', 'gina', 'hugo', 'iris'];
      const met = await Promise.all(
        names.map(async (name) => {
          await using visit = await house().visit();
          const { page, person } = visit;
          const heading = await person.sayWhoIAm(house().demo.publicUrl, userIdOf(name));
          const isExplained = await page.getByText(contact.why['managed-on-premises']).isVisible();
          return [heading, isExplained, await page.getByLabel(contact.account).inputValue()];
        }),
      );
      // Disabled, expired, protected, smart card …: a stranger does not learn which.
      expect(met).toEqual(names.map((name) => [contact.heading, true, userIdOf(name)]));
    });

    test('by e-mail: a form, whose words reach the help desk, so many times and no more', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const { sink, publicUrl } = house().demo;
      await person.sayWhoIAm(publicUrl, userIdOf('dora'));
      await examine(page, 'contact-form');
      await person.press(contact.send);
      expect(await errorsBeside(page)).toEqual([contact.problems['reply-missing']]);
      await expectFocusOnSummary(page);
      await examine(page, 'contact-problems');

      const mailsBefore = sink.mails.length;
      const allowed = THROTTLE_RULES['contacts-from-address'].attemptsMax;
      for (let sent = 0; sent < allowed; sent += 1) {
        await writeToAdministrator(page, `Message ${sent}: my account was closed.`);
        expect(await person.heading()).toBe(contact.sentHeading);
        if (sent === 0) await examine(page, 'contact-sent');
        await page.goto(`${publicUrl}/contact`);
      }
      const about = { to: 'helpdesk@example.com', after: mailsBefore, subject: /dora@corp\.example\.com/ };
      expect((await house().mail(about)).text).toContain('my account was closed.');
      await writeToAdministrator(page, 'One too many.');
      expect(await page.locator('.error-summary').innerText()).toContain(contact.problems['not-sent']);
      expect(await page.getByLabel(contact.message).inputValue()).toBe('One too many.');
      await examine(page, 'contact-not-sent');
    });

    test('by a portal: a link to the organisation’s own page', async () => {
      await using visit = await house().visit();
      await visit.person.sayWhoIAm(house().demo.publicUrl, 'anyone@northwind.example');
      expect(await visit.page.getByText(contact.why['reset-not-turned-on']).isVisible()).toBe(true);
      const portal = visit.page.getByRole('link', { name: contact.portal });
      expect(await portal.getAttribute('href')).toBe('https://helpdesk.northwind.example/');
      await examine(visit.page, 'contact-portal');
    });

    test('is offered where none of the ways to prove oneself can be used', async () => {
      await using visit = await house().visit();
      await visit.person.sayWhoIAm(house().demo.publicUrl, userIdOf('kim1'));
      await visit.person.chooseTrouble('forgot');
      await visit.person.press(en.method.noneOfThese);
      expect(await visit.person.heading()).toBe(contact.heading);
      await examine(visit.page, 'contact-from-method');
    });
  });

  describe('we couldn’t verify your account', () => {
    test('is the same page, to the letter, whether unknown, without methods or two people', async () => {
      const pages = await Promise.all(
        ['nobody@example.com', userIdOf('nora'), userIdOf('kim')].map(async (userId) => {
          await using visit = await house().visit();
          expect(await visit.person.sayWhoIAm(house().demo.publicUrl, userId)).toBe(stops.cannotVerify.heading);
          const supportId = await visit.page.locator('.footer code').innerText();
          const html = (await visit.page.content()).replaceAll(supportId, 'SUPPORT-ID');
          if (userId === 'nobody@example.com') await examine(visit.page, 'cannot-verify');
          return html;
        }),
      );
      expect(new Set(pages)).toHaveLength(1);
    });
  });

  describe('try again later', () => {
    test('comes before any work while the agent is away, and after it when it goes meanwhile; then the way is open', async () => {
      await using late = await house().visit();
      await walkToFinish(house(), late, 'kim1', 'forgot');
      await using visit = await house().visit();
      await house().stopAgent();
      try {
        expect(await visit.person.sayWhoIAm(house().demo.publicUrl, userIdOf('ada'))).toBe(stops.tryLater.heading);
        expect(await visit.page.getByText(stops.tryLater.lead['before-proof']).isVisible()).toBe(true);
        await examine(visit.page, 'try-later');
        await late.person.choosePassword('Too-late-for-7-otters');
        expect(await late.person.heading()).toBe(stops.tryLater.heading);
        expect(await late.page.getByText(stops.tryLater.lead['at-the-end']).isVisible()).toBe(true);
        expect(await late.page.getByText(stops.tryLater.staysProven).isVisible()).toBe(true);
        await examine(late.page, 'try-later-at-the-end');
      } finally {
        await house().startAgent();
      }
      // What was proven stayed proven.
      await late.person.press(stops.tryLater.tryAgain);
      expect(await late.person.heading()).toBe(en.newPassword.heading);
      await late.person.choosePassword('Just-in-time-for-7-otters');
      expect(await late.person.heading()).toBe(en.results.changed.heading);
      await visit.person.press(stops.tryLater.tryAgain);
      await visit.person.answerStart(userIdOf('ada'));
      expect(await visit.person.heading()).toBe(en.trouble.heading);
    });
  });

  describe('blocked for now', () => {
    test('ends a search for the code, and whoever begins anew meets it at once', async () => {
      await using visit = await house().visit();
      const { person } = visit;
      const mailsBefore = await walkToCode(house(), visit, 'kim2', 'forgot');
      const wrong = otherThan(await person.mailedCode(privateMailOf('kim2'), mailsBefore));
      for (let left = THROTTLE_RULES['failed-proofs'].attemptsMax; left > 0; left -= 1) {
        expect(await person.heading()).toBe(en.code.headingEmail);
        await person.enterCode(wrong);
      }
      expect(await person.heading()).toBe(stops.blocked.heading);
      await examine(visit.page, 'blocked');
      await using again = await house().visit();
      expect(await again.person.sayWhoIAm(house().demo.publicUrl, userIdOf('kim2'))).toBe(stops.blocked.heading);
    });
  });

  describe('we lost track of you', () => {
    test('answers a form whose cookie is gone', async () => {
      await using visit = await house().visit();
      await walkToCode(house(), visit, 'kim1', 'forgot');
      await visit.clearCookies();
      await visit.person.enterCode('123456');
      expect(await visit.person.heading()).toBe(stops.cookiesNeeded.heading);
      await examine(visit.page, 'lost-track');
    });

    test('answers a browser that keeps no cookies at all', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      // What such a browser does: it takes every page, and throws away the cookie that came with it.
      await page.goto(`${house().demo.publicUrl}/reset`);
      await visit.clearCookies();
      await page.getByLabel(en.start.userId).fill('ada');
      await person.press(en.start.next);
      expect(await person.heading()).toBe(stops.cookiesNeeded.heading);
      expect(await page.getByText(stops.cookiesNeeded.advice).isVisible()).toBe(true);
    });
  });

  test('an address that is no page says so, and offers the way back', async () => {
    await using visit = await house().visit();
    const answer = await visit.page.goto(`${house().demo.publicUrl}/no-such-page`);
    expect(answer?.status()).toBe(404);
    expect(await visit.person.heading()).toBe(stops.notFound.heading);
    await examine(visit.page, 'not-found');
  });
}

async function writeToAdministrator(page: Page, message: string): Promise<void> {
  await page.getByLabel(contact.reply).fill('+49 30 5550100');
  await page.getByLabel(contact.message).fill(message);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: contact.send }).click()]);
}
