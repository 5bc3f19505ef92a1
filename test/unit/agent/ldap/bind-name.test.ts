// Which names the agent binds with, and that no SASL mechanism is among them.

import { expect, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../../src/agent/directory/ports.js';
import { bindNameForm } from '../../../../src/agent/ldap/bind-name.js';

test.each([
  ['svc@corp.example.com', 'user-principal-name'],
  ['CORP\\svc-drawbridge', 'domain-and-name'],
  ['CORP\\Service Account', 'domain-and-name'],
  ['CN=svc,OU=Service Accounts,DC=corp,DC=example,DC=com', 'distinguished-name'],
  ['CN=svc\\,x@y,DC=corp', 'distinguished-name'],
])('takes %s as %s', (name, form) => {
  expect(bindNameForm(name)).toBe(form);
});

test.each([
  'EXTERNAL',
  'PLAIN',
  'DIGEST-MD5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'GSSAPI',
  '',
  ' ',
  'svc',
  '@',
  'svc@',
  '\\svc',
  'a\nb@c',
  'CN',
  'x=\\',
])('refuses %j', (name) => {
  expect(() => bindNameForm(name)).toThrow(DirectoryMisconfigured);
});
