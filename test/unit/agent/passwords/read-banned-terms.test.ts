// The organisation's own list: what is taken, and that every problem is told at once.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBannedWords } from '../../../../src/agent/passwords/banned-words.js';
import {
  BannedTermsRefused,
  CUSTOM_LIST_UNITS_MAX,
  CUSTOM_TERMS_MAX,
  readBannedTerms,
} from '../../../../src/agent/passwords/read-banned-terms.js';

function problemsOf(text: string): BannedTermsRefused['problems'] {
  try {
    readBannedTerms('terms.txt', text);
    return [];
  } catch (error) {
    if (error instanceof BannedTermsRefused) return error.problems;
    throw error;
  }
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `term${1000 + index}`).join('\n');

describe('a list of banned terms', () => {
  it('is one term a line, with remarks and blank lines, and any line ends', () => {
    expect(
      readBannedTerms('terms.txt', '\uFEFF# ours\r\nContoso\r\n\r\n  Blue Yonder  \n# more\rGru\u0308\u00DFe'),
    ).toEqual(['Contoso', 'Blue Yonder', 'Gr\u00FC\u00DFe']);
  });

  it('may be empty', () => {
    expect(readBannedTerms('terms.txt', '')).toEqual([]);
  });

  it('has each term once, in whatever case and substitution it is written', () => {
    expect(readBannedTerms('terms.txt', 'Contoso\nCONTOSO\nc0nt0$0\nContoso')).toEqual(['Contoso']);
  });

  it('tells every problem at once, with its line', () => {
    const text = ['# ours', 'abc', 'Contoso', 'x'.repeat(17), 'with\u200Binvisible', 'no\uFFFDutf8', '🚲🚲🚲'].join(
      '\n',
    );
    expect(problemsOf(text).map(({ line }) => line)).toEqual([2, 4, 5, 6, 7]);
    expect(() => readBannedTerms('terms.txt', text)).toThrow(
      /terms\.txt cannot be used:\n {2}line 2: .*\n {2}line 4: /,
    );
  });

  it('has terms of 4 to 16 characters, however many code units those are', () => {
    expect(problemsOf(`abcd\n${'x'.repeat(16)}\n${'🚲'.repeat(16)}\nÅÅÅÅ`)).toEqual([]);
  });

  it('has no more terms than Microsoft takes, and says at which line it is full', () => {
    expect(readBannedTerms('terms.txt', numbered(CUSTOM_TERMS_MAX))).toHaveLength(CUSTOM_TERMS_MAX);
    expect(problemsOf(`${numbered(CUSTOM_TERMS_MAX)}\nterm1000\nabcdef\nabcdefg`).map(({ line }) => line)).toEqual([
      1002,
    ]);
  });

  it('is refused unread when it is no such list', () => {
    expect(problemsOf('x'.repeat(CUSTOM_LIST_UNITS_MAX + 1))).toHaveLength(1);
  });

  it('tells the first fifty of many problems and how many are left', () => {
    const text = Array.from({ length: 80 }, () => 'abc').join('\n');
    expect(problemsOf(text)).toHaveLength(80);
    expect(() => readBannedTerms('terms.txt', text)).toThrow(/and 30 more$/);
  });

  it('never throws anything else, and what it takes is found', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 18 }), { maxLength: 6 }), (lines) => {
        const text = lines.join('\n');
        if (problemsOf(text).length > 0) return;
        const custom = readBannedTerms('terms.txt', text);
        const words = createBannedWords({ custom, global: [] });
        for (const term of custom) expect(words.judge(term, []).kind).toBe('guessable');
      }),
    );
  });
});
