// Answers security questions for people of the demo, through the port that their own page uses: there is no command for it, since
// nobody but the person knows the answers. Works beside the running front door, and puts the same answers in place of what was there.

import { randomUUID } from 'node:crypto';
import { argon2Hasher } from '../../src/front-door/argon2/argon2-hasher.js';
import { personNamed, tenantNamed } from '../../src/front-door/command-arguments.js';
import { readFrontDoorConfig } from '../../src/front-door/config.js';
import { openHouse } from '../../src/front-door/front-door.js';
import { questionsBox } from '../../src/front-door/methods/security-questions/method.js';
import { securityQuestionsSetup } from '../../src/front-door/methods/security-questions/set-up-security-questions.js';
import { systemClock } from '../../src/timing/clock.js';
import { LabFailure } from '../lab/lab-failure.js';
import { QUESTION_ANSWERS } from './people.js';

export async function answerQuestions(
  settingsFile: string,
  tenantId: string,
  userIds: readonly string[],
): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(settingsFile), systemClock);
  const tenant = tenantNamed(house, tenantId);
  const setup = securityQuestionsSetup({
    store: house.store.methods,
    box: questionsBox(house.secrets.dataKey),
    clock: systemClock,
    hasher: argon2Hasher,
    tenants: house.tenants,
    randomUuid: randomUUID,
  });
  for (const userId of userIds) {
    const { account } = await personNamed(house, tenant, userId);
    const step = {
      account,
      sessionHash: '',
      supportId: '',
      organisationName: tenant.name,
      userId,
      workAddresses: [],
      language: 'en',
    } as const;
    const answered = await setup.begin(step, Object.entries(QUESTION_ANSWERS).flat());
    if (answered.kind !== 'done') throw new LabFailure(`${userId} could not answer the security questions`);
  }
}
