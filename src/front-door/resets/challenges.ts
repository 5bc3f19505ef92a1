// Asks a browser session to show that a person is behind it: gives out one challenge at a time and takes one answer to it.
// A challenge is kept as the seed it is made from, so that neither pictures nor answers fill the store.

import { createCipheriv } from 'node:crypto';
import type { Clock } from '../../timing/clock.js';
import { matchesAnswer } from '../captcha/answers.js';
import { makePictureChallenge } from '../captcha/picture-challenge.js';
import { QUESTION_WORDS } from '../captcha/question-words-by-language.js';
import type { RandomBytes } from '../captcha/random-draws.js';
import { makeWordChallenge } from '../captcha/word-challenge.js';
import type { Language } from '../languages/language.js';
import type { ChallengeStore, StoredChallenge } from './challenge-store.js';

export const CHALLENGE_LIFETIME_MS = 10 * 60_000;
/** Pictures kept in memory, some ten kilobytes each; beyond that the one longest unseen goes, and is drawn again when asked for. */
export const PICTURES_KEPT_MAX = 128;

export type AskedChallenge =
  | { readonly kind: 'picture'; readonly challengeId: string }
  | { readonly kind: 'words'; readonly question: string };

export type ChallengeVerdict = 'right' | 'wrong' | 'expired';

export interface Challenges {
  /** A new challenge for the session, in place of the one it had. */
  ask(sessionHash: string, kind: AskedChallenge['kind'], language: Language): Promise<AskedChallenge>;
  /** The picture (PNG) of the session's current challenge, if that is its id. */
  picture(sessionHash: string, challengeId: string): Promise<Uint8Array | undefined>;
  /** Uses the challenge up, whatever the answer. */
  answer(
    sessionHash: string,
    typed: string,
  ): Promise<{ readonly verdict: ChallengeVerdict; readonly kind: AskedChallenge['kind'] }>;
}

export function createChallenges(deps: {
  readonly store: ChallengeStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly randomUuid: () => string;
}): Challenges {
  const { store, clock, random, randomUuid } = deps;
  /** By challenge id, longest unseen first. Drawing takes ten milliseconds of everybody's time: not each time somebody asks. */
  const pictures = new Map<string, Uint8Array>();
  return {
    async ask(sessionHash, kind, language) {
      const challenge: StoredChallenge = {
        challengeId: randomUuid(),
        kind,
        language,
        seed: random(32),
        expiresAtMs: clock.nowMs() + CHALLENGE_LIFETIME_MS,
      };
      await store.put(sessionHash, challenge);
      const { challengeId } = challenge;
      if (kind === 'picture') return { kind, challengeId };
      return { kind, question: makeWordChallenge(drawsFrom(challenge.seed), QUESTION_WORDS[language]).question };
    },
    async picture(sessionHash, challengeId) {
      const challenge = await store.read(sessionHash, clock.nowMs());
      if (challenge?.challengeId !== challengeId || challenge.kind !== 'picture') return undefined;
      const png = pictures.get(challengeId) ?? makePictureChallenge(drawsFrom(challenge.seed)).png;
      pictures.delete(challengeId);
      pictures.set(challengeId, png);
      const [longestUnseen] = pictures.keys();
      if (pictures.size > PICTURES_KEPT_MAX && longestUnseen !== undefined) pictures.delete(longestUnseen);
      return png;
    },
    async answer(sessionHash, typed) {
      const challenge = await store.take(sessionHash, clock.nowMs());
      if (challenge === undefined) return { verdict: 'expired', kind: 'picture' };
      pictures.delete(challenge.challengeId);
      return { verdict: matchesAnswer(answersOf(challenge), typed) ? 'right' : 'wrong', kind: challenge.kind };
    },
  };
}

function answersOf({ kind, language, seed }: StoredChallenge): readonly string[] {
  const draws = drawsFrom(seed);
  return kind === 'picture'
    ? [makePictureChallenge(draws).answer]
    : makeWordChallenge(draws, QUESTION_WORDS[language]).answers;
}

/** The same random bytes again for the same seed: the key stream of AES-256-CTR. */
function drawsFrom(seed: Uint8Array): RandomBytes {
  const stream = createCipheriv('aes-256-ctr', seed, new Uint8Array(16));
  return (count) => stream.update(new Uint8Array(count));
}
