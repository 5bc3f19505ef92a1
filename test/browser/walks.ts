// Stretches of the way that several tests walk before they come to what they are about.

import { expect } from 'vitest';
import { DEMO_DOMAIN } from '../../scripts/demonstration/people.js';
import { en } from '../../src/front-door/pages/texts/en.js';
import type { House, Visit } from './house.js';

export type Trouble = 'forgot' | 'unlock';

export const userIdOf = (name: string) => `${name}@${DEMO_DOMAIN}`;
export const privateMailOf = (name: string) => `${name}.private@example.net`;

/** From the first page to the choice of a method. */
export async function walkToMethod(house: House, visit: Visit, name: string, trouble: Trouble): Promise<void> {
  await visit.person.sayWhoIAm(house.demo.publicUrl, userIdOf(name));
  await visit.person.chooseTrouble(trouble);
  expect(await visit.person.heading()).toBe(en.method.heading);
}

/** On to the page that asks for the code from the mail. Resolves to the number of mails there were before. */
export async function walkToCode(house: House, visit: Visit, name: string, trouble: Trouble): Promise<number> {
  await walkToMethod(house, visit, name, trouble);
  const mailsBefore = house.demo.sink.mails.length;
  await visit.person.chooseMethod(/email/);
  expect(await visit.person.heading()).toBe(en.code.headingEmail);
  return mailsBefore;
}

/** On to the last page, with the code from the mail. */
export async function walkToFinish(house: House, visit: Visit, name: string, trouble: Trouble): Promise<void> {
  const mailsBefore = await walkToCode(house, visit, name, trouble);
  await visit.person.enterMailedCode(privateMailOf(name), mailsBefore);
}

/** A code of six digits that is not this one. */
export const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');
