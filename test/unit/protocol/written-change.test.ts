// What passes for an account of the mirror when it is written, against the contract itself; and that a batch of written ones is the
// frame it would be otherwise.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTACT_REASONS } from '../../../src/protocol/dispositions.js';
import { decodeAgentFrame, encodeFrame, isInContract, MalformedFrame } from '../../../src/protocol/frames.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import { isPlainlyManaged, type ManagedAccount, managedAccountSchema } from '../../../src/protocol/managed-accounts.js';
import { accountText, WrittenChange } from '../../../src/protocol/written-change.js';
import { anyCharacter } from '../../support/any-text.js';
import { anAccount } from '../../support/front-door-builders.js';

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
          expect(writing(account)().account).toEqual(managedAccountSchema.parse(account));
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

describe('a batch of written accounts', () => {
  const accountText = fc.string({ unit: anyCharacter, maxLength: 20 });
  const changes = fc.array(
    accountText.map((displayName) => writing(anAccount({ displayName }))()),
    { maxLength: 5 },
  );

  test('is the frame that it would be otherwise', () => {
    fc.assert(
      fc.property(changes, (changed) => {
        const frame = { kind: 'sync-batch' as const, generation: 3, step: 7, changed, absent: [anAccount().anchor] };
        const plainly = changed.map(({ account, fingerprint }) => ({ account, fingerprint }));
        expect(decodeAgentFrame(encodeFrame(frame))).toEqual({ ...frame, changed: plainly });
        expect(decodeAgentFrame(encodeFrame({ ...frame, changed: plainly }))).toEqual({
          ...frame,
          changed: plainly,
        });
        expect([isInContract(frame), isInContract({ ...frame, changed: plainly })]).toEqual([true, true]);
      }),
    );
  });

  test('is out of contract where it is too long, or what was not checked is wrong', () => {
    const written = writing(anAccount())();
    const frame = { kind: 'sync-batch' as const, generation: 1, step: 1, absent: [] };
    const tooMany = Array.from({ length: LIMITS.accountsPerBatchMax + 1 }, () => written);
    expect(isInContract({ ...frame, changed: tooMany })).toBe(false);
    const wrong = { account: anAccount({ displayName: 'x'.repeat(LIMITS.nameUnitsMax + 1) }), fingerprint: 'f' };
    expect(isInContract({ ...frame, changed: [written, wrong] })).toBe(false);
    expect(isInContract({ ...frame, step: -1, changed: [written] })).toBe(false);
  });
});

describe('what may be done, told once for many', () => {
  const { disposition, ...person } = anAccount();
  const batch = { kind: 'sync-batch', generation: 1, step: 1, absent: [] };
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

  test('is refused beyond the accounts that there may be', () => {
    const dispositions = Array.from({ length: LIMITS.accountsPerBatchMax + 1 }, () => disposition);
    expect(decoded({ changed: [], dispositions })).toThrow(MalformedFrame);
  });
});
