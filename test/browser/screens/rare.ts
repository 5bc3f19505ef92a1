// Screens that few people ever meet: an agent killed in the middle, a right that was taken away, clocks that differ, a row that
// broke. Each is walked to; where that would take a quarter of an hour, the flow is aged in the store.

import { describe, expect, test } from 'vitest';
import { flowRowOf } from '../../../scripts/demonstration/flow-rows.js';
import { lockOut, userIdOf, walkToCode, walkToFinish } from '../../../scripts/demonstration/walks.js';
import { runSambaScript } from '../../../scripts/lab/samba-script.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';

const { results, stops } = en;
const PASSWORD = 'Rarely-met-7-otters';
/** Within what agent and front door allow their clocks to differ. */
const AHEAD_MS = 60_000;

export function rareScreens(house: () => House): void {
  describe('a screen that is rarely met', () => {
    test('your time is up: the quarter of an hour is over', async () => {
      await using visit = await house().visit();
      await walkToCode(house(), visit, 'ada', 'forgot');
      using row = await flowRowOf(house(), visit.page);
      row.letTimePass();
      await visit.person.enterCode('123456');
      expect(await visit.person.heading()).toBe(stops.sessionOver.heading);
      await examine(visit.page, 'session-over');
    });

    test('something went wrong: what the front door keeps of the flow cannot be read', async () => {
      await using visit = await house().visit();
      await visit.person.sayWhoIAm(house().demo.publicUrl, userIdOf('ada'));
      using row = await flowRowOf(house(), visit.page);
      row.breakIt();
      const answer = await visit.page.reload();
      expect(answer?.status()).toBe(500);
      expect(await visit.person.heading()).toBe(stops.somethingWrong.heading);
      await examine(visit.page, 'something-wrong');
    });

    test('we may not do this: the service account’s right was taken away', async () => {
      await using visit = await house().visit();
      await walkToFinish(house(), visit, 'cleo', 'forgot');
      const right = (denied: boolean) =>
        runSambaScript(house().demo.domain.smbConfFile, 'reset_right.py', {
          account: 'cleo',
          right: 'reset',
          denied,
        });
      await right(true);
      try {
        await visit.person.choosePassword(PASSWORD);
      } finally {
        await right(false);
      }
      expect(await visit.person.heading()).toBe(results.notPermitted.heading);
      await examine(visit.page, 'not-permitted');
    });

    test('nobody knows whether the password was changed: the agent was killed before it answered', async () => {
      await using visit = await house().visit();
      const { page, person } = visit;
      await walkToFinish(house(), visit, 'ada', 'forgot');
      using row = await flowRowOf(house(), page);
      // The page asks once more what to seal for; from then on the agent hears everything and answers nothing.
      await page.route('**/sealing', async (route) => {
        const response = await route.fetch();
        house().freezeAgent();
        await route.fulfill({ response });
      });
      const submitted = person.choosePassword(PASSWORD);
      await row.untilSubmitted();
      await house().killAgent();
      await submitted;
      expect(await person.heading()).toBe(results.unknownReset.heading);
      await examine(page, 'unknown-reset');
      // Asked again, it says the same: nothing is sent twice.
      await page.reload();
      expect(await person.heading()).toBe(results.unknownReset.heading);
      await house().startAgent({ aheadMs: AHEAD_MS });
    });

    test('the command has expired, by the clock of an agent that is ahead', async () => {
      await lockOut(house(), 'bert');
      await using visit = await house().visit();
      await walkToFinish(house(), visit, 'bert', 'unlock');
      using row = await flowRowOf(house(), visit.page);
      row.leaveCommand(AHEAD_MS / 2);
      await visit.person.confirmUnlock();
      expect(await visit.person.heading()).toBe(results.expired.heading);
      await examine(visit.page, 'expired');
    });

    test('nobody knows whether the account was unlocked: the agent was killed before it answered', async () => {
      await using visit = await house().visit();
      await walkToFinish(house(), visit, 'bert', 'unlock');
      using row = await flowRowOf(house(), visit.page);
      house().freezeAgent();
      const submitted = visit.person.confirmUnlock();
      await row.untilSubmitted();
      await house().killAgent();
      await submitted;
      expect(await visit.person.heading()).toBe(results.unknownUnlock.heading);
      await examine(visit.page, 'unknown-unlock');
      await house().startAgent();
    });
  });
}
