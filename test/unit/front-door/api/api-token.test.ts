// Tokens: shown once, kept as a hash, good for what they were issued for and no longer.

import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { issueApiToken, TOKENS_PER_TENANT_MAX, tokenOfHeader } from '../../../../src/front-door/api/api-token.js';
import type { ApiToken, ApiTokens } from '../../../../src/front-door/tokens/api-tokens.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';

class MemoryTokens implements ApiTokens {
  readonly rows: ApiToken[] = [];
  uses = 0;
  async add(token: ApiToken) {
    this.rows.push(token);
  }
  async find(hash: Uint8Array) {
    return this.rows.find((row) => Buffer.compare(row.hash, hash) === 0);
  }
  async markUsed(id: string, atMs: number) {
    this.uses += 1;
    const at = this.rows.findIndex((row) => row.id === id);
    const row = this.rows[at];
    if (row !== undefined) this.rows[at] = { ...row, lastUsedAtMs: atMs };
  }
  async list() {
    return this.rows;
  }
  async revoke(id: string) {
    const at = this.rows.findIndex((row) => row.id === id);
    return at >= 0 && this.rows.splice(at, 1).length === 1;
  }
}

let tokens: MemoryTokens;
let clock: FakeClock;
beforeEach(() => {
  tokens = new MemoryTokens();
  clock = new FakeClock();
});

const wanted = { tenantId: parseTenantId('example'), name: 'intranet', scopes: ['routes:read'] } as const;
const issue = (expiresAtMs?: number) =>
  issueApiToken(
    { tokens, clock, random: (bytes) => new Uint8Array(randomBytes(bytes)) },
    expiresAtMs === undefined ? wanted : { ...wanted, expiresAtMs },
  );
const ask = (authorization: string | undefined) => tokenOfHeader({ tokens, clock }, authorization);

test('an issued token opens with its scopes in its tenant', async () => {
  const { id, token } = await issue();
  expect(token.expose()).toMatch(/^dbt_[A-Za-z0-9_-]{43}$/);
  expect(await ask(`Bearer ${token.expose()}`)).toMatchObject({ id, tenantId: 'example', scopes: ['routes:read'] });
  expect(await ask(`bearer ${token.expose()}`)).toMatchObject({ id });
});

test('the text of a token is not kept, nor shown by accident', async () => {
  const { token } = await issue();
  expect(JSON.stringify({ rows: tokens.rows, token })).not.toContain(token.expose().slice(4));
});

test('no two tokens are the same', async () => {
  expect((await issue()).token.expose()).not.toBe((await issue()).token.expose());
});

test('a revoked token is not valid', async () => {
  const { id, token } = await issue();
  await tokens.revoke(id);
  expect(await ask(`Bearer ${token.expose()}`)).toBe('not-valid');
});

test('a token is not valid from its last instant on', async () => {
  const { token } = await issue(clock.nowMs() + 1000);
  await clock.advance(999);
  expect(await ask(`Bearer ${token.expose()}`)).toMatchObject({ name: 'intranet' });
  await clock.advance(1);
  expect(await ask(`Bearer ${token.expose()}`)).toBe('not-valid');
});

test('the store is not trusted to compare hashes', async () => {
  const { token } = await issue();
  tokens.find = async () => tokens.rows.map((row) => ({ ...row, hash: new Uint8Array(32) }))[0];
  expect(await ask(`Bearer ${token.expose()}`)).toBe('not-valid');
});

test('the time of use is written down, once a minute at most', async () => {
  const { token } = await issue();
  for (let call = 0; call < 5; call += 1) await ask(`Bearer ${token.expose()}`);
  expect(tokens.uses).toBe(1);
  expect(tokens.rows[0]?.lastUsedAtMs).toBe(clock.nowMs());
  await clock.advance(60_000);
  await ask(`Bearer ${token.expose()}`);
  expect(tokens.uses).toBe(2);
});

test.each([
  ['nothing', undefined, 'missing'],
  ['an empty header', '', 'not-valid'],
  ['another scheme', 'Basic YTpi', 'not-valid'],
  ['no token', 'Bearer ', 'not-valid'],
  ['a token of another shape', 'Bearer dbt_short', 'not-valid'],
  ['a token nobody issued', `Bearer dbt_${'A'.repeat(43)}`, 'not-valid'],
  ['a very long one', `Bearer dbt_${'A'.repeat(100_000)}`, 'not-valid'],
  ['two tokens', `Bearer dbt_${'A'.repeat(43)} dbt_${'B'.repeat(43)}`, 'not-valid'],
])('%s is answered as it should', async (_name, authorization, answer) => {
  expect(await ask(authorization)).toBe(answer);
});

test('a tenant has so many tokens and no more, until one is revoked', async () => {
  for (let index = 0; index < TOKENS_PER_TENANT_MAX; index += 1) await issue();
  await expect(issue()).rejects.toMatchObject({ code: 'too-many-tokens' });
  await tokens.revoke(tokens.rows[0]?.id ?? '');
  expect((await issue()).id).toBeDefined();
});
