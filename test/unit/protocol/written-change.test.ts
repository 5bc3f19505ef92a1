// What passes for an account of the mirror when it is written, against the contract itself; and that a batch of written ones is the
// frame it would be otherwise.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTACT_REASONS } from '../../../src/protocol/dispositions.js';
import {
  decodeAgentFrame,
  encodeFrame,
  isInContract,
  MalformedFrame,
  spelledOut,
} from '../../../src/protocol/frames.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import { isPlainlyManaged, type ManagedAccount, managedAccountSchema } from '../../../src/protocol/managed-accounts.js';
import { personValues } from '../../../src/protocol/person-values.js';
import { WrittenBatch } from '../../../src/protocol/written-batch.js';
import { accountText, WrittenChange } from '../../../src/protocol/written-change.js';
import { anyCharacter } from '../../support/any-text.js';
import { anAccount, aWrittenBatch } from '../../support/front-door-builders.js';

const someText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 12 }),
  fc
    .constantFrom(LIMITS.nameUnitsMax, LIMITS.addressUnitsMax)
    .chain((units) => fc.constantFrom(units, units + 1).map((length) => 'x'.repeat(length))),
);
const someTexts = fc.array(someText, { maxLength: LIMITS.addressesMax + 1 });
const somePhone = fc.oneof(fc.stringMatching(/^\+[1-9][0-9]{6,15}$/), someText);
const somethingElse: fc.Arbitrary<unknown> = fc.constantFrom(undefined, null, 1, {}, [1], [undefined], 'x', '');
const aDisposition = fc.oneof(
  fc.constantFrom(...CONTACT_REASONS).map((reason) => ({ kind: 'contact-administrator', reason })),
  fc.constantFrom(
    { kind: 'not-managed-here' },
    { kind: 'contact-administrator', reason: 'nothing' },
    { kind: 'other' },
  ),
);
const someGroups = fc.record({
  in: fc.array(fc.constantFrom('staff', 'No Name'), { maxLength: 2 }),
  notIn: fc.constant([]),
});

/** Mostly in contract; each field may be just outside, of another type, or not there. */
const anyAccount = fc
  .record(
    {
      anchor: fc.oneof(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,128}$/), someText, somethingElse),
      displayName: fc.oneof(someText, somethingElse),
      userPrincipalName: fc.oneof(someText, somethingElse),
      samAccountName: fc.oneof(someText, somethingElse),
      domainName: fc.oneof(someText, somethingElse),
      mail: fc.oneof(someTexts, somethingElse),
      resetMail: fc.oneof(someTexts, somethingElse),
      resetPhones: fc.oneof(fc.array(somePhone, { maxLength: LIMITS.phonesMax + 1 }), somethingElse),
      groups: fc.oneof(someGroups, somethingElse),
      disposition: fc.oneof(aDisposition, somethingElse),
      more: fc.constant(1),
    },
    { requiredKeys: [] },
  )
  .chain((changes) => fc.subarray(Object.keys(changes), { maxLength: 2 }).map((keys) => pick(changes, keys)))
  .chain((changes) => fc.boolean().map((isFrozen) => altered(changes, isFrozen)));

function pick(changes: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(changes).filter(([key]) => keys.includes(key)));
}

function altered(changes: object, isFrozen: boolean): ManagedAccount {
  const account = { ...anAccount(), ...changes };
  if (isFrozen && account.disposition !== null) Object.freeze(account.disposition);
  return account;
}

function writing(account: ManagedAccount): () => WrittenChange {
  return () => WrittenChange.of(account, { text: accountText(account), fingerprint: 'f' });
}

describe('an account is written', () => {
  test('exactly if the contract takes it, however it is looked at', () => {
    let [plain, refused] = [0, 0];
    fc.assert(
      fc.property(anyAccount, (account) => {
        const isTaken = managedAccountSchema.safeParse(account).success;
        if (isPlainlyManaged(account)) {
          plain += 1;
          expect(isTaken).toBe(true);
        }
        if (isTaken) {
          expect(sentOf(account)).toEqual(managedAccountSchema.parse(account));
        } else {
          refused += 1;
          expect(writing(account)).toThrow(expect.objectContaining({ code: 'account-out-of-contract' }));
        }
      }),
      { numRuns: 2000 },
    );
    // Neither way was left out.
    expect(Math.min(plain, refused)).toBeGreaterThan(50);
  });

  test('or refused with the names of what is wrong, and no value', () => {
    const secret = 'q'.repeat(LIMITS.addressUnitsMax + 1);
    expect(writing(anAccount({ mail: ['a@example.com', secret] }))).toThrow('its mail.1 cannot be mirrored');
  });
});

const batch = { kind: 'sync-batch' as const, generation: 3, step: 7, absent: [anAccount().anchor] };

/** What the front door reads of it. */
function sentOf(account: ManagedAccount): ManagedAccount | undefined {
  const frame = decodeAgentFrame(encodeFrame({ ...batch, changed: aWrittenBatch(account) }));
  return frame.kind === 'sync-batch' ? frame.changed[0]?.account : undefined;
}

describe('a batch of written accounts', () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 20 });
  const disposition = fc.constantFrom(...CONTACT_REASONS).map((reason) => ({
    kind: 'contact-administrator' as const,
    reason,
  }));
  const accounts = fc.array(
    fc.tuple(text, disposition).map(([displayName, what]) => anAccount({ displayName, disposition: what })),
    { maxLength: 5 },
  );

  test('is the frame that it would be otherwise, also where it is spelled out', () => {
    fc.assert(
      fc.property(accounts, (all) => {
        const frame = { ...batch, changed: aWrittenBatch(...all) };
        const plainly = { ...batch, changed: all.map((account) => ({ account, fingerprint: 'f' })) };
        expect(decodeAgentFrame(encodeFrame(frame))).toEqual(plainly);
        expect(spelledOut(frame)).toEqual(plainly);
        expect(decodeAgentFrame(encodeFrame(plainly))).toEqual(plainly);
        expect([isInContract(frame), isInContract(plainly)]).toEqual([true, true]);
      }),
    );
  });

  test('takes as many as may be, and fewer of the longest, without half of one', () => {
    const short = writing(anAccount())();
    const long = writing(
      anAccount({ displayName: 'é'.repeat(LIMITS.nameUnitsMax), mail: Array(8).fill('é'.repeat(254)) }),
    )();
    for (const [change, isMany] of [
      [short, true],
      [long, false],
    ] as const) {
      const changed = new WrittenBatch();
      let count = 0;
      while (changed.add(change)) count += 1;
      expect(changed.add(change)).toBe(false);
      expect([changed.length, count > 200]).toEqual([count, isMany]);
      const bytes = encodeFrame({ ...batch, changed });
      expect(bytes.length).toBeLessThan(LIMITS.frameBytesMax);
      expect(decodeAgentFrame(bytes)).toMatchObject({ changed: { length: count } });
    }
  });

  test('is out of contract where the frame around it is', () => {
    expect(isInContract({ ...batch, step: -1, changed: aWrittenBatch(anAccount()) })).toBe(false);
  });
});

describe('what may be done, told once for many', () => {
  const { disposition, ...person } = anAccount();
  const [anchor, values] = [person.anchor, personValues(anAccount())];
  const decoded = (told: object) => () =>
    decodeAgentFrame(new TextEncoder().encode(JSON.stringify({ ...batch, ...told })));

  test('belongs to every account that names its place', () => {
    const other = { kind: 'not-managed-here' };
    const changed = [0, 1, 0].map((place) => ({ account: person, disposition: place, fingerprint: '' }));
    expect(decoded({ changed, dispositions: [disposition, other] })()).toEqual({
      ...batch,
      changed: [disposition, other, disposition].map((each) => ({
        account: { ...person, disposition: each },
        fingerprint: '',
      })),
    });
  });

  test.each([
    ['a place where nothing is told', { account: person, disposition: 1, fingerprint: '' }],
    ['a place that is none', { account: person, disposition: -1, fingerprint: '' }],
    ['no place, and nothing of its own', { account: person, fingerprint: '' }],
    ['a place, and something of its own', { account: { ...person, disposition }, disposition: 0, fingerprint: '' }],
  ])('is refused for an account with %s', (_, change) => {
    expect(decoded({ changed: [change], dispositions: [disposition] })).toThrow(MalformedFrame);
  });

  test.each([
    ['a place where nothing is told', { rows: [[anchor, values, 1, '']] }],
    ['a place that is none', { rows: [[anchor, values, -1, '']] }],
    ['no place', { rows: [[anchor, values, null, '']] }],
    ['a value less', { rows: [[anchor, values.slice(1), 0, '']] }],
    ['a value more', { rows: [[anchor, [...values, 'more'], 0, '']] }],
    ['more behind its values', { rows: [[anchor, values, 0, '', 'more']] }],
    [
      'another account in long',
      { rows: [[anchor, values, 0, '']], changed: [{ account: anAccount(), fingerprint: '' }] },
    ],
  ])('is refused for an account in short with %s', (_, told) => {
    expect(decoded({ changed: [], dispositions: [disposition], rows: [[anchor, values, 0, '']] })()).toEqual({
      ...batch,
      changed: [{ account: anAccount(), fingerprint: '' }],
    });
    expect(decoded({ changed: [], dispositions: [disposition], ...told })).toThrow(MalformedFrame);
  });

  test('is refused beyond the accounts that there may be', () => {
    const dispositions = Array.from({ length: LIMITS.accountsPerBatchMax + 1 }, () => disposition);
    expect(decoded({ changed: [], dispositions })).toThrow(MalformedFrame);
  });
});
