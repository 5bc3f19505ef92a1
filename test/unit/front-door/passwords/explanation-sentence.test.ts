// The sentence about a refused password, in every language of the pages.

import { describe, expect, it } from 'vitest';
import { TEXTS } from '../../../../src/front-door/pages/texts/catalogues.js';
import type { Texts } from '../../../../src/front-door/pages/texts/en.js';
import {
  type ExplanationWords,
  explanationSentence,
} from '../../../../src/front-door/passwords/explanation-sentence.js';

function wordsOf({ newPassword: { explained }, locale }: Texts): ExplanationWords {
  const { name, common, banned, short, quoted, advice } = explained;
  return {
    name: name('{words}'),
    common: common('{words}'),
    banned: banned('{words}'),
    short,
    quoted: quoted('{word}'),
    advice,
    locale,
  };
}

describe('the sentence about a refused password', () => {
  it('lists the words as English does', () => {
    const sentence = explanationSentence({ kind: 'common', words: ['password', 'summer', '2026'] }, wordsOf(TEXTS.en));
    expect(sentence.replaceAll(/[\u2068\u2069]/g, '')).toBe(
      'This password is hardly more than “password”, “summer” and “2026”, which many people use. ' +
        'Choose a few words that have nothing to do with you or each other.',
    );
  });

  it('is not turned around by a name that holds signs of direction, nor broken by what is not seen', () => {
    const words = ['Ada\u2069\u202e evol\u0000\n', '\u200fLovelace\u2066'];
    const sentence = explanationSentence({ kind: 'name', words }, wordsOf(TEXTS.en));
    expect(sentence).toContain('\u2068Ada evol\u2069');
    expect(sentence).toContain('\u2068Lovelace\u2069');
    expect(sentence.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });

  it.each(Object.entries(TEXTS))(
    'names every word in %s, each kept in its own direction, and leaves no gap',
    (_, texts) => {
      for (const kind of ['name', 'common', 'banned'] as const) {
        const sentence = explanationSentence({ kind, words: ['contoso', '$& {words}'] }, wordsOf(texts));
        expect(sentence).toContain('\u2068contoso\u2069');
        expect(sentence).toContain('\u2068$& {words}\u2069');
        expect(sentence.replace('$& {words}', '')).not.toMatch(/[{}]/);
      }
      expect(explanationSentence({ kind: 'short', words: [] }, wordsOf(texts))).toBe(
        `${texts.newPassword.explained.short} ${texts.newPassword.explained.advice}`,
      );
    },
  );
});
