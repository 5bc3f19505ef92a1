// Signatures that any library for Standard Webhooks verifies: the specification's own example, and what makes a difference.

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { webhookHeaders, webhookKeyOf } from '../../../../src/front-door/tickets/sign-webhook.js';

/** The vector that the reference libraries of the specification are tested with. */
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  message: { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampS: 1_614_265_330, body: '{"test": 2432232314}' },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const vectorKey = webhookKeyOf(VECTOR.secret) ?? new Uint8Array();

describe('a signature', () => {
  test('is that of the specification’s vector', () => {
    expect(webhookHeaders(VECTOR.message, vectorKey)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': VECTOR.signature,
    });
  });

  test.each([
    ['id', { id: 'msg_p5jXN8AQM9LWM0D4loKWxJel' }],
    ['time', { timestampS: 1_614_265_331 }],
    ['body', { body: '{"test": 2432232315}' }],
  ])('is another with another %s', (_, changes) => {
    const headers = webhookHeaders({ ...VECTOR.message, ...changes }, vectorKey);
    expect(headers['webhook-signature']).not.toBe(VECTOR.signature);
  });

  test('covers the body as UTF-8, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (body) => {
        const signed = Buffer.concat([Buffer.from('m.5.'), Buffer.from(body)]);
        const expected = `v1,${createHmac('sha256', vectorKey).update(signed).digest('base64')}`;
        expect(webhookHeaders({ id: 'm', timestampS: 5, body }, vectorKey)['webhook-signature']).toBe(expected);
      }),
    );
  });
});

describe('a secret', () => {
  const of = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

  test.each([24, 32, 64])('of %i bytes is taken', (bytes) => {
    expect(webhookKeyOf(of(bytes))).toEqual(new Uint8Array(bytes).fill(7));
  });

  test.each([of(23), of(65), of(32).slice(6), 'whsec_', 'whsec_****', `${of(32)} `, 'correct horse battery staple'])(
    'that is %s is none',
    (text) => {
      expect(webhookKeyOf(text)).toBeUndefined();
    },
  );
});
