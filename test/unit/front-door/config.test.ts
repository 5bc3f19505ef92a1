// Settings with which somebody could never get through are refused: an administrator by one method, two gates being asked of them
// always; anybody by a passkey under an address.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { frontDoorSettingsSchema } from '../../../src/front-door/config.js';
import { POLICY_FIELDS } from '../../../src/front-door/tenants/policy-document.js';

const one = ['email-code'];
const two = ['email-code', 'authenticator-code'];

function problemsOf(tenant: {
  administrators?: unknown;
  policies?: unknown[];
  reset?: unknown;
  policySource?: unknown;
  securityQuestions?: unknown;
  addressHints?: unknown;
}): string[] {
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
    [
      'they are a group, and only everybody’s fits',
      { administrators: { groups: ['it-admins'] }, policies: [policy('everyone', one)] },
      ['tenants.0.policies.0.methods'],
    ],
    [
      'their group is named in an earlier policy',
      {
        administrators: { groups: ['it-admins'] },
        policies: [policy({ groups: ['staff', 'it-admins'] }, one), policy('everyone', two)],
      },
      ['tenants.0.policies.0.methods'],
    ],
  ])('refused: %s', (_name, tenant, expected) => expect(problemsOf(tenant)).toEqual(expected));

  test.each<[string, Parameters<typeof problemsOf>[0]]>([
    ['theirs has two', { administrators: ['ada'], policies: [policy('administrators', two), policy('everyone', one)] }],
    [
      'people who are none have one',
      { administrators: ['ada'], policies: [policy({ people: ['bob'] }, one), policy('everyone', two)] },
    ],
    [
      'people of another group have one',
      {
        administrators: { groups: ['it-admins'] },
        policies: [policy({ groups: ['staff'] }, one), policy('everyone', two)],
      },
    ],
    ['there are none', { policies: [policy('everyone', one)] }],
    ['there are none, and no policy', {}],
    [
      'no policy is theirs: two methods are asked for then',
      { administrators: ['ada'], policies: [policy({ people: ['bob'] }, one)] },
    ],
  ])('taken: %s', (_name, tenant) => expect(problemsOf(tenant)).toEqual([]));
});

describe('some of the people', () => {
  const path = 'tenants.0.reset';
  test.each([
    ['nobody named', {}, [path]],
    ['an empty list', { groups: [] }, [`${path}.groups`]],
    ['a distinguished name', { groups: ['CN=Staff,DC=example,DC=com'] }, [`${path}.groups.0`]],
    ['a capital letter', { groups: ['Staff'] }, [`${path}.groups.0`]],
    ['a key that nobody knows, and so nobody', { group: ['staff'] }, [path, path]],
    ['groups', { groups: ['staff'] }, []],
    ['people and groups', { people: ['ada'], groups: ['staff'] }, []],
  ])('%s', (_, reset, expected) => {
    expect(problemsOf({ reset })).toEqual(expected);
  });

  test('come from the file or from the API, and from nowhere else', () => {
    expect(problemsOf({ policySource: 'api' })).toEqual([]);
    expect(problemsOf({ policySource: 'both' })).toEqual(['tenants.0.policySource']);
  });
});

test('what the directory’s addresses are worth is one of three words, and `count` where nothing is said', () => {
  const saying = (directoryAddresses: unknown) => [{ ...policy('everyone', one), directoryAddresses }];
  for (const word of ['count', 'confirm', 'ignore', undefined])
    expect(problemsOf({ policies: saying(word) })).toEqual([]);
  for (const word of ['off', true, null, 'Confirm'])
    expect(problemsOf({ policies: saying(word) })).toEqual(['tenants.0.policies.0.directoryAddresses']);
  expect(POLICY_FIELDS.policies.parse([policy('everyone', one)])).toMatchObject([{ directoryAddresses: 'count' }]);
  expect(POLICY_FIELDS.policies.parse(undefined)).toMatchObject([{ directoryAddresses: 'count' }]);
});

test('addresses are shown before a proof or not, and are where nothing is said', () => {
  for (const word of ['shown', 'after-first-proof', undefined]) expect(problemsOf({ addressHints: word })).toEqual([]);
  for (const word of ['hidden', false, null, ''])
    expect(problemsOf({ addressHints: word })).toEqual(['tenants.0.addressHints']);
  expect(POLICY_FIELDS.addressHints.parse(undefined)).toBe('shown');
});

describe('security questions', () => {
  const questions = ['email-code', 'security-questions'];
  const own = (...texts: unknown[]) => ({ own: texts.map((text, index) => ({ id: `own-${index}`, text })) });
  const at = (...path: string[]) => [`tenants.0.securityQuestions${path.map((each) => `.${each}`).join('')}`];
  const few = { predefined: ['lost-way', 'lost-thing'], toRegister: 3 };

  test.each<[string, Parameters<typeof problemsOf>[0], string[]]>([
    [
      'a policy takes them, and there are none',
      { policies: [policy('everyone', questions)] },
      ['tenants.0.policies.0.methods'],
    ],
    [
      'a policy of administrators takes them, however many others it takes',
      { policies: [{ ...policy('administrators', [...two, 'security-questions']), gates: 2 }], securityQuestions: {} },
      ['tenants.0.policies.0.methods'],
    ],
    [
      'an administrator would need them as one of two',
      { administrators: ['ada'], policies: [{ ...policy('everyone', questions), gates: 2 }], securityQuestions: {} },
      ['tenants.0.policies.0.methods'],
    ],
    [
      'they could be all that is asked, beside another way',
      { policies: [policy('everyone', questions)], securityQuestions: {} },
      ['tenants.0.policies.0.methods'],
    ],
    [
      'they are all that is asked, of some',
      {
        policies: [policy({ groups: ['staff'] }, ['security-questions']), policy('everyone', one)],
        securityQuestions: { mayStandAlone: false },
      },
      ['tenants.0.policies.0.methods'],
    ],
    ['an organisation that says yes by a word', { securityQuestions: { mayStandAlone: 'yes' } }, at('mayStandAlone')],
    ['fewer to choose from than to set up', { securityQuestions: few }, at('toRegister')],
    ['two are set up', { securityQuestions: { toRegister: 2, toReset: 3 } }, [...at('toRegister'), ...at('toReset')]],
    ['six are set up', { securityQuestions: { toRegister: 6 } }, at('toRegister')],
    ['two are asked', { securityQuestions: { toReset: 2 } }, at('toReset')],
    ['more are asked than set up', { securityQuestions: { toRegister: 3, toReset: 4 } }, at('toReset')],
    [
      'one predefined that there is not',
      { securityQuestions: { predefined: ['mothers-name'] } },
      at('predefined', '0'),
    ],
    [
      'one predefined twice',
      { securityQuestions: { predefined: [...few.predefined, 'lost-way', 'first-poster'], toRegister: 3 } },
      at('predefined'),
    ],
    ['an own one of two characters', { securityQuestions: own('A?') }, at('own', '0', 'text')],
    ['an own one of 201', { securityQuestions: own('?'.repeat(201)) }, at('own', '0', 'text')],
    [
      'an own one twice, in other letters',
      { securityQuestions: own('Where to?', 'WHERE TO?') },
      at('own', '1', 'text'),
    ],
    ['an own one without the tenant’s language', { securityQuestions: own({ de: 'Wohin?' }) }, at('own', '0', 'text')],
    [
      'an own one with the id of a predefined one',
      { securityQuestions: { own: [{ id: 'lost-way', text: 'Where to?' }] } },
      at('own', '0', 'id'),
    ],
    [
      'twenty-one of its own',
      { securityQuestions: own(...Array.from({ length: 21 }, (_, n) => `Where to, ${n}?`)) },
      at('own'),
    ],
  ])('refused: %s', (_name, tenant, expected) => expect(problemsOf(tenant)).toEqual(expected));

  test.each<[string, Parameters<typeof problemsOf>[0]]>([
    [
      'all predefined ones, as one of two',
      { policies: [{ ...policy('everyone', questions), gates: 2 }], securityQuestions: {} },
    ],
    [
      'alone, where the organisation says so',
      { policies: [policy('everyone', ['security-questions'])], securityQuestions: { mayStandAlone: true } },
    ],
    ['set, and taken by no policy yet', { policies: [policy('everyone', one)], securityQuestions: {} }],
    [
      'own ones of three and of 200 characters, in two languages',
      { securityQuestions: own('A?!', 'ア'.repeat(200), { en: 'Where to?', de: 'Wohin?' }) },
    ],
    [
      'twenty of its own and no others',
      { securityQuestions: { predefined: [], ...own(...Array.from({ length: 20 }, (_, n) => `Where to, ${n}?`)) } },
    ],
    [
      'an administrator has two others',
      {
        administrators: ['ada'],
        policies: [{ ...policy('everyone', [...two, 'security-questions']), gates: 2 }],
        securityQuestions: {},
      },
    ],
  ])('taken: %s', (_name, tenant) => expect(problemsOf(tenant)).toEqual([]));
});

describe('a passkey needs a name to be good for', () => {
  function problemsAt(publicUrl: string, methods: string[]): string[] {
    const example = parse(readFileSync('config/front-door.example.yaml', 'utf8'));
    const tenants = [{ ...example.tenants[0], administrators: [], policies: [policy('everyone', methods)] }];
    const result = frontDoorSettingsSchema('/').safeParse({ ...example, publicUrl, tenants });
    return result.error?.issues.map(({ path }) => path.join('.')) ?? [];
  }

  test.each(['https://192.0.2.7', 'https://127.0.0.1:8443', 'https://[2001:db8::1]'])('refused: %s', (publicUrl) => {
    expect(problemsAt(publicUrl, ['email-code', 'passkey'])).toEqual(['tenants.0.policies.0.methods']);
    expect(problemsAt(publicUrl, ['email-code'])).toEqual([]);
  });

  test.each(['https://reset.example.com', 'https://localhost:8443', 'https://10.example'])('taken: %s', (publicUrl) => {
    expect(problemsAt(publicUrl, ['email-code', 'passkey'])).toEqual([]);
  });

  test('what is no address at all is told as that', () => {
    expect(problemsAt('nonsense', ['passkey'])).toEqual(['publicUrl']);
  });
});

describe('whom an organisation names for which mail', () => {
  const desk = ['desk@example.com'];
  const soc = ['soc@example.com'];
  const url = 'https://help.example.com/';
  function told(contact: unknown): string[] {
    const example = parse(readFileSync('config/front-door.example.yaml', 'utf8'));
    const result = frontDoorSettingsSchema('/').safeParse({
      ...example,
      tenants: [{ ...example.tenants[0], contact }],
    });
    return result.error?.issues.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`) ?? [];
  }

  test.each<[string, unknown]>([
    ['addresses for everything', { kind: 'email', addresses: desk }],
    ['addresses for each role', { kind: 'email', roles: { 'help-desk': desk, security: soc } }],
    ['addresses for one role, and for everything else', { kind: 'email', addresses: desk, roles: { security: soc } }],
    ['addresses for one role alone', { kind: 'email', roles: { security: soc } }],
    ['a portal', { kind: 'portal', url }],
    ['a portal, and who is told of “it wasn’t me”', { kind: 'portal', url, roles: { security: soc } }],
  ])('taken: %s', (_, contact) => expect(told(contact)).toEqual([]));

  test.each<[string, unknown, RegExp]>([
    ['nobody at all', { kind: 'email' }, /^contact\.addresses: must be given, or `roles`/],
    ['roles of nobody', { kind: 'email', roles: {} }, /^contact\.roles: must name help-desk or security/],
    [
      'roles of nobody beside addresses',
      { kind: 'email', addresses: desk, roles: {} },
      /^contact\.roles: must name help-desk or security/,
    ],
    [
      'addresses that nothing would go to',
      { kind: 'email', addresses: soc, roles: { 'help-desk': desk, security: soc } },
      /^contact\.addresses: would get nothing/,
    ],
    ['a role without an address', { kind: 'email', roles: { security: [] } }, /^contact\.roles\.security: /],
    ['what is no address', { kind: 'email', roles: { security: ['soc'] } }, /^contact\.roles\.security\.0: /],
    ['a role that there is not', { kind: 'email', addresses: desk, roles: { board: soc } }, /^contact\.roles: .*board/],
    ['a help desk beside a portal', { kind: 'portal', url, roles: { 'help-desk': desk } }, /^contact\.roles/],
    ['addresses beside a portal', { kind: 'portal', url, addresses: desk }, /^contact: .*addresses/],
  ])('refused, with the place: %s', (_, contact, expected) => {
    expect(told(contact)[0]).toMatch(expected);
  });
});

describe('the webhook of a ticket system', () => {
  const webhookWith = (webhook: unknown) => {
    const example = parse(readFileSync('config/front-door.example.yaml', 'utf8'));
    const contact = { ...example.tenants[0].contact, webhook };
    return frontDoorSettingsSchema('/etc/front-door').safeParse({
      ...example,
      tenants: [{ ...example.tenants[0], contact }],
    });
  };
  const secret = { file: 'ticket-secret' };
  const url = 'https://tickets.example.com/hooks/drawbridge?team=it';

  test('is taken with an https address and the place of its secret', () => {
    const [tenant] = webhookWith({ url, secret, caFile: 'ca.pem' }).data?.tenants ?? [];
    expect(tenant?.contact).toMatchObject({
      webhook: { url, secret: { file: '/etc/front-door/ticket-secret' }, caFile: '/etc/front-door/ca.pem' },
    });
  });

  test.each([
    ['http', { url: 'http://tickets.example.com/', secret }],
    ['a user in the address', { url: 'https://me:canary@tickets.example.com/', secret }],
    ['a fragment', { url: 'https://tickets.example.com/#x', secret }],
    ['the secret itself', { url, secret: 'whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5' }],
    ['no secret', { url }],
    ['a switch that skips checks', { url, secret, insecure: true }],
  ])('is refused with %s, which is not quoted', (_name, webhook) => {
    const { success, error } = webhookWith(webhook);
    expect(success).toBe(false);
    expect(JSON.stringify(error?.issues)).not.toMatch(/canary|Y2FuYXJ5/);
  });
});
