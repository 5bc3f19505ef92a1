// Protected frames: only the peer's, only once, only in order, only whole.

import { describe, expect, test } from 'vitest';
import { FrameNotAuthentic, FrameProtection, makeEphemeralKey } from '../../../src/protocol/frame-protection.js';

const agentKey = makeEphemeralKey();
const frontDoorKey = makeEphemeralKey();

/** Both sides at the beginning of one link. Called again with the same transcripts, it begins the same link again. */
function pair([agentSaw, frontDoorSaw]: readonly [number, number] = [1, 1]) {
  const transcript = (fill: number) => new Uint8Array(32).fill(fill);
  const [own, peer] = [agentKey, frontDoorKey.publicText];
  return {
    agent: new FrameProtection({ side: 'agent', own, peer, transcript: transcript(agentSaw) }),
    frontDoor: new FrameProtection({
      side: 'front-door',
      own: frontDoorKey,
      peer: agentKey.publicText,
      transcript: transcript(frontDoorSaw),
    }),
  };
}

const frame = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('a protected frame', () => {
  test('opens at the other side, in both directions, in order', () => {
    const { agent, frontDoor } = pair();
    for (const text of ['one', 'two', '']) expect(textOf(frontDoor.open(agent.seal(frame(text))))).toBe(text);
    expect(textOf(agent.open(frontDoor.seal(frame('back'))))).toBe('back');
  });

  test('shows nothing of its content, and the same content never looks the same', () => {
    const { agent } = pair();
    const [first, second] = [agent.seal(frame('secret')), agent.seal(frame('secret'))];
    expect(Buffer.from(first).includes('secret')).toBe(false);
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false);
  });

  test('does not open a second time', () => {
    const { agent, frontDoor } = pair();
    const wire = agent.seal(frame('one'));
    frontDoor.open(wire);
    expect(() => frontDoor.open(wire)).toThrow(FrameNotAuthentic);
  });

  test('does not open out of turn, nor after one was left out', () => {
    const { agent, frontDoor } = pair();
    agent.seal(frame('one'));
    const second = agent.seal(frame('two'));
    expect(() => frontDoor.open(second)).toThrow(FrameNotAuthentic);
  });

  test('does not open with any one bit altered, nor cut at any length', () => {
    const wire = pair().agent.seal(frame('abc'));
    expect(textOf(pair().frontDoor.open(wire))).toBe('abc');
    for (let bit = 0; bit < wire.length * 8; bit += 1) {
      const altered = Uint8Array.from(wire);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => pair().frontDoor.open(altered)).toThrow(FrameNotAuthentic);
    }
    for (let length = 0; length < wire.length; length += 1) {
      expect(() => pair().frontDoor.open(wire.subarray(0, length))).toThrow(FrameNotAuthentic);
    }
  });

  test('does not open when sent back to its sender', () => {
    const { agent } = pair();
    expect(() => agent.open(agent.seal(frame('one')))).toThrow(FrameNotAuthentic);
  });

  test('does not open when the two sides saw different handshakes', () => {
    const { agent, frontDoor } = pair([1, 2]);
    expect(() => frontDoor.open(agent.seal(frame('one')))).toThrow(FrameNotAuthentic);
  });

  test('is refused before it begins with a public key of low order', () => {
    const zero = 'A'.repeat(43);
    const own = makeEphemeralKey();
    expect(() => new FrameProtection({ side: 'agent', own, peer: zero, transcript: new Uint8Array(32) })).toThrow();
  });
});
