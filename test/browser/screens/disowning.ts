// "This wasn't me": somebody else has reset a password, and the person says so from the mail about it. What the directory takes then is
// asked of the directory, by a client that is not ours.

import { describe, expect, test } from 'vitest';
import { privateMailOf, userIdOf, walkToFinish } from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';

const words = en.disown;
const INTRUDERS = 'Chosen-by-somebody-else-7';

export function disowning(house: () => House): void {
  describe('this wasn’t me', () => {
    test('said once from the mail, it makes what was set useless, stops whoever goes on, and tells the administrators', async () => {
      const mailsBefore = house().demo.sink.mails.length;
      await using intruder = await house().visit();
      await walkToFinish(house(), intruder, 'paul', 'forgot');
      await intruder.person.choosePassword(INTRUDERS);
      expect(await intruder.person.heading()).toBe(en.results.changed.heading);
      expect(await signIn(house(), INTRUDERS)).toBe('accepted');
      await using again = await house().visit();
      await walkToFinish(house(), again, 'paul', 'forgot');

      const told = await house().mail({ to: privateMailOf('paul'), after: mailsBefore, subject: /was changed/ });
      const link = /https:\/\/\S+\/not-me\/\S+/.exec(told.text)?.[0] ?? '';
      expect(link.startsWith(`${house().demo.publicUrl}/not-me/`)).toBe(true);
      expect(told.html).toContain(`href="${link}"`);

      // As a program that looks at mails follows it: nothing happens.
      for (let times = 0; times < 2; times += 1) {
        await using scanner = await house().visit();
        await scanner.page.goto(link);
      }
      expect(await signIn(house(), INTRUDERS)).toBe('accepted');

      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(link);
      expect(await person.heading()).toBe(words.heading);
      expect(await page.getByText(words.lead.reset).isVisible()).toBe(true);
      await examine(page, 'not-me');
      await person.press(words.confirm);
      expect(await person.heading()).toBe(words.saidHeading);
      expect(await page.getByText(words.password.invalidated).isVisible()).toBe(true);
      expect(await page.getByText(words.isTold).isVisible()).toBe(true);
      await examine(page, 'not-me-said');
      expect(await signIn(house(), INTRUDERS)).toBe('refused');
      await page.reload();
      expect(await person.heading()).toBe(words.saidHeading);

      const about = { to: 'helpdesk@example.com', after: mailsBefore, subject: /paul@corp\.example\.com/ };
      expect((await house().mail(about)).text).toContain('Outcome code: done');

      await again.person.choosePassword('Once-more-by-somebody-else-7');
      await again.page.goto(`${house().demo.publicUrl}/reset/password`);
      expect(await again.person.heading()).toBe(en.stops.blocked.heading);
      expect(await signIn(house(), 'Once-more-by-somebody-else-7')).toBe('refused');
      await using anew = await house().visit();
      expect(await anew.person.sayWhoIAm(house().demo.publicUrl, userIdOf('paul'))).toBe(en.stops.blocked.heading);

      await using late = await house().visit();
      const answer = await late.page.goto(link);
      expect(answer?.status()).toBe(404);
      expect(await late.person.heading()).toBe(words.unknownHeading);
      await examine(late.page, 'not-me-unknown');
    });
  });
}

async function signIn(house: House, password: string): Promise<string> {
  const { url } = house.demo.domain;
  return (await proveBind({ url, caFile: house.demo.caFile, bindName: userIdOf('paul'), password })).kind;
}
