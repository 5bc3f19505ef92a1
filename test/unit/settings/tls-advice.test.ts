// What is said when no verified TLS connection came about: the setting to mend, the code, and nothing that misleads.

import { expect, test } from 'vitest';
import { describeFailure } from '../../../src/failure/failure.js';
import { tlsRefusal } from '../../../src/settings/tls-advice.js';

const settings = { caSetting: 'frontDoor.caFile', nameSetting: undefined };
const nodeError = (code: string) => Object.assign(new Error('try running Node.js with --use-system-ca'), { code });

test('names the setting that puts an untrusted authority right, and not the switches of the runtime', () => {
  const refused = tlsRefusal(nodeError('SELF_SIGNED_CERT_IN_CHAIN'), settings);
  expect(refused?.advice).toContain('frontDoor.caFile');
  expect(describeFailure(refused)).toBe('SELF_SIGNED_CERT_IN_CHAIN');
});

test('tells another name from another authority', () => {
  const refused = tlsRefusal(nodeError('ERR_TLS_CERT_ALTNAME_INVALID'), { ...settings, nameSetting: 'serverName' });
  expect(refused?.advice).toMatch(/another name.*serverName/);
});

test('is silent on what is no trouble with TLS', () => {
  expect(tlsRefusal(nodeError('ECONNREFUSED'), settings)).toBeUndefined();
  expect(tlsRefusal('not an error', settings)).toBeUndefined();
});
