// What a person reads of each outcome, in one or two sentences of the pages' own catalogue: for portals that show an outcome
// themselves, and for docs/outcomes.md. Pure. The pages say more, and in headings; never anything else.

import { assertNever } from '../../failure/assert.js';
import type { OutcomeCode } from '../../protocol/outcome-codes.js';
import type { Operation } from './page-words.js';
import type { Texts } from './texts/en.js';

export function personWords(code: OutcomeCode, operation: Operation, texts: Texts): string {
  const { results, stops, contact, newPassword } = texts;
  const { problems } = newPassword;
  const isUnlock = operation === 'unlock';
  switch (code) {
    case 'done':
    case 'done-found-by-reading-back':
    case 'done-without-history':
      return said(isUnlock ? results.unlocked : results.changed);
    case 'done-must-change':
      return results.mustChange;
    case 'done-password-expired':
      return results.passwordExpired;
    case 'password-too-short':
      return problems['too-short'];
    case 'password-too-long':
      return problems['too-long'];
    case 'password-not-complex':
      return problems['not-complex'];
    case 'password-contains-name':
      return problems['contains-name'];
    case 'password-in-history':
      return problems['in-history'];
    case 'password-too-young':
      return problems['too-young'];
    case 'password-inadmissible-characters':
      return problems['inadmissible-characters'];
    case 'password-banned-word':
      return problems['banned-word'];
    case 'password-breached':
      return problems.breached;
    case 'password-refused-by-some-rule':
      return problems['some-directory-rule'];
    case 'password-refused-by-several-rules':
      return results.severalRules;
    case 'password-refused-after-replacing':
      return results.refusedAfterReplacing;
    case 'wrong-current-password':
      return results.wrongCurrentPassword;
    case 'account-locked':
      return results.accountLocked;
    case 'no-such-account':
      return said(stops.cannotVerify);
    case 'write-back-off':
    case 'outside-write-back-scope':
    case 'protected-account':
    case 'account-disabled':
    case 'account-expired':
    case 'cannot-change-password':
    case 'smartcard-required':
    case 'service-or-trust-account':
    case 'sign-in-restricted':
      // All alike: what kind of account it is, is nobody's business at a sign-in page.
      return `${contact.leadNotHere} ${contact.why['managed-on-premises']}`;
    case 'agent-not-permitted':
      return `${contact.leadNotHere} ${contact.why['not-permitted']}`;
    case 'not-permitted':
    case 'directory-takes-no-writes':
    case 'control-refused':
    case 'must-change-has-no-effect':
    case 'agent-fault':
    case 'reset-id-reused':
      return said(results.notPermitted);
    case 'directory-unreachable':
    case 'agent-draining':
    case 'writes-held':
      return `${stops.tryLater.heading}. ${stops.tryLater.lead['at-the-end']}`;
    case 'over-limit':
      return said(stops.blocked);
    case 'command-expired':
    case 'unsealing-failed':
      return isUnlock ? said(results.expired) : problems['seal-expired'];
    case 'not-known':
      return said(isUnlock ? results.unknownUnlock : results.unknownReset);
    default:
      return assertNever(code);
  }
}

const said = ({ heading, lead }: { readonly heading: string; readonly lead: string }) => `${heading}. ${lead}`;
