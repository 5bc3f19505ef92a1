// A session's challenge: drawn once however often it is looked at, and forgotten with its answer.

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChallengeStore, StoredChallenge } from '../../../../src/front-door/resets/challenge-store.js';
import { createChallenges, PICTURES_KEPT_MAX } from '../../../../src/front-door/resets/challenges.js';
import { FakeClock } from '../../../support/fake-clock.js';

function bench() {
  const rows = new Map<string, StoredChallenge>();
  const store: ChallengeStore = {
    async put(sessionHash, challenge) {
      rows.set(sessionHash, challenge);
    },
    read: async (sessionHash) => rows.get(sessionHash),
    async take(sessionHash) {
      const row = rows.get(sessionHash);
      rows.delete(sessionHash);
      return row;
    },
  };
  let made = 0;
  const random = (count: number) => new Uint8Array(createHash('sha256').update(`${made}`).digest()).slice(0, count);
  const randomUuid = () => `challenge-${++made}`;
  return createChallenges({ store, clock: new FakeClock(), random, randomUuid });
}

async function askPicture(challenges: ReturnType<typeof bench>, session: string): Promise<string> {
  const asked = await challenges.ask(session, 'picture', 'en');
  return asked.kind === 'picture' ? asked.challengeId : '';
}

test('a picture that is asked for again is not drawn again', async () => {
  const challenges = bench();
  const id = await askPicture(challenges, 'ada');
  const [one, other] = await Promise.all([challenges.picture('ada', id), challenges.picture('ada', id)]);
  expect(one).toBeDefined();
  expect(other).toBe(one);
  expect(await challenges.picture('ada', id)).toBe(one);
});

test('a picture is shown to its own session only, and to nobody once it was answered or replaced', async () => {
  const challenges = bench();
  const id = await askPicture(challenges, 'ada');
  expect(await challenges.picture('ada', id)).toBeDefined();
  await askPicture(challenges, 'eve');
  expect(await challenges.picture('eve', id)).toBeUndefined();
  await challenges.answer('ada', 'wrong');
  expect(await challenges.picture('ada', id)).toBeUndefined();
  const next = await askPicture(challenges, 'ada');
  await askPicture(challenges, 'ada');
  expect(await challenges.picture('ada', next)).toBeUndefined();
});

test('only so many pictures are kept: the one longest unseen is drawn again', async () => {
  const challenges = bench();
  const [first, second] = [await askPicture(challenges, 's1'), await askPicture(challenges, 's2')];
  const drawn = [await challenges.picture('s1', first), await challenges.picture('s2', second)];
  for (let session = 3; session <= PICTURES_KEPT_MAX; session += 1) {
    await challenges.picture(`s${session}`, await askPicture(challenges, `s${session}`));
  }
  expect(await challenges.picture('s1', first)).toBe(drawn[0]);
  await challenges.picture('more', await askPicture(challenges, 'more'));
  expect(await challenges.picture('s1', first)).toBe(drawn[0]);
  const again = await challenges.picture('s2', second);
  expect(again).not.toBe(drawn[1]);
  expect(again).toEqual(drawn[1]);
});
