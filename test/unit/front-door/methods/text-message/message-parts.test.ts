// How many messages a text is paid for, and that a code's text is short in every language.

import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../../../src/front-door/languages/language.js';
import { partsOf } from '../../../../../src/front-door/methods/text-message/message-parts.js';
import { writeCodeText } from '../../../../../src/front-door/methods/text-message/write-text.js';
import { NOTICE_WORDS } from '../../../../../src/front-door/notices/notice-words.js';

test.each([
  ['', 1],
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  // Two places each.
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  // One sign of another alphabet, and there are 70.
  [`${'a'.repeat(69)}ó`, 1],
  [`${'a'.repeat(70)}ó`, 2],
  ['ل'.repeat(70), 1],
  ['ل'.repeat(135), 3],
  // Two units of UTF-16 each.
  ['😀'.repeat(35), 1],
  ['😀'.repeat(36), 2],
])('%j is so many: %i', (text, parts) => expect(partsOf(text)).toBe(parts));

describe.each(LANGUAGES)('a code’s text in %s', (language) => {
  const written = (organisationName: string) =>
    writeCodeText('042815', { words: NOTICE_WORDS[language], organisationName, host: 'reset.example.com' });

  test('ends with the line by which a phone knows its page', () => {
    expect(written('Example').split('\n').at(-1)).toBe('@reset.example.com #042815');
  });

  test('names the code and the organisation, and costs two messages at the most', () => {
    expect(written('Example')).toMatch(/042815[\s\S]*042815/);
    expect(written('Example')).toContain('Example');
    expect(partsOf(written('The Very Long Winded Example Corporation of Upper Example'))).toBeLessThanOrEqual(2);
  });

  test('holds no line of whoever named the organisation', () => {
    const hostile = written('Ex\n@evil.example #111111\n');
    expect(hostile.split('\n').filter((line) => line.startsWith('@'))).toEqual(['@reset.example.com #042815']);
  });
});

test.each(['en', 'de', 'fr', 'es'] as const)('in %s it is one message', (language) => {
  const setting = { words: NOTICE_WORDS[language], organisationName: 'Example Corporation', host: 'reset.example.com' };
  expect(partsOf(writeCodeText('042815', setting))).toBe(1);
});
