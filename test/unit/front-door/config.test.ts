// Settings with which an administrator could never get through, two gates being asked of them always, are refused.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { frontDoorSettingsSchema } from '../../../src/front-door/config.js';

const one = ['email-code'];
const two = ['email-code', 'authenticator-code'];

function problemsOf(tenant: { administrators?: string[]; policies?: unknown[] }): string[] {
  const example = parse(readFileSync('config/front-door.example.yaml', 'utf8'));
  const { administrators: _, policies: __, ...rest } = example.tenants[0];
  const result = frontDoorSettingsSchema('/').safeParse({ ...example, tenants: [{ ...rest, ...tenant }] });
  return result.error?.issues.map(({ path }) => path.join('.')) ?? [];
}
const policy = (appliesTo: unknown, methods: string[]) => ({ name: 'p', appliesTo, gates: 1, methods });

describe('where there are administrators, the policy that is theirs needs two methods', () => {
  test.each<[string, Parameters<typeof problemsOf>[0], string[]]>([
    [
      'theirs has one',
      { policies: [policy('administrators', one), policy('everyone', two)] },
      ['tenants.0.policies.0.methods'],
    ],
    [
      'the first that fits them is everybody’s',
      { policies: [policy('everyone', one), policy('administrators', two)] },
      ['tenants.0.policies.0.methods'],
    ],
    [
      'they are listed, and only everybody’s fits',
      { administrators: ['ada'], policies: [policy('everyone', one)] },
      ['tenants.0.policies.0.methods'],
    ],
    ['they are listed, and no policy was written', { administrators: ['ada'] }, ['tenants.0.policies.0.methods']],
    [
      'one is named in an earlier policy',
      { administrators: ['ada'], policies: [policy({ people: [' ADA'] }, one), policy('administrators', two)] },
      ['tenants.0.policies.0.methods'],
    ],
  ])('refused: %s', (_name, tenant, expected) => expect(problemsOf(tenant)).toEqual(expected));

  test.each<[string, Parameters<typeof problemsOf>[0]]>([
    ['theirs has two', { administrators: ['ada'], policies: [policy('administrators', two), policy('everyone', one)] }],
    [
      'people who are none have one',
      { administrators: ['ada'], policies: [policy({ people: ['bob'] }, one), policy('everyone', two)] },
    ],
    ['there are none', { policies: [policy('everyone', one)] }],
    ['there are none, and no policy', {}],
    [
      'no policy is theirs: two methods are asked for then',
      { administrators: ['ada'], policies: [policy({ people: ['bob'] }, one)] },
    ],
  ])('taken: %s', (_name, tenant) => expect(problemsOf(tenant)).toEqual([]));
});
