// An organisation's own words: which are taken, which refused and why, and that what is taken is said in place of ours and nowhere else.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { LANGUAGES } from '../../../../src/front-door/languages/language.js';
import { NOTICE_WORDS } from '../../../../src/front-door/notices/notice-words.js';
import { TEXTS } from '../../../../src/front-door/pages/texts/catalogues.js';
import { MAIL_TEXT_RULES, PAGE_TEXT_RULES } from '../../../../src/front-door/wording/changeable-texts.js';
import {
  OWN_LIST_ENTRIES_MAX,
  OWN_TEXT_UNITS_MAX,
  type OwnText,
  withOwnTexts,
} from '../../../../src/front-door/wording/own-texts.js';
import {
  changeableWords,
  type OwnWords,
  problemOfOwnWords,
  wordingOf,
} from '../../../../src/front-door/wording/wording.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { anyCharacter } from '../../../support/any-text.js';

const id = parseTenantId('example');
const problem = (place: string, own: OwnText) => problemOfOwnWords('en', place, own);
const pagesWith = (texts: OwnWords, language: 'en' | 'ar' = 'en') => wordingOf([{ id, texts }]).pages(id, language);

describe('an own text is refused', () => {
  test.each<[string, string, OwnText, RegExp]>([
    ['for a place that is none', 'start.leed', 'x', /is no text of ours/],
    ['for a part of the catalogue', 'start', 'x', /is no text of ours/],
    ['for what every object has', 'start.constructor', 'x', /is no text of ours/],
    ['for a place behind a text', 'start.lead.length', 'x', /is no text of ours/],
    ['for a mail that there is not', 'mail.start.lead', 'x', /is no text of ours/],
    ['for a page without its own', 'mail.', 'x', /is no text of ours/],
    ['when it is empty', 'start.lead', '', /empty/],
    ['when it is too long', 'start.lead', 'x'.repeat(OWN_TEXT_UNITS_MAX + 1), /too long: at most 400/],
    ['on two lines', 'start.lead', 'one\ntwo', /line break/],
    ['with half a character', 'start.lead', '\ud83d', /not seen/],
    ['that turns what follows around', 'start.lead', 'a\u202eb', /turns text around/],
    [
      'with a value that the text has not',
      'start.lead',
      'Dear {name}',
      /no value of that name, \{name\}: this text has none/,
    ],
    ['with a value of another name', 'code.leadEmail', 'To {adress}', /\{adress\}: there is \{address\}/],
    ['without a value that it needs', 'code.leadEmail', 'We sent you a code.', /must say \{address\}/],
    ['without one of two', 'method.gate', 'Check {gate}', /must say \{gates\}/],
    ['with a brace alone', 'start.lead', 'a } b', /brace without its other half/],
    ['with a brace inside another', 'code.leadEmail', '{{address}}', /brace/],
    ['as a list where it is none', 'start.lead', ['a'], /is one text/],
    ['as a text where it is a list', 'results.changed.steps', 'a', /is a list/],
    ['as a list of nothing', 'results.changed.steps', [], /1 to 8 lines/],
    ['as a list that is too long', 'results.changed.steps', Array(OWN_LIST_ENTRIES_MAX + 1).fill('a'), /1 to 8 lines/],
    ['as a list with a bad line', 'results.changed.steps', ['a', ''], /empty/],
  ])('%s', (_, place, own, why) => expect(problem(place, own)).toMatch(why));

  test.each([
    'language',
    'direction',
    'contact.sentAdvice',
    'contact.messageHint',
    'newPassword.sealedFor.organisation',
    'newPassword.noScript',
    'results.changed.lead',
    'results.unknownReset.steps',
    'stops.cannotVerify.causes',
    'mail.code.validFor',
    'mail.code.notYou',
    'mail.done.subject.reset',
    'mail.done.notYou',
    'mail.contact.caution',
    'mail.labelled',
  ])('where people must be able to rely on our words: %s', (place) => {
    for (const own of ['Call us.', ['Call us.'], '{minutes}'])
      expect(problem(place, own)).toMatch(/^may not be changed: it /);
  });

  test('in no case is what was written repeated in the refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 6 }), (text) => {
        const said = problem('code.leadEmail', `${text}{secret ${text}}`) ?? '';
        expect(said).not.toContain(`secret ${text}`);
      }),
    );
  });
});

describe('an own text is taken', () => {
  test('and said in its place, in its language, for its organisation, and nowhere else', () => {
    const texts = { en: { 'start.lead': 'Hello, docker!', 'mail.code.lead': 'Type this:' } };
    const wording = wordingOf([{ id, texts }]);
    expect(wording.pages(id, 'en').start.lead).toBe('Hello, docker!');
    expect(wording.pages(id, 'en').start.heading).toBe(TEXTS.en.start.heading);
    expect(wording.mails(id, 'en').code.lead).toBe('Type this:');
    expect(wording.mails(id, 'en').contact.lead).toBe(NOTICE_WORDS.en.contact.lead);
    expect(wording.pages(id, 'de')).toBe(TEXTS.de);
    expect(wording.pages(parseTenantId('other'), 'en')).toBe(TEXTS.en);
    expect(wording.pages(undefined, 'en')).toBe(TEXTS.en);
    expect(wording.mails(parseTenantId('other'), 'en')).toBe(NOTICE_WORDS.en);
    expect(TEXTS.en.start.lead).not.toBe('Hello, docker!');
  });

  test('with its values where it has them, as often as it likes, and with nothing that a value brings', () => {
    const { method, code } = pagesWith({
      en: { 'method.gate': '{gates} checks, this is {gate} of {gates}', 'code.leadEmail': 'Sent to {address}.' },
    });
    expect(method.gate(1, 2)).toBe('2 checks, this is 1 of 2');
    expect(code.leadEmail('{address} $& <b>')).toBe('Sent to {address} $& <b>.');
  });

  test('with the organisation left out, which its people know', () => {
    expect(problem('signIn.heading', 'Welcome to the harbour')).toBeUndefined();
    expect(pagesWith({ en: { 'signIn.heading': 'Welcome to the harbour' } }).signIn.heading('X')).toBe(
      'Welcome to the harbour',
    );
  });

  test('with numbers as the language writes them, and values kept whole where lines run from the right', () => {
    const { code, stops } = pagesWith(
      { ar: { 'code.leadEmail': 'إلى {address}', 'stops.sessionOver.lead': '{minutes}' } },
      'ar',
    );
    expect(code.leadEmail('a•••@example.com')).toBe('إلى \u2068a•••@example.com\u2069');
    expect(stops.sessionOver.lead(1234)).toBe(new Intl.NumberFormat(TEXTS.ar.locale).format(1234));
  });

  test('as a list of another length', () => {
    expect(problem('results.changed.steps', ['One.', 'Two.'])).toBeUndefined();
    expect(pagesWith({ en: { 'results.changed.steps': ['One.'] } }).results.changed.steps).toEqual(['One.']);
  });

  test('as plain text: what looks like markup is text like any other', () => {
    expect(problem('start.lead', '<b>Bold</b> & "quoted"')).toBeUndefined();
  });
});

test('the guide names every place whose words are ours alone', () => {
  const guide = readFileSync('docs/own-look.md', 'utf8');
  const places = [
    ...Object.keys(PAGE_TEXT_RULES.fixed),
    ...Object.keys(MAIL_TEXT_RULES.fixed).map((at) => `mail.${at}`),
  ];
  // Of results the guide says which are not.
  const unnamed = places.filter((place) => !place.startsWith('results.') && !guide.includes(`\`${place}\``));
  expect(unnamed).toEqual(['mail.language', 'mail.locale']);
});

test('the example of the settings is one that is taken', () => {
  const example = readFileSync('config/front-door.example.yaml', 'utf8');
  const commented = example.slice(example.indexOf('    # texts:')).replaceAll(/^ {4}# /gm, '');
  const { texts } = z.object({ texts: z.object({ en: z.record(z.string(), z.any()) }) }).parse(parse(commented));
  expect(Object.keys(texts.en)).toHaveLength(4);
  for (const [place, own] of Object.entries(texts.en)) expect([place, problem(place, own)]).toEqual([place, undefined]);
});

/** Texts whose form depends on a number. */
const COUNTED = [
  ...['newPassword.announce', 'code.validFor', 'code.validForText', 'code.attemptsLeft', 'stops.sessionOver.lead'],
  ...['signedIn.info.missing', 'signedIn.info.codesLeft', 'questionsSetup.lead'],
  ...['lengthAtLeast', 'categories', 'notRecent', 'ageAtLeast'].map((rule) => `newPassword.rule.${rule}`),
];

/** Without what keeps a value whole where lines run from the right. */
const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '');

/** Every place of a catalogue, and what stands there. */
function placesOf(part: object, at = ''): [string, unknown][] {
  return Object.entries(part).flatMap(([key, value]): [string, unknown][] => {
    const place = at === '' ? key : `${at}.${key}`;
    return typeof value === 'object' && !Array.isArray(value) ? placesOf(value, place) : [[place, value]];
  });
}

describe.each([
  ['pages', TEXTS, PAGE_TEXT_RULES, ''],
  ['mails', NOTICE_WORDS, MAIL_TEXT_RULES, 'mail.'],
] as const)('the rules for the texts of %s', (_, catalogues, rules, prefix) => {
  const names: Readonly<Record<string, readonly string[]>> = rules.values;

  test('name each value of each text, in no other number than it has', () => {
    for (const [place, text] of placesOf(catalogues.en)) {
      if (typeof text === 'function') expect([place, names[place]?.length]).toEqual([place, text.length]);
      else expect(names[place], place).toBeUndefined();
    }
  });

  test('take back what they print, in every language, and then say what we say', () => {
    for (const language of LANGUAGES) {
      const printed = changeableWords(language).filter(([place]) => place.startsWith('mail.') === (prefix !== ''));
      expect(printed.length).toBeGreaterThan(10);
      for (const [place, own] of printed)
        expect([place, problemOfOwnWords(language, place, own)]).toEqual([place, undefined]);
      const own = Object.fromEntries(printed.map(([place, text]) => [place.slice(prefix.length), text]));
      const merged = new Map(placesOf(withOwnTexts(catalogues[language], rules, own)));
      for (const [place, ours] of placesOf(catalogues[language])) {
        const theirs = merged.get(place);
        if (typeof ours !== 'function' || typeof theirs !== 'function') expect([place, theirs]).toEqual([place, ours]);
        else if (place in own && !COUNTED.includes(place)) {
          const values = ['calm', 'harbour'].slice(0, ours.length);
          expect([place, plain(theirs(...values))]).toEqual([place, plain(ours(...values))]);
        }
      }
    }
  });
});
