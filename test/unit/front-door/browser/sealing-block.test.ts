// The script's reading of its data block: what the page writes is read, anything else is an error.

import { expect, test } from 'vitest';
import { readSealingBlock } from '../../../../src/front-door/browser/sealing-block.js';
import { toBase64Url } from '../../../../src/protocol/base64url.js';

const publicKey = Uint8Array.from({ length: 65 }, (_, index) => index);
const block = {
  recipients: [{ keyId: 'A'.repeat(22), publicKey: toBase64Url(publicKey) }],
  context: {
    tenantId: 'example',
    resetId: '11111111-1111-4111-8111-111111111111',
    anchor: '22222222-2222-4222-8222-222222222222',
    operation: 'reset',
    flags: { unlock: true, mustChange: false },
    notAfterMs: 1_795_435_200_000,
  },
};

test('reads every recipient and the whole context', () => {
  const sealing = readSealingBlock(JSON.stringify(block));
  expect(sealing.recipients).toEqual([{ keyId: 'A'.repeat(22), publicKey }]);
  expect(sealing.context).toEqual(block.context);
});

test.each([
  ['no recipient', { ...block, recipients: [] }],
  ['an operation that is not a reset', { ...block, context: { ...block.context, operation: 'unlock' } }],
  ['a flag that is text', { ...block, context: { ...block.context, flags: { unlock: 'true', mustChange: false } } }],
  ['an instant that is text', { ...block, context: { ...block.context, notAfterMs: '1795435200000' } }],
  ['a tenant of another form', { ...block, context: { ...block.context, tenantId: '../x' } }],
  ['no context', { recipients: block.recipients }],
  ['a list', []],
  ['nothing', null],
])('refuses %s', (_, value) => {
  expect(() => readSealingBlock(JSON.stringify(value))).toThrow();
});
