// What is said of accounts that answer to one name.

import { expect, test } from 'vitest';
import { namesakesInWords } from '../../../../src/agent/accounts/namesakes.js';

test('names all of them, and says where there may be more than were looked for', () => {
  const names = Array.from({ length: 10 }, (_, at) => `CN=Kim ${at},DC=corp`);
  expect(namesakesInWords(names.slice(0, 2))).toBe(
    '2 accounts answer to this name, so none is chosen: CN=Kim 0,DC=corp; CN=Kim 1,DC=corp',
  );
  expect(namesakesInWords(names)).toMatch(/^10 or more accounts .*; CN=Kim 9,DC=corp$/);
});
