// The API over real HTTP routes and a real store, with a fake relay and clock, and a caller that seals. Every answer that is no problem is
// held to what the OpenAPI document says of it; one that is not fails the test when the bench is closed.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import formbody from '@fastify/formbody';
import { type FastifyInstance, fastify, type LightMyRequestResponse } from 'fastify';
import type { ApiDeps, PersonNews } from '../../../../src/front-door/api/api-deps.js';
import { API_OPERATION_IDS, API_OPERATIONS, API_PREFIX } from '../../../../src/front-door/api/api-operations.js';
import { API_SCOPES, type ApiScope } from '../../../../src/front-door/api/api-scopes.js';
import { issueApiToken } from '../../../../src/front-door/api/api-token.js';
import { personTeller } from '../../../../src/front-door/api/tell-person.js';
import { argon2Hasher } from '../../../../src/front-door/argon2/argon2-hasher.js';
import type { News } from '../../../../src/front-door/disowning/disown-links.js';
import { apiRoutes } from '../../../../src/front-door/http/api-routes.js';
import type { AccountRef } from '../../../../src/front-door/methods/method-store.js';
import type { OutgoingMail } from '../../../../src/front-door/outbox/outbox.js';
import { setCloudPassword } from '../../../../src/front-door/people/set-cloud-password.js';
import { findRoute } from '../../../../src/front-door/resets/find-route.js';
import { doneTeller } from '../../../../src/front-door/resets/tell-done.js';
import { makeOwnSealingKey } from '../../../../src/front-door/sealing-keys/own-sealing-key.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { fitsOn } from '../../../../src/front-door/tenants/fitting-methods.js';
import { openPolicies, type PolicySource } from '../../../../src/front-door/tenants/policies.js';
import { policyDocumentSchema } from '../../../../src/front-door/tenants/policy-document.js';
import type { Tenant } from '../../../../src/front-door/tenants/tenant.js';
import { createThrottles } from '../../../../src/front-door/throttles/throttles.js';
import { fromBase64Url } from '../../../../src/protocol/base64url.js';
import { parseAccountAnchor, parseKeyId, parseResetId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { sealForAll } from '../../../../src/protocol/sealing.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { FakeRelay } from '../../../support/fake-relay.js';
import { anInspection, aTenant, HOUSE_NOTICES } from '../../../support/front-door-builders.js';

const PUBLIC_URL = 'https://reset.example.com';
export const PASSWORD = 'Long enough 4 the directory, ü';
export const ADA = '6f1f1d1e-0000-4000-8000-000000000001';

export type ApiBench = Awaited<ReturnType<typeof makeApiBench>>;

export async function makeApiBench(
  options: { tenants?: Tenant[]; policySource?: PolicySource; changes?: Partial<ApiDeps> } = {},
) {
  const given = options.tenants ?? [aTenant(), aTenant({ id: 'elsewhere', domains: ['elsewhere.example'] })];
  const clock = new FakeClock();
  const relay = await FakeRelay.make();
  const store = await openSqliteStore({ path: ':memory:', clock });
  const ofFile = given.map((tenant) => ({
    tenant,
    document: documentFor(tenant),
    source: options.policySource ?? ('file' as const),
    fits: fitsOn({ publicUrl: PUBLIC_URL, textMessages: undefined, securityQuestions: tenant.securityQuestions }),
  }));
  const policies = await openPolicies(ofFile, store.policies);
  const { tenants } = policies;
  const app = fastify();
  // As the pages have it: whatever they read, the API reads JSON alone.
  await app.register(formbody);
  const untrue: string[] = [];
  app.addHook('onSend', async ({ routeOptions: { method, url } }, { statusCode }, payload) => {
    const operation = API_OPERATION_IDS.map((id) => API_OPERATIONS[id]).find(
      (each) => each.method === method && `${API_PREFIX}${each.path.replaceAll(/\{(\w+)\}/g, ':$1')}` === url,
    );
    if (operation === undefined || statusCode >= 400) return;
    const { error } = operation.answerSchema.safeParse(JSON.parse(String(payload)));
    if (error !== undefined) untrue.push(`${operation.answerName}: ${error.message}`);
  });
  relay.people.push(anInspection());
  const throttles = createThrottles({ store: store.throttles, clock });
  const ownKey = await makeOwnSealingKey();
  const lookUp = { relay, mirror: store.mirror, cloudAccounts: store.cloudAccounts, clock };
  const routeDeps = { ...lookUp, proofMethods: [], throttles, digestKey: randomBytes(32) };
  const carry = { cloudAccounts: store.cloudAccounts, hasher: argon2Hasher, ownKey, clock };
  const news: PersonNews[] = [];
  const mailbox: OutgoingMail[] = [];
  const outbox = { put: async (mail: OutgoingMail) => mailbox.push(mail) > 0 };
  const disownable: News[] = [];
  const disownAddress = async (one: News) => {
    disownable.push(one);
    return `https://reset.example.com/not-me/${disownable.length}`;
  };
  const tellPerson = personTeller(
    doneTeller({ store: store.methods, outbox, clock, noticeSettings: HOUSE_NOTICES, disownAddress }),
  );
  const ended: AccountRef[] = [];
  const failed: unknown[] = [];
  const questionsTaken: unknown[] = [];
  const deps: ApiDeps = {
    ...lookUp,
    tenants,
    tokens: store.apiTokens,
    resets: store.apiResets,
    passReports: store.passReports,
    policies,
    findRoute: (question) => findRoute(routeDeps, question),
    ownKey,
    setCloudPassword: (tenantId, request) => setCloudPassword(carry, tenantId, request),
    throttles,
    audit: store.audit,
    endSessionsOf: async (account) => {
      ended.push(account);
    },
    tellPerson: async (told) => {
      news.push(told);
      await tellPerson(told);
    },
    // As at the limit: whoever has the answer can look at what followed from it.
    later: (work) => work(),
    newCallId: () => crypto.randomUUID(),
    events: {
      apiAnswered: () => undefined,
      policyPut: () => undefined,
      securityQuestionsTaken: (event) => questionsTaken.push(event),
      apiFailed: ({ error }) => failed.push(error),
      afterwardsFailed: ({ error }) => failed.push(error),
    },
    ...options.changes,
  };
  const signal = new AbortController().signal;
  await app.register(apiRoutes({ ...deps, publicUrl: PUBLIC_URL, version: '1.0.0', signal }));

  const tokenFor = async (scopes: readonly ApiScope[] = API_SCOPES, tenantId = 'example', expiresAtMs?: number) => {
    const wanted = { tenantId: parseTenantId(tenantId), name: 'portal', scopes };
    const issuing = { tokens: store.apiTokens, clock, random: (bytes: number) => new Uint8Array(randomBytes(bytes)) };
    const issued = await issueApiToken(issuing, expiresAtMs === undefined ? wanted : { ...wanted, expiresAtMs });
    return { id: issued.id, text: issued.token.expose() };
  };
  return {
    /** Whose sessions on the pages were ended. */
    ended,
    app,
    clock,
    tenants,
    ofFile,
    relay,
    store,
    throttles,
    news,
    mailbox,
    failed,
    questionsTaken,
    tokenFor,
    caller: new Caller(app, (await tokenFor()).text, clock),
    callerWith: (token: string) => new Caller(app, token, clock),
    async audited() {
      return (await store.audit.entriesAfter(0)).map(({ entry }) => entry);
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await store[Symbol.asyncDispose]();
      assert.deepEqual(untrue, [], 'answers that are not as the OpenAPI document says');
    },
  };
}

/** As the settings would have it. */
function documentFor({ reset, unlock, policies, administrators, notify }: Tenant) {
  const named = Object.keys(administrators).length === 0 ? [] : administrators;
  return policyDocumentSchema.parse({ reset, unlock, policies, administrators: named, notify });
}

/** A portal: asks with its token, seals as the document says. */
export class Caller {
  readonly #app: FastifyInstance;
  readonly #token: string;
  readonly #clock: FakeClock;

  constructor(app: FastifyInstance, token: string, clock: FakeClock) {
    this.#app = app;
    this.#token = token;
    this.#clock = clock;
  }

  get(path: string): Promise<LightMyRequestResponse> {
    return this.#app.inject({ method: 'GET', url: `/api/v1${path}`, headers: this.#headers });
  }

  /** `body`: text is sent as it is. */
  post(path: string, body: unknown, contentType = 'application/json'): Promise<LightMyRequestResponse> {
    const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const headers = { ...this.#headers, 'content-type': contentType };
    return this.#app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload });
  }

  put(path: string, body: unknown, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    const all = { ...this.#headers, 'content-type': 'application/json', ...headers };
    return this.#app.inject({ method: 'PUT', url: `/api/v1${path}`, headers: all, payload: JSON.stringify(body) });
  }

  /** A reset of `anchor` sealed for whoever is on line. */
  async sealedReset(changes: { anchor?: string; resetId?: string; password?: string } = {}) {
    const anchor = parseAccountAnchor(changes.anchor ?? ADA);
    const keys = (await this.get(`/sealing-keys?anchor=${anchor}`)).json();
    const context = {
      tenantId: parseTenantId(keys.tenantId),
      resetId: parseResetId(changes.resetId ?? crypto.randomUUID()),
      anchor,
      operation: 'reset',
      flags: { unlock: true, mustChange: false },
      notAfterMs: keys.notAfterMsMax,
    } as const;
    const recipients = keys.recipients.map((recipient: { keyId: string; publicKey: string }) => ({
      keyId: parseKeyId(recipient.keyId),
      publicKey: fromBase64Url(recipient.publicKey),
    }));
    const sealed = await sealForAll({ password: changes.password ?? PASSWORD, recipients, context });
    const { tenantId: _, ...body } = context;
    return { ...body, sealed };
  }

  unlock(changes: { anchor?: string; resetId?: string } = {}) {
    return {
      operation: 'unlock',
      resetId: changes.resetId ?? crypto.randomUUID(),
      anchor: changes.anchor ?? ADA,
      notAfterMs: this.#clock.nowMs() + 60_000,
    };
  }

  get #headers(): Record<string, string> {
    return this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
  }
}
