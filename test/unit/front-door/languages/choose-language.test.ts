// In which language somebody is answered.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLanguage } from '../../../../src/front-door/languages/choose-language.js';
import { LANGUAGES } from '../../../../src/front-door/languages/language.js';

const nothing = { chosen: undefined, remembered: undefined, accepted: undefined };

test('what somebody chooses goes before what was chosen, and that before what the browser asks for', () => {
  expect(chooseLanguage({ chosen: 'de', remembered: 'fr', accepted: 'es' }, 'en')).toBe('de');
  expect(chooseLanguage({ chosen: undefined, remembered: 'fr', accepted: 'es' }, 'en')).toBe('fr');
  expect(chooseLanguage({ chosen: undefined, remembered: undefined, accepted: 'es' }, 'en')).toBe('es');
  expect(chooseLanguage(nothing, 'ja')).toBe('ja');
});

test.each([
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
  ['pt-BR', 'pt'],
  ['de-AT, en;q=0.5', 'de'],
  ['AR-EG', 'ar'],
  ['ja;q=0.2, fr;q=0.3', 'fr'],
  ['nl, de;q=0.4', 'de'],
  ['en;q=0, es;q=0.1', 'es'],
])('the browser’s own %j is answered in %s', (accepted, language) => {
  expect(chooseLanguage({ ...nothing, accepted }, 'en')).toBe(language);
});

test.each(['nl', '*', 'nl, *;q=0.5', ' * ;q=0.1', ''])(
  '%j asks for none of ours: the house’s own it is',
  (accepted) => {
    expect(chooseLanguage({ ...nothing, accepted }, 'ja')).toBe('ja');
  },
);

test('what is none of ours chooses nothing', () => {
  expect(chooseLanguage({ chosen: 'xx', remembered: '__proto__', accepted: undefined }, 'en')).toBe('en');
  expect(chooseLanguage({ ...nothing, chosen: 'DE' }, 'en')).toBe('en');
});

test('whatever a browser sends, it is answered in one of ours, at once', () => {
  const text = fc.option(fc.string({ maxLength: 2_000 }), { nil: undefined });
  const lists = fc
    .array(fc.constantFrom('de', 'fr;q=0.1', 'zh-Hant-TW', '*', ';q=', ',,', 'en;q=abc'))
    .map((all) => all.join());
  fc.assert(
    fc.property(text, text, fc.oneof(text, lists), (chosen, remembered, accepted) => {
      expect(LANGUAGES).toContain(chooseLanguage({ chosen, remembered, accepted }, 'en'));
    }),
  );
});
