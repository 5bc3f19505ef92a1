// The codec of frames: what was sent is what is read, and everything else is refused by path and never by value.

import { describe, expect, test } from 'vitest';
import {
  agentFrameSchema,
  decodeAgentFrame,
  decodeWith,
  encodeFrame,
  frontDoorFrameSchema,
  MalformedFrame,
} from '../../../src/protocol/frames.js';
import { parseAccountAnchor } from '../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import { listingOf } from '../../../src/protocol/mirror-listing.js';
import { anAccount, WRITE_BACK } from '../../support/front-door-builders.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a frame', () => {
  test('is read as it was sent, non-ASCII names too', () => {
    const frame = {
      kind: 'sync-batch' as const,
      generation: 1,
      step: 1,
      changed: [
        {
          account: anAccount({ displayName: 'Žofie Müller 北', groups: { in: ['staff'], notIn: ['it-admins'] } }),
          fingerprint: 'f-_0',
        },
      ],
      absent: [],
    };
    expect(decodeAgentFrame(encodeFrame(frame))).toEqual(frame);
  });

  test.each([
    ['of a kind nobody knows', '{"kind":"exec","command":"id"}'],
    ['of the other side', '{"kind":"draining"}'],
    ['with a field too many', '{"kind":"ping","extra":1}'],
    ['with a prototype', '{"kind":"ping","__proto__":{"isAdmin":true}}'],
    ['that is a list', '[{"kind":"ping"}]'],
    ['that is null', 'null'],
    ['with a number too large', '{"kind":"sync-committed","generation":1e400,"step":0}'],
    ['with a fraction', '{"kind":"sync-committed","generation":1.5,"step":0}'],
    ['with a negative step', '{"kind":"sync-committed","generation":1,"step":-1}'],
    ['that is cut', '{"kind":"ping"'],
    ['that begins with a byte order mark twice', '\ufeff\ufeff{"kind":"ping"}'],
    ['nested deeply', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s is malformed', (_, text) => {
    expect(() => decodeWith(frontDoorFrameSchema, bytes(text))).toThrow(MalformedFrame);
  });

  test('that is no UTF-8 is malformed', () => {
    expect(() => decodeWith(frontDoorFrameSchema, Uint8Array.of(0xff, 0xfe))).toThrow(MalformedFrame);
  });

  test('that is malformed is described by where, not by what', () => {
    const text =
      '{"kind":"request","number":1,"request":{"kind":"inspect","subject":{"kind":"user-id","userId":7,"x":"canary"}}}';
    expect(() => decodeWith(frontDoorFrameSchema, bytes(text))).toThrow(/request\.subject/);
    expect(() => decodeWith(frontDoorFrameSchema, bytes(text))).toThrow(/^((?!canary).)*$/);
    expect(() => decodeWith(frontDoorFrameSchema, bytes('canary'))).toThrow(/^((?!canary).)*$/);
  });

  test('a password in clear has no field to travel in', () => {
    const reset = {
      kind: 'request',
      number: 1,
      request: {
        kind: 'reset',
        resetId: '00000000-0000-4000-8000-000000000001',
        anchor: 'a1',
        flags: { unlock: true, mustChange: false },
        notAfterMs: 0,
        sealed: { keyId: 'A'.repeat(22), enc: 'A'.repeat(87), ciphertext: 'A'.repeat(1387) },
      },
    };
    expect(frontDoorFrameSchema.safeParse(reset).success).toBe(true);
    expect(frontDoorFrameSchema.safeParse({ ...reset, request: { ...reset.request, password: 'p' } }).success).toBe(
      false,
    );
    const short = { ...reset.request, sealed: { ...reset.request.sealed, ciphertext: 'A'.repeat(40) } };
    expect(frontDoorFrameSchema.safeParse({ ...reset, request: short }).success).toBe(false);
  });

  test('of an agent that knows no sign-ins says that they are closed', () => {
    const { signIn, ...before } = WRITE_BACK;
    const account = anAccount({ disposition: { ...before, signIn } });
    const changed = [{ account: { ...account, disposition: before }, fingerprint: '' }];
    const frame = { kind: 'sync-batch', generation: 1, step: 1, changed, absent: [] };
    expect(decodeAgentFrame(bytes(JSON.stringify(frame)))).toMatchObject({ changed: [{ account }] });
    expect(signIn).toEqual({ kind: 'closed', reason: 'not-enabled' });
  });

  test('that asks for a sign-in has a sealed password in it, and nothing that could change anything', () => {
    const request = {
      kind: 'sign-in',
      resetId: '00000000-0000-4000-8000-000000000001',
      anchor: 'a1',
      notAfterMs: 0,
      sealed: { keyId: 'A'.repeat(22), enc: 'A'.repeat(87), ciphertext: 'A'.repeat(1387) },
    };
    const isTaken = (changed: object) =>
      frontDoorFrameSchema.safeParse({ kind: 'request', number: 1, request: { ...request, ...changed } }).success;
    expect(isTaken({})).toBe(true);
    expect(isTaken({ flags: { unlock: true, mustChange: false } })).toBe(false);
    expect(isTaken({ password: 'p' })).toBe(false);
    expect(isTaken({ sealed: undefined })).toBe(false);
  });

  test('with more accounts than a batch may have is malformed', () => {
    const change = { account: anAccount(), fingerprint: '' };
    const batchOf = (count: number) => ({
      kind: 'sync-batch',
      generation: 1,
      step: 1,
      changed: Array(count).fill(change),
      absent: Array(count).fill(change.account.anchor),
    });
    expect(agentFrameSchema.safeParse(batchOf(LIMITS.accountsPerBatchMax)).success).toBe(true);
    expect(agentFrameSchema.safeParse(batchOf(LIMITS.accountsPerBatchMax + 1)).success).toBe(false);
  });

  test('a full page of the mirror, with the longest anchors and fingerprints, is within the limit', () => {
    const entries = Array.from({ length: LIMITS.mirroredPerPageMax }, () => ({
      anchor: parseAccountAnchor('a'.repeat(128)),
      fingerprint: 'f'.repeat(LIMITS.fingerprintUnitsMax),
      isAbsent: false,
    }));
    const frame = { kind: 'sync-listed' as const, generation: 1, step: 1, listing: listingOf(entries), isLast: false };
    expect(frontDoorFrameSchema.safeParse(frame).success).toBe(true);
    expect(encodeFrame(frame).length).toBeLessThan(LIMITS.frameBytesMax);
  });
});
