// Setting ways of proving up: what counts, when it counts, and what is refused.

import { randomBytes, randomUUID } from 'node:crypto';
import { TOTP, URI } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { authenticatorCode } from '../../../../src/front-door/methods/authenticator-code/authenticator-code.js';
import { authenticatorSetup } from '../../../../src/front-door/methods/authenticator-code/set-up-authenticator.js';
import { createDataBox } from '../../../../src/front-door/methods/data-box.js';
import { emailSetup } from '../../../../src/front-door/methods/email-code/set-up-email.js';
import type { PendingSetup, SetupResult, SetupStep } from '../../../../src/front-door/methods/method-setup.js';
import { recoveryCodesSetup } from '../../../../src/front-door/methods/recovery-code/set-up-recovery-codes.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { HOUSE_NOTICES } from '../../../support/front-door-builders.js';

const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor('ada') };
const step: SetupStep = {
  account,
  sessionHash: 'session-1',
  supportId: 'support',
  organisationName: 'Example',
  userId: 'ada@example.com',
  workAddresses: ['ada@example.com'],
  language: 'en',
};
const refused = (problem: string) => ({ kind: 'refused', problem });

function pendingOf(result: SetupResult): PendingSetup {
  if (result.kind !== 'pending') throw new Error(`not pending: ${JSON.stringify(result)}`);
  return result.pending;
}

async function bench() {
  const clock = new FakeClock();
  const { methods } = await openSqliteStore({ path: ':memory:', clock });
  const digestKey = new Uint8Array(32).fill(3);
  return { clock, store: methods, digestKey, random: randomBytes, randomUuid: () => randomUUID() };
}

describe('an address', () => {
  async function addresses() {
    const deps = await bench();
    const sent: { readonly to: readonly string[]; readonly code: string }[] = [];
    const outbox = {
      isFull: false,
      async put({ to, text }: { readonly to: readonly string[]; readonly text: string }) {
        if (outbox.isFull) return false;
        sent.push({ to, code: /\b(\d{6})\b/.exec(text)?.[1] ?? '' });
        return true;
      },
    };
    const setup = emailSetup({ ...deps, outbox, noticeSettings: HOUSE_NOTICES });
    const begun = async (typed: string) => pendingOf(await setup.begin(step, [typed]));
    return { ...deps, setup, begun, sent, outbox };
  }

  test('counts once the code that went to it was typed, and not before', async () => {
    const { setup, begun, sent, store } = await addresses();
    const pending = await begun(' ada@example.net ');
    expect(sent.map(({ to }) => to)).toEqual([['ada@example.net']]);
    expect(await store.list(account)).toEqual([]);
    expect(await setup.confirm(step, pending, [sent[0]?.code ?? ''])).toEqual({
      kind: 'done',
      id: expect.any(String),
      shown: [],
    });
    expect(await store.list(account)).toMatchObject([{ kind: 'email-code', address: 'ada@example.net' }]);
  });

  test('takes a code in its own session, for its own account and address alone', async () => {
    const { setup, begun, sent, store } = await addresses();
    const pending = await begun('ada@example.net');
    const code = [sent[0]?.code ?? ''];
    expect(await setup.confirm({ ...step, sessionHash: 'session-2' }, pending, code)).toEqual(refused('wrong'));
    const eve = { ...account, anchor: parseAccountAnchor('eve') };
    expect(await setup.confirm({ ...step, account: eve }, pending, code)).toEqual(refused('wrong'));
    const moved = { ...pending, data: pending.data.replace('ada@', 'eve@') };
    expect(await setup.confirm(step, moved, code)).toEqual(refused('wrong'));
    expect(await store.list(account)).toEqual([]);
  });

  test('takes no code that is too late, nor after too many tries', async () => {
    const { setup, begun, sent, clock } = await addresses();
    const pending = await begun('ada@example.net');
    const code = [sent[0]?.code ?? ''];
    expect(await setup.confirm(step, { ...pending, triesLeft: 0 }, code)).toEqual(refused('expired'));
    await clock.advance(5 * 60_000);
    expect(await setup.confirm(step, pending, code)).toEqual(refused('expired'));
  });

  test('is refused, and nothing sent to it, where only the password itself opens it', async () => {
    const { setup, sent } = await addresses();
    expect(await setup.begin(step, [' Ada@EXAMPLE.com '])).toMatchObject(refused('not-private'));
    expect(sent).toEqual([]);
    expect(await setup.begin({ ...step, workAddresses: [] }, ['ada@example.com'])).toMatchObject({ kind: 'pending' });
  });

  test('is refused when it is none, there already, one too many, or cannot be written to now', async () => {
    const { setup, begun, sent, outbox } = await addresses();
    expect(await setup.begin(step, [''])).toMatchObject(refused('missing'));
    expect(await setup.begin(step, ['a@b.example, c@d.example'])).toMatchObject(refused('malformed'));
    for (let index = 0; index < 5; index += 1) {
      const pending = await begun(`ada${index}@example.net`);
      await setup.confirm(step, pending, [sent.at(-1)?.code ?? '']);
    }
    expect(await setup.begin(step, ['ADA1@example.net'])).toMatchObject(refused('there-already'));
    expect(await setup.begin(step, ['more@example.net'])).toMatchObject(refused('too-many'));
    outbox.isFull = true;
    const eve = { ...step, account: { ...account, anchor: parseAccountAnchor('eve') } };
    expect(await setup.begin(eve, ['eve@example.net'])).toMatchObject(refused('not-now'));
  });
});

describe('an authenticator app', () => {
  async function apps() {
    const deps = { ...(await bench()), box: createDataBox(new Uint8Array(32).fill(1), 'authenticators') };
    const setup = authenticatorSetup(deps);
    const pending = pendingOf(await setup.begin(step, []));
    const totp = URI.parse(pending.prompt);
    if (!(totp instanceof TOTP)) throw new Error('not a TOTP address');
    const codeAt = (offsetS: number) => totp.generate({ timestamp: deps.clock.nowMs() + offsetS * 1000 });
    return { ...deps, setup, pending, codeAt };
  }

  test('counts once a code of it was typed, and that code is good for nothing else', async () => {
    const { store, setup, pending, codeAt, ...deps } = await apps();
    expect(await setup.confirm(step, pending, ['000'])).toEqual(refused('malformed'));
    expect(await store.list(account)).toEqual([]);
    expect(await setup.confirm(step, pending, [codeAt(0)])).toEqual({
      kind: 'done',
      id: expect.any(String),
      shown: [],
    });
    const proof = authenticatorCode({ store, ...deps });
    const [registered] = await proof.registered({ ...account, countedAddresses: [], countedPhones: [] });
    if (registered === undefined) throw new Error('nothing is registered');
    const proofStep = { ...step, gate: 1 };
    expect(await proof.verify(proofStep, registered, undefined, codeAt(0))).toBe('already-used');
    expect(await proof.verify(proofStep, registered, undefined, codeAt(30))).toBe('right');
  });

  test('is not set up by a code of another time, too late, or after too many tries', async () => {
    const { setup, pending, codeAt, clock } = await apps();
    expect(await setup.confirm(step, pending, [codeAt(-90)])).toEqual(refused('wrong'));
    expect(await setup.confirm(step, { ...pending, triesLeft: 0 }, [codeAt(0)])).toEqual(refused('expired'));
    await clock.advance(15 * 60_000);
    expect(await setup.confirm(step, pending, [codeAt(0)])).toEqual(refused('expired'));
  });
});

test('recovery codes are made in one step, and shown', async () => {
  const deps = await bench();
  const made = await recoveryCodesSetup(deps).begin(step, []);
  if (made.kind !== 'done') throw new Error('not done');
  expect(made.shown).toHaveLength(10);
  expect(await deps.store.recoveryCodesLeft(account)).toBe(10);
});
