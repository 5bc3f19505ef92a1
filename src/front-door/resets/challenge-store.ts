// The port for challenges that wait for an answer: one per browser session, gone with the first answer to it.
// Knows seeds, not pictures or answers.

import type { Language } from '../languages/language.js';

export interface StoredChallenge {
  readonly challengeId: string;
  readonly kind: 'picture' | 'words';
  /** In which it was asked. */
  readonly language: Language;
  /** What the challenge is made from again when it is shown: 32 bytes. */
  readonly seed: Uint8Array;
  readonly expiresAtMs: number;
}

export interface ChallengeStore {
  /** Replaces the session's challenge, if it has one. */
  put(sessionHash: string, challenge: StoredChallenge): Promise<void>;
  read(sessionHash: string, nowMs: number): Promise<StoredChallenge | undefined>;
  /** Takes it away, whatever the answer will be. Undefined when there is none or it is too old. */
  take(sessionHash: string, nowMs: number): Promise<StoredChallenge | undefined>;
}
