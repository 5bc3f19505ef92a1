// The first pages: the door, and the form with the user ID and what shows that one is no robot.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';

const { problems } = en.start;

export function startingScreens(house: () => House): void {
  describe('the first pages', () => {
    test('lead from the sign-in page to the form, and show a picture', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(house().demo.publicUrl);
      await examine(page, 'sign-in');
      await person.press(en.signIn.cannotAccess);
      expect(await person.heading()).toBe(en.start.heading);
      await page.getByLabel(en.start.userId).fill('ada@corp.example.com');
      await examine(page, 'start');
      expect(await pictureSize(page)).toEqual([480, 160]);

      const shown = await pictureAddress(page);
      await person.press(en.start.newCharacters);
      expect(await pictureAddress(page)).not.toBe(shown);
      expect(await pictureSize(page)).toEqual([480, 160]);
      expect(await page.getByLabel(en.start.userId).inputValue()).toBe('ada@corp.example.com');
    });

    test('say what is missing beside each field, above the form, and first of all', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(`${house().demo.publicUrl}/reset`);
      await person.press(en.start.next);
      expect(await errorsBeside(page)).toEqual([problems['user-id-missing'], problems['challenge-missing']]);
      expect(await page.locator('.error-summary a').allInnerTexts()).toEqual(await errorsBeside(page));
      await expectFocusOnSummary(page);
      expect(await page.title()).toMatch(/^Error: /);
      await examine(page, 'start-problems');
      await page.getByRole('link', { name: problems['user-id-missing'] }).click();
      const field = page.getByLabel(en.start.userId);
      await expect.poll(() => field.evaluate((each) => each === document.activeElement), PATIENCE).toBe(true);
    });

    test('answer wrong characters with another picture, and keep what was typed', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(`${house().demo.publicUrl}/reset`);
      const shown = await pictureAddress(page);
      await page.getByLabel(en.start.userId).fill('ada@corp.example.com');
      // The alphabet of the picture has no nought: this is never right.
      await page.getByLabel(en.start.picture).fill('000000');
      await person.press(en.start.next);
      expect(await errorsBeside(page)).toEqual([problems['challenge-wrong']]);
      expect(await page.getByLabel(en.start.userId).inputValue()).toBe('ada@corp.example.com');
      expect(await page.getByLabel(en.start.picture).inputValue()).toBe('');
      expect(await pictureAddress(page)).not.toBe(shown);
    });

    test('ask in words instead, and again after a wrong answer; Enter means Next', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await page.goto(`${house().demo.publicUrl}/reset`);
      await person.press(en.start.useWords);
      await examine(page, 'start-words');
      await page.getByLabel(en.start.userId).fill('nobody@example.com');
      await page.locator('input[name=answer]').fill('certainly not');
      await person.press(en.start.next);
      expect(await errorsBeside(page)).toEqual([problems['challenge-answer-wrong']]);
      await person.press(en.start.newQuestion);
      await page.locator('input[name=answer]').fill(await person.answerInWords());
      await Promise.all([page.waitForEvent('load'), page.locator('input[name=answer]').press('Enter')]);
      expect(await person.heading()).toBe(en.stops.cannotVerify.heading);
    });
  });
}

const pictureAddress = (page: Page) => page.locator('img.challenge-picture').getAttribute('src');

const pictureSize = (page: Page) =>
  page
    .locator('img.challenge-picture')
    .evaluate(async (picture) =>
      picture instanceof HTMLImageElement
        ? picture.decode().then(() => [picture.naturalWidth, picture.naturalHeight])
        : [],
    );

/** Without the word that only screen readers get. */
export async function errorsBeside(page: Page): Promise<string[]> {
  const errors = await page.locator('p.error').allTextContents();
  return errors.map((text) => text.replace(en.layout.errorPrefix, '').trim());
}

/** Autofocus comes with the first frame, which may be after the page has loaded. */
export async function expectFocusOnSummary(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.className), PATIENCE).toBe('error-summary');
}

const PATIENCE = { timeout: 5_000, interval: 20 } as const;
