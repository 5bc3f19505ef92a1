// Walks to the pages of whoever knows their password, and to those that prove with what was set up there. Of several ways nothing is set
// up until all were looked at: from then on changes would want a proof that is only a few minutes old. Knows not what is looked at.

import { en } from '../../src/front-door/pages/texts/en.js';
import { FIRST_PASSWORD } from '../demonstration/people.js';
import { answerAsked } from '../demonstration/questions-at-browser.js';
import { virtualAuthenticator } from '../demonstration/virtual-authenticator.js';
import {
  changePassword,
  confirmByMail,
  enterName,
  enterOwnPassword,
  privateMailOf,
  signIn,
  walkToMethod,
} from '../demonstration/walks.js';
import { nextPerson, type Tour } from './tour.js';

const { door, info, setup } = en.signedIn;

/** Nobody in the directory's records can be reached but by what he sets up himself. */
const NOVICE = 'nils';
const NEW_PASSWORD = 'Signed-in-9-herons';

/** Throws with what a page said where another was to come. */
export async function visitSignedInPages(tour: Tour): Promise<void> {
  for (const visit of [signingIn, codesBeforeFinishing, finishing, passkey, questions, change]) await visit(tour);
}

async function signingIn(tour: Tour): Promise<void> {
  const person = await nextPerson(tour);
  await tour.page.goto(`${tour.demo.publicUrl}/`);
  await person.press(door['security-info']);
  await tour.look('own name');
  await enterName({ person }, NOVICE);
  await tour.look('own password');
  await enterOwnPassword({ person }, FIRST_PASSWORD);
  await tour.look('security info, empty');
}

async function codesBeforeFinishing(tour: Tour): Promise<void> {
  const { page, look } = tour;
  const person = await nextPerson(tour);
  await signIn(tour, { person }, NOVICE);
  await person.press(info.adding['email-code']);
  await look('add an address');
  await page.getByLabel(setup.email.address).fill(privateMailOf(NOVICE));
  await person.press(setup.email.send);
  await look('add an address, code');
  await person.press(setup.cancel);
  await person.press(info.adding['text-message']);
  await look('add a phone');
  await page.getByLabel(setup.phone.number).fill('+44 7700 900555');
  await person.press(setup.email.send);
  await look('add a phone, code');
  await person.press(setup.cancel);
  await person.press(info.adding['authenticator-code']);
  await look('add an app');
}

async function finishing(tour: Tour): Promise<void> {
  const { page, look } = tour;
  const person = await nextPerson(tour);
  await signIn(tour, { person }, NOVICE);
  await person.press(info.adding['recovery-code']);
  await look('make recovery codes');
  await person.press(setup.cancel);
  await person.press(info.adding.passkey);
  await look('add a passkey');
  // Only now: one that is there while somebody looks by another debugging session answers no more.
  await virtualAuthenticator(page);
  await person.press(en.passkey.setUp.make);
  await person.press(info.adding['recovery-code']);
  await person.press(setup.recovery.make);
  await look('recovery codes');
  await person.press(setup.recovery.done);
  await look('security info');
}

async function passkey(tour: Tour): Promise<void> {
  const person = await nextPerson(tour);
  await walkToMethod(tour, { person }, NOVICE, 'forgot');
  await person.chooseMethod(/passkey/);
  await tour.look('passkey');
}

async function questions(tour: Tour): Promise<void> {
  const answering = await nextPerson(tour);
  await walkToMethod(tour, { person: answering }, 'tara', 'forgot');
  await answering.chooseMethod(/security questions/);
  await tour.look('security questions');
  const person = await nextPerson(tour);
  await signIn(tour, { person }, 'tara');
  await tour.look('security info, not proved');
  await confirmByMail(tour, { person }, 'tara');
  await person.chooseMethod(/security questions/);
  await answerAsked({ person });
  await person.press(info.adding['security-questions']);
  await tour.look('choose questions');
}

async function change(tour: Tour): Promise<void> {
  const person = await nextPerson(tour);
  await tour.page.goto(`${tour.demo.publicUrl}/`);
  await person.press(door['change-password']);
  await enterName({ person }, 'mona');
  await enterOwnPassword({ person }, FIRST_PASSWORD);
  await tour.look('change password');
  await changePassword({ person }, { current: FIRST_PASSWORD, password: NEW_PASSWORD });
  await tour.look('changed, signed in');
}
