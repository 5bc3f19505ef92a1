// The password that nobody learns: admitted by every rule, whatever the random bytes and whoever the account.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeThrowAwayPassword } from '../../../../src/agent/write-back/throw-away-password.js';
import { admitPasswordBytes } from '../../../../src/protocol/password-text.js';

const bytes = (count: number) => fc.uint8Array({ minLength: count, maxLength: count });

test('has upper case, lower case, a digit and a symbol, and no three letters or digits on end, whatever chance gives', () => {
  fc.assert(
    fc.property(bytes(36), (random) => {
      const password = new TextDecoder().decode(makeThrowAwayPassword(() => random));
      for (const category of [/[A-Z]/, /[a-z]/, /[0-9]/, /-/]) expect(password).toMatch(category);
      // Ada, Dee and 007 are names that Active Directory would find in plain hex digits.
      expect(password).not.toMatch(/[a-z0-9]{3}/i);
      expect(admitPasswordBytes(new TextEncoder().encode(password)).kind).toBe('admitted');
    }),
  );
});

test('differs wherever the random bytes do', () => {
  fc.assert(
    fc.property(bytes(36), bytes(36), (one, other) => {
      fc.pre(Buffer.compare(one, other) !== 0);
      const made = [one, other].map((random) => Buffer.from(makeThrowAwayPassword(() => random)).toString());
      expect(made[0]).not.toBe(made[1]);
    }),
  );
});

test('is made from random bytes that are not kept', () => {
  const random = Buffer.alloc(36, 7);
  const seen = new Set<number>();
  const password = makeThrowAwayPassword((count) => {
    seen.add(count);
    return random;
  });
  expect([...seen]).toEqual([36]);
  expect(password).toHaveLength(113);
});
