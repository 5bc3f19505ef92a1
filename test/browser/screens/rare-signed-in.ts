// What few people meet once they have signed in, or see of settings that change: a change that nobody knows the end of or that the
// directory does not let us make, a stop in the middle, a password that has expired, and a passkey disowned from the mail about it.

import { describe, expect, test } from 'vitest';
import { flowRowOf } from '../../../scripts/demonstration/flow-rows.js';
import { DEMO_PEOPLE, FIRST_PASSWORD } from '../../../scripts/demonstration/people.js';
import { virtualAuthenticator } from '../../../scripts/demonstration/virtual-authenticator.js';
import {
  changePassword,
  confirmByMail,
  enterName,
  enterOwnPassword,
  otherThan,
  privateMailOf,
  signIn,
  userIdOf,
  walkToMethod,
} from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { restorePeople } from '../../../scripts/lab/samba-people.js';
import { runSambaScript } from '../../../scripts/lab/samba-script.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { THROTTLE_RULES } from '../../../src/front-door/throttles/throttle-rules.js';
import { examine } from '../examine.js';
import type { House, Visit } from '../house.js';

const { signedIn, stops, contact, passkey, disown } = en;
const { info, change, changed } = signedIn;
const NEW_PASSWORD = 'Selten-gesehene-Otter-7';

export function rareSignedInScreens(house: () => House): void {
  /** As far as the page that asks for the new one. */
  async function walkToChange(visit: Visit, name: string): Promise<void> {
    await visit.page.goto(`${house().demo.publicUrl}/change-password`);
    await enterName(visit, name);
    await enterOwnPassword(visit, FIRST_PASSWORD);
    expect(await visit.person.heading()).toBe(change.heading);
  }
  const choose = (visit: Visit) => changePassword(visit, { current: FIRST_PASSWORD, password: NEW_PASSWORD });

  describe('whoever knows their password, seldom', () => {
    test('makes a passkey, is told of it, and may say from that mail that it was not them', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const authenticator = await virtualAuthenticator(page);
      await signIn(house(), visit, 'kim2');
      await confirmByMail(house(), visit, 'kim2');
      const mailsBefore = house().demo.sink.mails.length;
      await person.press(info.adding.passkey);
      await examine(page, 'add-passkey');
      await person.press(passkey.setUp.make);
      expect(await page.getByRole('status').first().innerText()).toBe(info.news.added);
      expect(await authenticator.signCounts()).toHaveLength(1);
      expect(await page.getByRole('button', { name: `${info.tryIt} ${info.methods.passkey}` }).count()).toBe(1);

      await using later = await house().visit();
      await later.page.goto(await person.mailedLink(privateMailOf('kim2'), mailsBefore));
      expect(await later.page.getByText(disown.lead['method-added']).isVisible()).toBe(true);
      expect(await later.page.getByText(disown.willRemove(1)).isVisible()).toBe(true);
      await examine(later.page, 'not-me-method');
      await later.person.press(disown.confirm);
      expect(await later.person.heading()).toBe(disown.saidHeading);
      expect(await later.page.getByText(disown.waysRemoved(1)).isVisible()).toBe(true);
      await examine(later.page, 'not-me-method-said');

      // Whoever was still signed in there is not, and the right password lets nobody in: not even a new one from an administrator.
      await page.reload();
      expect(await person.heading()).toBe(signedIn.name.heading['security-info']);
      const given = { account: 'kim2', password: FIRST_PASSWORD };
      await runSambaScript(house().demo.domain.smbConfFile, 'set_password.py', given);
      await signIn(house(), visit, 'kim2');
      expect(await person.heading()).toBe(stops.blocked.heading);
      await examine(page, 'blocked-signed-in');
    });

    test('finds that their password has expired, and chooses another one', async () => {
      await using visit = await house().visit();
      await signIn(house(), visit, 'edda');
      expect(await visit.page.locator('main').innerText()).toContain(change.must['password-expired']);
      await examine(visit.page, 'change-password-expired');
      await choose(visit);
      expect(await visit.person.heading()).toBe(changed.heading);
      expect(await bind(house(), 'edda')).toBe('accepted');
    });

    test('guesses codes, and is blocked before anything may be changed', async () => {
      await using visit = await house().visit();
      const { person, page } = visit;
      await signIn(house(), visit, 'paul');
      await person.press(info.confirm);
      const mailsBefore = house().demo.sink.mails.length;
      await person.chooseMethod(/email/);
      const wrong = otherThan(await person.mailedCode(privateMailOf('paul'), mailsBefore));
      for (let left = THROTTLE_RULES['failed-proofs'].attemptsMax; left > 0; left -= 1) await person.enterCode(wrong);
      expect(await person.heading()).toBe(stops.blocked.heading);
      await examine(page, 'blocked-proving');
    });

    test('is sent to the administrator where the account has become one whose password may not be changed', async () => {
      await using visit = await house().visit();
      await walkToChange(visit, 'tara');
      await forbidChange(house(), 'tara');
      await choose(visit);
      expect(await visit.person.heading()).toBe(contact.heading);
      expect(await visit.page.getByText(contact.why['managed-on-premises']).isVisible()).toBe(true);
      await examine(visit.page, 'contact-signed-in');
      expect(await bind(house(), 'tara')).toBe('refused');
    });

    test('is told where the directory does not let us change it, and that it is not their fault', async () => {
      await using visit = await house().visit();
      await walkToChange(visit, 'otto');
      const right = (denied: boolean) =>
        runSambaScript(house().demo.domain.smbConfFile, 'reset_right.py', { account: 'otto', right: 'change', denied });
      await right(true);
      try {
        await choose(visit);
      } finally {
        await right(false);
      }
      expect(await visit.person.heading()).toBe(changed.notPermittedHeading);
      await examine(visit.page, 'change-not-permitted');
      expect(await bind(house(), 'otto')).toBe('refused');
    });

    test('is told that nobody knows whether it was changed: the agent was killed before it answered', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToChange(visit, 'rosa');
      // The page asks once more what to seal for; from then on the agent hears everything and answers nothing.
      await page.route('**/sealing', async (route) => {
        const response = await route.fetch();
        house().freezeAgent();
        await route.fulfill({ response });
      });
      const chosen = choose(visit);
      await house().untilAgentAsked();
      await house().killAgent();
      await chosen;
      await house().startAgent();
      expect(await person.heading()).toBe(changed.unknownHeading);
      await examine(page, 'change-unknown');
      // Asked again, it says the same: nothing is sent twice.
      await page.reload();
      expect(await person.heading()).toBe(changed.unknownHeading);
    });
  });

  test('whoever is under way while the organisation changes its settings begins anew, and is told why', async () => {
    await using visit = await house().visit();
    const { page, person } = visit;
    await walkToMethod(house(), visit, 'kim1', 'forgot');
    using row = await flowRowOf(house(), page);
    row.changeSettings();
    await page.reload();
    expect(await person.heading()).toBe(en.start.heading);
    expect(await page.getByText(en.start.settingsChanged).isVisible()).toBe(true);
    await examine(page, 'start-settings-changed');
    await person.answerStart(userIdOf('kim1'));
    expect(await person.heading()).toBe(en.trouble.heading);
  });
}

async function bind(house: House, name: string): Promise<string> {
  const { domain, caFile } = house.demo;
  const proof = { url: domain.url, caFile, bindName: userIdOf(name), password: NEW_PASSWORD };
  return (await proveBind(proof)).kind;
}

async function forbidChange({ demo }: House, name: string): Promise<void> {
  const found = DEMO_PEOPLE.find(({ account }) => account.samAccountName === name);
  if (found === undefined) throw new Error(`${name} is nobody`);
  const people = [{ ...found.account, states: ['cannot-change-password'] as const }];
  await restorePeople(demo.domain, { units: [], people });
}
