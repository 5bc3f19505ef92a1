// Security questions in a browser: answered, answered wrongly, in a language that runs the other way; and whom they are kept from.

import { describe, expect, test } from 'vitest';
import { CLOUD_ACCOUNT, OWN_QUESTION, QUESTION_ANSWERS } from '../../../scripts/demonstration/people.js';
import { privateMailOf, userIdOf, walkToMethod } from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { PREDEFINED_WORDS } from '../../../src/front-door/methods/security-questions/predefined-words.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House, Visit } from '../house.js';
import { requestsWith } from '../watch.js';
import { errorsBeside, expectFocusOnSummary } from './starting.js';

const words = en.securityQuestions;
const NEW_PASSWORD = 'Eleven-quiet-Brücken-3';
/** What was answered, by what is asked. */
const ANSWERS: ReadonlyMap<string, string> = new Map(
  Object.entries(QUESTION_ANSWERS).map(([id, answer]) => [
    Object.entries(PREDEFINED_WORDS.en).find(([each]) => each === id)?.[1] ?? OWN_QUESTION.text,
    answer,
  ]),
);

export function questionScreens(house: () => House): void {
  describe('security questions', () => {
    test('lead to a new password beside another way; wrong answers are asked anew, and no field is called wrong', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToMethod(house(), visit, 'tara', 'forgot');
      await examine(page, 'method-questions');
      await person.chooseMethod(/security questions/);
      expect(await person.heading()).toBe(words.heading);
      const first = await asked(visit);
      expect(new Set(first).size).toBe(3);
      await examine(page, 'security-questions');

      await person.press(words.verify);
      expect(await errorsBeside(page)).toEqual([words.problems.missing]);
      await expectFocusOnSummary(page);
      expect(await asked(visit)).toEqual(first);
      await answerAll(visit, (answer, index) => (index === 1 ? 'a guess' : answer));
      expect(await errorsBeside(page)).toEqual([`${words.problems.wrong} ${en.code.attemptsLeft(4)}`]);
      expect(await page.locator('.field[data-invalid]').count()).toBe(0);
      expect(await valuesTyped(visit)).toEqual(['', '', '']);
      await examine(page, 'security-questions-wrong');
      // Three of five: the same ones in the same order come once in sixty times, and then once more in as many.
      let draws = new Set([first.join(), (await asked(visit)).join()]);
      if (draws.size === 1) {
        await answerAll(visit, () => 'a guess');
        draws = draws.add((await asked(visit)).join());
      }
      expect(draws.size).toBe(2);

      await page.goto(`${house().demo.publicUrl}/reset/code?lang=ar`);
      await examine(page, 'security-questions-ar');
      await page.goto(`${house().demo.publicUrl}/reset/code?lang=en`);
      await answerAll(visit, (answer) => ` ${answer.toUpperCase()}.`);
      expect(await page.locator('.eyebrow').innerText()).toBe(en.method.gate(2, 2));
      const mailsBefore = house().demo.sink.mails.length;
      await person.chooseMethod(/email/);
      await person.enterMailedCode(privateMailOf('tara'), mailsBefore);
      await person.choosePassword(NEW_PASSWORD);
      expect(await person.heading()).toBe(en.results.changed.heading);
      expect(requestsWith(NEW_PASSWORD, visit.requests)).toEqual([]);
      const { url } = house().demo.domain;
      const bind = { url, caFile: house().demo.caFile, bindName: userIdOf('tara'), password: NEW_PASSWORD };
      expect((await proveBind(bind)).kind).toBe('accepted');
    });

    test('are kept from an administrator, who answered them and whose policy names them', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      expect(await person.sayWhoIAm(house().demo.publicUrl, CLOUD_ACCOUNT.userId)).toBe(en.method.heading);
      expect(await page.getByRole('radio').count()).toBe(2);
      expect(await page.getByText(en.method.questions).count()).toBe(0);
    });
  });
}

const asked = ({ page }: Visit) => page.locator('fieldset.fields label').allInnerTexts();

const valuesTyped = ({ page }: Visit) =>
  page
    .locator('fieldset.fields input')
    .evaluateAll((fields) => fields.map((field) => field.getAttribute('value') ?? ''));

async function answerAll(visit: Visit, spell: (answer: string, index: number) => string): Promise<void> {
  for (const [index, question] of (await asked(visit)).entries()) {
    await visit.page.getByLabel(question, { exact: true }).fill(spell(ANSWERS.get(question) ?? '', index));
  }
  await visit.person.press(words.verify);
}
