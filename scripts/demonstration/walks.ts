// Stretches of the way that are walked before what a browser test or the benchmark of the pages is about. Throws with the heading that was
// met instead.

import { URI } from 'otpauth';
import { en } from '../../src/front-door/pages/texts/en.js';
import { proveBind } from '../lab/proofs.js';
import { LAB_PASSWORD_RULES } from '../lab/samba-people.js';
import { DEMO_DOMAIN, FIRST_PASSWORD } from './people.js';
import type { PersonAtBrowser } from './person-at-browser.js';
import type { Demo } from './start-demo.js';

export type Trouble = 'forgot' | 'unlock';

interface WithDemo {
  readonly demo: Demo;
}

interface WithPerson {
  readonly person: PersonAtBrowser;
}

export const userIdOf = (name: string) => `${name}@${DEMO_DOMAIN}`;
export const privateMailOf = (name: string) => `${name}.private@example.net`;

/** From the first page to the choice of a method. */
export async function walkToMethod({ demo }: WithDemo, visit: WithPerson, name: string, trouble: Trouble) {
  await visit.person.sayWhoIAm(demo.publicUrl, userIdOf(name));
  await visit.person.chooseTrouble(trouble);
  await expectHeading(visit, en.method.heading);
}

/** On to the page that asks for the code from the mail. Resolves to the number of mails there were before. */
export async function walkToCode(house: WithDemo, visit: WithPerson, name: string, trouble: Trouble): Promise<number> {
  await walkToMethod(house, visit, name, trouble);
  const mailsBefore = house.demo.sink.mails.length;
  await visit.person.chooseMethod(/email/);
  await expectHeading(visit, en.code.headingEmail);
  return mailsBefore;
}

/** On to the last page, with the code from the mail. */
export async function walkToFinish(house: WithDemo, visit: WithPerson, name: string, trouble: Trouble): Promise<void> {
  const mailsBefore = await walkToCode(house, visit, name, trouble);
  await visit.person.enterMailedCode(privateMailOf(name), mailsBefore);
}

/** From no page at all to where a right password leads, with everybody's first one. */
export async function signIn({ demo }: WithDemo, visit: WithPerson, name: string): Promise<void> {
  await visit.person.page.goto(`${demo.publicUrl}/sign-in`);
  await enterName(visit, name);
  await enterOwnPassword(visit, FIRST_PASSWORD);
}

/** From the page that asks who wants to sign in to the one that asks for the password. */
export async function enterName(visit: WithPerson, name: string): Promise<void> {
  await visit.person.page.getByLabel(en.start.userId).fill(userIdOf(name));
  await visit.person.press(en.start.next);
  await expectHeading(visit, en.signedIn.entry.heading);
}

export async function enterOwnPassword({ person }: WithPerson, password: string): Promise<void> {
  await person.page.getByLabel(en.signedIn.entry.password, { exact: true }).fill(password);
  await person.press(en.signedIn.entry.signIn);
}

/** From security info that must not be changed yet to where it may be, with the code from the mail; or to the second gate. */
export async function confirmByMail({ demo }: WithDemo, { person }: WithPerson, name: string): Promise<void> {
  await person.press(en.signedIn.info.confirm);
  const mailsBefore = demo.sink.mails.length;
  await person.chooseMethod(/email/);
  await person.enterMailedCode(privateMailOf(name), mailsBefore);
}

/** On the page for whoever knows the password of now. */
export async function changePassword(
  { person }: WithPerson,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<void> {
  await person.page.getByLabel(en.signedIn.change.current).fill(current);
  await person.page.getByLabel(en.newPassword.password, { exact: true }).fill(password);
  await person.page.getByLabel(en.newPassword.again).fill(password);
  await person.press(en.newPassword.finish);
}

/** A code of six digits that is not this one. */
export const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

/** By wrong passwords, given to the directory itself. */
export async function lockOut({ demo }: WithDemo, name: string): Promise<void> {
  const { domain, caFile } = demo;
  const wrong = { url: domain.url, caFile, bindName: userIdOf(name), password: 'certainly not' };
  for (let left = LAB_PASSWORD_RULES.lockoutThreshold; left > 0; left -= 1) await proveBind(wrong);
}

/** What their authenticator shows now. */
export function authenticatorCode({ demo }: WithDemo, userId: string): string {
  return URI.parse(demo.authenticators.get(userId) ?? '').generate();
}

async function expectHeading({ person }: WithPerson, expected: string): Promise<void> {
  const heading = await person.heading();
  if (heading !== expected) throw new Error(`"${expected}" was to come, but the page said: ${heading}`);
}
