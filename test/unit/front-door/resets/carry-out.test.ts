// One reset among several agents: who is asked, how often, and who never.

import { describe, expect, test } from 'vitest';
import { argon2Hasher } from '../../../../src/front-door/argon2/argon2-hasher.js';
import type { LiveAgent, Relay, Relayed } from '../../../../src/front-door/relay/relay.js';
import {
  carryOutInvalidation,
  carryOutReset,
  carryOutUnlock,
  recipientsFor,
} from '../../../../src/front-door/resets/carry-out.js';
import { makeOwnSealingKey } from '../../../../src/front-door/sealing-keys/own-sealing-key.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import type { TryLaterReason } from '../../../../src/protocol/dispositions.js';
import {
  type AgentId,
  parseAccountAnchor,
  parseAgentId,
  parseKeyId,
  parseResetId,
  parseTenantId,
} from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { ResetOutcome } from '../../../../src/protocol/outcomes.js';
import { FakeClock } from '../../../support/fake-clock.js';

const agentOf = (letter: string) => parseAgentId(`00000000-0000-4000-8000-00000000000${letter}`);
const subject = {
  kind: 'directory',
  tenantId: parseTenantId('example'),
  anchor: parseAccountAnchor('ada'),
  knownBy: [] as readonly AgentId[],
} as const;
const keyOf = (letter: string) => parseKeyId(letter.repeat(22));

function anAgent(letter: 'a' | 'b' | 'c', changes: Partial<LiveAgent> = {}): LiveAgent {
  const key = {
    keyId: keyOf(letter),
    publicKey: letter,
    notBeforeMs: 0,
    notAfterMs: Number.MAX_SAFE_INTEGER,
    signature: '',
  };
  return {
    agentId: agentOf(letter),
    sealingKeys: [key],
    operations: ['reset', 'unlock'],
    isHeld: false,
    ...changes,
  };
}

type Scripted = Relayed['kind'] | TryLaterReason | 'no-such-account';

function outcomeOf(kind: 'answered' | 'no-such-account' | TryLaterReason): ResetOutcome {
  if (kind === 'answered') return { kind: 'done', settledBy: 'answer' };
  return kind === 'no-such-account' ? { kind } : { kind: 'try-later', reason: kind };
}

async function carrier(agents: readonly LiveAgent[], answers: readonly Scripted[], knownBy: readonly AgentId[] = []) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const script = [...answers];
  const relay: Relay = {
    liveAgents: () => agents,
    async ask({ agentId, request }) {
      const sealedFor = request.kind === 'reset' ? request.sealed.keyId.slice(0, 1) : '';
      asked.push(`${agentId.slice(-1)}${sealedFor}`);
      const kind = script.shift() ?? 'answered';
      if (kind === 'no-agent') return { kind };
      if (kind === 'answer-lost') return { kind, agentId };
      const outcome = outcomeOf(kind);
      return { kind: 'answered', agentId, answer: { kind: 'outcome', outcome } };
    },
  };
  const store = await openSqliteStore({ path: ':memory:', clock });
  const deps = {
    relay,
    clock,
    cloudAccounts: store.cloudAccounts,
    hasher: argon2Hasher,
    ownKey: await makeOwnSealingKey(),
  };
  const command = {
    resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
    notAfterMs: clock.nowMs() + 120_000,
  };
  const sealed = (['a', 'b', 'c'] as const).map((letter) => ({ keyId: keyOf(letter), enc: '', ciphertext: '' }));
  const { signal } = new AbortController();
  return {
    asked,
    deps,
    reset: async () =>
      (await carryOutReset(deps, { subject: { ...subject, knownBy }, command, sealed, signal })).outcome.kind,
    invalidate: async () => (await carryOutInvalidation(deps, { account: subject, command, signal })).outcome.kind,
    unlock: async () =>
      (await carryOutUnlock(deps, { subject: { ...subject, knownBy }, command, signal })).outcome.kind,
  };
}

describe('carrying out a reset', () => {
  test('asks the first agent, with what was sealed for that one', async () => {
    const { reset, asked } = await carrier([anAgent('b'), anAgent('a')], []);
    expect([await reset(), asked]).toEqual(['done', ['bb']]);
  });

  test('goes on to the next agent only when nothing was sent', async () => {
    const { reset, asked } = await carrier([anAgent('a'), anAgent('b')], ['no-agent']);
    expect([await reset(), asked]).toEqual(['done', ['aa', 'bb']]);
  });

  test('never asks another agent once one may have done it', async () => {
    const { reset, asked } = await carrier([anAgent('a'), anAgent('b')], ['answer-lost', 'answer-lost', 'answer-lost']);
    expect([await reset(), asked]).toEqual(['unknown', ['aa', 'aa', 'aa']]);
  });

  test('is unknown when the agent that was asked is gone afterwards', async () => {
    const { reset, asked } = await carrier([anAgent('a'), anAgent('b')], ['answer-lost', 'no-agent']);
    expect([await reset(), asked]).toEqual(['unknown', ['aa', 'aa']]);
  });

  test.each(['directory-unreachable', 'held', 'draining'] as const)(
    'goes on to the next agent when the first says %s: nothing was written there',
    async (reason) => {
      const { reset, asked } = await carrier([anAgent('a'), anAgent('b')], [reason]);
      expect([await reset(), asked]).toEqual(['done', ['aa', 'bb']]);
    },
  );

  test('is try-later when every agent says so, and unknown when the last one’s answer is lost', async () => {
    const all = await carrier([anAgent('a'), anAgent('b')], ['directory-unreachable', 'no-agent']);
    expect([await all.reset(), all.asked]).toEqual(['try-later', ['aa', 'bb']]);
    const lost = await carrier([anAgent('a'), anAgent('b')], ['held', 'answer-lost', 'no-agent']);
    expect([await lost.reset(), lost.asked]).toEqual(['unknown', ['aa', 'bb', 'bb']]);
  });

  test('never moves on from an agent that lost an answer, and takes its draining for no answer', async () => {
    const told = await carrier([anAgent('a'), anAgent('b')], ['answer-lost', 'directory-unreachable']);
    expect([await told.reset(), told.asked]).toEqual(['try-later', ['aa', 'aa']]);
    const draining = await carrier([anAgent('a'), anAgent('b')], ['answer-lost', 'draining']);
    expect([await draining.reset(), draining.asked]).toEqual(['unknown', ['aa', 'aa']]);
  });

  test('has to wait when there is no agent, or none for which it was sealed', async () => {
    expect(await (await carrier([], [])).reset()).toBe('try-later');
    const stranger = anAgent('a', { sealingKeys: [] });
    expect(await (await carrier([stranger], [])).reset()).toBe('try-later');
  });

  test('passes a held agent by', async () => {
    const { reset, asked } = await carrier([anAgent('a', { isHeld: true }), anAgent('b')], []);
    expect([await reset(), asked]).toEqual(['done', ['bb']]);
  });

  test('asks who knows the account first, and goes on past an agent that does not', async () => {
    const known = await carrier([anAgent('a'), anAgent('b'), anAgent('c')], [], [agentOf('c'), agentOf('b')]);
    expect([await known.reset(), known.asked]).toEqual(['done', ['cc']]);
    const unlocked = await carrier([anAgent('a'), anAgent('b')], [], [agentOf('b')]);
    expect([await unlocked.unlock(), unlocked.asked]).toEqual(['done', ['b']]);
    const passed = await carrier([anAgent('a'), anAgent('b')], ['no-such-account']);
    expect([await passed.reset(), passed.asked]).toEqual(['done', ['aa', 'bb']]);
  });

  test('calls an account gone only when everybody says so who could know it', async () => {
    const all = await carrier([anAgent('a'), anAgent('b')], ['no-such-account', 'no-such-account']);
    expect(await all.reset()).toBe('no-such-account');
    for (const answers of [
      ['no-such-account', 'held'],
      ['held', 'no-such-account'],
    ] as const) {
      expect(await (await carrier([anAgent('a'), anAgent('b')], answers)).reset()).toBe('try-later');
    }
    // The one that knew the account is not linked just now.
    const away = await carrier([anAgent('a')], ['no-such-account'], [agentOf('b')]);
    expect(await away.reset()).toBe('try-later');
  });

  test('an unlock goes the same way', async () => {
    const { unlock, asked } = await carrier([anAgent('a', { operations: ['reset'] }), anAgent('b')], []);
    expect([await unlock(), asked]).toEqual(['done', ['b']]);
  });
});

describe('whom a password is sealed for', () => {
  test('every live agent that resets, by its newest key that holds now', async () => {
    const base = { publicKey: '', signature: '' };
    const keys = [
      { ...base, keyId: keyOf('o'), notBeforeMs: 0, notAfterMs: Number.MAX_SAFE_INTEGER },
      { ...base, keyId: keyOf('n'), notBeforeMs: 1, notAfterMs: Number.MAX_SAFE_INTEGER },
      { ...base, keyId: keyOf('f'), notBeforeMs: Number.MAX_SAFE_INTEGER, notAfterMs: Number.MAX_SAFE_INTEGER },
    ];
    const agents = [
      anAgent('a', { sealingKeys: keys }),
      anAgent('b', { isHeld: true }),
      anAgent('c', { operations: [] }),
    ];
    const { deps } = await carrier(agents, []);
    expect(recipientsFor(deps, subject).map(({ keyId }) => keyId)).toEqual([keyOf('n')]);
  });

  test('those who know the account first, since there are only so many', async () => {
    const agents = Array.from({ length: LIMITS.recipientsMax + 1 }, (_, at) => {
      const letter = 'mnopqrstuv'.charAt(at);
      const keys = anAgent('a').sealingKeys.map((key) => ({ ...key, keyId: keyOf(letter) }));
      return { ...anAgent('a', { sealingKeys: keys }), agentId: agentOf(String(at)) };
    });
    const { deps } = await carrier(agents, []);
    const last = agentOf(String(LIMITS.recipientsMax));
    const recipients = recipientsFor(deps, { ...subject, knownBy: [last] }).map(({ keyId }) => keyId);
    expect(recipients).toHaveLength(LIMITS.recipientsMax);
    expect(recipients[0]).toBe(keyOf('mnopqrstuv'.charAt(LIMITS.recipientsMax)));
  });

  test('for a cloud-only account ourselves alone', async () => {
    const { deps } = await carrier([anAgent('a')], []);
    const own = recipientsFor(deps, { ...subject, kind: 'cloud-only' });
    expect(own.map(({ keyId }) => keyId)).toEqual([deps.ownKey.keyId]);
  });
});

describe('carrying out an invalidation', () => {
  const able = (letter: 'a' | 'b' | 'c', isHeld = false) =>
    anAgent(letter, { operations: ['reset', 'unlock', 'invalidate-password'], isHeld });

  test('asks those who offer it, one after the other, until one knows the account', async () => {
    const agents = [anAgent('c'), able('a'), able('b')];
    const { invalidate, asked } = await carrier(agents, ['no-such-account']);
    expect([await invalidate(), asked]).toEqual(['done', ['a', 'b']]);
  });

  test('is for later where nobody offers it, or all who do are held', async () => {
    const { invalidate, asked } = await carrier([anAgent('a'), able('b', true)], []);
    expect([await invalidate(), asked]).toEqual(['try-later', []]);
  });

  test('is unknown when its answer is lost for good, and never asked of another agent', async () => {
    const { invalidate, asked } = await carrier([able('a'), able('b')], ['answer-lost', 'answer-lost', 'answer-lost']);
    expect([await invalidate(), asked]).toEqual(['unknown', ['a', 'a', 'a']]);
  });
});
