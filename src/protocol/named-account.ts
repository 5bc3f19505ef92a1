// What a current password is sealed for while nobody may be told whose account is meant: the user ID, as a hash in the anchor's place.
// Both sides make it from the canonical user ID; the agent then checks that the account answers to that name.

import { hash } from 'node:crypto';
import { type AccountAnchor, parseAccountAnchor } from './identifiers.js';

/** `userId`: canonical, see user-id.ts. No directory's anchor looks like it. */
export function anchorOfName(userId: string): AccountAnchor {
  return parseAccountAnchor(`name:${hash('sha256', userId, 'hex')}`);
}
