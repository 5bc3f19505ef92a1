// Passkeys, in a real browser with a virtual authenticator: made on their set-up form, used at a gate, and every way in which that does
// not come about. What the browser says no to is no attempt; what the front door says no to is one.

import { describe, expect, test } from 'vitest';
import {
  type VirtualAuthenticator,
  virtualAuthenticator,
} from '../../../scripts/demonstration/virtual-authenticator.js';
import { privateMailOf, signIn, userIdOf, walkToMethod } from '../../../scripts/demonstration/walks.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { ar } from '../../../src/front-door/pages/texts/ar.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House, Visit } from '../house.js';
import { mountSetUpPage, SET_UP_DONE, SET_UP_PATH, setUpElsewhere } from '../passkeys.js';
import { errorsBeside, expectFocusOnSummary } from './starting.js';

const { passkey } = en;
const said = passkey.script.problems;
const saidOfMaking = passkey.setUp.script.problems;
const NEW_PASSWORD = 'Fünf-Lampen-am-Øresund-5';

export function passkeyScreens(house: () => House): void {
  const press = (visit: Visit) => visit.page.getByRole('button', { name: passkey.use }).click();
  const pressAndLand = (visit: Visit) => Promise.all([visit.page.waitForEvent('load'), press(visit)]);
  const posts = ({ requests }: Visit) =>
    requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/code'));

  async function makePasskey(visit: Visit, name: string): Promise<VirtualAuthenticator> {
    const authenticator = await virtualAuthenticator(visit.page);
    await using _desk = await mountSetUpPage(house(), visit.page, name);
    await visit.page.goto(`${house().demo.publicUrl}${SET_UP_PATH}`);
    await visit.person.press(passkey.setUp.make);
    expect(await visit.person.heading()).toBe(SET_UP_DONE);
    return authenticator;
  }

  async function walkToPasskey(visit: Visit, name: string): Promise<void> {
    await walkToMethod(house(), visit, name, 'forgot');
    await visit.person.chooseMethod(/passkey/);
    expect(await visit.person.heading()).toBe(passkey.heading);
  }

  describe('a passkey', () => {
    test('is made on its set-up form, and leads through a reset', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const authenticator = await virtualAuthenticator(page);
      {
        await using _desk = await mountSetUpPage(house(), page, 'lena');
        await page.goto(`${house().demo.publicUrl}${SET_UP_PATH}`);
        await examine(page, 'passkey-setup');
        await person.press(passkey.setUp.make);
        expect(await person.heading()).toBe(SET_UP_DONE);
        expect(await authenticator.signCounts()).toHaveLength(1);

        await page.goto(`${house().demo.publicUrl}${SET_UP_PATH}`);
        await page.getByRole('button', { name: passkey.setUp.make }).click();
        await page.locator('.error').waitFor();
        expect(await errorsBeside(page)).toEqual([saidOfMaking['there-already']]);
        await examine(page, 'passkey-setup-there-already');
      }
      await walkToMethod(house(), visit, 'lena', 'forgot');
      await examine(page, 'method-passkey');
      await person.chooseMethod(/passkey/);
      expect(await person.heading()).toBe(passkey.heading);
      await examine(page, 'passkey');
      await page.goto(`${house().demo.publicUrl}/reset/code?lang=ar`);
      expect(await person.heading()).toBe(ar.passkey.heading);
      await examine(page, 'passkey-ar');
      await page.goto(`${house().demo.publicUrl}/reset/code?lang=en`);
      await pressAndLand(visit);
      expect(await person.heading()).toBe(en.newPassword.heading);
      await person.choosePassword(NEW_PASSWORD);
      expect(await person.heading()).toBe(en.results.changed.heading);
      const { url } = house().demo.domain;
      const proof = { url, caFile: house().demo.caFile, bindName: userIdOf('lena'), password: NEW_PASSWORD };
      expect((await proveBind(proof)).kind).toBe('accepted');
    });

    test('whose window was closed is no attempt, and may be used after that', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const authenticator = await makePasskey(visit, 'kim1');
      await walkToPasskey(visit, 'kim1');
      await authenticator.verifies(false);
      for (let times = 0; times < 7; times += 1) {
        await press(visit);
        await page.locator('.error').waitFor();
        expect(await errorsBeside(page)).toEqual([said.cancelled]);
        await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('passkey-button');
      }
      await examine(page, 'passkey-cancelled');
      expect(posts(visit)).toEqual([]);
      await authenticator.verifies(true);
      await pressAndLand(visit);
      expect(await person.heading()).toBe(en.newPassword.heading);
    });

    test('is tried by whoever has signed in, and lets nothing be changed by that', async () => {
      await using visit = await house().visit();
      const { page } = visit;
      await makePasskey(visit, 'kim1');
      await signIn(house(), visit, 'kim1');
      const { info } = en.signedIn;
      await page
        .getByRole('button', { name: `${info.tryIt} ${info.methods.passkey}` })
        .last()
        .click();
      await page.getByRole('heading', { level: 1, name: passkey.heading }).waitFor();
      await examine(page, 'try-passkey');
      await pressAndLand(visit);
      expect(await page.getByRole('status').first().innerText()).toBe(`${info.news.works} ${info.methods.passkey}`);
      expect(await page.getByText(info.confirmFirst).isVisible()).toBe(true);
    });

    test('of another person’s device is not found, and another way leads on', async () => {
      await setUpElsewhere(house(), 'bert');
      await using visit = await house().visit();
      const { page, person } = visit;
      await makePasskey(visit, 'cleo');
      await walkToPasskey(visit, 'bert');
      await press(visit);
      await page.locator('.error').waitFor();
      expect(await errorsBeside(page)).toEqual([said.cancelled]);
      expect(posts(visit)).toEqual([]);
      const mailsBefore = house().demo.sink.mails.length;
      await person.press(en.code.otherMethod);
      await person.chooseMethod(/email/);
      await person.enterMailedCode(privateMailOf('bert'), mailsBefore);
      expect(await person.heading()).toBe(en.newPassword.heading);
    });

    test('signed by another key is refused, and another challenge is asked', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      const authenticator = await makePasskey(visit, 'cleo');
      await walkToPasskey(visit, 'cleo');
      const challenge = () => page.locator('#passkey').textContent();
      const before = await challenge();
      await authenticator.swapKey();
      await pressAndLand(visit);
      expect(await errorsBeside(page)).toEqual([passkey.problems.wrong]);
      await expectFocusOnSummary(page);
      await examine(page, 'passkey-wrong');
      expect(await challenge()).not.toBe(before);
      expect(posts(visit)).toHaveLength(1);
      expect(await person.heading()).toBe(passkey.heading);
    });

    test('is told of in words where the browser has none, or the address is another', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await virtualAuthenticator(page);
      {
        await using _desk = await mountSetUpPage(house(), page, 'bert', ({ rp }) => {
          rp.id = 'reset.example.com';
        });
        await page.goto(`${house().demo.publicUrl}${SET_UP_PATH}`);
        await page.getByRole('button', { name: passkey.setUp.make }).click();
        await page.locator('.error').waitFor();
        expect(await errorsBeside(page)).toEqual([saidOfMaking.misplaced]);
      }
      await setUpElsewhere(house(), 'bert');
      await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
      await walkToPasskey(visit, 'bert');
      expect(await errorsBeside(page)).toEqual([said.unsupported]);
      expect(await page.getByRole('button', { name: passkey.use }).isDisabled()).toBe(true);
      await examine(page, 'passkey-unsupported');
      await person.press(en.code.otherMethod);
      expect(await person.heading()).toBe(en.method.heading);
    });

    test('without a script says what is missing, costs no try, and leaves the other ways open', async () => {
      await setUpElsewhere(house(), 'bert');
      await using visit = await house().visit({ javaScriptEnabled: false });
      const { page, person } = visit;
      await walkToPasskey(visit, 'bert');
      expect(await page.locator('.notice').innerText()).toBe(passkey.noScript);
      await person.press(passkey.use);
      expect(await errorsBeside(page)).toEqual([passkey.problems.missing]);
      await person.press(en.code.otherMethod);
      expect(await person.heading()).toBe(en.method.heading);
    });
  });
}
