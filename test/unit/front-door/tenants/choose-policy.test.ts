// How many gates a person has before them, whether they may reset at all, and why; above all where nobody can tell.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METHOD_KINDS } from '../../../../src/front-door/methods/every-method.js';
import {
  choosePolicy,
  countsAsAdministrator,
  groupsNamed,
  IN_NO_GROUP,
  isPersonEnabled,
  judgePerson,
  membershipsOf,
  type PolicyPerson,
} from '../../../../src/front-door/tenants/choose-policy.js';
import { DIRECTORY_ADDRESSES, type Tenant, type TenantPolicy } from '../../../../src/front-door/tenants/tenant.js';
import { aTenant } from '../../../support/front-door-builders.js';

const ada = { userIds: ['ada', 'ada@example.com'], isAdministrator: false, memberships: IN_NO_GROUP };
const root = { userIds: ['root'], isAdministrator: true, memberships: IN_NO_GROUP };
const inGroups = (...groups: string[]) => ({ ...ada, memberships: membershipsOf({ in: groups, notIn: ['others'] }) });
const toldNothing = { ...ada, memberships: membershipsOf(undefined) };

const everyone: TenantPolicy = {
  name: 'everyone',
  appliesTo: 'everyone',
  gates: 1,
  methods: ['email-code', 'authenticator-code'],
};
const finance: TenantPolicy = {
  name: 'finance',
  appliesTo: { groups: ['finance'] },
  gates: 1,
  methods: ['authenticator-code', 'recovery-code'],
};

describe('choosing a policy', () => {
  test('takes the first that applies', () => {
    const tenant = aTenant({
      policies: [
        { name: 'few', appliesTo: { people: ['ada@example.com'] }, gates: 2, methods: ['email-code'] },
        everyone,
      ],
    });
    expect(choosePolicy(tenant, ada).name).toBe('few');
    expect(choosePolicy(tenant, { ...ada, userIds: ['bob'] }).name).toBe('everyone');
  });

  test('by group, as the agent tells it', () => {
    const tenant = aTenant({ policies: [finance, everyone] });
    expect(choosePolicy(tenant, inGroups('finance', 'staff'))).toMatchObject({ name: 'finance', gates: 1 });
    expect(choosePolicy(tenant, { ...ada, memberships: membershipsOf({ in: [], notIn: ['finance'] }) })).toMatchObject({
      name: 'everyone',
      gates: 1,
      undecided: [],
    });
  });

  test('somebody on the list or in the group, where a policy names both', () => {
    const both = { ...finance, appliesTo: { people: ['ada'], groups: ['finance'] } };
    const tenant = aTenant({ policies: [both, everyone] });
    expect(choosePolicy(tenant, ada).name).toBe('finance');
    expect(choosePolicy(tenant, { ...inGroups('finance'), userIds: ['bob'] }).name).toBe('finance');
    expect(choosePolicy(tenant, { ...ada, userIds: ['bob'] }).name).toBe('everyone');
  });

  test('an account of the front door’s own is in no group, and that is known', () => {
    expect(choosePolicy(aTenant({ policies: [finance, everyone] }), ada)).toMatchObject({ name: 'everyone', gates: 1 });
  });

  test('whoever may be in a group for all that is known has two gates, and only methods that every such policy takes', () => {
    expect(choosePolicy(aTenant({ policies: [finance, everyone] }), toldNothing)).toEqual({
      name: 'everyone',
      gates: 2,
      methods: ['authenticator-code'],
      directoryAddresses: 'count',
      undecided: ['finance'],
    });
  });

  test('what cannot be told behind the policy that surely is theirs changes nothing', () => {
    expect(choosePolicy(aTenant({ policies: [everyone, finance] }), toldNothing)).toMatchObject({
      gates: 1,
      undecided: [],
    });
  });

  test('whoever no policy fits is held to the strictest that any of them makes of the directory’s addresses', () => {
    const confirming = { ...finance, directoryAddresses: 'confirm' } as const;
    expect(choosePolicy(aTenant({ policies: [finance, confirming] }), ada)).toMatchObject({
      name: 'unmentioned',
      directoryAddresses: 'confirm',
    });
    expect(choosePolicy(aTenant({ policies: [] }), ada).directoryAddresses).toBe('count');
  });

  test('never lets an administrator pass with one gate', () => {
    expect(choosePolicy(aTenant({ policies: [everyone] }), root).gates).toBe(2);
  });

  test('administrators are those on the list, those in the group, and those of whom that cannot be told', () => {
    const tenant = aTenant({
      administrators: { people: ['root@example.com'], groups: ['it-admins'] },
      policies: [everyone],
    });
    const judge = (person: PolicyPerson) => {
      const judged = judgePerson(tenant, person);
      return [countsAsAdministrator(judged), judged.policy.gates];
    };
    expect(judge({ ...ada, userIds: ['root@example.com'] })).toEqual([true, 2]);
    expect(judge(inGroups('it-admins'))).toEqual([true, 2]);
    expect(judge(toldNothing)).toEqual([true, 2]);
    expect(judge(ada)).toEqual([false, 1]);
  });

  test('a policy for administrators is open for whoever may be one', () => {
    const admins: TenantPolicy = { ...everyone, name: 'admins', appliesTo: 'administrators', gates: 2 };
    const tenant = aTenant({ administrators: { groups: ['it-admins'] }, policies: [admins, everyone] });
    expect(choosePolicy(tenant, inGroups('it-admins')).name).toBe('admins');
    expect(choosePolicy(tenant, toldNothing)).toMatchObject({ name: 'everyone', gates: 2, undecided: ['admins'] });
  });

  test('asks two gates of a person nobody wrote a policy for', () => {
    expect(choosePolicy(aTenant({ policies: [] }), ada).gates).toBe(2);
  });

  test('says of each policy on the way why it is or is not theirs', () => {
    const tenant = aTenant({ policies: [finance, { ...finance, appliesTo: { people: ['bob'] } }, everyone, finance] });
    const { considered } = judgePerson(tenant, toldNothing);
    expect(considered.map(({ verdict }) => `${verdict.holds}: ${verdict.because}`)).toEqual([
      'unknown: no agent tells whether the account is in the group finance',
      'no: the account is not on its list',
      'yes: it applies to everyone',
    ]);
  });
});

describe('who may reset', () => {
  test.each([
    ['off', false],
    ['everyone', true],
  ] as const)('%s', (reset, expected) => {
    expect(isPersonEnabled(aTenant({ reset }), ada)).toBe(expected);
  });

  test('a person on the list by any of their user IDs, and nobody else', () => {
    const tenant = aTenant({ reset: { people: ['ada@example.com'] } });
    expect(isPersonEnabled(tenant, ada)).toBe(true);
    expect(isPersonEnabled(tenant, root)).toBe(false);
  });

  test('whoever is in the group, and nobody of whom that cannot be told', () => {
    const tenant = aTenant({ reset: { groups: ['staff'] } });
    expect(isPersonEnabled(tenant, inGroups('staff'))).toBe(true);
    expect(isPersonEnabled(tenant, inGroups('finance'))).toBe(false);
    expect(isPersonEnabled(tenant, toldNothing)).toBe(false);
  });
});

test('every group that a policy names is known, each once', () => {
  const tenant = aTenant({
    reset: { groups: ['staff'] },
    administrators: { groups: ['it'] },
    policies: [finance, finance],
  });
  expect(groupsNamed(tenant)).toEqual(['staff', 'it', 'finance']);
});

const GROUPS = ['a', 'b', 'c'];
const anyGroups = fc.subarray(GROUPS);
const anySelection = fc.record({ people: fc.subarray(['ada', 'bob']), groups: anyGroups });
const anyPolicy = fc.record({
  name: fc.string({ minLength: 1, maxLength: 3 }),
  appliesTo: fc.oneof(fc.constantFrom('everyone' as const, 'administrators' as const), anySelection),
  gates: fc.constantFrom(1 as const, 2 as const),
  methods: fc.subarray([...METHOD_KINDS], { minLength: 1 }),
  directoryAddresses: fc.constantFrom(...DIRECTORY_ADDRESSES),
});
const anyTenant = fc
  .record({
    policies: fc.array(anyPolicy, { maxLength: 5 }),
    administrators: fc.oneof(fc.constant({}), anySelection),
    reset: fc.oneof(fc.constant('everyone' as const), anySelection),
  })
  .map((changes) => aTenant(changes));
/** Told of some groups, in some of them; in truth in any of the others or in none. */
const anyPerson = fc.record({
  told: anyGroups,
  truth: anyGroups,
  userIds: fc.subarray(['ada', 'bob', 'cleo'], { minLength: 1 }),
  // Administrators meet two gates whatever else: the others are what is to be looked at.
  isAdministrator: fc.nat(3).map((draw) => draw === 0),
});

describe('whatever the configuration says', () => {
  test('an administrator never has fewer than two gates', () => {
    fc.assert(
      fc.property(anyTenant, anyPerson, (tenant, { truth, told, ...person }) => {
        const memberships = membershipsOf(toldOf(truth, told));
        const judged = judgePerson(tenant, { ...person, memberships });
        if (judged.administrator.holds === 'yes') expect(judged.policy.gates).toBe(2);
      }),
    );
  });

  test('nobody meets less for an agent that tells less: as many gates, and no method that their own policy does not take', () => {
    fc.assert(
      fc.property(anyTenant, anyPerson, (tenant, { truth, told, ...person }) => {
        const knowing = judgePerson(tenant, { ...person, memberships: membershipsOf(toldOf(truth, GROUPS)) });
        const guessing = judgePerson(tenant, { ...person, memberships: membershipsOf(toldOf(truth, told)) });
        expect(guessing.policy.gates).toBeGreaterThanOrEqual(knowing.policy.gates);
        for (const method of guessing.policy.methods) expect(knowing.policy.methods).toContain(method);
        expect(strictness(guessing.policy)).toBeGreaterThanOrEqual(strictness(knowing.policy));
        if (guessing.enabled.holds === 'yes') expect(knowing.enabled.holds).toBe('yes');
      }),
      { numRuns: 3000 },
    );
  });

  test('where everything is known, the first that applies is taken as it is written, but for what administrators never have', () => {
    fc.assert(
      fc.property(anyTenant, anyPerson, (tenant, { truth, told: _, ...person }) => {
        const { considered, policy, administrator } = judgePerson(tenant, {
          ...person,
          memberships: membershipsOf(toldOf(truth, GROUPS)),
        });
        const first = considered.find(({ verdict }) => verdict.holds === 'yes')?.policy;
        if (first === undefined) return;
        expect(considered.at(-1)?.policy).toBe(first);
        const isOne = administrator.holds === 'yes';
        expect(policy).toEqual({
          name: first.name,
          gates: isOne ? 2 : first.gates,
          methods: first.methods.filter((kind) => !isOne || kind !== 'security-questions'),
          directoryAddresses: first.directoryAddresses,
          undecided: [],
        });
      }),
    );
  });
});

const strictness = ({ directoryAddresses }: { readonly directoryAddresses: (typeof DIRECTORY_ADDRESSES)[number] }) =>
  DIRECTORY_ADDRESSES.indexOf(directoryAddresses);

function toldOf(truth: readonly string[], told: readonly string[]) {
  return {
    in: told.filter((name) => truth.includes(name)),
    notIn: told.filter((name) => !truth.includes(name)),
  };
}

test('an administrator is never asked security questions, nor is whoever may be one, whatever the policies say', () => {
  const policies = fc.array(
    fc.record({
      name: fc.constant('any'),
      appliesTo: fc.constantFrom<TenantPolicy['appliesTo'][]>('everyone', 'administrators', {
        people: ['root', 'ada'],
      }),
      gates: fc.constantFrom<TenantPolicy['gates'][]>(1, 2),
      methods: fc.uniqueArray(fc.constantFrom(...METHOD_KINDS), { minLength: 1 }),
    }),
  );
  const administrators = { groups: ['wheel'] };
  fc.assert(
    fc.property(policies, (any) => {
      const tenant = aTenant({ policies: any, administrators });
      for (const person of [root, toldNothing, inGroups('wheel')])
        expect(choosePolicy(tenant, person).methods).not.toContain('security-questions');
    }),
  );
  const taking: Tenant['policies'] = [
    { name: 'all', appliesTo: 'everyone', gates: 1, methods: ['email-code', 'security-questions'] },
  ];
  expect(choosePolicy(aTenant({ policies: taking }), root).methods).toEqual(['email-code']);
  expect(choosePolicy(aTenant({ policies: taking }), ada).methods).toContain('security-questions');
});
