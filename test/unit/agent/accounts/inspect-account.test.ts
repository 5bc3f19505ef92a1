// What the front door is told of the rules for a next password: the directory's as they were read, and the agent's own where it refuses.

import { expect, test } from 'vitest';
import { inspectAccount } from '../../../../src/agent/accounts/inspect-account.js';
import type { RuleMode } from '../../../../src/agent/passwords/rule-verdicts.js';
import { inspectionSchema } from '../../../../src/protocol/managed-accounts.js';
import { aPerson, FAKE_POLICY, FakeDirectory } from '../../../support/fake-directory.js';

async function policyTold(bannedWords: RuleMode) {
  const account = aPerson();
  const deps = {
    reader: new FakeDirectory({ people: [{ account, password: 'Correct Horse 1' }] }),
    decideDisposition: () => ({ kind: 'not-managed-here' }) as const,
    toldGroups: () => [],
    bannedWords,
    events: { inspectionFailed: () => undefined },
  };
  const subject = { kind: 'anchor', anchor: account.anchor } as const;
  const inspection = inspectionSchema.parse(await inspectAccount(deps, subject, new AbortController().signal));
  return inspection.kind === 'found' ? inspection.policy : inspection.kind;
}

test('a rule on banned words that refuses is told beside what the directory demands', async () => {
  expect(await policyTold('enforce')).toEqual({ ...FAKE_POLICY, bannedWords: 'enforced' });
});

test.each(['audit', 'off'] as const)('one that refuses nothing is not told of: %s', async (mode) => {
  expect(await policyTold(mode)).toEqual(FAKE_POLICY);
  expect(await policyTold(mode)).not.toHaveProperty('bannedWords');
});
