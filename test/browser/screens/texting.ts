// The way by a text message: the whole number before anything is sent, a code that the phone can fill in, and another way where none can
// be sent. In languages that read the other way too, a number reads as it is dialled.

import { describe, expect, test } from 'vitest';
import { PHONE_PERSON } from '../../../scripts/demonstration/people.js';
import { walkToMethod } from '../../../scripts/demonstration/walks.js';
import { LANGUAGE_NAMES } from '../../../src/front-door/languages/language.js';
import { maskPhoneNumber } from '../../../src/front-door/pages/mask-address.js';
import { TEXTS } from '../../../src/front-door/pages/texts/catalogues.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';
import { errorsBeside, expectFocusOnSummary } from './starting.js';

const { name, number } = PHONE_PERSON;
const MASKED = maskPhoneNumber(number);

export function textingScreens(house: () => House): void {
  describe('a code by text message', () => {
    test('goes to whoever types the whole number, and to nobody who only knows how it ends', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const texts = () => house().demo.texts.texts.filter(({ to }) => to === number);
      await walkToMethod(house(), visit, name, 'forgot');
      expect(await page.locator('.choice-hint').innerText()).toBe(en.method.textHint(MASKED));
      await examine(page, 'method-text');
      await person.press(en.method.next);
      expect(await person.heading()).toBe(en.phone.heading);
      expect(await page.getByText(en.phone.lead(MASKED)).isVisible()).toBe(true);
      await examine(page, 'phone');
      await person.press(en.phone.send);
      expect(await errorsBeside(page)).toEqual([en.phone.problems.missing]);
      await page.getByLabel(en.phone.number).fill('47');
      await person.press(en.phone.send);
      expect(await errorsBeside(page)).toEqual([en.phone.problems.malformed]);
      await page.getByLabel(en.phone.number).fill('+44 7700 900948');
      await person.press(en.phone.send);
      expect(await errorsBeside(page)).toEqual([en.phone.problems.wrong]);
      await expectFocusOnSummary(page);
      await examine(page, 'phone-wrong');
      expect(texts()).toEqual([]);
      for (const language of ['de', 'ja', 'ar'] as const) {
        await person.press(LANGUAGE_NAMES[language]);
        expect(await person.heading()).toBe(TEXTS[language].phone.heading);
        await examine(page, `phone-${language}`);
      }
      // On a page that runs from right to left, the plus sign stands first all the same.
      expect(await page.locator('#number').evaluate((input) => getComputedStyle(input).direction)).toBe('ltr');
      expect(await page.locator('.lead').evaluate(edgesOf, MASKED)).toBe('plus sign first');

      await page.getByLabel(TEXTS.ar.phone.number).fill('+٤٤ ٧٧٠٠ ٩٠٠-٩٤٧');
      await person.press(TEXTS.ar.phone.send);
      expect(await person.heading()).toBe(TEXTS.ar.code.headingText);
      await examine(page, 'code-text-ar');
      expect(texts().map(({ to }) => to)).toEqual([number]);
      const [{ text = '' } = {}] = texts();
      const code = /#(\d{6})$/.exec(text)?.[1] ?? '';
      expect(text.split('\n').at(-1)).toBe(`@${new URL(house().demo.publicUrl).hostname} #${code}`);
      await person.press(LANGUAGE_NAMES.en);
      expect(await page.getByText(en.code.leadText(MASKED)).isVisible()).toBe(true);
      expect(await page.getByLabel(en.code.code).getAttribute('autocomplete')).toBe('one-time-code');
      await examine(page, 'code-text');
      await person.enterCode(code);
      expect(await person.heading()).toBe(en.newPassword.heading);
    });

    test('that cannot be sent is told, and another way can be chosen', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToMethod(house(), visit, name, 'forgot');
      await person.press(en.method.next);
      await page.getByLabel(en.phone.number).fill(number);
      house().demo.texts.setTaking(false);
      try {
        await person.press(en.phone.send);
      } finally {
        house().demo.texts.setTaking(true);
      }
      expect(await person.heading()).toBe(en.method.heading);
      expect(await errorsBeside(page)).toEqual([en.method.notSent]);
      await expectFocusOnSummary(page);
      await examine(page, 'method-not-sent');
    });
  });
}

/** Where the first and the last sign of the text are drawn. */
function edgesOf(element: Element, text: string): string {
  const node = element.firstChild;
  const at = node?.textContent?.indexOf(text) ?? -1;
  if (node === null || at < 0) return 'it is not there';
  const boxOf = (offset: number) => {
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [boxOf(at), boxOf(at + text.length - 1)];
  return first.left < last.left ? 'plus sign first' : 'plus sign last';
}
