// A further code by mail may be asked for after half a minute. This person asks for the first one before all other tests begin,
// and for the second after some of them, so that nobody waits for nothing. None of those may end a reset of this account: that
// would end this one too.

import { beforeAll, expect, test } from 'vitest';
import { privateMailOf, walkToCode } from '../../../scripts/demonstration/walks.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { FLOW_LIMITS } from '../../../src/front-door/resets/flow.js';
import { examine } from '../examine.js';
import type { House, Visit } from '../house.js';
import { errorsBeside } from './starting.js';

const PERSON = 'kim2';

/** Call the result where the second code shall be asked for. */
export function waitingForMail(house: () => House): () => void {
  let begun: { readonly visit: Visit; readonly firstCode: string } | undefined;
  beforeAll(async () => {
    const visit = await house().visit();
    const mailsBefore = await walkToCode(house(), visit, PERSON, 'forgot');
    begun = { visit, firstCode: await visit.person.mailedCode(privateMailOf(PERSON), mailsBefore) };
  });

  return () =>
    test('a new code is sent once the first had its time, and is the only one that counts', async () => {
      if (begun === undefined) throw new Error('no first code came');
      await using visit = begun.visit;
      const { page, person } = visit;
      const mailsBefore = house().demo.sink.mails.length;
      const askAgain = async () => {
        expect(await person.heading()).toBe(en.code.headingEmail);
        await person.press(en.code.resend);
        return page.getByRole('status').allInnerTexts();
      };
      const patience = { timeout: FLOW_LIMITS.resendWaitMs + 5_000, interval: 1_000 };
      await expect.poll(askAgain, patience).toEqual([en.code.sentAgain]);
      await examine(page, 'code-sent-again');
      const secondCode = await person.mailedCode(privateMailOf(PERSON), mailsBefore);
      // Once in a million both are the same.
      if (secondCode !== begun.firstCode) {
        await person.enterCode(begun.firstCode);
        expect(await errorsBeside(page)).toEqual([`${en.code.problems.wrong} ${en.code.attemptsLeft(4)}`]);
      }
      await person.enterCode(secondCode);
      expect(await person.heading()).toBe(en.newPassword.heading);
    });
}
