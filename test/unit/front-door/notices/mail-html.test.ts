// What every mail's HTML owes the programs that show it: tables for Outlook, colours in the tags, words for lists of mails, and nothing
// that is fetched. And that labels, times and sides are the language's.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accentsOf, HOUSE_ACCENTS } from '../../../../src/front-door/branding/accents.js';
import { LANGUAGES, type Language } from '../../../../src/front-door/languages/language.js';
import type { Notice } from '../../../../src/front-door/notices/notice.js';
import { NOTICE_WORDS } from '../../../../src/front-door/notices/notice-words.js';
import {
  type NoticeSetting,
  writeCodeNotice,
  writeContactNotice,
  writeDoneNotice,
} from '../../../../src/front-door/notices/write-notices.js';
import { anyCharacter } from '../../../support/any-text.js';
import * as tags from '../pages/html-tags.js';

/** Without what only Outlook reads. */
const others = (html: string) => html.replaceAll(/<!--\[if mso\]>.*?<!\[endif\]-->/gs, '');
const tagsOf = (html: string) => tags.tagsOf(others(html));
const skeletonOf = (html: string) => tags.skeletonOf(others(html));

const atMs = Date.UTC(2026, 10, 23, 12, 0);
const settingIn = (language: Language, organisationName = 'Example Harbour Works'): NoticeSetting => ({
  words: NOTICE_WORDS[language],
  accents: HOUSE_ACCENTS,
  organisationName,
  supportId: '7f3c-91ab',
  timeZone: 'Europe/Paris',
});
const DISOWN = 'https://reset.example.com/not-me/token-of-a-link';
const codeMail = (setting: NoticeSetting) =>
  writeCodeNotice({ code: '042815', validForMinutes: 5, askedAtMs: atMs }, setting);
const doneMail = (setting: NoticeSetting) =>
  writeDoneNotice(
    {
      operation: 'reset',
      account: 'ada@example.com',
      doneAtMs: atMs,
      administratorContact: 'help@example.com',
      disownHref: DISOWN,
    },
    setting,
  );
const contactMail = (setting: NoticeSetting, text = 'help') =>
  writeContactNotice({ account: text, reply: text, message: text, why: 'why', writtenAtMs: atMs }, setting);
const everyMail = (setting: NoticeSetting): Notice[] => [codeMail(setting), doneMail(setting), contactMail(setting)];

describe.each(LANGUAGES)('the HTML of mails in %s', (language) => {
  const mails = everyMail(settingIn(language));

  test('is laid out by tables, with every colour in the tags', () => {
    for (const { html } of mails) {
      const tables = tagsOf(html).filter(({ name, isEnd }) => name === 'table' && !isEnd);
      expect(tables.length).toBeGreaterThan(2);
      for (const { attributes } of tables) expect(attributes.get('role')).toBe('presentation');
      for (const { attributes, name } of tagsOf(html).filter(({ attributes: { size } }) => size > 0)) {
        if (attributes.get('class')?.match(/\b(ink|soft|accent)\b/))
          expect(attributes.get('style'), name).toMatch(/[^-]color:#/);
      }
    }
  });

  test('runs the way the language does, within the program’s own page too', () => {
    const [direction, start] = language === 'ar' ? ['rtl', 'right'] : ['ltr', 'left'];
    for (const { html } of mails) {
      expect(html).toContain(`<html lang="${language}" dir="${direction}">`);
      expect(html).toContain(`<div lang="${language}" dir="${direction}">`);
      expect(html).toContain(`align="${start}"`);
    }
    expect(doneMail(settingIn(language)).html).toContain(`border-${start}:4px solid`);
  });

  test('fetches nothing and leads nowhere, but to the page where its person says that it was not them', () => {
    expect(doneMail(settingIn(language)).html.split(`href="${DISOWN}"`)).toHaveLength(2);
    for (const html of mails.map((mail) => mail.html.replace(` href="${DISOWN}"`, ''))) {
      expect(tagsOf(html).map(({ name }) => name)).not.toContain('img');
      expect(html).not.toMatch(/\b(src|href|background)=|url\(|@import|@font-face/);
    }
  });

  test('begins with what lists of mails show: words of ours, and then nothing for long', () => {
    for (const { html } of mails) {
      const preview = /<body[^>]*>\s*<div style="display:none[^>]*>([^<]*)</.exec(html)?.[1] ?? '';
      expect(preview).not.toMatch(/042815|ada@example/);
      expect(preview).toMatch(/^\S.{10,}(\u00a0\u200c){100,}$/su);
    }
  });
});

test('a label and its value stand on one line in the way of the language', () => {
  const line = (language: Language) =>
    doneMail(settingIn(language))
      .text.split('\n')
      .find((each) => each.includes('ada@example.com'));
  expect(line('en')).toBe('Account: ada@example.com');
  expect(line('fr')).toBe('Compte\u00a0: ada@example.com');
  expect(line('ja')).toBe('アカウント：ada@example.com');
  expect(line('ar')).toBe('الحساب: \u2068ada@example.com\u2069');
  expect(doneMail(settingIn('ja')).subject).toBe('Example Harbour Works：パスワードが変更されました');
});

test('a time is that of the zone, written as the language writes it', () => {
  const time = (language: Language) => doneMail(settingIn(language)).html;
  expect(time('en')).toContain('Monday, 23 November 2026 at 13:00 CET');
  expect(time('de')).toContain('Montag, 23. November 2026 um 13:00 MEZ');
  expect(time('fr')).toContain('lundi 23 novembre 2026 à 13:00');
  expect(time('ja')).toContain('2026年11月23日月曜日 13:00');
});

test('the text ends with a signature that mail programs know as one', () => {
  expect(doneMail(settingIn('en')).text).toMatch(/\n\n-- \nExample Harbour Works\n[^\n]+\n$/);
});

test('the dark style sheet names the organisation’s dark colours, and each class that it darkens is used', () => {
  const accents = accentsOf({ light: [0x7a, 0x1f, 0x5c], dark: undefined });
  const all = everyMail({ ...settingIn('en'), accents }).map(({ html }) => html);
  const sheet = /<style>(.*?)<\/style>/s.exec(all[0] ?? '')?.[1] ?? '';
  expect(sheet).toContain(accents.dark.accent);
  const darkened = [...sheet.matchAll(/\.([a-z]+)[,{]/g)].map(([, name]) => name ?? '');
  const classes = all.flatMap((html) =>
    tagsOf(html).flatMap(({ attributes }) => attributes.get('class')?.split(' ') ?? []),
  );
  expect([...new Set(classes)].sort()).toEqual(darkened.sort());
});

test('no text can add, remove or change a tag of a mail', () => {
  const expected = skeletonOf(contactMail(settingIn('en', 'calm'), 'calm').html);
  const hostile = fc.oneof(
    // A line more is a <br> more: our own.
    fc
      .string({ unit: anyCharacter, minLength: 1 })
      .filter((text) => !/[\n\v\f\r\u0085\u2028\u2029]/u.test(text) && text.trim() !== ''),
    fc.constantFrom(
      '<style>p{color:red}</style>',
      '<![endif]--><b>',
      '<!--[if mso]>',
      '</head>',
      '$&</td>',
      '"><img src=x>',
    ),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      expect(skeletonOf(contactMail(settingIn('en', text), text).html)).toEqual(expected);
    }),
  );
});
