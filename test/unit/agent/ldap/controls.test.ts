// Controls by the bytes that go over the wire.

import { BerWriter, type Control } from 'ldapts';
import { expect, test } from 'vitest';
import {
  daclOnlyControl,
  POLICY_HINTS_OIDS,
  pageControl,
  policyHintsControl,
} from '../../../../src/agent/ldap/controls.js';

/** Type, criticality and value as they go over the wire (RFC 4511 §4.1.11). */
function wire(control: Control): { readonly hex: string; readonly text: string } {
  const writer = new BerWriter();
  control.write(writer);
  return { hex: writer.buffer.toString('hex'), text: writer.buffer.toString('latin1') };
}

const CRITICAL = '0101ff';

test.each(POLICY_HINTS_OIDS)(
  'policy hints %s are critical, because they may be ignored in silence otherwise',
  (oid) => {
    const { hex, text } = wire(policyHintsControl(oid));

    expect(text).toContain(oid);
    expect(hex.endsWith(`${CRITICAL}04053003020101`)).toBe(true);
  },
);

test('the DACL alone is asked for', () => {
  const { hex, text } = wire(daclOnlyControl());

  expect(text).toContain('1.2.840.113556.1.4.801');
  expect(hex.endsWith(`${CRITICAL}04053003020104`)).toBe(true);
});

test.each([
  [undefined, '3006020201f40400'],
  [Buffer.from([0xff, 0x00]), '3008020201f40402ff00'],
])('a page is asked for with the cookie %j', (cookie, value) => {
  const { hex, text } = wire(pageControl({ size: 500, cookie }));

  expect(text).toContain('1.2.840.113556.1.4.319');
  expect(hex.replace(/^.*0101ff04../, '')).toBe(value);
});
