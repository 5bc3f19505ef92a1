// Walks every screen of the flow as people do, in a real Chromium before the whole product: real Active Directory, agent, front
// door, mail. Started once; each test is somebody's visit, with people of its own, so that none depends on another's throttles.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { everyHeading } from '../../scripts/demonstration/every-heading.js';
import { seenHeadings } from './examine.js';
import { type House, openHouse } from './house.js';
import { takeFlowPicture, writeEveryPicturePage } from './pictures.js';
import { disowning } from './screens/disowning.js';
import { languages } from './screens/languages.js';
import { passkeyScreens } from './screens/passkeys.js';
import { questionScreens } from './screens/questions.js';
import { rareScreens } from './screens/rare.js';
import { resettingScreens } from './screens/resetting.js';
import { signedInScreens } from './screens/signed-in.js';
import { startingScreens } from './screens/starting.js';
import { stoppingScreens } from './screens/stopping.js';
import { textingScreens } from './screens/texting.js';
import { waitingForMail } from './screens/waiting-for-mail.js';
import { wanderings } from './screens/wandering.js';

describe('the pages, in a real browser', () => {
  let opened: House | undefined;
  const house = () => {
    if (opened === undefined) throw new Error('the house is not open');
    return opened;
  };

  beforeAll(async () => {
    opened = await openHouse('every-screen');
  });
  afterEach(() => {
    expect(opened?.takeTroubles()).toEqual([]);
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());

  const askForAnotherCode = waitingForMail(house);

  startingScreens(house);
  resettingScreens(house);
  questionScreens(house);
  textingScreens(house);
  askForAnotherCode();
  languages(house);
  signedInScreens(house);
  stoppingScreens(house);
  disowning(house);
  wanderings(house);
  passkeyScreens(house);
  rareScreens(house);

  test('every heading of the catalogue was met and examined', async () => {
    expect([...seenHeadings].sort()).toEqual([...everyHeading()].sort());
    await takeFlowPicture(house().browser);
    await writeEveryPicturePage();
  });
});
