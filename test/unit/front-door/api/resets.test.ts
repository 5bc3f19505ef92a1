// Resets and unlocks through the API: one id, one effect, a true answer, and news for the person.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountKey } from '../../../../src/front-door/throttles/throttles.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { anAccount, aTenant } from '../../../support/front-door-builders.js';
import { ADA, type ApiBench, makeApiBench, PASSWORD } from './api-bench.js';

let bench: ApiBench;
beforeEach(async () => {
  bench = await makeApiBench();
});
afterEach(async () => {
  expect(bench.failed).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

describe('a reset', () => {
  test('arrives at the agent as it was typed, is answered as done, and the person is told', async () => {
    const { caller, relay, news } = bench;
    const body = await caller.sealedReset();
    const answer = await caller.post('/resets', body);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      resetId: body.resetId,
      anchor: ADA,
      operation: 'reset',
      state: 'settled',
      outcome: { kind: 'done', settledBy: 'answer' },
    });
    expect(relay.arrived).toEqual([{ anchor: ADA, password: PASSWORD }]);
    expect(news).toMatchObject([
      { operation: 'reset', accountName: 'ada@example.com', addresses: ['ada.private@example.net', 'ada@example.com'] },
    ]);
  });

  test('is written by nobody before its row is on the disk, nor where it never comes there', async () => {
    const disk = Promise.withResolvers<void>();
    const { store, caller, relay, failed } = bench;
    const begin = store.apiResets.begin;
    store.apiResets.begin = async (reset) => ({ ...(await begin(reset)), onDisk: disk.promise });
    const answer = caller.post('/resets', await caller.sealedReset());
    await expect.poll(() => relay.asked.map(({ kind }) => kind)).toContain('reset');
    expect(relay.arrived).toEqual([]);
    disk.reject(new RangeError('the disk is full'));
    expect((await answer).statusCode).toBe(500);
    expect(relay.arrived).toEqual([]);
    expect(failed.splice(0)).toHaveLength(1);
  });

  test('that is asked for again is not written before its row is on the disk either', async () => {
    const { store, caller, relay, failed } = bench;
    const full = () => Promise.reject(new RangeError('the disk is full'));
    const begin = store.apiResets.begin;
    store.apiResets.begin = async (reset) => ({ ...(await begin(reset)), onDisk: full() });
    store.apiResets.onDisk = full;
    const body = await caller.sealedReset();
    for (const _ of ['once', 'again']) expect((await caller.post('/resets', body)).statusCode).toBe(500);
    expect(relay.arrived).toEqual([]);
    expect(failed.splice(0)).toHaveLength(2);
  });

  test('is told to each of the person’s addresses alone, with the reset id to quote', async () => {
    const { caller, mailbox } = bench;
    const body = await caller.sealedReset();
    await caller.post('/resets', body);
    expect(mailbox.map(({ to }) => to)).toEqual([['ada.private@example.net'], ['ada@example.com']]);
    for (const { text } of mailbox) expect(text).toContain(body.resetId);
    expect(JSON.stringify(mailbox)).not.toContain(PASSWORD);
  });

  test.each([true, false])(
    'has the person begin anew with every limit, which the answer does not wait for',
    async (notify) => {
      const left: (() => Promise<void>)[] = [];
      const later = async (work: () => Promise<void>) => void left.push(work);
      await using own = await makeApiBench({ tenants: [aTenant({ notify })], changes: { later } });
      const failed = {
        name: 'failed-proofs',
        key: accountKey(parseTenantId('example'), parseAccountAnchor(ADA)),
      } as const;
      while (await own.throttles.attempt([failed]));
      await own.caller.post('/resets', await own.caller.sealedReset());
      expect(await own.throttles.blockedUntil([failed])).toBeDefined();

      for (const work of left) await work();
      expect(await own.throttles.blockedUntil([failed])).toBeUndefined();
      expect(own.news).toHaveLength(notify ? 1 : 0);
    },
  );

  test('is read afterwards by its id, without asking an agent', async () => {
    const { caller, relay } = bench;
    const body = await caller.sealedReset();
    const first = (await caller.post('/resets', body)).json();
    relay.isLinked = false;
    const read = await caller.get(`/resets/${body.resetId}`);
    expect(read.statusCode).toBe(200);
    expect(read.json()).toEqual(first);
  });

  test('sent twice has one effect, one answer and one notice', async () => {
    const { caller, relay, news } = bench;
    const body = await caller.sealedReset();
    const first = await caller.post('/resets', body);
    const second = await caller.post('/resets', body);
    expect(second.json()).toEqual(first.json());
    expect(relay.arrived).toHaveLength(1);
    expect(news).toHaveLength(1);
  });

  test('sent twice at once has one effect, and one notice', async () => {
    const { caller, relay, news } = bench;
    const body = await caller.sealedReset();
    const answers = await Promise.all([caller.post('/resets', body), caller.post('/resets', body)]);
    expect(answers.map((answer) => answer.json().outcome.kind)).toEqual(['done', 'done']);
    expect(new Set(relay.arrived.map(({ password }) => password)).size).toBe(1);
    expect(news).toHaveLength(1);
  });

  test('under an id that was used for something else is refused, and nothing is written', async () => {
    const { caller, relay } = bench;
    const body = await caller.sealedReset();
    await caller.post('/resets', body);
    for (const other of [
      await caller.sealedReset({ resetId: body.resetId, password: 'Another one 9' }),
      { ...body, flags: { unlock: false, mustChange: false } },
      caller.unlock({ resetId: body.resetId }),
    ]) {
      const answer = await caller.post('/resets', other);
      expect([answer.statusCode, answer.json().code]).toEqual([409, 'reset-id-reused']);
    }
    expect(relay.arrived).toHaveLength(1);
  });

  test('that the agent knows under this id from elsewhere is refused the same way', async () => {
    const { caller, relay } = bench;
    relay.outcomes.push({ kind: 'reset-id-reused' });
    const answer = await caller.post('/resets', await caller.sealedReset());
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'reset-id-reused']);
  });

  test('refused by the directory names the rule, and tells nobody', async () => {
    const { caller, relay, news } = bench;
    relay.outcomes.push({ kind: 'refused-by-policy', rules: ['in-history'] });
    const answer = await caller.post('/resets', await caller.sealedReset());
    expect(answer.json()).toMatchObject({
      state: 'settled',
      outcome: { kind: 'refused-by-policy', rules: ['in-history'] },
    });
    expect(news).toEqual([]);
  });

  test('altered on its way is not opened', async () => {
    const { caller } = bench;
    const body = await caller.sealedReset();
    const altered = { ...body, flags: { ...body.flags, mustChange: true } };
    const answer = await caller.post('/resets', altered);
    expect(answer.json().outcome).toEqual({ kind: 'unsealing-failed' });
  });
});

describe('an answer that is lost', () => {
  test('is asked for again at once, from the ledger', async () => {
    const { caller, relay } = bench;
    relay.outcomes.push('lost');
    const answer = await caller.post('/resets', await caller.sealedReset());
    expect(answer.json()).toMatchObject({ state: 'settled', outcome: { kind: 'done' } });
    expect(relay.arrived).toHaveLength(1);
  });

  test('and lost again is pending, never "nothing happened"; the same body asked later learns it', async () => {
    const { caller, relay, news } = bench;
    relay.outcomes.push('never', 'never');
    const body = await caller.sealedReset();
    const first = await caller.post('/resets', body);
    expect(first.statusCode).toBe(202);
    expect(first.headers['retry-after']).toBe('5');
    expect(first.json()).toMatchObject({ state: 'pending' });
    expect(first.json()).not.toHaveProperty('outcome');
    expect((await caller.get(`/resets/${body.resetId}`)).statusCode).toBe(202);

    relay.isLinked = false;
    expect((await caller.post('/resets', body)).json().state).toBe('pending');

    relay.isLinked = true;
    expect((await caller.post('/resets', body)).json()).toMatchObject({ state: 'settled', outcome: { kind: 'done' } });
    expect(news).toHaveLength(1);
  });

  test('may be asked for after the command has expired', async () => {
    const { caller, relay, clock } = bench;
    relay.outcomes.push('never', 'never');
    const body = await caller.sealedReset();
    expect((await caller.post('/resets', body)).json().state).toBe('pending');
    await clock.advance(10 * 60_000);
    expect((await caller.post('/resets', body)).json().outcome).toEqual({ kind: 'done', settledBy: 'answer' });
  });

  test('stays open where the agent says unknown, and may turn into done', async () => {
    const { caller, relay, news } = bench;
    relay.outcomes.push({ kind: 'unknown' });
    const body = await caller.sealedReset();
    expect((await caller.post('/resets', body)).json()).toMatchObject({ state: 'open', outcome: { kind: 'unknown' } });
    relay.ledger.clear();
    relay.outcomes.push({ kind: 'done', settledBy: 'probe' });
    expect((await caller.post('/resets', body)).json()).toMatchObject({ state: 'settled', outcome: { kind: 'done' } });
    expect(news).toHaveLength(1);
  });
});

describe('an unlock', () => {
  test('needs no password', async () => {
    const { caller, relay, news } = bench;
    const answer = await caller.post('/resets', caller.unlock());
    expect(answer.json()).toMatchObject({ operation: 'unlock', state: 'settled', outcome: { kind: 'done' } });
    expect(relay.asked.at(-1)?.kind).toBe('unlock');
    expect(news).toMatchObject([{ operation: 'unlock' }]);
  });
});

describe('what the organisation has not turned on', () => {
  test.each([
    ['tenant-off', aTenant({ reset: 'off' }), 'reset'],
    ['person-not-enabled', aTenant({ reset: { people: ['grace@example.com'] } }), 'reset'],
    ['operation-not-offered', aTenant({ unlock: false }), 'unlock'],
  ] as const)('is refused: %s', async (reason, tenant, operation) => {
    const own = await makeApiBench({ tenants: [tenant] });
    const body = operation === 'reset' ? await own.caller.sealedReset() : own.caller.unlock();
    const answer = await own.caller.post('/resets', body);
    expect([answer.statusCode, answer.json().code, answer.json().reason]).toEqual([403, 'reset-not-allowed', reason]);
    expect(own.relay.arrived).toEqual([]);
    await own[Symbol.asyncDispose]();
  });

  test('nobody is told where the organisation does not want it', async () => {
    const own = await makeApiBench({ tenants: [aTenant({ notify: false })] });
    expect((await own.caller.post('/resets', await own.caller.sealedReset())).json().outcome.kind).toBe('done');
    expect(own.news).toEqual([]);
    await own[Symbol.asyncDispose]();
  });
});

describe('nobody to carry it', () => {
  test('is said with a time to come back, and leaves the id free', async () => {
    const { caller, relay } = bench;
    const body = await caller.sealedReset();
    relay.isLinked = false;
    const answer = await caller.post('/resets', body);
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'no-agent']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    relay.isLinked = true;
    expect((await caller.post('/resets', body)).json().outcome.kind).toBe('done');
  });

  test('is told apart from keys that are out of date', async () => {
    const { caller } = bench;
    const body = await caller.sealedReset();
    const stale = body.sealed.map((one) => ({ ...one, keyId: 'AAAAAAAAAAAAAAAAAAAAAA' }));
    const answer = await caller.post('/resets', { ...body, sealed: stale });
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'sealing-keys-stale']);
  });
});

describe('a command that is valid for too long, or no more', () => {
  test.each([-1, 0, 120_001])('%i ms from now is out of range', async (fromNowMs) => {
    const { caller, clock, relay } = bench;
    const body = { ...(await caller.sealedReset()), notAfterMs: clock.nowMs() + fromNowMs };
    const answer = await caller.post('/resets', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([{ pointer: '/notAfterMs', rule: 'out-of-range' }]);
    expect(relay.arrived).toEqual([]);
  });
});

describe('the limit on one account', () => {
  test('is the pages’ own: five within the hour, then none for a day', async () => {
    const { caller, relay } = bench;
    for (let done = 1; done <= 5; done += 1) {
      expect((await caller.post('/resets', await caller.sealedReset())).statusCode).toBe(200);
    }
    for (const body of [await caller.sealedReset(), caller.unlock()]) {
      const answer = await caller.post('/resets', body);
      expect([answer.statusCode, answer.json().code]).toEqual([429, 'too-many-resets']);
      expect(Number(answer.headers['retry-after'])).toBe(24 * 3600);
    }
    expect(relay.arrived).toHaveLength(5);
  });

  test('takes no more of an account whose person says that it was not them, until an administrator lifts that', async () => {
    const { caller, relay, throttles } = bench;
    // Answered "try later" before, it may be asked for again: with the same id, and no longer either.
    const begun = await caller.sealedReset();
    relay.outcomes.push({ kind: 'try-later', reason: 'directory-unreachable' });
    expect((await caller.post('/resets', begun)).statusCode).toBe(200);
    const key = accountKey(parseTenantId('example'), anAccount().anchor);
    await throttles.attempt([{ name: 'disowned', key }]);
    for (const body of [begun, await caller.sealedReset(), caller.unlock()]) {
      const answer = await caller.post('/resets', body);
      expect([answer.statusCode, answer.json().code]).toEqual([429, 'too-many-resets']);
      expect(Number(answer.headers['retry-after'])).toBe(30 * 24 * 3600);
    }
    const arrived = relay.arrived.length;
    await throttles.clear(['disowned'], key);
    expect((await caller.post('/resets', await caller.sealedReset())).json().state).toBe('settled');
    expect(relay.arrived).toHaveLength(arrived + 1);
  });

  test('holds for calls side by side', async () => {
    const { caller, relay } = bench;
    const bodies = await Promise.all(Array.from({ length: 8 }, () => caller.sealedReset()));
    const answers = await Promise.all(bodies.map((body) => caller.post('/resets', body)));
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(relay.arrived).toHaveLength(5);
  });

  test('counts one that is sent again, or twice at once, as one', async () => {
    const { caller, relay } = bench;
    const again = await caller.sealedReset();
    const ask = relay.ask.bind(relay);
    relay.ask = async (options) => (options.request.kind === 'reset' ? { kind: 'no-agent' } : ask(options));
    expect((await caller.post('/resets', again)).json().outcome.kind).toBe('try-later');
    relay.ask = ask;
    expect((await caller.post('/resets', again)).json().outcome.kind).toBe('done');
    const twice = await caller.sealedReset();
    await Promise.all([caller.post('/resets', twice), caller.post('/resets', twice)]);
    for (const expected of [200, 200, 200, 429]) {
      expect((await caller.post('/resets', await caller.sealedReset())).statusCode).toBe(expected);
    }
  });

  test('does not count passwords that the directory refused', async () => {
    const { caller, relay } = bench;
    for (let refused = 1; refused <= 7; refused += 1) {
      relay.outcomes.push({ kind: 'refused-by-policy', rules: ['too-short'] });
      expect((await caller.post('/resets', await caller.sealedReset())).statusCode).toBe(200);
    }
    expect((await caller.post('/resets', await caller.sealedReset())).json().outcome.kind).toBe('done');
  });

  test('is not met by asking again for what was asked before', async () => {
    const { caller, relay } = bench;
    relay.outcomes.push({ kind: 'refused-by-policy', rules: ['too-short'] });
    const body = await caller.sealedReset();
    for (let asked = 0; asked < 10; asked += 1)
      expect((await caller.post('/resets', body)).json().state).toBe('settled');
  });
});

describe('an account of the front door’s own', () => {
  const anchor = parseAccountAnchor('cloud-1');
  const add = () =>
    bench.store.cloudAccounts.add({
      tenantId: parseTenantId('example'),
      anchor,
      userIds: ['cleo'],
      displayName: 'Cleo Example',
      addresses: ['cleo@example.net'],
      isAdministrator: false,
      passwordHash: undefined,
    });

  test('is reset in the store, and no agent hears of it', async () => {
    const { caller, relay, news, store } = bench;
    await add();
    const answer = await caller.post('/resets', await caller.sealedReset({ anchor }));
    expect(answer.json()).toMatchObject({ state: 'settled', outcome: { kind: 'done' } });
    expect(relay.asked).toEqual([]);
    expect((await store.cloudAccounts.read(parseTenantId('example'), anchor))?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(news).toMatchObject([{ accountName: 'cleo', addresses: ['cleo@example.net'] }]);
  });

  test('has no lock to clear', async () => {
    const { caller } = bench;
    await add();
    const answer = await caller.post('/resets', caller.unlock({ anchor }));
    expect([answer.statusCode, answer.json().reason]).toEqual([403, 'operation-not-offered']);
  });
});

test('a notice that cannot be handed over does not make the answer untrue', async () => {
  const tellPerson = async () => {
    throw new Error('no outbox');
  };
  const own = await makeApiBench({ changes: { tellPerson } });
  expect((await own.caller.post('/resets', await own.caller.sealedReset())).json().outcome.kind).toBe('done');
  expect(own.failed).toHaveLength(1);
  await own[Symbol.asyncDispose]();
});
