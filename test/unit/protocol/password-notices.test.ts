// What is told and not refused.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noticesOf } from '../../../src/protocol/password-notices.js';
import { admitPassword } from '../../../src/protocol/password-text.js';

test.each([
  ['Correct horse 7', []],
  ['Grüße-7-Aa', ['not-on-every-keyboard']],
  [' seven otters', ['blank-at-the-edge']],
  ['seven otters ', ['blank-at-the-edge']],
  ['seven\u00A0otters', ['not-on-every-keyboard', 'unusual-blank']],
  ['七\u3000otters', ['not-on-every-keyboard', 'unusual-blank']],
  ['seven otters\u00A0', ['not-on-every-keyboard', 'blank-at-the-edge', 'unusual-blank']],
  ['', []],
])('%j: %j', (password, notices) => {
  expect(noticesOf(password)).toEqual(notices);
});

test('a password with a notice is still a password', () => {
  expect(admitPassword(' seven\u00A0otters ').kind).toBe('admitted');
});

test('whatever is told about a password, plain ASCII without blanks at its edges is told nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/), (text) => {
      expect(noticesOf(text)).toEqual([]);
    }),
  );
});
