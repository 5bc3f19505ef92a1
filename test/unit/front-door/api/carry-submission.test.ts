// Where a submission goes: to one agent, always the same, and what was sent is never called "nothing happened".

import { describe, expect, test } from 'vitest';
import { type Submission, submissionSchema } from '../../../../src/front-door/api/api-documents.js';
import type { ApiReset } from '../../../../src/front-door/api/api-resets.js';
import { carrySubmission, chooseDestination } from '../../../../src/front-door/api/carry-submission.js';
import { INPUT_EXAMPLES } from '../../../../src/front-door/api/openapi-examples.js';
import type { LiveAgent, Relay, Relayed } from '../../../../src/front-door/relay/relay.js';
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

  const carry = async (from: { isNew: boolean; outcome: ResetOutcome | undefined; relayed: Relayed['kind'][] }) => {
    const asked: (string | undefined)[] = [];
    const relay: Relay = {
      liveAgents: () => [agent(first), agent(second)],
      async ask({ agentId }) {
        asked.push(agentId);
        const kind = from.relayed.shift();
        if (kind === 'answer-lost') return { kind, agentId: second };
        if (kind === 'no-agent' || kind === undefined) return { kind: 'no-agent' };
        const outcome = { kind: 'done', settledBy: 'answer' } as const;
        return { kind, agentId: second, answer: { kind: 'outcome', outcome } };
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
    const begun = { reset: row(from.outcome), isNew: from.isNew };
    const deps = { relay, setCloudPassword };
    const outcome = await carrySubmission(deps, caller, begun, unlock, new AbortController().signal);
    return { outcome, asked };
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
