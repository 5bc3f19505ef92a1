// The front door's signing key: made, read back, and nothing else taken for one.

import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { generateFrontDoorKey, readFrontDoorKey } from '../../../../src/front-door/enrolment/front-door-key.js';
import { Secret } from '../../../../src/secret/secret.js';

test('a key that was made reads back as itself', () => {
  const pem = generateFrontDoorKey();
  expect(readFrontDoorKey(pem).publicKey).toEqual(readFrontDoorKey(pem).publicKey);
  expect(readFrontDoorKey(pem).publicKey.length).toBe(32);
  expect(readFrontDoorKey(pem).publicKey).not.toEqual(readFrontDoorKey(generateFrontDoorKey()).publicKey);
});

test('another kind of key, and no key, are refused without being quoted', () => {
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  expect(() => readFrontDoorKey(Secret.fromText(p256.toString()))).toThrow(/no Ed25519 key/);
  expect(() => readFrontDoorKey(Secret.fromText('canary-4711'))).toThrow(/^((?!canary).)*$/);
});
