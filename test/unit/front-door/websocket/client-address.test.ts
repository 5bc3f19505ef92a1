// Whom an agent's connection is counted for: behind proxies, with IPv6, and with a header that somebody made up.

import { describe, expect, test } from 'vitest';
import { AGENT_ENDPOINT_LIMITS } from '../../../../src/front-door/websocket/agent-endpoint.js';
import { clientKeys } from '../../../../src/front-door/websocket/client-address.js';

const keyOf = clientKeys(['10.0.0.0/8', '2001:db8:ffff::1']);
const from = (remoteAddress: string, forwardedFor?: string) => ({
  socket: { remoteAddress },
  headers: { 'x-forwarded-for': forwardedFor },
});

describe('whom a connection is counted for', () => {
  test('is its own address when no proxy is trusted there, whatever it says', () => {
    expect(keyOf(from('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
    expect(clientKeys([])(from('10.0.0.1', '198.51.100.1'))).toBe('10.0.0.1');
  });

  test('is whom the trusted proxies saw: two agents behind one proxy are two', () => {
    expect(keyOf(from('10.0.0.1', '198.51.100.1'))).toBe('198.51.100.1');
    expect(keyOf(from('::ffff:10.0.0.1', '198.51.100.2, 10.9.9.9'))).toBe('198.51.100.2');
    expect(keyOf(from('2001:db8:ffff::1', '198.51.100.3'))).toBe('198.51.100.3');
  });

  test('is never what stands left of the nearest untrusted address', () => {
    expect(keyOf(from('10.0.0.1', '192.0.2.66, 198.51.100.1'))).toBe('198.51.100.1');
  });

  test.each([undefined, '', 'unknown', '198.51.100.1, _hidden'])('is the proxy itself when it says %s', (told) => {
    expect(keyOf(from('10.0.0.1', told))).toBe('10.0.0.1');
  });

  test('is one for a whole /64 of IPv6, which one subscriber has', () => {
    expect(keyOf(from('2001:db8:1:2::1'))).toBe(keyOf(from('2001:db8:1:2:ffff::9')));
    expect(keyOf(from('2001:db8:1:2::1'))).not.toBe(keyOf(from('2001:db8:1:3::1')));
  });

  test('never fills all places for those who have not proven anything', () => {
    const { unprovenMax, unprovenPerAddressMax } = AGENT_ENDPOINT_LIMITS;
    expect(unprovenPerAddressMax * 8).toBeLessThanOrEqual(unprovenMax);
  });
});
