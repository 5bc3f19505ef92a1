// Walks every screen of the flow as people do, in a real Chromium before the whole product: real Active Directory, agent, front
// door, mail. Started once; each test is somebody's visit, with people of its own, so that none depends on another's throttles.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { en } from '../../src/front-door/pages/texts/en.js';
import { seenHeadings } from './examine.js';
import { type House, openHouse } from './house.js';
import { takeFlowPicture } from './pictures.js';
import { languages } from './screens/languages.js';
import { rareScreens } from './screens/rare.js';
import { resettingScreens } from './screens/resetting.js';
import { signedInScreens } from './screens/signed-in.js';
import { startingScreens } from './screens/starting.js';
import { stoppingScreens } from './screens/stopping.js';
import { waitingForMail } from './screens/waiting-for-mail.js';
import { wanderings } from './screens/wandering.js';

describe('the pages, in a real browser', () => {
  let opened: House | undefined;
  const house = () => {
    if (opened === undefined) throw new Error('the house is not open');
    return opened;
  };

  beforeAll(async () => {
    opened = await openHouse();
  });
  afterEach(() => {
    expect(opened?.takeTroubles()).toEqual([]);
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());

  const askForAnotherCode = waitingForMail(house);

  startingScreens(house);
  resettingScreens(house);
  languages(house);
  signedInScreens(house);
  stoppingScreens(house);
  wanderings(house);
  rareScreens(house);
  askForAnotherCode();

  test('every heading of the catalogue was met and examined', async () => {
    const { signIn, start, trouble, method, code, recovery, newPassword, unlock, results, contact, stops } = en;
    // The door belongs to no organisation in particular where there are several: it bears the house's name.
    const door = [...seenHeadings].filter((heading) => heading.startsWith(signIn.heading('')));
    expect(door).toHaveLength(1);
    const ofPages = [start, trouble, method, recovery, newPassword, unlock, contact].map(({ heading }) => heading);
    const ofEnds = [...Object.values(results), ...Object.values(stops)].flatMap((words) =>
      typeof words === 'string' ? [] : words.heading,
    );
    const { name, entry, change, info, setup, changed } = en.signedIn;
    const ofSignedIn = [
      name.heading['security-info'],
      name.heading['change-password'],
      entry.heading,
      change.heading,
      info.heading,
      setup.email.heading,
      setup.email.codeHeading,
      setup.authenticator.heading,
      setup.recovery.heading,
      setup.recovery.shownHeading,
      changed.heading,
    ];
    const all = [
      ...ofSignedIn,
      ...door,
      ...ofPages,
      ...ofEnds,
      code.headingEmail,
      code.headingAuthenticator,
      contact.sentHeading,
    ];
    expect([...seenHeadings].sort()).toEqual([...new Set(all)].sort());
    await takeFlowPicture(house().browser);
  });
});
