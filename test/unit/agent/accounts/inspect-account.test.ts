// What the front door is told: the rules for a next password, the directory's as they were read and the agent's own where it refuses;
// and no more than that there are several, where a name is theirs.

import { expect, test } from 'vitest';
import { inspectAccount } from '../../../../src/agent/accounts/inspect-account.js';
import type { DirectoryAccount } from '../../../../src/agent/directory/directory-account.js';
import type { RuleMode } from '../../../../src/agent/passwords/rule-verdicts.js';
import type { AccountSubject } from '../../../../src/protocol/frames.js';
import { inspectionSchema } from '../../../../src/protocol/managed-accounts.js';
import { aPerson, FAKE_POLICY, FakeDirectory } from '../../../support/fake-directory.js';

async function inspected(subject: AccountSubject, people: readonly DirectoryAccount[], bannedWords: RuleMode) {
  const deps = {
    reader: new FakeDirectory({ people: people.map((account) => ({ account, password: 'Correct Horse 1' })) }),
    decideDisposition: () => ({ kind: 'not-managed-here' }) as const,
    toldGroups: () => [],
    bannedWords,
    events: { inspectionFailed: () => undefined },
  };
  return inspectionSchema.parse(await inspectAccount(deps, subject, new AbortController().signal));
}

async function policyTold(bannedWords: RuleMode) {
  const account = aPerson();
  const inspection = await inspected({ kind: 'anchor', anchor: account.anchor }, [account], bannedWords);
  return inspection.kind === 'found' ? inspection.policy : inspection.kind;
}

test('of several accounts with one name the front door is told that there are several, and nothing of them', async () => {
  const people = ['bea', 'cara'].map((name) =>
    aPerson({ anchor: name, samAccountName: name, mail: ['shared@example.com'] }),
  );
  const subject = { kind: 'user-id', userId: 'shared@example.com' } as const;
  expect(await inspected(subject, people, 'off')).toEqual({ kind: 'ambiguous' });
});

test('a rule on banned words that refuses is told beside what the directory demands', async () => {
  expect(await policyTold('enforce')).toEqual({ ...FAKE_POLICY, bannedWords: 'enforced' });
});

test.each(['audit', 'off'] as const)('one that refuses nothing is not told of: %s', async (mode) => {
  expect(await policyTold(mode)).toEqual(FAKE_POLICY);
  expect(await policyTold(mode)).not.toHaveProperty('bannedWords');
});
