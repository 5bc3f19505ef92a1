// Asking for a route and for sealing keys: what a trusted portal sees, and what it never sees of another organisation.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { routeAnswerSchema } from '../../../../src/front-door/api/api-documents.js';
import { agentRecipients } from '../../../../src/front-door/sealing-keys/agent-recipients.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { anAccount, anInspection, WRITE_BACK } from '../../../support/front-door-builders.js';
import { ADA, type ApiBench, makeApiBench } from './api-bench.js';

let bench: ApiBench;
beforeEach(async () => {
  bench = await makeApiBench();
});
afterEach(async () => {
  expect(bench.failed).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

const routeOf = async (userId: string) => {
  const answer = await bench.caller.post('/routes', { userId });
  expect(answer.statusCode).toBe(200);
  return routeAnswerSchema.parse(answer.json());
};

describe('a route', () => {
  test('comes with anchor, offers and rules; registered methods do not count for who has proven the person', async () => {
    expect(await routeOf('Ada@Example.com')).toEqual({
      tenantId: 'example',
      route: { kind: 'cannot-verify', reason: 'too-few-methods' },
      policy: {
        name: 'everyone',
        gates: 1,
        methods: ['email-code', 'authenticator-code'],
        directoryAddresses: 'count',
        undecided: [],
      },
      account: {
        anchor: ADA,
        kind: 'directory',
        offers: ['reset', 'reset-after-compromise', 'unlock'],
        rules: [
          { kind: 'length-at-least', units: 7 },
          { kind: 'categories', atLeast: 3 },
          { kind: 'without-name', names: ['ada', 'Ada', 'Example'] },
        ],
        isLocked: false,
      },
    });
  });

  test('has the rules of a reset, and those of a change where no reset is offered', async () => {
    const policy = { ...anInspection().policy, mustBeComplex: false, bannedWords: 'enforced' } as const;
    bench.relay.operations = ['reset', 'change'];
    bench.relay.people.splice(0, 1, anInspection({ policy }));
    const ofReset = [{ kind: 'length-at-least', units: 7 }, { kind: 'not-guessable' }];
    expect((await routeOf('ada')).account).toMatchObject({ rules: ofReset });
    const closed = { kind: 'closed', reason: 'not-enabled' } as const;
    const disposition = { ...WRITE_BACK, reset: closed, change: { kind: 'allowed' } } as const;
    bench.relay.people.splice(0, 1, anInspection({ policy, account: anAccount({ disposition }) }));
    expect((await routeOf('ada')).account).toMatchObject({
      offers: ['unlock', 'change'],
      rules: [...ofReset, { kind: 'not-recent', remembered: 24 }],
    });
  });

  test('of an account whose only agent is held offers nothing', async () => {
    bench.relay.isHeld = true;
    expect(await routeOf('ada')).toMatchObject({ account: { offers: [] } });
  });

  test('of somebody unknown is an answer, without an account', async () => {
    expect(await routeOf('nobody@example.com')).toEqual({
      tenantId: 'example',
      route: { kind: 'cannot-verify', reason: 'unknown' },
    });
  });

  test('of an account that is not touched names the reason and offers nothing', async () => {
    const disposition = { kind: 'contact-administrator', reason: 'protected-account' } as const;
    bench.relay.people.splice(0, 1, anInspection({ account: anAccount({ disposition }) }));
    expect(await routeOf('ada')).toMatchObject({
      route: { kind: 'contact-administrator', reason: 'protected-account' },
      account: { offers: [] },
    });
  });

  test('is told to try later when nobody can be asked, and offers nothing', async () => {
    await routeOf('ada');
    bench.relay.isLinked = false;
    expect(await routeOf('ada')).toMatchObject({
      route: { kind: 'cannot-verify', reason: 'too-few-methods' },
      account: { anchor: ADA, offers: [] },
    });
  });

  test('leaves a line in the journal that says no user ID', async () => {
    await routeOf('nobody@example.com');
    await routeOf('ada@example.com');
    const [unknown, known] = await bench.audited();
    expect(unknown).toMatchObject({
      event: 'api-called',
      fields: { operation: 'askRoute', tenantId: 'example', result: 'cannot-verify', reason: 'unknown' },
    });
    expect(known?.fields).toMatchObject({ anchor: ADA, reason: 'too-few-methods' });
    expect(JSON.stringify([unknown, known])).not.toMatch(/@example|nobody/);
  });
});

describe('sealing keys', () => {
  test('come with all that a password is sealed for', async () => {
    const { caller, relay, clock } = bench;
    const answer = await caller.get(`/sealing-keys?anchor=${ADA}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      tenantId: 'example',
      anchor: ADA,
      recipients: [{ agentId: relay.agentId }],
      nowMs: clock.nowMs(),
      notAfterMsMax: clock.nowMs() + LIMITS.commandLifetimeMs,
    });
  });

  test('of an unknown account are not given', async () => {
    const answer = await bench.caller.get('/sealing-keys?anchor=unknown');
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'account-not-found']);
  });

  test('are not there while no agent is', async () => {
    const { caller, relay } = bench;
    await caller.get(`/sealing-keys?anchor=${ADA}`);
    relay.isLinked = false;
    const answer = await caller.get(`/sealing-keys?anchor=${ADA}`);
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'no-agent', '15']);
  });

  test('are those of agents that take resets, the newest valid one of each', () => {
    const [agent] = bench.relay.liveAgents(parseTenantId('example'));
    if (agent === undefined) throw new Error('an agent is linked');
    const [key] = agent.sealingKeys;
    if (key === undefined) throw new Error('it has a key');
    const keyAt = (notBeforeMs: number, notAfterMs: number) => ({ ...key, notBeforeMs, notAfterMs });
    const newest = (...sealingKeys: (typeof key)[]) =>
      agentRecipients([{ ...agent, sealingKeys }], 100).map(({ notBeforeMs }) => notBeforeMs);
    expect(newest(keyAt(0, 200), keyAt(50, 250))).toEqual([50]);
    expect(newest(keyAt(0, 99))).toEqual([]);
    expect(newest(keyAt(101, 300))).toEqual([]);
    expect(agentRecipients([{ ...agent, isHeld: true }], 100)).toEqual([]);
    expect(agentRecipients([{ ...agent, operations: ['unlock'] }], 100)).toEqual([]);
    expect(agentRecipients(Array(20).fill(agent), 100)).toHaveLength(LIMITS.recipientsMax);
  });
});
