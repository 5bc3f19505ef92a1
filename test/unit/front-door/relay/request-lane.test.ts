// Requests to one agent: what was sent, what never was, and who waits for whom.

import { describe, expect, test } from 'vitest';
import { type LaneResult, RequestLane } from '../../../../src/front-door/relay/request-lane.js';
import type { AgentAnswer, AgentRequest } from '../../../../src/protocol/frames.js';
import { parseAccountAnchor, parseResetId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { FakeClock } from '../../../support/fake-clock.js';

const never = new AbortController().signal;
const inspect: AgentRequest = { kind: 'inspect', subject: { kind: 'user-id', userId: 'ada' } };
const unlock: AgentRequest = {
  kind: 'unlock',
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  anchor: parseAccountAnchor('a1'),
  notAfterMs: 0,
};
const notFound: AgentAnswer = { kind: 'inspected', inspection: { kind: 'not-found' } };
const done: AgentAnswer = { kind: 'outcome', outcome: { kind: 'done', settledBy: 'answer' } };

function aLane() {
  const clock = new FakeClock();
  const sent: number[] = [];
  return { clock, sent, lane: new RequestLane({ clock, send: (number) => void sent.push(number) }) };
}

function fill(lane: RequestLane): Promise<LaneResult>[] {
  return Array.from({ length: LIMITS.requestsInFlightMax }, () => lane.ask(inspect, never));
}

describe('a request lane', () => {
  test('sends in the order of asking as places become free', async () => {
    const { lane, sent } = aLane();
    const first = fill(lane);
    const next = lane.ask(inspect, never);
    expect(sent.length).toBe(LIMITS.requestsInFlightMax);
    expect(lane.settle(3, notFound)).toBe(true);
    expect(await first[3]).toEqual({ kind: 'answered', answer: notFound });
    expect(sent.at(-1)).toBe(LIMITS.requestsInFlightMax);
    lane.settle(LIMITS.requestsInFlightMax, notFound);
    expect(await next).toEqual({ kind: 'answered', answer: notFound });
  });

  test('says at the deadline of what waited that it was never sent, and never sends it later', async () => {
    const { clock, lane, sent } = aLane();
    const first = fill(lane);
    const waiting = lane.ask(inspect, never);
    await clock.advance(LIMITS.requestDeadlineMs);
    expect(await waiting).toEqual({ kind: 'not-sent' });
    expect(await first[0]).toEqual({ kind: 'lost' });
    lane.settle(0, notFound);
    expect(sent.length).toBe(LIMITS.requestsInFlightMax);
  });

  test('keeps the place of an overdue request, which the agent still counts', async () => {
    const { clock, lane, sent } = aLane();
    fill(lane);
    await clock.advance(LIMITS.requestDeadlineMs);
    const next = lane.ask(inspect, never);
    expect(sent.length).toBe(LIMITS.requestsInFlightMax);
    expect(lane.settle(0, notFound)).toBe(true);
    lane.settle(LIMITS.requestsInFlightMax, notFound);
    expect(await next).toMatchObject({ kind: 'answered' });
  });

  test.each<[string, number, AgentAnswer]>([
    ['to what was not asked', 7, notFound],
    ['of another kind than the question', 0, done],
  ])('does not take an answer %s', (_, number, answer) => {
    const { lane } = aLane();
    void lane.ask(inspect, never);
    expect(lane.settle(number, answer)).toBe(false);
  });

  test('takes an answer once', () => {
    const { lane } = aLane();
    void lane.ask(unlock, never);
    expect(lane.settle(0, notFound)).toBe(false);
    expect(lane.settle(0, done)).toBe(true);
    expect(lane.settle(0, done)).toBe(false);
  });

  test('that closes tells what was sent from what was not', async () => {
    const { clock, lane } = aLane();
    const first = fill(lane);
    const waiting = lane.ask(inspect, never);
    lane.close();
    expect(await first[0]).toEqual({ kind: 'lost' });
    expect(await waiting).toEqual({ kind: 'not-sent' });
    expect(await lane.ask(inspect, never)).toEqual({ kind: 'not-sent' });
    await lane.untilIdle();
    expect(clock.pendingTimers).toBe(0);
  });
});
