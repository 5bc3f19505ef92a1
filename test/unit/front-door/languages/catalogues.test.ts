// Whether every language says everything that English does, in words of its own, and nothing is kept that nobody says.

import { describe, expect, test } from 'vitest';
import { HOUSE_ACCENTS } from '../../../../src/front-door/branding/accents.js';
import { DISOWNABLES, PASSWORD_FATES } from '../../../../src/front-door/disowning/disown-store.js';
import { LANGUAGES, type Language } from '../../../../src/front-door/languages/language.js';
import { pluralsOf } from '../../../../src/front-door/languages/plural.js';
import { PREDEFINED_WORDS } from '../../../../src/front-door/methods/security-questions/predefined-words.js';
import { writeCodeText } from '../../../../src/front-door/methods/text-message/write-text.js';
import { NOTICE_WORDS } from '../../../../src/front-door/notices/notice-words.js';
import type { NoticeWords } from '../../../../src/front-door/notices/words-en.js';
import { writeDisownedNotice } from '../../../../src/front-door/notices/write-disowned-notice.js';
import {
  writeCodeNotice,
  writeContactNotice,
  writeDoneNotice,
  writeMethodNotice,
} from '../../../../src/front-door/notices/write-notices.js';
import { personWords } from '../../../../src/front-door/pages/outcome-words.js';
import { TEXTS } from '../../../../src/front-door/pages/texts/catalogues.js';
import { OUTCOME_CODES } from '../../../../src/protocol/outcome-codes.js';
import { everyPage } from '../pages/every-page.js';

type Leaf = string | ((...values: never[]) => string);

/** Every text of a catalogue by its path, as in `code.problems.wrong`. */
function leaves(catalogue: object, path = ''): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  for (const [key, value] of Object.entries(catalogue)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null)
      for (const [more, leaf] of leaves(value, at)) found.set(more, leaf);
    else found.set(at, value);
  }
  return found;
}

/** What a text says where values are put in: numbers in one test, words in another, since not every function takes both. */
function said(leaf: Leaf, ...values: readonly unknown[]): string {
  return typeof leaf === 'string' ? leaf : Reflect.apply(leaf, undefined, values);
}

const CATALOGUES: Readonly<Record<string, Readonly<Record<Language, object>>>> = {
  pages: TEXTS,
  mails: NOTICE_WORDS,
  'security questions': PREDEFINED_WORDS,
};
/** What is no sentence of the language. */
const ABOUT_THE_LANGUAGE = ['language', 'locale', 'direction'];
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

describe.each(Object.keys(CATALOGUES))('the words of %s', (kind) => {
  const english = leaves(CATALOGUES[kind]?.en ?? {});

  describe.each(OTHERS)('in %s', (language) => {
    const own = leaves(CATALOGUES[kind]?.[language] ?? {});

    test('are all there, and no others', () => {
      expect([...own.keys()]).toEqual([...english.keys()]);
      for (const [path, leaf] of own) expect(typeof leaf, path).toBe(typeof english.get(path));
    });

    test('are none of English, but for words that both languages have', () => {
      const same = [...own].filter(
        ([path, leaf]) =>
          !ABOUT_THE_LANGUAGE.includes(path) && said(leaf, 7, 9) === said(english.get(path) ?? '', 7, 9),
      );
      expect(
        same
          .map(([path]) => path)
          .filter((path) => !NO_WORDS.includes(path) && !SAME_IN_BOTH[language]?.includes(path)),
      ).toEqual([]);
    });

    test('are whole: written as text is, and never with a value left out', () => {
      for (const [path, leaf] of own) {
        if (ABOUT_THE_LANGUAGE.includes(path)) continue;
        const text = said(leaf, 7, 9);
        expect(text.trim(), path).toBe(text);
        expect(text, path).not.toMatch(/^$|[<>#"']|\s{2}|undefined|NaN/);
        const inEnglish = said(english.get(path) ?? '', 7, 9);
        if (inEnglish.endsWith('.')) expect(text, `${path} is a sentence`).toMatch(/[.。:：]\s?[79]?$/u);
        if (typeof leaf === 'function' && leaf.length > 0)
          expect(digitsIn(text), `${path} has the values in it`).toEqual(digitsIn(inEnglish));
      }
    });
  });
});

/** Which of the two values are in it. */
const digitsIn = (text: string) => ['7', '9'].filter((digit) => text.includes(digit));

/** Spelt alike, and meant so. */
const SAME_IN_BOTH: Partial<Record<Language, readonly string[]>> = {
  de: ['signedIn.info.methods.passkey'],
  es: ['layout.titleWithErrors', 'layout.errorPrefix'],
};
/** Only what is put in, and a dash or a colon between. */
const NO_WORDS = ['layout.title', 'labelled'];

test.each(LANGUAGES)('a page in %s says so, and everything on it is said', (language) => {
  for (const [name, html] of Object.entries(everyPage('calm', TEXTS[language]))) {
    expect(html, name).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`);
    expect(html, name).not.toMatch(/undefined|\[object|NaN/);
  }
});

test('no text is kept that no page, no script and no answer of the API says', () => {
  const read = new Set<string>();
  const watched = watch(TEXTS.en, read);
  everyPage('calm', watched);
  for (const code of OUTCOME_CODES)
    for (const operation of ['reset', 'unlock', 'change'] as const) personWords(code, operation, watched);
  // Chosen by a code that the page is given: one of the list is as good as all, which the compiler holds to the list.
  const isOfList = (path: string) => /\.(problems|why|lead|causes|steps|rule|marks|sealedFor)\./.test(path);
  const unread = [...leaves(TEXTS.en).keys()].filter((path) => !read.has(path) && !isOfList(path));
  expect(unread.filter((path) => !ABOUT_THE_LANGUAGE.includes(path))).toEqual([]);
});

test('no text is kept that no mail and no text message says', () => {
  const read = new Set<string>();
  everyNotice(watch(NOTICE_WORDS.en, read));
  const unread = [...leaves(NOTICE_WORDS.en).keys()].filter((path) => !read.has(path));
  expect(unread.filter((path) => !ABOUT_THE_LANGUAGE.includes(path))).toEqual([]);
});

/** Writes each of our mails and texts in every form it takes. */
function everyNotice(words: NoticeWords): void {
  const atMs = Date.UTC(2026, 10, 23, 12, 0);
  const about = { organisationName: 'Example', supportId: '7f3c-91ab' };
  const setting = { words, accents: HOUSE_ACCENTS, timeZone: 'UTC', ...about };
  const told = { account: 'ada', administratorContact: 'help@example.com', disownHref: 'https://reset.example.com/' };
  writeCodeNotice({ code: '042815', validForMinutes: 5, askedAtMs: atMs }, setting);
  writeCodeText('042815', { words, host: 'reset.example.com', ...about });
  for (const operation of ['reset', 'unlock'] as const)
    writeDoneNotice({ ...told, operation, doneAtMs: atMs }, setting);
  for (const change of ['added', 'removed'] as const)
    writeMethodNotice({ ...told, change, method: 'An address', changedAtMs: atMs }, setting);
  for (const message of ['', 'I am locked out'])
    writeContactNotice({ account: 'ada', reply: 'x', message, why: 'we may not', writtenAtMs: atMs }, setting);
  const said = { tenantId: 'example', account: 'ada', doneAtMs: atMs, saidAtMs: atMs, blockMs: 86_400_000 };
  for (const what of DISOWNABLES)
    for (const password of PASSWORD_FATES)
      writeDisownedNotice({ ...said, what, password, waysRemoved: 1, outcomeCode: 'unknown' }, setting);
}

/** The same catalogue; which of its texts are looked at is noted. */
function watch<Part extends object>(part: Part, read: Set<string>, path = ''): Part {
  return new Proxy(part, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      const at = path === '' ? String(key) : `${path}.${String(key)}`;
      if (typeof value !== 'object' || value === null) read.add(at);
      return typeof value === 'object' && value !== null ? watch(value, read, at) : value;
    },
  });
}

describe('numbers of things', () => {
  test('take the form of their language', () => {
    const arabic = pluralsOf('ar-u-nu-latn');
    const minutes = { one: 'دقيقة واحدة', two: 'دقيقتان', few: '# دقائق', many: '# دقيقة', other: '# دقيقة' };
    expect([1, 2, 3, 11, 100].map((many) => arabic(many, minutes))).toEqual([
      'دقيقة واحدة',
      'دقيقتان',
      '3\u00a0دقائق',
      '11\u00a0دقيقة',
      '100\u00a0دقيقة',
    ]);
    expect(pluralsOf('en-GB')(1, { one: '# try', other: '# tries' })).toBe('1\u00a0try');
    expect(pluralsOf('ja-JP')(1, { other: '#分' })).toBe('1分');
  });
});
