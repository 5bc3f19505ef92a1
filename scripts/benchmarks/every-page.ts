// Walks to every page that people can meet and stops at each: in an order in which nobody's end is in another's way. Knows not what is
// looked at there.

import type { Page } from 'playwright-core';
import { PATHS } from '../../src/front-door/http/paths.js';
import { en } from '../../src/front-door/pages/texts/en.js';
import { THROTTLE_RULES } from '../../src/front-door/throttles/throttle-rules.js';
import { flowRowOf } from '../demonstration/flow-rows.js';
import { CODES_PERSON, PHONE_PERSON } from '../demonstration/people.js';
import {
  authenticatorCode,
  lockOut,
  otherThan,
  privateMailOf,
  userIdOf,
  walkToCode,
  walkToFinish,
  walkToMethod,
} from '../demonstration/walks.js';
import { runSambaScript } from '../lab/samba-script.js';
import { visitSignedInPages } from './every-signed-in-page.js';
import { nextPerson, type Tour } from './tour.js';

const PASSWORD = 'Every-page-7-otters';
/** Within what agent and front door allow their clocks to differ. */
const AHEAD_MS = 60_000;

/** Throws with what a page said where another was to come. Leaves the agent running, with its clock right. */
export async function visitEveryPage(tour: Tour): Promise<void> {
  for (const visit of [
    firstPages,
    stops,
    resetByMail,
    otherWays,
    unlock,
    visitSignedInPages,
    disowned,
    lateStops,
    withoutAgent,
  ])
    await visit(tour);
}

async function firstPages(tour: Tour): Promise<void> {
  const person = await nextPerson(tour);
  await tour.page.goto(`${tour.demo.publicUrl}/`);
  await tour.look('sign-in');
  await person.press(en.signIn.cannotAccess);
  await tour.look('start, picture');
  await person.press(en.start.useWords);
  await tour.look('start, words');
}

async function stops(tour: Tour): Promise<void> {
  const { page, demo, look } = tour;
  await page.goto(`${demo.publicUrl}/no-such-page`);
  await look('not found');
  await nextPerson(tour);
  await tour.lookAtAnswer('cookies needed', (empty) => postFromElsewhere(empty, `${demo.publicUrl}/reset`));
  await (await nextPerson(tour)).sayWhoIAm(demo.publicUrl, 'nobody@example.com');
  await look('cannot verify');
  await (await nextPerson(tour)).sayWhoIAm(demo.publicUrl, 'anyone@northwind.example');
  await look('contact, portal');
  const closedOut = await nextPerson(tour);
  await closedOut.sayWhoIAm(demo.publicUrl, userIdOf('dora'));
  await look('contact, form');
  await page.getByLabel(en.contact.reply).fill('+49 30 5550100');
  await page.getByLabel(en.contact.message).fill('My account was closed.');
  await closedOut.press(en.contact.send);
  await look('contact, sent');
}

async function resetByMail(tour: Tour): Promise<void> {
  const person = await nextPerson(tour);
  await person.sayWhoIAm(tour.demo.publicUrl, userIdOf('ada'));
  await tour.look('trouble');
  await person.chooseTrouble('forgot');
  await tour.look('method');
  const mailsBefore = tour.demo.sink.mails.length;
  await person.chooseMethod(/email/);
  await tour.look('code by mail');
  await person.enterMailedCode(privateMailOf('ada'), mailsBefore);
  await tour.look('new password');
  await person.choosePassword(PASSWORD);
  await tour.look('changed');
}

async function otherWays(tour: Tour): Promise<void> {
  const twoGates = await nextPerson(tour);
  await walkToMethod(tour, { person: twoGates }, 'joerg', 'forgot');
  await twoGates.chooseMethod(/authenticator/);
  await tour.look('authenticator');
  await twoGates.enterCode(authenticatorCode(tour, userIdOf('joerg')));
  await tour.look('method, second gate');
  const withCodes = await nextPerson(tour);
  await withCodes.sayWhoIAm(tour.demo.publicUrl, CODES_PERSON);
  await withCodes.chooseTrouble('forgot');
  await withCodes.chooseMethod(/recovery code/);
  await tour.look('recovery code');
  const withPhone = await nextPerson(tour);
  await walkToMethod(tour, { person: withPhone }, PHONE_PERSON.name, 'forgot');
  await withPhone.press(en.method.next);
  await tour.look('phone number');
  await tour.page.getByLabel(en.phone.number).fill(PHONE_PERSON.number);
  await withPhone.press(en.phone.send);
  await tour.look('code by text message');
}

async function unlock(tour: Tour): Promise<void> {
  const { page } = tour;
  await walkToMethod(tour, { person: await nextPerson(tour) }, 'bert', 'unlock');
  const begun = { url: page.url(), cookies: await page.context().cookies() };
  const locked = await nextPerson(tour);
  await walkToFinish(tour, { person: locked }, 'bert', 'unlock');
  await tour.look('unlock');
  await locked.confirmUnlock();
  await tour.look('unlocked');
  // Back in the browser in which the same was begun before.
  await nextPerson(tour);
  await page.context().addCookies(begun.cookies);
  await page.goto(begun.url);
  await tour.look('ended elsewhere');
  const open = await nextPerson(tour);
  await walkToFinish(tour, { person: open }, 'kim1', 'unlock');
  await open.confirmUnlock();
  await tour.look('was not locked');
}

async function disowned(tour: Tour): Promise<void> {
  const { page, demo, look, clearCookies } = tour;
  const person = await nextPerson(tour);
  const mailsBefore = demo.sink.mails.length;
  await walkToFinish(tour, { person }, 'paul', 'forgot');
  await person.choosePassword(PASSWORD);
  const link = await person.mailedLink(privateMailOf('paul'), mailsBefore);
  await page.goto(link);
  await look('not me');
  await person.press(en.disown.confirm);
  await look('not me, said');
  await clearCookies();
  await page.goto(link);
  await look('not me, no such link');
}

async function lateStops(tour: Tour): Promise<void> {
  const { page, demo, look } = tour;
  const guessing = await nextPerson(tour);
  const mailsBefore = await walkToCode(tour, { person: guessing }, 'kim2', 'forgot');
  const wrong = otherThan(await guessing.mailedCode(privateMailOf('kim2'), mailsBefore));
  for (let left = THROTTLE_RULES['failed-proofs'].attemptsMax; left > 0; left -= 1) await guessing.enterCode(wrong);
  await look('blocked');
  await walkToCode(tour, { person: await nextPerson(tour) }, 'kim1', 'forgot');
  {
    using row = await flowRowOf(tour, page);
    row.letTimePass();
    await page.reload();
    await look('session over');
  }
  await (await nextPerson(tour)).sayWhoIAm(demo.publicUrl, userIdOf('kim1'));
  {
    using row = await flowRowOf(tour, page);
    row.breakIt();
    await page.reload();
    await look('something wrong');
  }
  const unlucky = await nextPerson(tour);
  await walkToFinish(tour, { person: unlucky }, 'cleo', 'forgot');
  const right = (denied: boolean) =>
    runSambaScript(demo.domain.smbConfFile, 'reset_right.py', { account: 'cleo', right: 'reset', denied });
  await right(true);
  try {
    await unlucky.choosePassword(PASSWORD);
  } finally {
    await right(false);
  }
  await look('not permitted');
}

async function withoutAgent(tour: Tour): Promise<void> {
  const { agent, page, demo, look } = tour;
  const unanswered = await nextPerson(tour);
  await walkToFinish(tour, { person: unanswered }, 'kim1', 'forgot');
  await silenceAgent(tour, () => unanswered.choosePassword(PASSWORD));
  await look('unknown, reset');
  await agent.start({ aheadMs: AHEAD_MS });
  await lockOut(tour, 'bert');
  const late = await nextPerson(tour);
  await walkToFinish(tour, { person: late }, 'bert', 'unlock');
  {
    using row = await flowRowOf(tour, page);
    row.leaveCommand(AHEAD_MS / 2);
    await late.confirmUnlock();
    await look('expired');
  }
  await agent.stop();
  await (await nextPerson(tour)).sayWhoIAm(demo.publicUrl, userIdOf('lena'));
  await look('try later');
  await agent.start();
  const unknown = await nextPerson(tour);
  await walkToFinish(tour, { person: unknown }, 'bert', 'unlock');
  await silenceAgent(tour, () => unknown.confirmUnlock());
  await look('unknown, unlock');
  await agent.start();
}

/** The agent hears what is submitted, and is killed before it answers. */
async function silenceAgent(tour: Tour, submit: () => Promise<void>): Promise<void> {
  const { agent, page } = tour;
  using row = await flowRowOf(tour, page);
  // What is to be sealed for was asked before; until then the agent is needed.
  await page.route(page.url(), async (route) => {
    if (route.request().method() === 'POST') agent.freeze();
    await route.continue();
  });
  const submitted = submit();
  await row.untilSubmitted();
  await agent.kill();
  await submitted;
  // However late the end comes, no page before it is the one to look at.
  await page.waitForURL(`${tour.demo.publicUrl}${PATHS.result}`);
  await page.unrouteAll();
}

/** A form of nobody's: the browser has no cookie for it, and says that it comes from elsewhere. */
async function postFromElsewhere(page: Page, url: string): Promise<void> {
  await page.evaluate((action) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action });
    document.body.append(form);
    form.submit();
  }, url);
}
