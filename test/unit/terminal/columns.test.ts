// Lists on a terminal: every cell below its heading, nothing cut, and no text of others that moves a cursor.

import { expect, test } from 'vitest';
import { columns } from '../../../src/terminal/columns.js';

test('every cell begins below its heading, however wide the others are', () => {
  expect(
    columns(
      ['id', 'name', 'state'],
      [
        ['a-long-id', 'dc1', 'enrolled'],
        ['b', 'a machine of the branch', 'revoked'],
      ],
    ),
  ).toEqual([
    'ID         NAME                     STATE',
    'a-long-id  dc1                      enrolled',
    'b          a machine of the branch  revoked',
  ]);
});

test('without rows there are the headings alone', () => {
  expect(columns(['id', 'name'], [])).toEqual(['ID  NAME']);
});

test('a name that would clear the screen, turn the line round or begin another is written out', () => {
  const [, ...lines] = columns(['name'], [['\u001b[2J\u202eevil\nb']]);
  expect(lines).toEqual(['\\u{1b}[2J\\u{202e}evil\\u{a}b']);
});
