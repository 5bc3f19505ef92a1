// Screens at which a test cannot arrive without a quarter of an hour or a broken directory: made by the page's own function and
// shown at the real address, with its headers and style sheet. How one gets there is shown by the tests below test/unit.

import { describe, expect, test } from 'vitest';
import type { Surroundings } from '../../../src/front-door/pages/layout.js';
import { expiredPage, notPermittedPage, unknownOutcomePage } from '../../../src/front-door/pages/result-pages.js';
import { sessionOverPage, somethingWrongPage } from '../../../src/front-door/pages/stop-pages.js';
import { en } from '../../../src/front-door/pages/texts/en.js';
import { examine } from '../examine.js';
import type { House } from '../house.js';

const { results, stops } = en;
const signInHref = undefined;

export function rareScreens(house: () => House): void {
  describe('a screen that is rarely met', () => {
    test.each<readonly [string, string, (surroundings: Surroundings) => string]>([
      ['session-over', stops.sessionOver.heading, (around) => sessionOverPage({ lifetimeMinutes: 15 }, around)],
      ['something-wrong', stops.somethingWrong.heading, somethingWrongPage],
      ['expired', results.expired.heading, expiredPage],
      ['not-permitted', results.notPermitted.heading, notPermittedPage],
      ['unknown-reset', results.unknownReset.heading, unknownOf('reset')],
      ['unknown-unlock', results.unknownUnlock.heading, unknownOf('unlock')],
    ])('%s is as good as the others', async (name, heading, render) => {
      await using visit = await house().visit();
      const { page } = visit;
      const address = `${house().demo.publicUrl}/`;
      await page.goto(address);
      const stylesheet = await page.locator('link[rel=stylesheet]').getAttribute('href');
      await page.route(address, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: render(surroundings(stylesheet ?? '')) });
      });
      await page.goto(address);
      expect(await visit.person.heading()).toBe(heading);
      await examine(page, name);
    });
  });
}

const unknownOf = (operation: 'reset' | 'unlock') => (around: Surroundings) =>
  unknownOutcomePage({ signInHref, operation }, around);

const surroundings = (stylesheetHref: string): Surroundings => ({
  texts: en,
  organisationName: 'Example Corporation',
  logoSrc: undefined,
  supportId: '3f6c1d52-8a0e-4b7e-9c41-5d2f7a90b6e8',
  stylesheetHref,
  iconHref: undefined,
  startHref: '/reset',
  contactHref: '/contact',
});
