// Identifiers at the border: what is taken, what is refused, and that a refusal repeats nothing.

import { describe, expect, it } from 'vitest';
import {
  MalformedIdentifier,
  parseAccountAnchor,
  parseAgentId,
  parseKeyId,
  parseResetId,
  parseTenantId,
} from '../../../src/protocol/identifiers.js';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const parsers = { parseTenantId, parseAgentId, parseResetId, parseAccountAnchor, parseKeyId };

describe('identifiers', () => {
  it.each([
    ['parseTenantId', 'example'],
    ['parseTenantId', '2nd-example'],
    ['parseAgentId', UUID],
    ['parseResetId', UUID],
    ['parseAccountAnchor', UUID],
    ['parseAccountAnchor', 'S-1-5-21-1:2_3.4'],
    ['parseKeyId', 'AAAAAAAAAAAAAAAAAAAAA_'],
  ] as const)('%s takes %j as it is', (name, text) => {
    expect(parsers[name](text)).toBe(text);
  });

  it.each([
    ['parseTenantId', 'Example'],
    ['parseTenantId', '-example'],
    ['parseTenantId', 'x'],
    ['parseTenantId', 'x'.repeat(64)],
    ['parseTenantId', 'example\n'],
    ['parseAgentId', UUID.toUpperCase()],
    ['parseResetId', ''],
    ['parseResetId', `{${UUID}}`],
    ['parseResetId', `${UUID}\n`],
    ['parseAccountAnchor', '../etc/passwd'],
    ['parseAccountAnchor', 'a b'],
    ['parseAccountAnchor', 'a*'],
    ['parseAccountAnchor', 'x'.repeat(129)],
    ['parseKeyId', 'AAAAAAAAAAAAAAAAAAAAA='],
    ['parseKeyId', 'AAAAAAAAAAAAAAAAAAAAA'],
  ] as const)('%s refuses %j', (name, text) => {
    expect(() => parsers[name](text)).toThrow(MalformedIdentifier);
  });

  it('are refused without repeating what was sent', () => {
    expect(() => parseResetId('a-password-pasted-here')).not.toThrow(/a-password-pasted-here/);
  });
});
