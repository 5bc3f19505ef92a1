// Failures, their one-line descriptions and codes, and assertions of our own.

import { describe, expect, it } from 'vitest';
import { AssertionFailed, assert, assertNever } from '../../../src/failure/assert.js';
import { codeOf, describeFailure, Failure } from '../../../src/failure/failure.js';

class DoorStuck extends Failure {
  readonly code = 'door-stuck';
  readonly retry = { mayRetry: true, why: 'it may come loose' };
}

describe('a failure', () => {
  it('has its class’s name, its code and its answer on retrying', () => {
    const failure = new DoorStuck('cannot open the door');
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({ name: 'DoorStuck', code: 'door-stuck', retry: { mayRetry: true } });
    expect('cause' in failure).toBe(false);
  });

  it('keeps what lies underneath', () => {
    const cause = new Error('rust');
    expect(new DoorStuck('cannot open the door', { cause }).cause).toBe(cause);
  });
});

describe('the description of a failure', () => {
  it('is the whole chain in one line, outermost first', () => {
    const failure = new DoorStuck('cannot open the door', {
      cause: new Error('the hinge is stuck', { cause: 'rust' }),
    });
    expect(describeFailure(failure)).toBe('cannot open the door: the hinge is stuck: rust');
  });

  it('says nothing twice', () => {
    const failure = new DoorStuck('cannot open: rust', { cause: new Error('rust', { cause: new Error('') }) });
    expect(describeFailure(failure)).toBe('cannot open: rust');
  });

  it('ends, even for a chain that does not', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(describeFailure(circle)).toBe('round');
  });

  it.each([
    [undefined, ''],
    [null, ''],
    ['text', 'text'],
    [7, '7'],
  ])('takes whatever was thrown: %j', (thrown, text) => {
    expect(describeFailure(thrown)).toBe(text);
  });
});

describe('the code of what was thrown', () => {
  it.each([
    [new DoorStuck('stuck'), 'door-stuck'],
    [Object.assign(new Error('gone'), { code: 'ENOENT' }), 'ENOENT'],
    [Object.assign(new Error('gone'), { code: 7 }), 'Error'],
    [new TypeError('wrong'), 'TypeError'],
    ['text', 'not-an-error'],
    [undefined, 'not-an-error'],
  ])('of %s is %s', (thrown, code) => {
    expect(codeOf(thrown)).toBe(code);
  });
});

describe('an assertion', () => {
  it('holds, or ends what we did wrong', () => {
    expect(() => assert(true, 'one is one')).not.toThrow();
    expect(() => assert(false, 'one is two')).toThrow(AssertionFailed);
  });

  it('at the end of a union names the kind that has no case, and nothing else of the value', () => {
    const value = { kind: 'new-kind', password: 'canary' };
    const missing = () => assertNever(value as never);
    expect(missing).toThrow(/new-kind/);
    expect(missing).not.toThrow(/canary/);
  });
});
