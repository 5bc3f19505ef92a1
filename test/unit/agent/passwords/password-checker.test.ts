// Bytes in, verdicts out: the breach list is asked by hash when it is wanted, and one that is away refuses nobody.

import { expect, it } from 'vitest';
import {
  type BreachedPasswords,
  BreachListUnusable,
  sha1Of,
} from '../../../../src/agent/passwords/breached-passwords.js';
import { checkPasswordBytes, type PasswordCheckerDeps } from '../../../../src/agent/passwords/password-checker.js';
import { decidePassword, policyRulesOf } from '../../../../src/agent/passwords/rule-verdicts.js';
import { ALL_ENFORCED, passwordCheck } from '../../../support/password-checks.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const GOOD = '7 Otters sing a song';

/** Knows one password; remembers what it was asked. */
class ShortList implements BreachedPasswords {
  readonly asked: string[] = [];
  failure: unknown;

  async timesSeen(sha1: string): Promise<number> {
    this.asked.push(sha1);
    if (this.failure !== undefined) throw this.failure;
    return sha1 === sha1Of(bytes('7 Otters swim a mile')) ? 4 : 0;
  }
}

function bench(changes: Partial<PasswordCheckerDeps> = {}) {
  const list = new ShortList();
  const failures: unknown[] = [];
  const check = passwordCheck();
  const { bannedWords, organisationNames, schemePrefix, operation, account, policy, passwordAge } = check;
  const deps: PasswordCheckerDeps = {
    ...{ bannedWords, organisationNames, schemePrefix, modes: ALL_ENFORCED, breachedPasswords: list },
    events: { breachListUnusable: ({ failure }) => failures.push(failure) },
    ...changes,
  };
  const verdicts = (password: Uint8Array) =>
    checkPasswordBytes(deps, { password, operation, account, policy, passwordAge }, new AbortController().signal);
  const refusals = async (password: Uint8Array) => policyRulesOf(decidePassword(await verdicts(password)).refusedFor);
  return { list, failures, verdicts, refusals };
}

it('a stolen password is refused, another is not, and the list sees hashes only', async () => {
  const { list, refusals } = bench();
  expect(await refusals(bytes('7 Otters swim a mile'))).toEqual(['breached']);
  expect(await refusals(bytes(GOOD))).toEqual([]);
  expect(list.asked.every((sha1) => /^[0-9A-F]{40}$/.test(sha1))).toBe(true);
});

it('a list that cannot be used is reported, and refuses nobody', async () => {
  const { list, failures, verdicts } = bench();
  list.failure = new BreachListUnusable('not there');
  const breached = (await verdicts(bytes(GOOD))).find(({ rule }) => rule === 'breached');
  expect(breached).toEqual({ rule: 'breached', mode: 'enforce', kind: 'cannot-tell', why: 'breach-list-unusable' });
  expect(failures).toEqual([list.failure]);
});

it('a mistake of ours is not taken for a list that cannot be used', async () => {
  const { list, verdicts } = bench();
  list.failure = new TypeError('a mistake');
  await expect(verdicts(bytes(GOOD))).rejects.toThrow(TypeError);
});

it('a list that is switched off is not asked', async () => {
  const { list, verdicts } = bench({ modes: { ...ALL_ENFORCED, breached: 'off' } });
  await verdicts(bytes(GOOD));
  expect(list.asked).toEqual([]);
});

it('without a list the rule cannot tell', async () => {
  const { verdicts } = bench({ breachedPasswords: undefined });
  expect((await verdicts(bytes(GOOD))).find(({ rule }) => rule === 'breached')).toMatchObject({
    why: 'no-breach-list',
  });
});

it('bytes that are no text are refused as such, and the caller’s bytes are left as they are', async () => {
  const { refusals } = bench();
  const password = Uint8Array.from([0x53, 0xff, 0xfe]);
  expect(await refusals(password)).toEqual(['inadmissible-characters']);
  expect(password).toEqual(Uint8Array.from([0x53, 0xff, 0xfe]));
});
