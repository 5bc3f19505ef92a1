// The batch of a pass is checked by code that zod makes of its schema: that code takes what the schema takes, makes the same of it,
// and what it refuses is refused with the same paths.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentFrameSchema, syncBatchSchema } from '../../../src/protocol/frames.js';
import { anyCharacter } from '../../support/any-text.js';

const text = fc.string({ unit: anyCharacter, maxLength: 12 });
const allowance = fc.oneof(
  fc.constant({ kind: 'allowed' }),
  fc.constantFrom('not-enabled', 'not-locked').map((reason) => ({ kind: 'closed', reason })),
);
const disposition = fc.oneof(
  fc.constant({ kind: 'not-managed-here' }),
  fc.constantFrom('disabled', 'protected-account').map((reason) => ({ kind: 'contact-administrator', reason })),
  fc.record(
    {
      kind: fc.constant('write-back'),
      reset: allowance,
      change: allowance,
      unlock: allowance,
      signIn: allowance,
    },
    { requiredKeys: ['kind', 'reset', 'change', 'unlock'] },
  ),
);
const groups = fc.record({ in: fc.constantFrom([], ['staff']), notIn: fc.constantFrom([], ['it-admins', 'finance']) });
const texts = fc.array(text, { maxLength: 3 });
const account = fc.record(
  {
    anchor: fc.uuid(),
    displayName: text,
    userPrincipalName: text,
    samAccountName: text,
    domainName: text,
    mail: texts,
    resetMail: texts,
    groups,
    resetPhones: fc.constantFrom([], ['+4915123456789']),
    disposition,
  },
  { requiredKeys: ['anchor', 'displayName', 'samAccountName', 'domainName', 'mail', 'resetMail'] },
);
const change = fc.record(
  { account, disposition: fc.nat({ max: 3 }), fingerprint: fc.constantFrom('', 'f-_0', 'F'.repeat(64)) },
  { requiredKeys: ['account', 'fingerprint'] },
);
const values = fc.tuple(
  ...([text, fc.option(text), text, text, texts, texts] as const),
  ...([fc.constantFrom([], ['+4915123456789']), fc.option(groups)] as const),
);
const row = fc.tuple(fc.uuid(), values, fc.nat({ max: 3 }), fc.constantFrom('', 'f-_0', 'F'.repeat(64)));
const batch = fc.record(
  {
    kind: fc.constant('sync-batch'),
    generation: fc.integer({ min: 1 }),
    step: fc.nat(),
    changed: fc.array(change, { maxLength: 4 }),
    rows: fc.array(row, { maxLength: 4 }),
    absent: fc.array(fc.uuid(), { maxLength: 3 }),
    dispositions: fc.array(disposition, { maxLength: 3 }),
  },
  { requiredKeys: ['kind', 'generation', 'step', 'changed', 'absent'] },
);

/** What no place of a batch may hold, nearly everywhere. */
const odd = fc.constantFrom<unknown>(
  ...[null, true, -1, 1.5, '', ' ', 'x'.repeat(300), [], {}, ['x'], { kind: 'closed' }, { kind: 'allowed', more: 1 }],
  ...['+49 151', 'ada@example.com', Array(401).fill('a'), JSON.parse('{"__proto__":{"a":1}}')],
);
/** Where: a walk down from the top by these numbers, and what is done to the place it comes to. */
interface Damage {
  readonly walk: readonly number[];
  readonly deed: 'put' | 'add' | 'take';
  readonly odd: unknown;
}
const damage: fc.Arbitrary<Damage> = fc.record({
  walk: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
  deed: fc.constantFrom('put', 'add', 'take'),
  odd,
});

function damaged(value: unknown, { walk: [step = 0, ...walk], deed, odd }: Damage): unknown {
  if (typeof value !== 'object' || value === null) return odd;
  const isList = Array.isArray(value);
  const entries: [string, unknown][] = Object.entries(value);
  const at = entries.length === 0 ? 0 : step % entries.length;
  const [key, inner] = entries[at] ?? ['0', undefined];
  if (walk.length > 0 && entries.length > 0) entries[at] = [key, damaged(inner, { walk, deed, odd })];
  else if (deed === 'put') entries[at] = [key, odd];
  else if (deed === 'add') entries.push([isList ? String(entries.length) : 'more', odd]);
  else entries.splice(at, 1);
  return isList ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

/** Its data, as the text the mirror would keep of it: fields in the same order. Or the paths at which it is refused. */
function verdict(schema: typeof agentFrameSchema | typeof syncBatchSchema, frame: unknown) {
  const parsed = schema.safeParse(frame);
  return parsed.success
    ? { data: parsed.data, text: JSON.stringify(parsed.data) }
    : { at: parsed.error.issues.map(({ path }) => path) };
}

test('a batch that is in the contract is taken as its schema takes it', () => {
  fc.assert(
    fc.property(batch, (frame) => {
      const taken = verdict(agentFrameSchema, frame);
      expect(taken).toHaveProperty('data');
      expect(taken).toStrictEqual(verdict(syncBatchSchema, frame));
    }),
  );
});

test('fields that come in another order are kept in the same order', () => {
  const reversed = (fields: object) => Object.fromEntries(Object.entries(fields).reverse());
  fc.assert(
    fc.property(account, (fields) => {
      const frame = { kind: 'sync-batch', generation: 1, step: 1, absent: [] };
      const changed = [{ account: reversed(fields), fingerprint: '' }];
      const asSent = { ...frame, changed: [{ account: fields, fingerprint: '' }] };
      expect(verdict(agentFrameSchema, { ...frame, changed })).toStrictEqual(verdict(syncBatchSchema, asSent));
    }),
  );
});

test('a batch that somebody has damaged is judged as its schema judges it', () => {
  let refused = 0;
  const property = fc.property(batch, damage, (frame, harm) => {
    const broken = { ...Object(damaged(frame, harm)), kind: 'sync-batch' };
    const judged = verdict(agentFrameSchema, broken);
    if ('at' in judged) refused += 1;
    expect(judged).toStrictEqual(verdict(syncBatchSchema, broken));
  });
  fc.assert(property, { numRuns: 2000 });
  expect(refused).toBeGreaterThan(500);
});
