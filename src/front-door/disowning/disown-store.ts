// The port for the links by which people say "this wasn't me": each found by an id that says nothing, known by a keyed hash, used once.
// Holds no token, no address and no user ID.

import type { AccountRef } from '../methods/method-store.js';

/** What may be done to an account that its person is told of, and can disown. */
export const DISOWNABLES = ['reset', 'unlock', 'method-added', 'method-removed'] as const;
export type Disownable = (typeof DISOWNABLES)[number];

/** What became of the password that was in force when it was disowned. `kept`: nobody was to touch it. */
export const PASSWORD_FATES = ['kept', 'invalidated', 'not-invalidated', 'unknown'] as const;
export type PasswordFate = (typeof PASSWORD_FATES)[number];

/** What came of saying so. */
export interface Disowned {
  readonly password: PasswordFate;
  /** How many ways of proving who one is were taken away: what had been added, or was since. */
  readonly waysRemoved: number;
  /** Whether a mail to the administrators was taken over by the outbox. */
  readonly areAdministratorsTold: boolean;
}

export interface DisownLink {
  readonly linkId: string;
  /** Of the link's secret, with everything the link is for. */
  readonly digest: Uint8Array;
  readonly account: AccountRef;
  readonly what: Disownable;
  /** What was added, by its id; see methods/ways-to-remove.ts. Undefined: nothing was. */
  readonly addedId: string | undefined;
  readonly doneAtMs: number;
  readonly supportId: string;
  readonly expiresAtMs: number;
}

export interface StoredDisownLink extends DisownLink {
  /** The browser session that used it up; undefined while it is good. `disowned` undefined: nobody knows (yet). */
  readonly use: { readonly sessionHash: string; readonly disowned: Disowned | undefined } | undefined;
}

export const DISOWN_LINKS_PER_ACCOUNT_MAX = 16;

export interface DisownStore {
  /** At DISOWN_LINKS_PER_ACCOUNT_MAX the account's oldest goes: the newest news is what people act on. */
  add(link: DisownLink): Promise<void>;
  find(linkId: string): Promise<StoredDisownLink | undefined>;
  /** Uses it up. Of two at once one is told true. */
  use(linkId: string, sessionHash: string): Promise<boolean>;
  /** Keeps what came of it, for the session that used it. */
  settle(linkId: string, disowned: Disowned): Promise<void>;
}
