// Codes by text message: what each is good for, to which numbers they go, what an answer of the gateway means; and how a phone is set up.

import { describe, expect, test } from 'vitest';
import type { PendingSetup, SetupResult, SetupStep } from '../../../../../src/front-door/methods/method-setup.js';
import type { ProofStep } from '../../../../../src/front-door/methods/proof-method.js';
import { DAY_MS, dayOf } from '../../../../../src/front-door/methods/text-message/decide-send.js';
import { parseAccountAnchor, parseTenantId } from '../../../../../src/protocol/identifiers.js';
import { textBench } from './text-bench.js';

const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor('ada') };
const NUMBER = '+447700900123';
const step: ProofStep = {
  sessionHash: 'session-1',
  account,
  gate: 1,
  supportId: 'support',
  organisationName: 'Example',
  language: 'en',
};
const registered = { id: 'text-0', kind: 'text-message', address: NUMBER } as const;

describe('a code by text message', () => {
  test('is right for its session, account, gate and number only, and for five minutes', async () => {
    const { method, gateway, clock } = await textBench();
    const open = await method.start(step, registered);
    expect(gateway.texts.map(({ number }) => number)).toEqual([NUMBER]);
    const code = gateway.lastCode;
    expect(await method.verify(step, registered, open, code)).toBe('right');
    expect(await method.verify({ ...step, sessionHash: 'session-2' }, registered, open, code)).toBe('wrong');
    expect(await method.verify({ ...step, gate: 2 }, registered, open, code)).toBe('wrong');
    const other = { ...account, anchor: parseAccountAnchor('bob') };
    expect(await method.verify({ ...step, account: other }, registered, open, code)).toBe('wrong');
    expect(await method.verify(step, { ...registered, address: '+447700900124' }, open, code)).toBe('wrong');
    expect(await method.verify(step, registered, undefined, code)).toBe('expired');
    expect(await method.verify(step, registered, open && { ...open, triesLeft: 0 }, code)).toBe('expired');
    await clock.advance(5 * 60_000);
    expect(await method.verify(step, registered, open, code)).toBe('expired');
  });

  test('is in no event and nothing that is kept; neither is the number', async () => {
    const { method, gateway, told, store } = await textBench();
    const open = await method.start(step, registered);
    gateway.mood = 'refuses';
    await method.start({ ...step, sessionHash: 'session-2' }, registered);
    const kept = JSON.stringify([open, told('textSent'), told('textNotSent'), await store.audit.latest(10)]);
    expect(told('textSent')).toHaveLength(1);
    expect(told('textNotSent')).toHaveLength(1);
    expect(kept).not.toContain(gateway.lastCode);
    expect(kept).not.toContain('7700900123');
  });

  test('goes to whole numbers of countries that are sent to, each once, the directory’s first', async () => {
    const { method, store } = await textBench();
    const row = { kind: 'text-message', name: '', data: new Uint8Array(), setUpAtMs: 1 } as const;
    await store.methods.add(account, { ...row, id: 'a', address: '+447700900999' });
    await store.methods.add(account, { ...row, id: 'b', address: NUMBER });
    const phones = ['+44 7700 900123', NUMBER, '07700 900123', '+49 151 23456789', 'ask Ada'];
    const found = await method.registered({ ...account, countedAddresses: [], countedPhones: phones });
    expect(found.map(({ id, address }) => [id, address])).toEqual([
      ['text-0', NUMBER],
      ['text-1', '+447700900999'],
    ]);
  });

  test('waits for the whole number, however it is written and with whichever digits', async () => {
    const { method } = await textBench();
    const check = method.addressCheck;
    if (check === undefined) throw new Error('nothing is checked');
    const matches = (typed: string) => {
      const number = check.typed([typed]);
      return number === undefined ? undefined : check.matches(registered, number);
    };
    expect(matches('+44 (0)7700 900-123')).toBe(true);
    expect(matches('+٤٤٧٧٠٠٩٠٠١٢٣')).toBe(true);
    expect(matches('+447700900124')).toBe(false);
    expect(matches('+4477009001234')).toBe(false);
    for (const typed of ['23', '07700900123', '', '+44 ••• ••• ••23']) expect(matches(typed)).toBeUndefined();
  });

  test('is sent once to whoever presses the button twice', async () => {
    const { method, gateway } = await textBench();
    const { promise, resolve } = Promise.withResolvers<void>();
    gateway.until = promise;
    const both = [method.start(step, registered), method.start(step, registered)];
    resolve();
    const [one, other] = await Promise.all(both);
    expect(gateway.texts).toHaveLength(1);
    expect(one).toEqual(other);
    expect(await method.verify(step, registered, one, gateway.lastCode)).toBe('right');
  });

  test('is written in the language of the person', async () => {
    const { method, gateway } = await textBench();
    await method.start({ ...step, language: 'de' }, registered);
    expect(gateway.texts[0]?.text).toContain('ist Ihr Code');
  });
});

describe('the day’s cost', () => {
  const spent = async ({ store, clock }: Awaited<ReturnType<typeof textBench>>) =>
    store.spend.update(account.tenantId, dayOf(clock.nowMs()), (before) => ({ spent: before, result: before.cost }));

  test('counts what went and what may have gone, and nothing that certainly did not', async () => {
    const bench = await textBench();
    await bench.method.start(step, registered);
    expect(await spent(bench)).toBe(50_000);
    bench.gateway.mood = 'refuses';
    expect(await bench.method.start(step, registered)).toBeUndefined();
    expect(await spent(bench)).toBe(50_000);
    bench.gateway.mood = 'is-silent';
    expect(await bench.method.start(step, registered)).toBeUndefined();
    expect(await spent(bench)).toBe(100_000);
  });

  test('counts each message of a long text', async () => {
    const bench = await textBench();
    await bench.method.start({ ...step, organisationName: 'Организация' }, registered);
    expect(await spent(bench)).toBe(100_000);
  });

  test('stops at its limit until the next day; that is told once, and stands in the audit', async () => {
    const { method, gateway, told, store, clock } = await textBench({ costPerDayMax: 120_000 });
    const start = async (session: string) =>
      (await method.start({ ...step, sessionHash: session }, registered)) !== undefined;
    expect(await start('1')).toBe(true);
    expect(await start('2')).toBe(true);
    expect(await start('3')).toBe(false);
    expect(await start('4')).toBe(false);
    expect(gateway.texts).toHaveLength(2);
    expect(told('textsStopped')).toEqual([{ tenantId: 'example' }]);
    expect(told('textHeldBack')).toHaveLength(2);
    const stops = (await store.audit.latest(100)).filter(({ entry }) => entry.event === 'texts-stopped');
    expect(stops).toHaveLength(1);
    await clock.advance(DAY_MS);
    expect(await start('5')).toBe(true);
  });

  test('is each organisation’s own', async () => {
    const { method, gateway } = await textBench({ costPerDayMax: 50_000 });
    await method.start(step, registered);
    const other = { ...step, account: { ...account, tenantId: parseTenantId('northwind') } };
    expect(await method.start(other, { ...registered, address: '+447700900999' })).toBeDefined();
    expect(gateway.texts).toHaveLength(2);
  });
});

describe('a phone', () => {
  const setUp: SetupStep = { ...step, userId: 'ada@example.com', workAddresses: [] };
  const refused = (problem: string) => ({ kind: 'refused', problem });
  const pendingOf = (result: SetupResult): PendingSetup => {
    if (result.kind !== 'pending') throw new Error(`not pending: ${JSON.stringify(result)}`);
    return result.pending;
  };

  test('counts once the code that went to it was typed, and not before', async () => {
    const { setup, gateway, store } = await textBench();
    const pending = pendingOf(await setup.begin(setUp, ['+44 7700 900123']));
    expect(pending.prompt).toBe(NUMBER);
    expect(await store.methods.list(account)).toEqual([]);
    expect(await setup.confirm(setUp, pending, [gateway.lastCode])).toEqual({
      kind: 'done',
      id: expect.any(String),
      shown: [],
    });
    expect(await store.methods.list(account)).toMatchObject([{ kind: 'text-message', address: NUMBER }]);
    expect(await setup.begin(setUp, [NUMBER])).toMatchObject(refused('there-already'));
  });

  test('takes a code in its own session, for its own account and number, in time and within its tries', async () => {
    const { setup, gateway, store, clock } = await textBench();
    const pending = pendingOf(await setup.begin(setUp, [NUMBER]));
    const code = [gateway.lastCode];
    expect(await setup.confirm({ ...setUp, sessionHash: 'session-2' }, pending, code)).toEqual(refused('wrong'));
    const eve = { ...setUp, account: { ...account, anchor: parseAccountAnchor('eve') } };
    expect(await setup.confirm(eve, pending, code)).toEqual(refused('wrong'));
    const moved = { ...pending, data: pending.data.replace('0123', '0124') };
    expect(await setup.confirm(setUp, moved, code)).toEqual(refused('wrong'));
    expect(await setup.confirm(setUp, pending, ['12'])).toEqual(refused('malformed'));
    expect(await setup.confirm(setUp, { ...pending, triesLeft: 0 }, code)).toEqual(refused('expired'));
    await clock.advance(5 * 60_000);
    expect(await setup.confirm(setUp, pending, code)).toEqual(refused('expired'));
    expect(await store.methods.list(account)).toEqual([]);
  });

  test.each([
    [' ', 'missing'],
    ['07700 900123', 'malformed'],
    ['+49 151 23456789', 'not-served'],
  ])('%j is refused as %s, and nothing is sent', async (typed, problem) => {
    const { setup, gateway } = await textBench();
    expect(await setup.begin(setUp, [typed])).toMatchObject(refused(problem));
    expect(gateway.texts).toEqual([]);
  });

  test('is not begun where nothing can be sent', async () => {
    const { setup, gateway } = await textBench();
    gateway.mood = 'refuses';
    expect(await setup.begin(setUp, [NUMBER])).toMatchObject(refused('not-now'));
  });
});
