// Stretches of the way that are walked before what a browser test or the benchmark of the pages is about. Throws with the heading that was
// met instead.

import { URI } from 'otpauth';
import { en } from '../../src/front-door/pages/texts/en.js';
import { proveBind } from '../lab/proofs.js';
import { LAB_PASSWORD_RULES } from '../lab/samba-people.js';
import { DEMO_DOMAIN } from './people.js';
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
