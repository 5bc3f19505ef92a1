// The route: every branch by a table, the order of precedence by properties over any facts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideRoute,
  explainRoute,
  type Route,
  type RouteFacts,
  type RouteSubject,
  strangersView,
} from '../../../../src/front-door/resets/decide-route.js';
import { CONTACT_REASONS, type Disposition, TRY_LATER_REASONS } from '../../../../src/protocol/dispositions.js';
import { WRITE_BACK } from '../../../support/front-door-builders.js';

const live = (disposition: Disposition, isLocked = false): RouteSubject => ({
  kind: 'directory',
  disposition,
  isLive: true,
  isLocked,
});

const going: RouteFacts = {
  blockedUntilMs: undefined,
  accountBlockedUntilMs: undefined,
  isTenantOn: true,
  isPersonEnabled: true,
  offersUnlock: true,
  gates: 1,
  methods: ['email-code'],
  subject: live(WRITE_BACK),
};
const closed = { kind: 'closed', reason: 'not-enabled' } as const;

describe('the route', () => {
  test.each<[string, Partial<RouteFacts>, Route]>([
    [
      'lets an account under write-back prove itself, and offers both',
      {},
      { kind: 'prove', gates: 1, methods: ['email-code'], offers: ['reset', 'unlock'] },
    ],
    [
      'offers no unlocking where the organisation does not',
      { offersUnlock: false },
      { kind: 'prove', gates: 1, methods: ['email-code'], offers: ['reset'] },
    ],
    [
      'offers unlocking alone where only that is allowed',
      { subject: live({ ...WRITE_BACK, reset: closed, unlock: { kind: 'allowed' } }) },
      { kind: 'prove', gates: 1, methods: ['email-code'], offers: ['unlock'] },
    ],
    [
      'offers a reset of a cloud-only account, and no unlocking',
      { subject: { kind: 'cloud-only' } },
      { kind: 'prove', gates: 1, methods: ['email-code'], offers: ['reset'] },
    ],
    ['blocks', { blockedUntilMs: 5 }, { kind: 'blocked', untilMs: 5 }],
    ['blocks an account', { accountBlockedUntilMs: 5 }, { kind: 'blocked', untilMs: 5 }],
    [
      'does not tell of a block of an account that could prove nothing',
      { accountBlockedUntilMs: 5, methods: [] },
      { kind: 'cannot-verify', reason: 'too-few-methods' },
    ],
    [
      'sends everybody to the administrator where reset is off',
      { isTenantOn: false },
      { kind: 'contact-administrator', reason: 'tenant-off' },
    ],
    [
      'sends a person away who is not enabled',
      { isPersonEnabled: false },
      { kind: 'contact-administrator', reason: 'person-not-enabled' },
    ],
    [
      'sends away where the account is open to nothing',
      { subject: live({ ...WRITE_BACK, reset: closed, unlock: closed }) },
      { kind: 'contact-administrator', reason: 'nothing-allowed' },
    ],
    [
      'sends the locked away where nobody may unlock: a new password alone would not let them in',
      { subject: live({ ...WRITE_BACK, unlock: closed }, true) },
      { kind: 'contact-administrator', reason: 'nothing-allowed' },
    ],
    [
      'lets the locked reset where the reset may unlock, though unlocking alone is not offered',
      { subject: live({ ...WRITE_BACK, unlock: { kind: 'allowed' } }, true), offersUnlock: false },
      { kind: 'prove', gates: 1, methods: ['email-code'], offers: ['reset'] },
    ],
    ['does not verify the unknown', { subject: { kind: 'unknown' } }, { kind: 'cannot-verify', reason: 'unknown' }],
    [
      'does not verify an unknown person who could not be enabled either',
      { subject: { kind: 'unknown' }, isPersonEnabled: false },
      { kind: 'cannot-verify', reason: 'unknown' },
    ],
    ['does not choose', { subject: { kind: 'ambiguous' } }, { kind: 'cannot-verify', reason: 'ambiguous' }],
    [
      'does not verify an account of another authority',
      { subject: live({ kind: 'not-managed-here' }) },
      { kind: 'cannot-verify', reason: 'unknown' },
    ],
    ['asks for as many methods as gates', { gates: 2 }, { kind: 'cannot-verify', reason: 'too-few-methods' }],
    [
      'says so before anybody proves anything when the directory is away',
      { subject: { kind: 'directory', disposition: WRITE_BACK, isLive: false, isLocked: false } },
      { kind: 'try-later', reason: 'directory-unreachable' },
    ],
    [
      'does not call anybody unknown when nothing could be looked up',
      { subject: { kind: 'undetermined' } },
      { kind: 'try-later', reason: 'directory-unreachable' },
    ],
  ])('%s', (_name, changes, expected) => {
    expect(decideRoute({ ...going, ...changes })).toEqual(expected);
  });

  test.each(CONTACT_REASONS)('passes on why the directory sends the person away: %s', (reason) => {
    const subject = live({ kind: 'contact-administrator', reason });
    expect(decideRoute({ ...going, subject })).toEqual({ kind: 'contact-administrator', reason });
  });

  test.each(TRY_LATER_REASONS)('passes on why it must wait: %s', (reason) => {
    const subject = live({ kind: 'try-later', reason });
    expect(decideRoute({ ...going, subject })).toEqual({ kind: 'try-later', reason });
  });

  test('is one object for the unknown, the ambiguous and the unregistered', () => {
    const views = [
      { subject: { kind: 'unknown' } as const },
      { subject: { kind: 'ambiguous' } as const },
      { methods: [] },
    ].map((changes) => strangersView(decideRoute({ ...going, ...changes })));
    expect(new Set(views).size).toBe(1);
  });
});

const allowance = fc.constantFrom({ kind: 'allowed' } as const, closed, {
  kind: 'closed',
  reason: 'not-locked',
} as const);
const disposition: fc.Arbitrary<Disposition> = fc.oneof(
  fc.constant({ kind: 'not-managed-here' } as const),
  fc.record({
    kind: fc.constant('write-back' as const),
    reset: allowance,
    change: allowance,
    unlock: allowance,
    signIn: allowance,
  }),
  fc.record({ kind: fc.constant('contact-administrator' as const), reason: fc.constantFrom(...CONTACT_REASONS) }),
  fc.record({ kind: fc.constant('try-later' as const), reason: fc.constantFrom(...TRY_LATER_REASONS) }),
);
const anyFacts: fc.Arbitrary<RouteFacts> = fc.record({
  blockedUntilMs: fc.option(fc.nat(), { nil: undefined }),
  accountBlockedUntilMs: fc.option(fc.nat(), { nil: undefined }),
  isTenantOn: fc.boolean(),
  isPersonEnabled: fc.boolean(),
  offersUnlock: fc.boolean(),
  gates: fc.constantFrom(1 as const, 2 as const),
  methods: fc.subarray(['email-code', 'authenticator-code'] as const),
  subject: fc.oneof(
    fc.constantFrom({ kind: 'unknown' }, { kind: 'ambiguous' }, { kind: 'undetermined' }, {
      kind: 'cloud-only',
    } as const),
    fc.record({ kind: fc.constant('directory' as const), disposition, isLive: fc.boolean(), isLocked: fc.boolean() }),
  ) as fc.Arbitrary<RouteSubject>,
});

describe('the order of precedence, for any facts', () => {
  test('a block of the asker or the user ID is said before everything else, and never without one', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        const facts = { ...any, accountBlockedUntilMs: undefined };
        expect(decideRoute(facts).kind === 'blocked').toBe(facts.blockedUntilMs !== undefined);
      }),
    );
  });

  test('a block of the account changes the route of nobody but who could prove something', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(), (facts, untilMs) => {
        const open = decideRoute({ ...facts, accountBlockedUntilMs: undefined });
        const shut = decideRoute({ ...facts, accountBlockedUntilMs: untilMs });
        expect(shut).toEqual(open.kind === 'prove' ? { kind: 'blocked', untilMs } : open);
      }),
    );
  });

  test('nobody proves anything unless everything allows it', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const route = decideRoute(facts);
        if (route.kind !== 'prove') return;
        expect(facts.isTenantOn && facts.isPersonEnabled).toBe(true);
        expect(facts.methods.length).toBeGreaterThanOrEqual(facts.gates);
        expect(route.offers.length).toBeGreaterThan(0);
        if (facts.subject.kind === 'directory') {
          expect(facts.subject.isLive).toBe(true);
          expect(facts.subject.disposition.kind).toBe('write-back');
        } else expect(facts.subject.kind).toBe('cloud-only');
      }),
    );
  });

  test('being away is said only of what would otherwise go on', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        if (decideRoute(facts).kind !== 'try-later' || facts.subject.kind === 'undetermined') return;
        expect(facts.isTenantOn && facts.isPersonEnabled && facts.methods.length >= facts.gates).toBe(true);
      }),
    );
  });

  test('unknown and unregistered always look the same', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const tenantWide = { ...facts, isPersonEnabled: true, methods: [] };
        const unregistered = decideRoute({ ...tenantWide, subject: live(WRITE_BACK) });
        // Nobody's account has throttles of its own.
        const nobody = { ...tenantWide, accountBlockedUntilMs: undefined };
        const unknown = decideRoute({ ...nobody, subject: { kind: 'unknown' } });
        expect(strangersView(unknown)).toEqual(strangersView(unregistered));
      }),
    );
  });

  test('the explanation ends with the route', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(explainRoute(facts).at(-1)?.startsWith(decideRoute(facts).kind)).toBe(true);
      }),
    );
  });
});
