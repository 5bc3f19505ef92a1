// The organisation's policy over the API: it says what the settings say, takes the place of exactly what was read, and holds at once.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { policyAnswerSchema } from '../../../../src/front-door/api/api-documents.js';
import { readPolicy } from '../../../../src/front-door/api/tenant-policy.js';
import type { MethodKind } from '../../../../src/front-door/methods/every-method.js';
import { fitsOn } from '../../../../src/front-door/tenants/fitting-methods.js';
import { openPolicies, StoredPolicyUnusable } from '../../../../src/front-door/tenants/policies.js';
import { policyDocumentSchema } from '../../../../src/front-door/tenants/policy-document.js';
import { securityQuestionsSchema } from '../../../../src/front-door/tenants/security-questions.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';
import { type ApiBench, makeApiBench } from './api-bench.js';

const tenantId = parseTenantId('example');
const tenant = aTenant({
  reset: { groups: ['staff'] },
  administrators: { people: ['root@example.com'], groups: ['it-admins'] },
  policies: [{ name: 'everyone', appliesTo: 'everyone', gates: 1, methods: ['email-code', 'authenticator-code'] }],
});
const SAID = {
  reset: { groups: ['staff'] },
  unlock: true,
  policies: [
    {
      name: 'everyone',
      appliesTo: 'everyone',
      gates: 1,
      methods: ['email-code', 'authenticator-code'],
      directoryAddresses: 'count',
    },
  ],
  administrators: { people: ['root@example.com'], groups: ['it-admins'] },
  notify: true,
  addressHints: 'shown',
};
const TWO_GATES = {
  ...SAID,
  policies: [{ ...SAID.policies[0], gates: 2 }],
};

const taking = (...methods: MethodKind[]) => ({ ...SAID, policies: [{ ...SAID.policies[0], methods }] });
const securityQuestions = securityQuestionsSchema.parse({});

let bench: ApiBench;
const open = async (policySource: 'file' | 'api') => {
  bench = await makeApiBench({ tenants: [tenant, aTenant({ id: 'elsewhere' })], policySource });
};
beforeEach(() => open('api'));
afterEach(async () => {
  expect(bench.failed).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function read() {
  const answer = await bench.caller.get('/policy');
  expect(answer.statusCode).toBe(200);
  return { tag: String(answer.headers.etag), body: policyAnswerSchema.parse(answer.json()) };
}
const put = async (document: unknown, tag?: string) => {
  const answer = await bench.caller.put('/policy', document, tag === undefined ? {} : { 'if-match': tag });
  return { status: answer.statusCode, body: answer.json(), tag: String(answer.headers.etag) };
};

describe('reading', () => {
  test('says what the settings say, and what follows from it', async () => {
    const { body } = await read();
    expect(body).toEqual({
      tenantId: 'example',
      source: 'api',
      policy: SAID,
      derived: {
        administratorsGates: 2,
        unmentioned: { gates: 2, methods: ['email-code', 'authenticator-code'], directoryAddresses: 'count' },
        leftOut: [],
        groups: [
          { name: 'staff', told: 'nowhere' },
          { name: 'it-admins', told: 'nowhere' },
        ],
      },
    });
  });

  test('tells which groups the agents on line tell of', async () => {
    bench.relay.directories = [
      { directoryId: 'corp', groups: ['staff', 'it-admins'] },
      { directoryId: 'labs', groups: ['staff'] },
    ];
    expect((await read()).body.derived.groups).toEqual([
      { name: 'staff', told: 'everywhere' },
      { name: 'it-admins', told: 'in-some-directories' },
    ]);
  });

  test('an unknown parameter is refused', async () => {
    expect((await bench.caller.get('/policy?tenant=elsewhere')).statusCode).toBe(422);
  });
});

describe('putting', () => {
  test('the policy that was read is replaced, at once, and the next reader gets it with its own tag', async () => {
    const { tag } = await read();
    const { status, body, tag: after } = await put(TWO_GATES, tag);
    expect([status, body.policy, body.put.atMs]).toEqual([200, TWO_GATES, bench.clock.nowMs()]);
    expect(after).not.toBe(tag);
    expect(await read()).toMatchObject({ tag: after, body: { policy: TWO_GATES } });
    expect(bench.tenants.find(({ id }) => id === tenantId)?.policies[0]?.gates).toBe(2);
    const [other] = bench.tenants.filter(({ id }) => id !== tenantId);
    expect(other?.policies[0]?.gates).toBe(1);
  });

  test('what a policy makes of the directory’s addresses is read as it was put, holds at once, and is `count` where nothing is said', async () => {
    const saying = (directoryAddresses: unknown) => ({
      ...SAID,
      policies: [{ ...SAID.policies[0], directoryAddresses }],
    });
    const { tag } = await read();
    expect((await put(saying('maybe'), tag)).status).toBe(422);
    const { status, body, tag: after } = await put(saying('confirm'), tag);
    expect([status, body.policy]).toEqual([200, saying('confirm')]);
    expect((await read()).body).toMatchObject({
      policy: saying('confirm'),
      derived: { unmentioned: { directoryAddresses: 'confirm' } },
    });
    expect(bench.tenants.find(({ id }) => id === tenantId)?.policies[0]?.directoryAddresses).toBe('confirm');
    expect(JSON.stringify((await bench.audited()).at(-2))).toContain('policies/everyone');
    const { text } = await bench.tokenFor(['routes:read', 'policy:read']);
    const { policy } = (await bench.callerWith(text).post('/routes', { userId: 'ada' })).json();
    expect(policy.directoryAddresses).toBe('confirm');
    expect((await put(saying(undefined), after)).body.policy).toEqual(saying('count'));
  });

  test('whether addresses are shown before a proof holds at once, and is `shown` where nothing is said', async () => {
    const saying = (addressHints: unknown) => ({ ...SAID, addressHints });
    const { tag } = await read();
    expect((await put(saying('hidden'), tag)).status).toBe(422);
    const { status, body, tag: after } = await put(saying('after-first-proof'), tag);
    expect([status, body.policy]).toEqual([200, saying('after-first-proof')]);
    expect(bench.tenants.find(({ id }) => id === tenantId)?.addressHints).toBe('after-first-proof');
    expect(JSON.stringify((await bench.audited()).at(-1))).toContain('addressHints');
    expect((await put(saying(undefined), after)).body.policy).toEqual(SAID);
  });

  test('nobody overwrites what they have not read: no tag, any tag, a weak one, or that of another policy', async () => {
    const { tag } = await read();
    expect((await put(TWO_GATES)).body.code).toBe('if-match-missing');
    expect((await put(TWO_GATES, '*')).body.code).toBe('if-match-missing');
    expect((await put(TWO_GATES, `W/${tag}`)).body.code).toBe('if-match-missing');
    expect((await put(TWO_GATES, '"AAAAAAAAAAAAAAAAAAAAAA"')).body.code).toBe('policy-changed');
    expect((await read()).tag).toBe(tag);
  });

  test('of two who have read the same one alone is taken', async () => {
    const { tag } = await read();
    const answers = await Promise.all([put(TWO_GATES, tag), put({ ...SAID, unlock: false }, tag)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('where the file rules it is told so, and nothing is kept', async () => {
    await bench[Symbol.asyncDispose]();
    await open('file');
    const { tag } = await read();
    expect(await put(TWO_GATES, tag)).toMatchObject({ status: 409, body: { code: 'policy-in-file' } });
    expect(await bench.store.policies.find(tenantId)).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    [
      'a policy with fewer methods than gates',
      { ...SAID, policies: [{ ...TWO_GATES.policies[0], methods: ['email-code'] }] },
      '/policies/0/methods',
    ],
    [
      'administrators who could never pass',
      { ...SAID, policies: [{ ...SAID.policies[0], methods: ['email-code'] }] },
      '/policies/0/methods',
    ],
    ['a group of another pattern', { ...SAID, reset: { groups: ['CN=Staff'] } }, '/reset/groups/0'],
    ['a selection of nobody', { ...SAID, reset: {} }, '/reset'],
    ['a key that is not the policy’s', { ...SAID, domains: ['example.org'] }, ''],
    ['where administrators are contacted', { ...SAID, contact: { kind: 'email', addresses: ['a@example.net'] } }, ''],
  ])('%s is refused, as in the file', async (_, document, pointer) => {
    const { tag } = await read();
    const { status, body } = await put(document, tag);
    expect([status, body.code]).toEqual([422, 'not-valid']);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  test.each<[string, MethodKind]>([
    ['security questions where the organisation has none', 'security-questions'],
    ['text messages without a gateway', 'text-message'],
  ])('%s are refused with the place, and nothing is kept', async (_, method) => {
    const { tag } = await read();
    const { status, body } = await put(taking('email-code', 'authenticator-code', method), tag);
    expect([status, body.code, body.errors]).toEqual([
      422,
      'method-not-set-up',
      [{ pointer: '/policies/0/methods', rule: 'not-set-up' }],
    ]);
    expect((await read()).tag).toBe(tag);
    expect(await bench.store.policies.find(tenantId)).toBeUndefined();
    expect(JSON.stringify(await bench.audited())).not.toContain('policy-put');
    expect(bench.questionsTaken).toEqual([]);
  });

  test('security questions that could be all that is asked are refused with the place, and nothing is kept', async () => {
    await bench[Symbol.asyncDispose]();
    bench = await makeApiBench({ tenants: [{ ...tenant, securityQuestions }], policySource: 'api' });
    const { tag } = await read();
    const document = taking('email-code', 'authenticator-code', 'security-questions');
    const { status, body } = await put(document, tag);
    expect([status, body.code, body.errors]).toEqual([
      422,
      'method-too-weak-alone',
      [{ pointer: '/policies/0/methods', rule: 'too-weak-alone' }],
    ]);
    expect(await bench.store.policies.find(tenantId)).toBeUndefined();
    expect(bench.questionsTaken).toEqual([]);
    const asOneOfTwo = { ...document, policies: [{ ...document.policies[0], gates: 2 }] };
    expect((await put(asOneOfTwo, tag)).status).toBe(200);
    expect(bench.questionsTaken).toEqual([{ tenantId: 'example', isEnoughAlone: false }]);
  });

  test('no policy says of itself that they may', async () => {
    const { tag } = await read();
    const { status, body } = await put({ ...SAID, securityQuestions: { mayStandAlone: true } }, tag);
    expect([status, body.code]).toEqual([422, 'not-valid']);
  });

  test('whoever takes security questions alone is told again how weak they are, and whoever does not is not', async () => {
    await bench[Symbol.asyncDispose]();
    const alone = { ...securityQuestions, mayStandAlone: true };
    bench = await makeApiBench({ tenants: [{ ...tenant, securityQuestions: alone }], policySource: 'api' });
    const { tag } = await put(TWO_GATES, (await read()).tag);
    expect(bench.questionsTaken).toEqual([]);
    expect((await put(taking('email-code', 'authenticator-code', 'security-questions'), tag)).status).toBe(200);
    expect(bench.questionsTaken).toEqual([{ tenantId: 'example', isEnoughAlone: true }]);
  });

  test('thousands of people have room in it', async () => {
    const { tag } = await read();
    const people = Array.from({ length: 10_000 }, (_, at) => `person.number.${at}@example.com`);
    expect((await put({ ...SAID, reset: { people } }, tag)).status).toBe(200);
    expect((await bench.caller.put('/policy', { ...SAID, reset: { people: ['x'.repeat(600_000)] } })).statusCode).toBe(
      413,
    );
  });

  test('the journal says by which token, and what differs', async () => {
    const { tag } = await read();
    await put(TWO_GATES, '"AAAAAAAAAAAAAAAAAAAAAA"');
    expect(JSON.stringify(await bench.audited())).not.toContain('policy-put');
    await put({ ...TWO_GATES, unlock: false }, tag);
    const entry = JSON.stringify((await bench.audited()).at(-1));
    expect(entry).toContain('policy-put');
    expect(entry).toContain('unlock policies/everyone');
    expect(entry).toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}/);
  });
});

describe('after a start', () => {
  test('what was put holds, under the same tag', async () => {
    const { tag } = await put(TWO_GATES, (await read()).tag);
    const policies = await openPolicies(bench.ofFile, bench.store.policies);
    expect(policies.inForce(tenantId)).toMatchObject({ document: TWO_GATES, put: { version: 1 } });
    expect(`"${policies.inForce(tenantId).tag}"`).toBe(tag);
    expect(policies.tenants[0]?.policies[0]?.gates).toBe(2);
  });

  test('the file rules again once it says so, and what was put is known to be ignored', async () => {
    await put(TWO_GATES, (await read()).tag);
    const ofFile = bench.ofFile.map((each) => ({ ...each, source: 'file' as const }));
    const policies = await openPolicies(ofFile, bench.store.policies);
    expect(policies.inForce(tenantId)).toMatchObject({ source: 'file', document: SAID, isPutIgnored: true });
    expect(policies.tenants[0]?.policies[0]?.gates).toBe(1);
  });

  test('what was put and fits the settings no more loses what cannot work, and no gate; it is told, and can be put right', async () => {
    await bench[Symbol.asyncDispose]();
    const asked = { ...tenant, securityQuestions };
    bench = await makeApiBench({ tenants: [asked], policySource: 'api' });
    const methods = ['security-questions', 'email-code', 'authenticator-code'] as const;
    const document = { ...SAID, policies: [{ ...TWO_GATES.policies[0], methods }] };
    const { tag } = await put(document, (await read()).tag);

    const without = fitsOn({
      publicUrl: 'https://reset.example.com',
      textMessages: undefined,
      securityQuestions: undefined,
    });
    const policies = await openPolicies(
      bench.ofFile.map((each) => ({ ...each, tenant, fits: without })),
      bench.store.policies,
    );
    const inForce = policies.inForce(tenantId);
    expect(inForce).toMatchObject({ document, leftOut: [{ policy: 'everyone', method: 'security-questions' }] });
    expect(`"${inForce.tag}"`).toBe(tag);
    expect(policies.tenants[0]?.policies[0]).toMatchObject({ gates: 2, methods: ['email-code', 'authenticator-code'] });

    const { body } = await readPolicy({ policies, relay: bench.relay }, { tenant });
    expect(policyAnswerSchema.parse(body)).toMatchObject({
      policy: document,
      derived: { leftOut: [{ policy: 'everyone', method: 'security-questions' }] },
    });
    const next = { tag: inForce.tag, tokenId: 'token-1', atMs: 1 };
    const again = await policies.put(tenantId, { ...next, document: inForce.document });
    expect(again.kind).toBe('does-not-fit');
    const right = await policies.put(tenantId, { ...next, document: policyDocumentSchema.parse(TWO_GATES) });
    expect(right).toMatchObject({ kind: 'put', inForce: { leftOut: [] } });
  });

  test('a stored policy that this version cannot use stops the start: nobody guesses', async () => {
    const stored = { document: { reset: 'sometimes' }, putAtMs: 1, tokenId: 't', version: 1 };
    const store = { find: async () => stored, put: async () => false };
    await expect(openPolicies(bench.ofFile, store)).rejects.toBeInstanceOf(StoredPolicyUnusable);
  });

  test('a store that somebody else has written to is read anew, so that the next try is not in vain', async () => {
    const { tag } = await read();
    const document = policyDocumentSchema.parse({ ...SAID, notify: false });
    const elsewhere = { document, putAtMs: 7, tokenId: 'other' };
    expect(await bench.store.policies.put(tenantId, elsewhere, 0)).toBe(true);
    expect((await put(TWO_GATES, tag)).status).toBe(412);
    const { tag: newTag, body } = await read();
    expect(body.policy.notify).toBe(false);
    expect((await put(TWO_GATES, newTag)).status).toBe(200);
  });
});

describe('the policy of an account', () => {
  const ask = async (scopes: Parameters<ApiBench['tokenFor']>[0]) =>
    (await bench.callerWith((await bench.tokenFor(scopes)).text).post('/routes', { userId: 'ada' })).json();

  beforeEach(() => {
    bench.relay.people.length = 0;
    bench.relay.people.push(anInspection({ account: anAccount({ groups: { in: ['staff'], notIn: ['it-admins'] } }) }));
  });

  test('is told to whoever may read policies', async () => {
    expect((await ask(['routes:read', 'policy:read'])).policy).toEqual({
      name: 'everyone',
      gates: 1,
      methods: ['email-code', 'authenticator-code'],
      directoryAddresses: 'count',
      undecided: [],
    });
  });

  test('and to nobody else', async () => {
    expect(await ask(['routes:read'])).not.toHaveProperty('policy');
  });

  test('decides by the group that the agent tells', async () => {
    expect((await ask(['routes:read'])).route.kind).not.toBe('contact-administrator');
    bench.relay.people[0] = anInspection({ account: anAccount({ groups: { in: [], notIn: ['staff', 'it-admins'] } }) });
    expect((await ask(['routes:read'])).route).toEqual({ kind: 'contact-administrator', reason: 'person-not-enabled' });
    bench.relay.people[0] = anInspection();
    expect((await ask(['routes:read'])).route).toEqual({ kind: 'contact-administrator', reason: 'person-not-enabled' });
  });
});
