// Requests to one agent: what was sent, what never was, and who waits for whom.

import { describe, expect, test } from 'vitest';
import { type LaneResult, RequestLane } from '../../../../src/front-door/relay/request-lane.js';
import type { AgentAnswer, AgentRequest } from '../../../../src/protocol/frames.js';
import { parseAccountAnchor, parseResetId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { FakeClock } from '../../../support/fake-clock.js';

const never = { signal: new AbortController().signal };
const inspect: AgentRequest = { kind: 'inspect', subject: { kind: 'user-id', userId: 'ada' } };
const unlock: AgentRequest = {
  kind: 'unlock',
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  anchor: parseAccountAnchor('a1'),
  notAfterMs: 0,
};
const notFound: AgentAnswer = { kind: 'inspected', inspection: { kind: 'not-found' } };
const done: AgentAnswer = { kind: 'outcome', outcome: { kind: 'done', settledBy: 'answer' } };

function aLane({ canBeAhead = true } = {}) {
  const clock = new FakeClock();
  const sent: number[] = [];
  const sentAhead: number[] = [];
  const decided: [number, boolean][] = [];
  const lane = new RequestLane({
    clock,
    canBeAhead,
    send: (number, _, isAhead) => void (isAhead ? sentAhead : sent).push(number),
    decide: (number, mayWrite) => void decided.push([number, mayWrite]),
  });
  return { clock, sent, sentAhead, decided, lane };
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

  describe('of what may not be written yet', () => {
    test('sends it ahead, and says when it may be', async () => {
      const { lane, sentAhead, decided } = aLane();
      const mayWrite = Promise.withResolvers<void>();
      const asked = lane.ask(unlock, { ...never, mayWrite: mayWrite.promise });
      expect(sentAhead).toEqual([0]);
      await Promise.resolve();
      expect(decided).toEqual([]);
      mayWrite.resolve();
      await expect.poll(() => decided).toEqual([[0, true]]);
      lane.settle(0, done);
      expect(await asked).toEqual({ kind: 'answered', answer: done });
    });

    test('says that nothing was sent where it never may be, takes it back, and keeps its place', async () => {
      const { lane, sent, sentAhead, decided } = aLane();
      const mayWrite = Promise.reject(new RangeError('the disk is full'));
      expect(await lane.ask(unlock, { ...never, mayWrite })).toEqual({ kind: 'not-sent' });
      expect(sentAhead).toEqual([0]);
      expect(decided).toEqual([[0, false]]);
      fill(lane);
      expect(sent.length).toBe(LIMITS.requestsInFlightMax - 1);
      expect(lane.settle(0, done)).toBe(true);
      expect(sent.length).toBe(LIMITS.requestsInFlightMax);
    });

    test('says nothing more of what was answered before that', async () => {
      const { lane, decided } = aLane();
      const mayWrite = Promise.withResolvers<void>();
      const asked = lane.ask(unlock, { ...never, mayWrite: mayWrite.promise });
      lane.settle(0, done);
      mayWrite.resolve();
      await Promise.all([asked, mayWrite.promise]);
      expect(decided).toEqual([]);
    });

    test('sends it when it may be, and never when not, to an agent that knows no waiting', async () => {
      const { lane, sent, sentAhead } = aLane({ canBeAhead: false });
      const mayWrite = Promise.withResolvers<void>();
      const asked = lane.ask(unlock, { ...never, mayWrite: mayWrite.promise });
      expect(sent).toEqual([]);
      mayWrite.resolve();
      await expect.poll(() => sent).toEqual([0]);
      lane.settle(0, done);
      expect(await asked).toMatchObject({ kind: 'answered' });
      const refused = Promise.reject(new RangeError('the disk is full'));
      expect(await lane.ask(unlock, { ...never, mayWrite: refused })).toEqual({ kind: 'not-sent' });
      expect([sent, sentAhead]).toEqual([[0], []]);
    });
  });
});
