// Security questions in a browser: answered, answered wrongly, in a language that runs the other way; and whom they are kept from.

import { describe, expect, test } from 'vitest';
import { CLOUD_ACCOUNT } from '../../../scripts/demonstration/people.js';
import { ANSWERS, answerAsked, askedQuestions } from '../../../scripts/demonstration/questions-at-browser.js';
import { confirmByMail, privateMailOf, signIn, userIdOf, walkToMethod } from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House, Visit } from '../house.js';
import { requestsWith } from '../watch.js';
import { errorsBeside, expectFocusOnSummary } from './starting.js';

const words = en.securityQuestions;
const setUp = en.questionsSetup;
const NEW_PASSWORD = 'Eleven-quiet-Brücken-3';

export function questionScreens(house: () => House): void {
  describe('security questions', () => {
    test('are chosen by whoever has shown that it’s them; a refused answer is said beside its field, and none is shown again', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await signIn(house(), visit, 'tara');
      await confirmByMail(house(), visit, 'tara');
      expect(await page.locator('.eyebrow').innerText()).toBe(en.method.gate(2, 2));
      await person.chooseMethod(/security questions/);
      await answerAsked(visit);
      await person.press(en.signedIn.info.adding['security-questions']);
      expect(await person.heading()).toBe(setUp.heading);
      await examine(page, 'set-up-questions');
      const chosen = [...ANSWERS];
      const choose = async (spell: (answer: string, index: number) => string) => {
        for (const [index, [question, answer]] of chosen.entries()) {
          await page.getByLabel(setUp.question(index + 1), { exact: true }).selectOption({ label: question });
          await page.getByLabel(setUp.answer(index + 1), { exact: true }).fill(spell(answer, index));
        }
        await person.press(setUp.save);
      };
      const first = chosen[0]?.[1] ?? '';
      await choose((answer, index) => (index === 1 ? first : answer));
      expect(await errorsBeside(page)).toEqual([setUp.problems['answers-alike']]);
      await expectFocusOnSummary(page);
      expect(await page.content()).not.toContain(first);
      const [question = ''] = chosen[1] ?? [];
      const shown = page.getByLabel(setUp.question(2), { exact: true }).locator('option:checked');
      expect(await shown.innerText()).toBe(question);
      await examine(page, 'set-up-questions-alike');
      await choose((answer) => answer);
      expect(await person.heading()).toBe(en.signedIn.info.heading);
      expect(await page.getByRole('status').first().innerText()).toBe(en.signedIn.info.news.added);

      const { tryIt, methods, news } = en.signedIn.info;
      await person.press(`${tryIt} ${methods['security-questions']}`);
      expect(await person.heading()).toBe(words.heading);
      await examine(page, 'try-questions');
      await answerAsked(visit);
      expect(await page.getByRole('status').first().innerText()).toBe(`${news.works} ${methods['security-questions']}`);
    });

    test('lead to a new password beside another way; wrong answers are asked anew, and no field is called wrong', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToMethod(house(), visit, 'tara', 'forgot');
      await examine(page, 'method-questions');
      await person.chooseMethod(/security questions/);
      expect(await person.heading()).toBe(words.heading);
      const first = await askedQuestions(visit);
      expect(new Set(first).size).toBe(3);
      await examine(page, 'security-questions');

      await person.press(words.verify);
      expect(await errorsBeside(page)).toEqual([words.problems.missing]);
      await expectFocusOnSummary(page);
      expect(await askedQuestions(visit)).toEqual(first);
      await answerAsked(visit, (answer, index) => (index === 1 ? 'a guess' : answer));
      expect(await errorsBeside(page)).toEqual([`${words.problems.wrong} ${en.code.attemptsLeft(4)}`]);
      expect(await page.locator('.field[data-invalid]').count()).toBe(0);
      expect(await valuesTyped(visit)).toEqual(['', '', '']);
      await examine(page, 'security-questions-wrong');
      // Three of five: the same ones in the same order come once in sixty times, and then once more in as many.
      let draws = new Set([first.join(), (await askedQuestions(visit)).join()]);
      if (draws.size === 1) {
        await answerAsked(visit, () => 'a guess');
        draws = draws.add((await askedQuestions(visit)).join());
      }
      expect(draws.size).toBe(2);

      await page.goto(`${house().demo.publicUrl}/reset/code?lang=ar`);
      await examine(page, 'security-questions-ar');
      await page.goto(`${house().demo.publicUrl}/reset/code?lang=en`);
      await answerAsked(visit, (answer) => ` ${answer.toUpperCase()}.`);
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

const valuesTyped = ({ page }: Visit) =>
  page
    .locator('fieldset.fields input')
    .evaluateAll((fields) => fields.map((field) => field.getAttribute('value') ?? ''));
