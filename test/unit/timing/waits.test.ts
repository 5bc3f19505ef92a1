// Waits and deadlines: when they end, with which reason, and that they leave no timer behind.

import { beforeEach, describe, expect, it } from 'vitest';
import { DeadlineExceeded, startDeadline, wait, waitAwake, withDeadline } from '../../../src/timing/waits.js';
import { FakeClock } from '../../support/fake-clock.js';

const GONE = new Error('went away');

let clock: FakeClock;
let caller: AbortController;

beforeEach(() => {
  clock = new FakeClock();
  caller = new AbortController();
});

describe('wait', () => {
  it('ends after its time, not before', async () => {
    let isOver = false;
    const waiting = wait(clock, 1000, caller.signal).then(() => {
      isOver = true;
    });
    await clock.advance(999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await waiting;
    expect(isOver).toBe(true);
  });

  it('ends with the caller’s reason as soon as the caller goes away, and leaves no timer', async () => {
    const waiting = wait(clock, 1000, caller.signal);
    caller.abort(GONE);
    await expect(waiting).rejects.toBe(GONE);
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not begin for a caller who is gone', async () => {
    caller.abort(GONE);
    await expect(wait(clock, 1000, caller.signal)).rejects.toBe(GONE);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('waitAwake', () => {
  it('ends with the caller’s reason as soon as the caller goes away, and at once for one who is gone', async () => {
    const waiting = waitAwake(60_000, caller.signal);
    caller.abort(GONE);
    await expect(waiting).rejects.toBe(GONE);
    await expect(waitAwake(60_000, caller.signal)).rejects.toBe(GONE);
  });
});

describe('withDeadline', () => {
  const options = () => ({ clock, deadlineMs: 1000, what: 'an answer', signal: caller.signal });
  const forever = () => new Promise<never>(() => undefined);

  it('gives what the work gives, and leaves no timer', async () => {
    expect(await withDeadline(options(), async () => 7)).toBe(7);
    expect(clock.pendingTimers).toBe(0);
  });

  it('passes on what the work throws, and leaves no timer', async () => {
    await expect(withDeadline(options(), () => Promise.reject(GONE))).rejects.toBe(GONE);
    expect(clock.pendingTimers).toBe(0);
  });

  it('stops waiting at the deadline, even for work that does not listen', async () => {
    const waiting = expect(withDeadline(options(), forever)).rejects.toThrow(DeadlineExceeded);
    await clock.advance(1000);
    await waiting;
  });

  it('tells the work that the deadline has passed', async () => {
    let seen: AbortSignal | undefined;
    const waiting = withDeadline(options(), (signal) => {
      seen = signal;
      return forever();
    });
    const ended = expect(waiting).rejects.toThrow(DeadlineExceeded);
    expect(seen?.aborted).toBe(false);
    await clock.advance(1000);
    await ended;
    expect(seen?.aborted).toBe(true);
  });

  it('stops waiting when the caller goes away, with the caller’s reason', async () => {
    const waiting = expect(withDeadline(options(), forever)).rejects.toBe(GONE);
    caller.abort(GONE);
    await waiting;
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not begin for a caller who is gone', async () => {
    caller.abort(GONE);
    let hasBegun = false;
    const waiting = withDeadline(options(), async () => {
      hasBegun = true;
    });
    await expect(waiting).rejects.toBe(GONE);
    expect(hasBegun).toBe(false);
  });
});

describe('startDeadline', () => {
  const start = () => startDeadline({ clock, deadlineMs: 1000, what: 'a turn', signal: caller.signal });

  it('aborts at the deadline, saying so', async () => {
    using deadline = start();
    await clock.advance(999);
    expect(deadline.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(deadline.signal.reason).toBeInstanceOf(DeadlineExceeded);
  });

  it('aborts with the caller, and with the caller’s reason', () => {
    using deadline = start();
    caller.abort(GONE);
    expect(deadline.signal.reason).toBe(GONE);
  });

  it('never aborts once it is disposed, and leaves no timer', async () => {
    const deadline = start();
    deadline[Symbol.dispose]();
    await clock.advance(2000);
    expect(deadline.signal.aborted).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });
});
