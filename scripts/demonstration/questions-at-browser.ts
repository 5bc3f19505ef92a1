// A person of the demo at their security questions, in a real browser: reads what is asked, and knows the answers.

import { PREDEFINED_WORDS } from '../../src/front-door/methods/security-questions/predefined-words.js';
import { en } from '../../src/front-door/pages/texts/en.js';
import { OWN_QUESTION, QUESTION_ANSWERS } from './people.js';
import type { PersonAtBrowser } from './person-at-browser.js';

interface WithPerson {
  readonly person: PersonAtBrowser;
}

/** What was answered, by what is asked. */
export const ANSWERS: ReadonlyMap<string, string> = new Map(
  Object.entries(QUESTION_ANSWERS).map(([id, answer]) => [
    Object.entries(PREDEFINED_WORDS.en).find(([each]) => each === id)?.[1] ?? OWN_QUESTION.text,
    answer,
  ]),
);

/** The questions on the page, in its order. */
export const askedQuestions = ({ person }: WithPerson) => person.page.locator('fieldset.fields label').allInnerTexts();

/** `spell`: how the person types what they answered once. Default: just so. */
export async function answerAsked(
  visit: WithPerson,
  spell: (answer: string, index: number) => string = (answer) => answer,
): Promise<void> {
  const { person } = visit;
  for (const [index, question] of (await askedQuestions(visit)).entries())
    await person.page.getByLabel(question, { exact: true }).fill(spell(ANSWERS.get(question) ?? '', index));
  await person.press(en.securityQuestions.verify);
}
