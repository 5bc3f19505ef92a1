// Whom their organisation has not turned this on for: stopped on the way to a reset, and let in to look at what they have, but not to set
// anything up.

import { describe, expect, test } from 'vitest';
import { LEFT_OUT_PERSON } from '../../../scripts/demonstration/people.js';
import { signIn } from '../../../scripts/demonstration/walks.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';

const { contact, signedIn } = en;
const [NAME = ''] = LEFT_OUT_PERSON.split('@');

export function leftOutVisits(house: () => House): void {
  describe('whom this is not turned on for', () => {
    test('is told so instead of being asked for a proof, and can write to the administrator', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const mailsBefore = house().demo.sink.mails.length;
      expect(await person.sayWhoIAm(house().demo.publicUrl, LEFT_OUT_PERSON)).toBe(contact.heading);
      expect(await page.getByText(contact.why['person-not-enabled']).isVisible()).toBe(true);
      expect(await page.getByLabel(contact.account).inputValue()).toBe(LEFT_OUT_PERSON);
      await examine(page, 'contact-left-out');
      expect(house().demo.sink.mails.slice(mailsBefore)).toEqual([]);
    });

    test('signs in and finds what they have, and nothing to set up, change or try', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await signIn(house(), visit, NAME);
      expect(await person.heading()).toBe(signedIn.info.heading);
      expect(await page.getByText(signedIn.info.notEnabled).isVisible()).toBe(true);
      await examine(page, 'security-info-not-enabled');
      expect(await page.locator('main').getByRole('button').allInnerTexts()).toEqual([signedIn.info.signOut]);
    });
  });
}
