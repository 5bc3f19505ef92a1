// What the API refuses, and that a refusal tells nothing: not of other organisations, not of what stood in the request.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { problemSchema } from '../../../../src/front-door/api/api-documents.js';
import { API_OPERATION_IDS, API_OPERATIONS } from '../../../../src/front-door/api/api-operations.js';
import { API_SCOPES } from '../../../../src/front-door/api/api-scopes.js';
import { anyCharacter } from '../../../support/any-text.js';
import { ADA, type ApiBench, makeApiBench } from './api-bench.js';

const CANARY = 'Canary-Passw0rd-31415';

let bench: ApiBench;
beforeEach(async () => {
  bench = await makeApiBench();
});
afterEach(async () => {
  expect(bench.failed).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

describe('who may call', () => {
  const call = (caller: ApiBench['caller'], id: (typeof API_OPERATION_IDS)[number]) => {
    const path = API_OPERATIONS[id].path.replace('{resetId}', crypto.randomUUID());
    const { method } = API_OPERATIONS[id];
    if (method === 'PUT') return caller.put(path, {});
    return method === 'GET' ? caller.get(`${path}?anchor=${ADA}`) : caller.post(path, {});
  };

  test.each(API_OPERATION_IDS)('%s: nobody without a token', async (id) => {
    const answer = await call(bench.callerWith(''), id);
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'token-missing']);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="drawbridge"');
  });

  test.each(API_OPERATION_IDS)('%s: nobody with a token that was not issued', async (id) => {
    const answer = await call(bench.callerWith(`dbt_${'A'.repeat(43)}`), id);
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'token-not-valid']);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="drawbridge", error="invalid_token"');
  });

  test.each(API_OPERATION_IDS)('%s: nobody without its scope, whatever others they have', async (id) => {
    const { scope } = API_OPERATIONS[id];
    const others = API_SCOPES.filter((other) => other !== scope);
    const answer = await call(bench.callerWith((await bench.tokenFor(others)).text), id);
    expect([answer.statusCode, answer.json().code, answer.json().scope]).toEqual([403, 'scope-missing', scope]);
    expect(answer.headers['www-authenticate']).toContain(`error="insufficient_scope", scope="${scope}"`);
  });

  test('a token of an organisation that is served no more is not valid', async () => {
    const { text } = await bench.tokenFor(API_SCOPES, 'gone');
    expect((await call(bench.callerWith(text), 'askRoute')).statusCode).toBe(401);
  });

  test('a body is not judged for who may not call', async () => {
    for (const [body, type] of [
      ['{"password":', 'application/json'],
      ['x'.repeat(40_000), 'application/json'],
      ['a=b', 'application/x-www-form-urlencoded'],
    ] as const) {
      expect((await bench.callerWith('').post('/resets', body, type)).statusCode).toBe(401);
    }
  });

  test('wrong tokens of one address fill no journal, and shut nobody else out', async () => {
    const stranger = bench.callerWith(`dbt_${'A'.repeat(43)}`);
    for (let attempt = 0; attempt < 50; attempt += 1) await stranger.get(`/resets/${crypto.randomUUID()}`);
    const answer = await stranger.get(`/resets/${crypto.randomUUID()}`);
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'too-many-calls']);
    expect((await bench.audited()).length).toBe(30);
    expect((await bench.caller.post('/routes', { userId: 'ada' })).statusCode).toBe(200);
    await bench.clock.advance(2_000);
    expect((await stranger.get(`/resets/${crypto.randomUUID()}`)).statusCode).toBe(401);
  });

  test('a token that calls too often waits', async () => {
    const own = await makeApiBench({ changes: { callsPerToken: { burstMax: 3, refillPerSecond: 1 } } });
    const another = own.callerWith((await own.tokenFor()).text);
    for (let asked = 0; asked < 3; asked += 1)
      expect((await own.caller.post('/routes', { userId: 'ada' })).statusCode).toBe(200);
    const answer = await own.caller.post('/routes', { userId: 'ada' });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '1']);
    expect((await another.post('/routes', { userId: 'ada' })).statusCode).toBe(200);
    await own.clock.advance(1_000);
    expect((await own.caller.post('/routes', { userId: 'ada' })).statusCode).toBe(200);
    await own[Symbol.asyncDispose]();
  });
});

describe('another organisation', () => {
  test('sees neither the reset nor the id: not found, as if there were none', async () => {
    const { caller } = bench;
    const body = await caller.sealedReset();
    await caller.post('/resets', body);
    const other = bench.callerWith((await bench.tokenFor(API_SCOPES, 'elsewhere')).text);
    const theirs = await other.get(`/resets/${body.resetId}`);
    const unknown = await other.get(`/resets/${crypto.randomUUID()}`);
    expect(theirs.statusCode).toBe(404);
    expect({ ...theirs.json(), instance: '' }).toEqual({ ...unknown.json(), instance: '' });
  });

  test('sees no account, cannot seal for it, and cannot submit for it', async () => {
    const own = await makeApiBench();
    // Each organisation's agents know its own accounts alone; what is mirrored here is the first one's.
    await own.caller.post('/routes', { userId: 'ada' });
    const body = await own.caller.sealedReset();
    own.relay.people.splice(0);
    const other = own.callerWith((await own.tokenFor(API_SCOPES, 'elsewhere')).text);
    expect((await other.post('/routes', { userId: 'ada' })).json()).toEqual({
      tenantId: 'elsewhere',
      route: { kind: 'cannot-verify', reason: 'unknown' },
    });
    expect((await other.get(`/sealing-keys?anchor=${ADA}`)).json().code).toBe('account-not-found');
    expect((await other.post('/resets', body)).json().code).toBe('account-not-found');
    expect(own.relay.arrived).toEqual([]);
    await own[Symbol.asyncDispose]();
  });
});

describe('a password in clear', () => {
  test.each(['password', 'newPassword', 'new_password', 'Password', 'plaintext', 'clear-text', 'pwd', 'secret'])(
    'is refused as %s, and echoed nowhere',
    async (name) => {
      const { caller, relay } = bench;
      const body = { ...(await caller.sealedReset()), [name]: CANARY };
      const answer = await caller.post('/resets', body);
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'password-not-sealed']);
      expect(answer.body + JSON.stringify(answer.headers) + JSON.stringify(await bench.audited())).not.toContain(
        CANARY,
      );
      expect(relay.arrived).toEqual([]);
    },
  );

  test.each([
    ['in a field of any name', (body: object) => ({ ...body, note: CANARY })],
    ['as the name of a field', (body: object) => ({ ...body, [CANARY]: 1 })],
    ['where sealed ones belong', (body: object) => ({ ...body, sealed: [CANARY] })],
    [
      'as if it were sealed',
      (body: object) => ({ ...body, sealed: [{ keyId: CANARY, enc: CANARY, ciphertext: CANARY }] }),
    ],
    [
      'beside a sealed one',
      (body: { sealed: object[] }) => ({ ...body, sealed: body.sealed.map((one) => ({ ...one, password: CANARY })) }),
    ],
    ['as the reset id', (body: object) => ({ ...body, resetId: CANARY })],
    ['as the operation', (body: object) => ({ ...body, operation: CANARY })],
    ['in the flags', (body: object) => ({ ...body, flags: { unlock: CANARY, mustChange: false } })],
  ])('is refused %s, and echoed nowhere', async (_where, change) => {
    const answer = await bench.caller.post('/resets', change(await bench.caller.sealedReset()));
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'not-valid']);
    expect(answer.json().errors.length).toBeGreaterThan(0);
    expect(answer.body + JSON.stringify(await bench.audited())).not.toContain(CANARY);
  });

  test('is not echoed from JSON that is broken', async () => {
    const answer = await bench.caller.post('/resets', `{"x": "${CANARY}`);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'not-json']);
    expect(answer.body).not.toContain(CANARY);
  });

  test('a reset without anything sealed is refused', async () => {
    const { sealed: _, ...body } = await bench.caller.sealedReset();
    expect((await bench.caller.post('/resets', body)).json().errors).toEqual([
      { pointer: '/sealed', rule: 'missing-or-wrong-type' },
    ]);
    expect((await bench.caller.post('/resets', { ...body, sealed: [] })).statusCode).toBe(422);
  });
});

describe('requests that are not what they should be', () => {
  test('too large is 413, another type 415, unknown paths and methods 404, all as problem documents', async () => {
    const { caller, app } = bench;
    const large = await caller.post('/resets', 'x'.repeat(33 * 1024));
    const form = await caller.post('/resets', 'a=b', 'application/x-www-form-urlencoded');
    const nowhere = await caller.get('/nowhere');
    const method = await app.inject({ method: 'DELETE', url: '/api/v1/resets' });
    expect([large, form, nowhere, method].map(({ statusCode }) => statusCode)).toEqual([413, 415, 404, 404]);
    for (const answer of [large, form, nowhere, method]) {
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      problemSchema.parse(answer.json());
    }
  });

  test('every field that is wrong is named by its place', async () => {
    const body = { ...(await bench.caller.sealedReset()), resetId: 'x', anchor: 7, flags: { unlock: true } };
    const { errors } = (await bench.caller.post('/resets', body)).json();
    expect(errors).toEqual([
      { pointer: '/resetId', rule: 'malformed' },
      { pointer: '/anchor', rule: 'missing-or-wrong-type' },
      { pointer: '/flags/mustChange', rule: 'missing-or-wrong-type' },
    ]);
  });

  test('a parameter given twice is refused', async () => {
    const answer = await bench.caller.get(`/sealing-keys?anchor=${ADA}&anchor=${ADA}`);
    expect(answer.json().errors).toEqual([{ pointer: '/anchor', rule: 'missing-or-wrong-type' }]);
  });

  test('whatever is sent, the answer is a document and never a fault of ours', async () => {
    const own = await makeApiBench({ changes: { callsPerToken: { burstMax: 100_000, refillPerSecond: 1 } } });
    const sound = await own.caller.sealedReset();
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(sound)), fc.constant('__proto__'));
    const name = fc.oneof(fc.constantFrom(...Object.keys(sound), 'userId', '__proto__', 'constructor'), fc.string());
    const body = fc.oneof(
      fc.dictionary(name, value).map((changes) => JSON.stringify({ ...sound, ...changes })),
      fc.dictionary(name, value).map((fields) => JSON.stringify(fields)),
      fc.json(),
      fc.string({ unit: anyCharacter }),
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    );
    const path = fc.constantFrom('/routes', '/resets');
    await fc.assert(
      fc.asyncProperty(path, body, async (to, sent) => {
        const answer = await own.caller.post(to, sent);
        expect(answer.statusCode).toBeLessThan(500);
        if (answer.statusCode >= 400) problemSchema.parse(answer.json());
      }),
      { numRuns: 400 },
    );
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        for (const to of [`/resets/${encodeURIComponent(text)}`, `/sealing-keys?anchor=${encodeURIComponent(text)}`]) {
          expect((await own.caller.get(to)).statusCode).toBeLessThan(500);
        }
      }),
      { numRuns: 200 },
    );
    expect(own.failed).toEqual([]);
    await own[Symbol.asyncDispose]();
  });
});

describe('a trace of every answer', () => {
  test('joins token, operation, reset id and what came of it', async () => {
    const body = await bench.caller.sealedReset();
    await bench.caller.post('/resets', body);
    await bench.caller.get(`/resets/${body.resetId}`);
    await bench.caller.get(`/resets/${crypto.randomUUID()}`);
    await bench.callerWith('').get('/resets/x');
    const [keys, reset, read, missing, stranger] = await bench.audited();
    expect(keys?.fields).toMatchObject({ operation: 'listSealingKeys', anchor: ADA });
    expect(reset).toMatchObject({
      event: 'reset-answered',
      requestId: body.resetId,
      fields: { operation: 'submitReset', anchor: ADA, agentId: bench.relay.agentId, result: 'done' },
    });
    expect(reset?.fields.tokenId).toBe(keys?.fields.tokenId);
    expect(read).toMatchObject({ event: 'api-called', requestId: body.resetId, fields: { result: 'done' } });
    expect(missing?.fields.result).toBe('reset-not-found');
    expect(stranger?.fields).toEqual({ operation: 'readReset', result: 'token-missing' });
  });

  test('a store that fails is told as our fault, without its words', async () => {
    const failing = async () => {
      throw new Error(`disk of ${CANARY}`);
    };
    const own = await makeApiBench({ changes: { findRoute: failing } });
    const answer = await own.caller.post('/routes', { userId: 'ada' });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal-error']);
    expect(answer.body).not.toContain(CANARY);
    expect(own.failed).toHaveLength(1);
    await own[Symbol.asyncDispose]();
  });
});

test('the document is public, and names this front door', async () => {
  const answer = await bench.callerWith('').get('/openapi.json');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://reset.example.com' }] });
});
