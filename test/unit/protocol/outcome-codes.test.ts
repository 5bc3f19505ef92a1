// The codes and event numbers of outcomes: every outcome has one, none is shared, and none ever moves.

import { describe, expect, test } from 'vitest';
import { CONTACT_REASONS, TRY_LATER_REASONS } from '../../../src/protocol/dispositions.js';
import {
  OUTCOME_CODES,
  OUTCOME_MEANINGS,
  type OutcomeCode,
  outcomeCodeOf,
} from '../../../src/protocol/outcome-codes.js';
import { AGENT_FAULT_REASONS, NEXT_STEPS, POLICY_RULES, type ResetOutcome } from '../../../src/protocol/outcomes.js';

const refused = (...rules: (typeof POLICY_RULES)[number][]): ResetOutcome => ({ kind: 'refused-by-policy', rules });

const OUTCOMES: readonly (readonly [ResetOutcome, OutcomeCode])[] = [
  [{ kind: 'done', settledBy: 'answer' }, 'done'],
  [{ kind: 'done', settledBy: 'probe' }, 'done-found-by-reading-back'],
  [{ kind: 'done', settledBy: 'answer', history: 'not-enforced' }, 'done-without-history'],
  ...NEXT_STEPS.map((next) => [{ kind: 'done', settledBy: 'answer', next }, `done-${next}`] as const),
  ...POLICY_RULES.map((rule) => [refused(rule), codeOfRule(rule)] as const),
  [refused('too-short', 'not-complex'), 'password-refused-by-several-rules'],
  [
    { kind: 'refused-by-policy', rules: ['in-history'], hasReplacedOldPassword: true },
    'password-refused-after-replacing',
  ],
  [{ kind: 'wrong-password' }, 'wrong-current-password'],
  [{ kind: 'account-locked' }, 'account-locked'],
  [{ kind: 'no-such-account' }, 'no-such-account'],
  ...CONTACT_REASONS.map((reason) => [{ kind: 'contact-administrator', reason }, codeOfContact(reason)] as const),
  ...TRY_LATER_REASONS.map((reason) => [{ kind: 'try-later', reason }, codeOfTryLater(reason)] as const),
  [{ kind: 'not-permitted' }, 'not-permitted'],
  [{ kind: 'over-limit', retryAfterMs: 1 }, 'over-limit'],
  [{ kind: 'agent-fault' }, 'agent-fault'],
  ...AGENT_FAULT_REASONS.map((reason) => [{ kind: 'agent-fault', reason }, codeOfFault(reason)] as const),
  [{ kind: 'expired' }, 'command-expired'],
  [{ kind: 'unsealing-failed' }, 'unsealing-failed'],
  [{ kind: 'reset-id-reused' }, 'reset-id-reused'],
  [{ kind: 'unknown' }, 'not-known'],
];

function codeOfRule(rule: (typeof POLICY_RULES)[number]): OutcomeCode {
  return rule === 'some-directory-rule' ? 'password-refused-by-some-rule' : `password-${rule}`;
}

function codeOfContact(reason: (typeof CONTACT_REASONS)[number]): OutcomeCode {
  return reason === 'disabled' ? 'account-disabled' : reason;
}

function codeOfTryLater(reason: (typeof TRY_LATER_REASONS)[number]): OutcomeCode {
  if (reason === 'draining') return 'agent-draining';
  return reason === 'held' ? 'writes-held' : reason;
}

function codeOfFault(reason: (typeof AGENT_FAULT_REASONS)[number]): OutcomeCode {
  return reason === 'takes-no-writes' ? 'directory-takes-no-writes' : reason;
}

test.each(OUTCOMES)('%j is %s', (outcome, code) => {
  expect(outcomeCodeOf(outcome)).toBe(code);
});

describe('the catalogue', () => {
  test('holds a code for every way to end, and no other', () => {
    expect([...new Set(OUTCOMES.map(([, code]) => code))].sort()).toEqual(OUTCOME_CODES.toSorted());
  });

  test('gives every code a number of its own, in the thousand of its kind', () => {
    const numbers = OUTCOME_CODES.map((code) => OUTCOME_MEANINGS[code].eventNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('never moves a number that monitoring may know', () => {
    expect(Object.fromEntries(OUTCOME_CODES.map((code) => [OUTCOME_MEANINGS[code].eventNumber, code]))).toEqual(
      GIVEN_OUT,
    );
  });
});

/** Add here what is new; change nothing. */
const GIVEN_OUT: Readonly<Record<number, string>> = {
  1001: 'done',
  1002: 'done-found-by-reading-back',
  1003: 'done-without-history',
  1004: 'done-must-change',
  1005: 'done-password-expired',
  2001: 'password-too-short',
  2002: 'password-too-long',
  2003: 'password-not-complex',
  2004: 'password-contains-name',
  2005: 'password-in-history',
  2006: 'password-too-young',
  2007: 'password-inadmissible-characters',
  2008: 'password-banned-word',
  2009: 'password-breached',
  2010: 'password-refused-by-some-rule',
  2011: 'password-refused-by-several-rules',
  2012: 'password-refused-after-replacing',
  3001: 'wrong-current-password',
  3002: 'account-locked',
  3003: 'no-such-account',
  4001: 'write-back-off',
  4002: 'outside-write-back-scope',
  4003: 'protected-account',
  4004: 'account-disabled',
  4005: 'account-expired',
  4006: 'cannot-change-password',
  4007: 'smartcard-required',
  4008: 'service-or-trust-account',
  4009: 'agent-not-permitted',
  4010: 'sign-in-restricted',
  5001: 'not-permitted',
  5002: 'directory-takes-no-writes',
  5003: 'directory-unreachable',
  5004: 'agent-draining',
  5005: 'writes-held',
  5006: 'over-limit',
  5007: 'control-refused',
  5008: 'must-change-has-no-effect',
  5009: 'agent-fault',
  6001: 'command-expired',
  6002: 'unsealing-failed',
  6003: 'reset-id-reused',
  7001: 'not-known',
};
