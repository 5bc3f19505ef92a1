// Where a submission goes: to one agent that it belongs to, and what was sent is never called "nothing happened".

import { describe, expect, test } from 'vitest';
import { type Submission, submissionSchema } from '../../../../src/front-door/api/api-documents.js';
import type { ApiReset } from '../../../../src/front-door/api/api-resets.js';
import { carrySubmission, chooseDestination } from '../../../../src/front-door/api/carry-submission.js';
import { INPUT_EXAMPLES } from '../../../../src/front-door/api/openapi-examples.js';
import type { LiveAgent, Relay, Relayed } from '../../../../src/front-door/relay/relay.js';
import type { TryLaterReason } from '../../../../src/protocol/dispositions.js';
import { parseAgentId, parseKeyId } from '../../../../src/protocol/identifiers.js';
import type { ResetOutcome } from '../../../../src/protocol/outcomes.js';
import { aTenant } from '../../../support/front-door-builders.js';

const first = parseAgentId('00000000-0000-4000-8000-0000000000a1');
const second = parseAgentId('00000000-0000-4000-8000-0000000000a2');
const keyOf = { [first]: parseKeyId('AAAAAAAAAAAAAAAAAAAAA1'), [second]: parseKeyId('AAAAAAAAAAAAAAAAAAAAA2') };

function agent(agentId: typeof first, changes: Partial<LiveAgent> = {}): LiveAgent {
  const key = { keyId: keyOf[agentId] ?? parseKeyId(''), publicKey: '', notBeforeMs: 0, notAfterMs: 9, signature: '' };
  return { agentId, sealingKeys: [key], operations: ['reset', 'unlock'], isHeld: false, ...changes };
}

const unlock = submissionSchema.parse(INPUT_EXAMPLES.submitReset.unlock?.value);
const reset = (...agents: (typeof first)[]): Submission => {
  const sealed = submissionSchema.parse(INPUT_EXAMPLES.submitReset.reset?.value);
  if (sealed.operation !== 'reset') throw new Error('the example is a reset');
  const [one] = sealed.sealed;
  if (one === undefined) throw new Error('the example is sealed');
  return { ...sealed, sealed: agents.map((id) => ({ ...one, keyId: keyOf[id] ?? one.keyId })) };
};

describe('the agent that is chosen', () => {
  test('is the first that can open what was sealed', () => {
    const agents = [agent(first), agent(second)];
    expect(chooseDestination(agents, reset(first, second))).toEqual({ agentId: first, keyId: keyOf[first] });
    expect(chooseDestination(agents, reset(second))).toEqual({ agentId: second, keyId: keyOf[second] });
  });

  test('is none that is held, or does not do this', () => {
    const agents = [agent(first, { isHeld: true }), agent(second)];
    expect(chooseDestination(agents, unlock).agentId).toBe(second);
    expect(chooseDestination([agent(first, { operations: ['reset'] }), agent(second)], unlock).agentId).toBe(second);
    expect(() => chooseDestination([agent(first, { isHeld: true })], unlock)).toThrow(
      expect.objectContaining({ code: 'no-agent' }),
    );
    expect(() => chooseDestination([agent(first)], reset(second))).toThrow(
      expect.objectContaining({ code: 'sealing-keys-stale' }),
    );
  });
});

type Scripted = Relayed['kind'] | TryLaterReason | 'no-such-account';

function outcomeOf(kind: 'answered' | 'no-such-account' | TryLaterReason): ResetOutcome {
  if (kind === 'answered') return { kind: 'done', settledBy: 'answer' };
  return kind === 'no-such-account' ? { kind } : { kind: 'try-later', reason: kind };
}

describe('carrying', () => {
  const row = (outcome: ResetOutcome | undefined): ApiReset => ({
    tenantId: aTenant().id,
    ...unlock,
    fingerprint: 'f',
    tokenId: 't',
    agentId: second,
    keyId: undefined,
    submittedAtMs: 0,
    outcome,
    answeredAtMs: undefined,
  });

  const carry = async (from: { isNew: boolean; outcome: ResetOutcome | undefined; relayed: Scripted[] }) => {
    const asked: (string | undefined)[] = [];
    const relay: Relay = {
      liveAgents: () => [agent(first), agent(second)],
      async ask({ agentId }) {
        asked.push(agentId);
        const kind = from.relayed.shift();
        if (kind === 'answer-lost') return { kind, agentId };
        if (kind === 'no-agent' || kind === undefined) return { kind: 'no-agent' };
        const outcome = outcomeOf(kind);
        return { kind: 'answered', agentId, answer: { kind: 'outcome', outcome } };
      },
    };
    const caller = {
      tenant: aTenant(),
      token: {
        id: 't',
        tenantId: aTenant().id,
        name: '',
        scopes: [],
        hash: new Uint8Array(),
        createdAtMs: 0,
        expiresAtMs: undefined,
        lastUsedAtMs: undefined,
      },
    };
    const setCloudPassword = async () => ({ kind: 'unsealing-failed' }) as const;
    const begun = { reset: row(from.outcome), isNew: from.isNew, onDisk: Promise.resolve() };
    const moved: (string | undefined)[] = [];
    const resets = { move: async ({ agentId }: Pick<ApiReset, 'agentId'>) => void moved.push(agentId) };
    const deps = { relay, resets, setCloudPassword };
    const { outcome } = await carrySubmission(deps, caller, begun, unlock, new AbortController().signal);
    return { outcome, asked, moved };
  };

  test('asks the agent of the row alone, however often', async () => {
    const { outcome, asked } = await carry({
      isNew: true,
      outcome: undefined,
      relayed: ['answer-lost', 'answered'],
    });
    expect(asked).toEqual([second, second]);
    expect(outcome?.kind).toBe('done');
  });

  test.each(['directory-unreachable', 'held', 'draining', 'no-agent'] as const)(
    'goes on to another agent after %s, and the id belongs to that one before it is asked',
    async (before) => {
      const carried = await carry({ isNew: true, outcome: undefined, relayed: [before, 'answered'] });
      expect(carried).toMatchObject({ outcome: { kind: 'done' }, asked: [second, first], moved: [first] });
    },
  );

  test('goes on past an agent that does not know the account; it is gone when all say so, and to be tried when one is away', async () => {
    const isNew = { isNew: true, outcome: undefined };
    const known = await carry({ ...isNew, relayed: ['no-such-account', 'answered'] });
    expect(known).toMatchObject({ outcome: { kind: 'done' }, asked: [second, first], moved: [first] });
    const gone = await carry({ ...isNew, relayed: ['no-such-account', 'no-such-account'] });
    expect(gone.outcome?.kind).toBe('no-such-account');
    expect((await carry({ ...isNew, relayed: ['held', 'no-such-account'] })).outcome?.kind).toBe('try-later');
    expect((await carry({ ...isNew, relayed: ['no-such-account', 'held'] })).outcome?.kind).toBe('try-later');
  });

  test('stays with the agent that lost an answer, and takes its draining for no answer', async () => {
    const told = await carry({ isNew: true, outcome: undefined, relayed: ['answer-lost', 'directory-unreachable'] });
    expect(told).toMatchObject({ outcome: { kind: 'try-later' }, asked: [second, second], moved: [] });
    const draining = await carry({ isNew: true, outcome: undefined, relayed: ['answer-lost', 'draining'] });
    expect(draining).toMatchObject({ outcome: undefined, moved: [] });
    const before = await carry({ isNew: false, outcome: { kind: 'unknown' }, relayed: ['draining'] });
    expect(before).toMatchObject({ outcome: undefined, asked: [second], moved: [] });
  });

  test('a lost answer of the second agent leaves the id with that one', async () => {
    const relayed: Scripted[] = ['held', 'answer-lost', 'answer-lost'];
    const carried = await carry({ isNew: true, outcome: undefined, relayed });
    expect(carried).toMatchObject({ outcome: undefined, asked: [second, first, first], moved: [first] });
  });

  test('never sent is try-later; sent without an answer is not known', async () => {
    expect((await carry({ isNew: true, outcome: undefined, relayed: ['no-agent'] })).outcome?.kind).toBe('try-later');
    const lost = await carry({ isNew: true, outcome: undefined, relayed: ['answer-lost', 'no-agent'] });
    expect(lost.outcome).toBeUndefined();
  });

  test.each([undefined, { kind: 'unknown' }, { kind: 'agent-fault' }] as const)(
    'what may have happened before is not taken back when the agent is away now: %o',
    async (outcome) => {
      expect((await carry({ isNew: false, outcome, relayed: ['no-agent'] })).outcome).toBeUndefined();
    },
  );

  test('what was not written before, and is lost now, is not known', async () => {
    const before = { kind: 'try-later', reason: 'held' } as const;
    const lost = await carry({ isNew: false, outcome: before, relayed: ['answer-lost', 'answer-lost'] });
    expect(lost.outcome).toBeUndefined();
    const away = await carry({ isNew: false, outcome: before, relayed: ['no-agent'] });
    expect(away.outcome?.kind).toBe('try-later');
  });
});
