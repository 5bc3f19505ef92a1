// Whatever arrives on a link or at the enrolment address: read or refused as malformed, never anything else, and never more
// than the schema names.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { enrolmentAnswerSchema, enrolmentRequestSchema } from '../../../src/protocol/enrolment.js';
import { agentFrameSchema, decodeWith, frontDoorFrameSchema, MalformedFrame } from '../../../src/protocol/frames.js';
import { challengeSchema, proveSchema, welcomeSchema } from '../../../src/protocol/handshake.js';
import { anyCharacter } from '../../support/any-text.js';

const SCHEMAS: Readonly<Record<string, ZodType>> = {
  'a front door’s frame': frontDoorFrameSchema,
  'an agent’s frame': agentFrameSchema,
  'a challenge': challengeSchema,
  'a proof': proveSchema,
  'a welcome': welcomeSchema,
  'an enrolment request': enrolmentRequestSchema,
  'an enrolment answer': enrolmentAnswerSchema,
};

const KINDS = [
  ...[
    'ping',
    'pong',
    'request',
    'sync-begun',
    'sync-led',
    'sync-listed',
    'sync-looked',
    'sync-committed',
    'sync-refused',
    'go-away',
    'ready',
    'answer',
    'draining',
  ],
  ...[
    'sync-begin',
    'sync-list',
    'sync-look',
    'sync-batch',
    'sync-complete',
    'pass-ended',
    'challenge',
    'prove',
    'welcome',
    'inspect',
    'reset',
    'unlock',
    'outcome',
  ],
];
const FIELDS = [
  ...['kind', 'number', 'request', 'answer', 'generation', 'index', 'accounts', 'sealingKeys', 'signature', 'outcome'],
  ...['__proto__', 'constructor', 'toString', 'prototype', 'then', '', 'length'],
];

const quoted = (text: fc.Arbitrary<string>) => text.map((each) => JSON.stringify(each));

/** JSON texts with the contract's own names in wrong places, odd numbers, duplicate and hostile keys. */
const { json } = fc.letrec<{ json: string; object: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium' },
    quoted(fc.constantFrom(...KINDS)),
    quoted(fc.string({ unit: anyCharacter })),
    fc.constantFrom('null', 'true', '0', '-0', '1', '1.5', '1e400', '-1e400', '9007199254740993', '1E-999'),
    fc.array(tie('json'), { maxLength: 4 }).map((each) => `[${each.join(',')}]`),
    tie('object'),
  ),
  object: fc
    .tuple(
      fc.constantFrom(...KINDS),
      fc.array(fc.tuple(quoted(fc.oneof(fc.constantFrom(...FIELDS), fc.string())), tie('json')), { maxLength: 6 }),
    )
    .map(([kind, entries]) => `{${[`"kind":"${kind}"`, ...entries.map((entry) => entry.join(':'))].join(',')}}`),
}));

function decodes(schema: ZodType, bytes: Uint8Array): boolean {
  try {
    const decoded = decodeWith(schema, bytes);
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
    expect(Object.hasOwn(Object(decoded), '__proto__')).toBe(false);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedFrame);
    return false;
  }
}

describe.each(Object.entries(SCHEMAS))('%s', (_, schema) => {
  test('is read or malformed, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodes(schema, bytes)));
  });

  test('is read or malformed, whatever the JSON', () => {
    fc.assert(
      fc.property(json, (text) => void decodes(schema, new TextEncoder().encode(text))),
      { numRuns: 500 },
    );
  });

  test('leaves the world’s prototypes alone', () => {
    const text = '{"kind":"ping","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    expect(decodes(schema, new TextEncoder().encode(text))).toBe(false);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
