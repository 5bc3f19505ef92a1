// What an agent says of a refused password: whoever sealed it reads it, in the browser's way and in Node's, and nobody else does.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64url.js';
import { makeHpkeKeyPair } from '../../../src/protocol/hpke.js';
import { parseAccountAnchor, parseResetId, parseTenantId } from '../../../src/protocol/identifiers.js';
import { openExplanation } from '../../../src/protocol/opening-explanations.js';
import { resetOutcomeSchema } from '../../../src/protocol/outcomes.js';
import {
  EXPLANATION_BYTES,
  EXPLANATION_NONCE_BYTES,
  type PasswordExplanation,
  readExplanation,
} from '../../../src/protocol/sealed-explanation.js';
import type { SealingContext } from '../../../src/protocol/sealed-password.js';
import * as browser from '../../../src/protocol/sealing.js';
import { keyIdOf } from '../../../src/protocol/sealing.js';
import * as node from '../../../src/protocol/sealing-in-node.js';
import { openSealedPasswords } from '../../../src/protocol/unsealing.js';

const CONTEXT: SealingContext = {
  tenantId: parseTenantId('example'),
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  anchor: parseAccountAnchor('5f2b7c1e-0000-4000-8000-00000000ada0'),
  operation: 'reset',
  flags: { unlock: false, mustChange: false },
  notAfterMs: Date.UTC(2026, 0, 15, 12),
};
const COMMON: PasswordExplanation = { kind: 'common', words: ['passwort', 'sommer', '2026'] };

async function makeKey() {
  const pair = makeHpkeKeyPair();
  return { pair, recipient: { keyId: await keyIdOf(pair.publicKey), publicKey: pair.publicKey } };
}

const ours = await makeKey();
const theirs = await makeKey();

describe.each([
  ['in a browser', browser],
  ['in Node', node],
])('an explanation of a password sealed %s', async (_, { sealForAllKeepingKeys }) => {
  const recipients = [ours.recipient, theirs.recipient];
  const [first, second] = await sealForAllKeepingKeys({ password: 'PasswortSommer2026', recipients, context: CONTEXT });
  if (first === undefined || second === undefined) throw new Error('one sealed password per recipient');
  const opened = openSealedPasswords({ sealed: first.sealed, keyPair: ours.pair, context: CONTEXT });
  const explain = (explanation: PasswordExplanation) => {
    const sealed = opened.explain(explanation);
    if (sealed === undefined) throw new Error('it fits');
    return sealed;
  };

  it('opens with the key that was kept for that recipient', async () => {
    const sealed = explain(COMMON);
    expect(sealed.keyId).toBe(ours.recipient.keyId);
    expect(await openExplanation(sealed, first.explanationKey)).toEqual(COMMON);
  });

  it('opens with no other recipient’s key, and with none of another password', async () => {
    const [other] = await sealForAllKeepingKeys({ password: 'PasswortSommer2026', recipients, context: CONTEXT });
    const sealed = explain(COMMON);
    expect(await openExplanation(sealed, second.explanationKey)).toBeUndefined();
    expect(await openExplanation(sealed, other?.explanationKey ?? new Uint8Array(32))).toBeUndefined();
  });

  it('opens no more once a single bit of it is another', async () => {
    const { ciphertext } = explain(COMMON);
    const bytes = fromBase64Url(ciphertext);
    for (const at of [0, EXPLANATION_NONCE_BYTES, bytes.length - 1]) {
      const touched = toBase64Url(bytes.with(at, (bytes[at] ?? 0) ^ 1));
      expect(await openExplanation({ ciphertext: touched }, first.explanationKey)).toBeUndefined();
    }
  });

  it('has one size whatever it says, is another one each time, and is what an outcome takes', () => {
    const sealed = [COMMON, COMMON, { kind: 'short', words: [] } as const].map(explain);
    expect(new Set(sealed.map(({ ciphertext }) => ciphertext.length)).size).toBe(1);
    expect(new Set(sealed.map(({ ciphertext }) => ciphertext)).size).toBe(3);
    for (const explanation of sealed) {
      const outcome = { kind: 'refused-by-policy', rules: ['banned-word'], explanation };
      expect(resetOutcomeSchema.parse(outcome)).toEqual(outcome);
    }
  });

  it('is left out where it does not fit', () => {
    expect(opened.explain({ kind: 'name', words: ['Ŵ'.repeat(EXPLANATION_BYTES / 2)] })).toBeUndefined();
  });
});

describe('what was opened', () => {
  it('is nothing at all where no agent of this version would have said it', () => {
    const texts = ['{}', 'null', '[]', '', '{"kind":"common","words":[]}', '{"kind":"common","words":[1]}'];
    for (const text of [...texts, '{"kind":"password","words":["x"]}', '{"kind":"name","words":"x"}']) {
      expect(readExplanation(new TextEncoder().encode(text)), text).toBeUndefined();
    }
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void readExplanation(bytes)));
  });
});
