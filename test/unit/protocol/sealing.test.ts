// Sealing by property, the browser's way and Node's: opens to the byte for what it was made for, and for nothing else. What is
// beneath is proven in test/vectors/hpke.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64url.js';
import { makeHpkeKeyPair } from '../../../src/protocol/hpke.js';
import { parseAccountAnchor, parseKeyId, parseResetId, parseTenantId } from '../../../src/protocol/identifiers.js';
import {
  PLAINTEXT_BYTES,
  type SealedPassword,
  type SealingContext,
  UnsealingFailed,
} from '../../../src/protocol/sealed-password.js';
import * as browser from '../../../src/protocol/sealing.js';
import { keyIdOf } from '../../../src/protocol/sealing.js';
import * as node from '../../../src/protocol/sealing-in-node.js';
import { openSealedPassword } from '../../../src/protocol/unsealing.js';
import { anyCharacter } from '../../support/any-text.js';

const CONTEXT: SealingContext = {
  tenantId: parseTenantId('example'),
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  anchor: parseAccountAnchor('5f2b7c1e-0000-4000-8000-00000000ada0'),
  operation: 'reset',
  flags: { unlock: true, mustChange: false },
  notAfterMs: Date.UTC(2026, 0, 15, 12),
};
const PASSWORD = 'Grüße-aus-Zürich-🚲-ñ';

const ours = await makeKey();
const theirs = await makeKey();
async function makeKey() {
  const pair = makeHpkeKeyPair();
  const { publicKey } = pair;
  return { pair, recipient: { keyId: await keyIdOf(publicKey), publicKey } };
}

describe.each([
  ['in a browser', browser],
  ['in Node', node],
])('a password sealed %s', async (_, { sealPassword, sealForAll }) => {
  const sealed = await sealPassword({ password: PASSWORD, recipient: ours.recipient, context: CONTEXT });

  async function open(changes: Partial<Parameters<typeof openSealedPassword>[0]> = {}): Promise<string> {
    const bytes = openSealedPassword({ sealed, keyPair: ours.pair, context: CONTEXT, ...changes });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  }

  it('opens to the same bytes, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 127 }), async (password) => {
        const one = await sealPassword({ password, recipient: ours.recipient, context: CONTEXT });
        expect(await open({ sealed: one })).toBe(password);
      }),
      { numRuns: 40 },
    );
  });

  it('has one size, whatever the length of the password', async () => {
    for (const password of ['a', 'x'.repeat(127), '🚲'.repeat(63)]) {
      const one = await sealPassword({ password, recipient: ours.recipient, context: CONTEXT });
      expect(fromBase64Url(one.ciphertext)).toHaveLength(PLAINTEXT_BYTES + 16);
      expect(fromBase64Url(one.enc)).toHaveLength(65);
    }
  });

  it('is another one every time', async () => {
    const again = await sealPassword({ password: PASSWORD, recipient: ours.recipient, context: CONTEXT });
    expect(again.enc).not.toBe(sealed.enc);
    expect(again.ciphertext).not.toBe(sealed.ciphertext);
  });

  it('is refused when it has no byte or more than can be sealed', async () => {
    for (const password of ['🚲'.repeat(256), 'x'.repeat(PLAINTEXT_BYTES - 1)]) {
      await expect(sealPassword({ password, recipient: ours.recipient, context: CONTEXT })).rejects.toThrow(
        UnsealingFailed,
      );
    }
    const empty = await sealPassword({ password: '', recipient: ours.recipient, context: CONTEXT });
    await expect(open({ sealed: empty })).rejects.toThrow(UnsealingFailed);
  });

  it.each<[keyof SealingContext | string, Partial<SealingContext>]>([
    ['tenant', { tenantId: parseTenantId('other-example') }],
    ['reset id', { resetId: parseResetId('00000000-0000-4000-8000-000000000002') }],
    ['account', { anchor: parseAccountAnchor('5f2b7c1e-0000-4000-8000-00000000b0b0') }],
    ['operation', { operation: 'unlock' }],
    ['unlock flag', { flags: { unlock: false, mustChange: false } }],
    ['must-change flag', { flags: { unlock: true, mustChange: true } }],
    ['both flags swapped', { flags: { unlock: false, mustChange: true } }],
    ['instant', { notAfterMs: CONTEXT.notAfterMs + 1 }],
  ])('does not open for another %s', async (_, change) => {
    await expect(open({ context: { ...CONTEXT, ...change } })).rejects.toThrow(UnsealingFailed);
  });

  it('does not open with another key, nor under another key id', async () => {
    await expect(open({ keyPair: theirs.pair })).rejects.toThrow(UnsealingFailed);
    const renamed = { ...sealed, keyId: parseKeyId('AAAAAAAAAAAAAAAAAAAAAA') };
    await expect(open({ sealed: renamed })).rejects.toThrow(UnsealingFailed);
  });

  it('does not open when any bit of it was changed, or a byte was cut off or added', async () => {
    const part = fc.constantFrom('enc' as const, 'ciphertext' as const);
    await fc.assert(
      fc.asyncProperty(part, fc.nat(), fc.integer({ min: 0, max: 7 }), async (name, seed, bit) => {
        const bytes = fromBase64Url(sealed[name]);
        const at = seed % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        await expect(open({ sealed: { ...sealed, [name]: toBase64Url(bytes) } })).rejects.toThrow(UnsealingFailed);
      }),
      { numRuns: 60 },
    );
    for (const change of [cut, lengthen]) {
      for (const name of ['enc', 'ciphertext'] as const) {
        const touched: SealedPassword = { ...sealed, [name]: change(sealed[name]) };
        await expect(open({ sealed: touched })).rejects.toThrow(UnsealingFailed);
      }
    }
  });

  it('for several agents opens for each of them, and for none with the other one', async () => {
    const recipients = [ours.recipient, theirs.recipient];
    const [first, second] = await sealForAll({ password: PASSWORD, recipients, context: CONTEXT });
    if (first === undefined || second === undefined) throw new Error('one sealed password per recipient');
    expect(await open({ sealed: first })).toBe(PASSWORD);
    expect(await open({ sealed: second, keyPair: theirs.pair })).toBe(PASSWORD);
    await expect(open({ sealed: second })).rejects.toThrow(UnsealingFailed);
  });

  it('does not open when its text is another spelling of the same bytes', async () => {
    // 65 and 1040 bytes leave bits over in their last character, which only one spelling leaves at zero.
    for (const name of ['enc', 'ciphertext'] as const) {
      const text = sealed[name];
      const last = BASE64URL.indexOf(text.at(-1) ?? '');
      const respelt = `${text.slice(0, -1)}${BASE64URL[last + 1] ?? ''}`;
      expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(text, 'base64url'));
      await expect(open({ sealed: { ...sealed, [name]: respelt } })).rejects.toThrow(UnsealingFailed);
    }
  });

  it('opens twice: that it opens says nothing of replay, which is the ledger’s to stop', async () => {
    expect([await open(), await open()]).toEqual([PASSWORD, PASSWORD]);
  });
});

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function cut(text: string): string {
  return toBase64Url(fromBase64Url(text).slice(0, -1));
}

function lengthen(text: string): string {
  return toBase64Url(Uint8Array.from([...fromBase64Url(text), 0]));
}
