// Codes by e-mail and by app: what each is good for, and what it is not; and how secrets are kept.

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { TOTP, URI } from 'otpauth';
import { describe, expect, test } from 'vitest';
import {
  authenticatorCode,
  registerAuthenticator,
} from '../../../../src/front-door/methods/authenticator-code/authenticator-code.js';
import { createDataBox } from '../../../../src/front-door/methods/data-box.js';
import { emailCode } from '../../../../src/front-door/methods/email-code/email-code.js';
import type { KeptMethod } from '../../../../src/front-door/methods/method-store.js';
import { type ProofStep, typedCode } from '../../../../src/front-door/methods/proof-method.js';
import {
  makeRecoveryCodes,
  RECOVERY_CODES_MADE,
  recoveryCode,
  typedRecoveryCode,
} from '../../../../src/front-door/methods/recovery-code/recovery-code.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { HOUSE_NOTICES } from '../../../support/front-door-builders.js';

const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor('ada') };
const step: ProofStep = {
  sessionHash: 'session-1',
  account,
  gate: 1,
  supportId: 'support',
  organisationName: 'Example',
  language: 'en',
};

const keptAddress = (address: string): KeptMethod => ({
  id: address,
  kind: 'email-code',
  name: '',
  address,
  data: new Uint8Array(),
  counter: 0,
  setUpAtMs: 0,
  usedAtMs: undefined,
});

async function mailMethod(random: (count: number) => Uint8Array = randomBytes) {
  const clock = new FakeClock();
  const sent: string[] = [];
  const method = emailCode({
    store: { list: async () => ['Second@example.org', 'ada@example.net'].map(keptAddress) },
    outbox: {
      put: async ({ text }) => {
        sent.push(/\b(\d{6})\b/.exec(text)?.[1] ?? '');
        return true;
      },
    },
    clock,
    random,
    digestKey: new Uint8Array(32).fill(3),
    noticeSettings: HOUSE_NOTICES,
  });
  const registered = { id: 'email-0', kind: 'email-code', address: 'ada@example.net' } as const;
  return { method, registered, sent, clock };
}

describe('a code by e-mail', () => {
  test('is right for its session, account, gate and address only', async () => {
    const { method, registered, sent } = await mailMethod();
    const open = await method.start(step, registered);
    const code = sent[0] ?? '';
    expect(await method.verify(step, registered, open, code)).toBe('right');
    expect(await method.verify({ ...step, sessionHash: 'session-2' }, registered, open, code)).toBe('wrong');
    expect(await method.verify({ ...step, gate: 2 }, registered, open, code)).toBe('wrong');
    const other = { ...account, anchor: parseAccountAnchor('bob') };
    expect(await method.verify({ ...step, account: other }, registered, open, code)).toBe('wrong');
    expect(await method.verify(step, { ...registered, address: 'eve@example.net' }, open, code)).toBe('wrong');
    expect(await method.verify(step, registered, undefined, code)).toBe('expired');
    expect(await method.verify(step, registered, open && { ...open, triesLeft: 0 }, code)).toBe('expired');
  });

  test('keeps its leading noughts, and draws again rather than prefer small numbers', async () => {
    const draws = [new Uint8Array([255, 255, 255, 255]), new Uint8Array([0, 0, 0, 7])];
    const { method, registered, sent } = await mailMethod(() => draws.shift() ?? new Uint8Array(4));
    await method.start(step, registered);
    expect(sent).toEqual(['000007']);
  });

  test('goes to addresses only, each once, and to no text that is more than one', async () => {
    const { method } = await mailMethod();
    const hostile = [
      'a@b.example, c@d.example',
      'x\r\nBcc: y@z.example',
      '<a@b.example>',
      'no-address',
      'a@b',
      ' ADA@example.net ',
    ];
    const registered = await method.registered({ ...account, countedAddresses: hostile, countedPhones: [] });
    expect(registered.map(({ address }) => address)).toEqual(['ada@example.net', 'Second@example.org']);
  });
});

describe('an authenticator app', () => {
  async function app() {
    const clock = new FakeClock();
    const store = await openSqliteStore({ path: ':memory:', clock });
    const box = createDataBox(new Uint8Array(32).fill(1), 'authenticator');
    const deps = { store: store.methods, box, clock };
    const request = { account, organisationName: 'Example & Söhne', userId: 'ada@example.com' };
    const uri = await registerAuthenticator(
      { ...deps, random: randomBytes, randomUuid: () => crypto.randomUUID() },
      request,
    );
    const totp = URI.parse(uri ?? '');
    if (!(totp instanceof TOTP)) throw new Error('not a TOTP address');
    const method = authenticatorCode(deps);
    const [registered] = await method.registered({ ...account, countedAddresses: [], countedPhones: [] });
    if (registered === undefined) throw new Error('nothing is registered');
    const open = await method.start(step, registered);
    const codeAt = (offsetS: number) => totp.generate({ timestamp: clock.nowMs() + offsetS * 1000 });
    return { clock, store, totp, codeAt, verify: (code: string) => method.verify(step, registered, open, code) };
  }

  test('is set up by an address every app reads', async () => {
    const { totp } = await app();
    expect([totp.algorithm, totp.digits, totp.period, totp.secret.bytes.length]).toEqual(['SHA1', 6, 30, 20]);
    expect([totp.issuer, totp.label]).toEqual(['Example & Söhne', 'ada@example.com']);
  });

  test('may be half a minute slow or fast, and no more', async () => {
    for (const [offsetS, verdict] of [
      [-30, 'right'],
      [30, 'right'],
      [-90, 'wrong'],
      [90, 'wrong'],
    ] as const) {
      const { codeAt, verify } = await app();
      expect(await verify(codeAt(offsetS))).toBe(verdict);
    }
  });

  test('no code works twice, nor an earlier one after a later', async () => {
    const { codeAt, verify } = await app();
    expect(await verify(codeAt(0))).toBe('right');
    expect(await verify(codeAt(0))).toBe('already-used');
    expect(await verify(codeAt(-30))).toBe('already-used');
    expect(await verify(codeAt(30))).toBe('right');
  });

  test('its secret is not in the store in clear', async () => {
    const { store, totp } = await app();
    const [kept] = await store.methods.list(account);
    expect(Buffer.from(kept?.data ?? []).includes(Buffer.from(totp.secret.bytes))).toBe(false);
  });
});

describe('a data box', () => {
  const box = createDataBox(new Uint8Array(32).fill(1), 'a');
  const plain = new TextEncoder().encode('text');

  test('opens for its owner, purpose and key only', () => {
    const sealed = box.seal('ada', plain);
    expect(new TextDecoder().decode(box.open('ada', sealed))).toBe('text');
    const failed = expect.objectContaining({ code: 'data-box-not-opened' });
    expect(() => box.open('bob', sealed)).toThrow(failed);
    expect(() => createDataBox(new Uint8Array(32).fill(1), 'b').open('ada', sealed)).toThrow(failed);
    expect(() => createDataBox(new Uint8Array(32).fill(2), 'a').open('ada', sealed)).toThrow(failed);
    expect(() => box.open('ada', sealed.subarray(1))).toThrow(failed);
    expect(() => box.open('ada', new Uint8Array(3))).toThrow(failed);
  });
});

test.each([
  ['042815', '042815'],
  [' 042 815 ', '042815'],
  ['042-815', '042815'],
  ['０４２８１５', '042815'],
  ['42815', undefined],
  ['0428155', undefined],
  ['04281a', undefined],
])('"%s" is read as the code %s', (typed, expected) => expect(typedCode([typed])).toBe(expected));

describe('recovery codes', () => {
  async function codes() {
    const clock = new FakeClock();
    const store = await openSqliteStore({ path: ':memory:', clock });
    const deps = { store: store.methods, clock, digestKey: new Uint8Array(32).fill(3) };
    const method = recoveryCode(deps);
    const made = await makeRecoveryCodes({ ...deps, random: randomBytes }, account);
    const [registered] = await method.registered({ ...account, countedAddresses: [], countedPhones: [] });
    if (registered === undefined) throw new Error('nothing is registered');
    const open = await method.start(step, registered);
    const verify = (typed: string, by: ProofStep = step) =>
      method.verify(by, registered, open, method.typed([typed]) ?? 'no code');
    return { store, deps, method, made, verify };
  }

  test('are ten, of eighty bits each, and none of them stands in the store', async () => {
    const { made, store } = await codes();
    expect(made).toHaveLength(RECOVERY_CODES_MADE);
    for (const code of made) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(made).size).toBe(made.length);
    expect(await store.methods.recoveryCodesLeft(account)).toBe(made.length);
  });

  test('are good once each, in any order, however they are spelt', async () => {
    const { made, verify } = await codes();
    const [first = '', second = ''] = made;
    expect(await verify(second.toLowerCase().replaceAll('-', ' '))).toBe('right');
    expect(await verify(second)).toBe('already-used');
    expect(await verify(first.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe('right');
    expect(await verify('0000-0000-0000-0000')).toBe('wrong');
  });

  test('are good for their own account alone', async () => {
    const { made, verify } = await codes();
    const others = { ...step, account: { ...account, anchor: parseAccountAnchor('eve') } };
    expect(await verify(made[0] ?? '', others)).toBe('wrong');
    expect(await verify(made[0] ?? '')).toBe('right');
  });

  test('that are made anew leave none of the old ones good, and the last one used leaves no way', async () => {
    const { deps, method, made, verify } = await codes();
    const anew = await makeRecoveryCodes({ ...deps, random: randomBytes }, account);
    expect(await verify(made[0] ?? '')).toBe('wrong');
    for (const code of anew) expect(await verify(code)).toBe('right');
    expect(await method.registered({ ...account, countedAddresses: [], countedPhones: [] })).toEqual([]);
  });

  test.each(['', '042815', '7KQ2-M9XD-4TVB', '7KQ2-M9XD-4TVB-HW8U', '7KQ2-M9XD-4TVB-HW83-7KQ2', '🙂'.repeat(8)])(
    'what cannot be one is not looked up: %j',
    (typed) => {
      expect(typedRecoveryCode(typed)).toBeUndefined();
    },
  );

  test('whatever is drawn is typed back as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/), fc.nat(14), (code, at) => {
        const spelt = `${code.slice(0, at)} - ${code.slice(at)}`.toLowerCase();
        expect(typedRecoveryCode(spelt)).toBe(code);
      }),
    );
  });
});
