// Makes the links by which people say "this wasn't me", and knows them again. What is told of a link that is not known is nothing.
// The secret is in the mail alone: kept is a keyed hash of it, bound to account, what was done or added, and support id, so that a row that was
// altered in the store fits no link.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalBytes } from '../../protocol/canonical-bytes.js';
import type { Clock } from '../../timing/clock.js';
import type { RandomBytes } from '../captcha/random-draws.js';
import type { DisownLink, DisownStore, StoredDisownLink } from './disown-store.js';

export const DISOWN_LINK_LIFETIME_MS = 7 * 24 * 60 * 60_000;
const ID_BYTES = 16;
const SECRET_BYTES = 32;
/** Base64url: 22 signs of id, 43 of secret. */
const TOKEN = /^([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{43})$/;

/** What was done, as the person is told of it. */
export type News = Pick<DisownLink, 'account' | 'what' | 'addedId' | 'doneAtMs' | 'supportId'>;

export interface DisownLinks {
  /** Resolves to the link's token, which is kept nowhere. */
  make(news: News): Promise<string>;
  /** Undefined for one that was made up, altered, or is past its time. */
  find(token: string): Promise<StoredDisownLink | undefined>;
}

export function disownLinks(deps: {
  readonly store: Pick<DisownStore, 'add' | 'find'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
}): DisownLinks {
  const { store, clock, random, digestKey } = deps;
  return {
    async make(news) {
      const linkId = textOf(random(ID_BYTES));
      const secret = textOf(random(SECRET_BYTES));
      const digest = digestOf(digestKey, { linkId, ...news }, secret);
      await store.add({ linkId, digest, ...news, expiresAtMs: clock.nowMs() + DISOWN_LINK_LIFETIME_MS });
      return `${linkId}${secret}`;
    },
    async find(token) {
      const [, linkId, secret] = TOKEN.exec(token) ?? [];
      if (linkId === undefined || secret === undefined) return undefined;
      const link = await store.find(linkId);
      if (link === undefined || clock.nowMs() >= link.expiresAtMs) return undefined;
      const expected = digestOf(digestKey, link, secret);
      const isTheirs = expected.length === link.digest.length && timingSafeEqual(expected, link.digest);
      return isTheirs ? link : undefined;
    },
  };
}

function digestOf(key: Uint8Array, link: News & { readonly linkId: string }, secret: string): Uint8Array {
  const { linkId, account, what, addedId, doneAtMs, supportId } = link;
  const fields = [linkId, account.tenantId, account.anchor, what, addedId ?? '', BigInt(doneAtMs), supportId, secret];
  return createHmac('sha256', key).update(canonicalBytes('drawbridge/disown-link/2', fields)).digest();
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
