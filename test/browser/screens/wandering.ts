// People who do not go straight on: back, again, in two tabs, without script, without a mouse. Nothing of it does harm.

import { describe, expect, test } from 'vitest';
import {
  lockOut,
  privateMailOf,
  userIdOf,
  walkToCode,
  walkToFinish,
  walkToMethod,
} from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';
import { enter, nameOfFocused, tabTo } from '../tabbing.js';
import { requestsWith } from '../watch.js';
import { errorsBeside } from './starting.js';

export function wanderings(house: () => House): void {
  describe('whoever wanders', () => {
    test('back or loads again is led to where they were, and gets no second mail', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const mailsBefore = await walkToCode(house(), visit, 'kim1', 'forgot');
      const { mails } = house().demo.sink;
      const codeMails = () => mails.filter(({ to }) => to === privateMailOf('kim1')).length;
      await person.mailedCode(privateMailOf('kim1'), mailsBefore);
      const before = codeMails();
      await page.reload();
      expect(visit.path()).toBe('/reset/code');
      await page.goBack();
      expect(await person.heading()).toBe(en.code.headingEmail);
      for (const elsewhere of ['/reset/password', '/reset/unlock', '/reset/result', '/reset/method']) {
        await page.goto(`${house().demo.publicUrl}${elsewhere}`);
        expect(visit.path(), elsewhere).toBe('/reset/code');
      }
      expect(codeMails()).toBe(before);
    });

    test('in two tabs is at one place in both', async () => {
      await using visit = await house().visit();
      await walkToMethod(house(), visit, 'kim1', 'forgot');
      const tab = await visit.anotherTab();
      const mailsBefore = house().demo.sink.mails.length;
      await tab.page.goto(`${house().demo.publicUrl}/reset/trouble`);
      await tab.chooseMethod(/email/);
      await tab.enterMailedCode(privateMailOf('kim1'), mailsBefore);
      expect(await tab.heading()).toBe(en.newPassword.heading);
      // The first tab still shows the choice: its form comes too late and leads on.
      await visit.person.chooseMethod(/email/);
      expect(await visit.person.heading()).toBe(en.newPassword.heading);
    });

    test('and gets done on another device is told so where they had begun, and not that they are blocked', async () => {
      await lockOut(house(), 'bert');
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToMethod(house(), visit, 'bert', 'forgot');
      await using phone = await house().visit();
      await walkToFinish(house(), phone, 'bert', 'unlock');
      await phone.person.confirmUnlock();
      expect(await phone.person.heading()).toBe(en.results.unlocked.heading);
      // The form that is still shown sends nothing any more.
      const mailsBefore = house().demo.sink.mails.length;
      await person.chooseMethod(/email/);
      expect(await person.heading()).toBe(en.stops.endedElsewhere.heading);
      expect(
        house()
          .demo.sink.mails.slice(mailsBefore)
          .filter(({ text }) => /\b\d{3}\s?\d{3}\b/.test(text)),
      ).toEqual([]);
      await examine(page, 'ended-elsewhere');
      await person.press(en.stops.endedElsewhere.startAgain);
      expect(await person.heading()).toBe(en.start.heading);
    });

    test('without JavaScript walks up to the new password, is told why not further, and cannot post one', async () => {
      await using visit = await house().visit({ javaScriptEnabled: false });
      const { page, person } = visit;
      await walkToFinish(house(), visit, 'kim1', 'forgot');
      expect(await person.heading()).toBe(en.newPassword.heading);
      const notice = page.locator('noscript p');
      expect(await notice.isVisible()).toBe(true);
      expect(await notice.innerText()).toBe(en.newPassword.noScript);
      await person.choosePassword('Never-posted-7-otters');
      expect(await errorsBeside(page)).toEqual([en.newPassword.problems['not-sealed']]);
      const posted = visit.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/reset/password'));
      expect(posted.map(({ text }) => /sealed=(.*)$/.exec(text)?.[1])).toEqual(['']);
      expect(requestsWith('Never-posted-7-otters', visit.requests)).toEqual([]);
    });

    test('by keyboard alone gets through a whole reset, and always sees where they are', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(house().demo.publicUrl);
      await page.keyboard.press('Tab');
      expect(await nameOfFocused(page)).toBe(en.layout.skipToContent);
      await tabTo(page, en.signIn.cannotAccess);
      await enter(page);
      await tabTo(page, en.start.useWords);
      await enter(page);
      await tabTo(page, en.start.userId);
      await page.keyboard.type(userIdOf('cleo'));
      await page.keyboard.press('Tab');
      await page.keyboard.type(await person.answerInWords());
      await enter(page);
      await tabTo(page, en.trouble.forgot);
      await page.keyboard.press('Space');
      await tabTo(page, en.trouble.next);
      await enter(page);
      const mailsBefore = house().demo.sink.mails.length;
      await tabTo(page, en.method.next);
      await enter(page);
      const code = await person.mailedCode(privateMailOf('cleo'), mailsBefore);
      await tabTo(page, en.code.code);
      await page.keyboard.type(code);
      await enter(page);
      await tabTo(page, en.newPassword.password);
      await page.keyboard.type('By-keyboard-7-otters');
      await page.keyboard.press('Tab');
      await page.keyboard.type('By-keyboard-7-otters');
      await tabTo(page, en.newPassword.finish);
      await enter(page);
      expect(await person.heading()).toBe(en.results.changed.heading);
      await examine(page, 'changed-by-keyboard');
      const { domain, caFile } = house().demo;
      const proof = { url: domain.url, caFile, bindName: userIdOf('cleo'), password: 'By-keyboard-7-otters' };
      // Also shows that the duty to change at next logon is gone: with it the directory would refuse.
      expect(await proveBind(proof)).toMatchObject({ kind: 'accepted' });
    });
  });
}
