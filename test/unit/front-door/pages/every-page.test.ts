// What must hold on every page: escaping, the strict CSP, no named password field, a token in every form, headings, ids.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_NAMES } from '../../../../src/front-door/pages/field-names.js';
import { anyCharacter } from '../../../support/any-text.js';
import { everyPage } from './every-page.js';
import { skeletonOf, startTags, tagsOf } from './html-tags.js';

const calm = everyPage('calm');

test('no text can add, remove or change a tag or an attribute on any page', () => {
  const expected = Object.fromEntries(Object.entries(calm).map(([name, html]) => [name, skeletonOf(html)]));
  const hostile = fc.oneof(
    fc.string({ unit: anyCharacter, minLength: 1 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '</script><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' autofocus onfocus=alert(1) x='",
      '<!--',
      ']]>',
      '</textarea><b>',
      '</title><b>',
      '&lt;b&gt;',
      '\u2028</script>',
    ),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      for (const [name, html] of Object.entries(everyPage(text)))
        expect(skeletonOf(html), name).toEqual(expected[name]);
    }),
    { numRuns: 60 },
  );
});

/** What a browser, a phone or a password manager may fill in, field by field: WCAG 2.2 1.3.5, and the names of the HTML standard. */
const FILLED_IN: Readonly<Record<string, string>> = {
  'current-password': 'current-password',
  'new-password': 'new-password',
  'new-password-again': 'new-password',
  // Shown, and on the contact page typed.
  account: 'username',
  'user-id': 'username',
};
/** Of the pages on which a code is typed that was sent, or that an app shows. */
const ONE_TIME_CODES = [
  'code',
  'code, by text',
  'code, by text, nothing shown',
  'code, nothing shown',
  'code, refused',
  'set up, email-code, second step',
  'set up, text-message, second step',
  'set up, authenticator-code, second step',
];

describe('every field says what may be filled into it', () => {
  const fields = Object.entries(calm).flatMap(([page, html]) =>
    startTags(html, 'input').flatMap(({ attributes }) => {
      const [id, type = '', autocomplete] = ['id', 'type', 'autocomplete'].map((name) => attributes.get(name));
      return ['text', 'password'].includes(type) ? [{ page, id: id ?? '', type, autocomplete }] : [];
    }),
  );
  const filledIn = (id: string) => fields.filter((field) => field.id === id).map(({ autocomplete }) => autocomplete);

  test.each(Object.entries(FILLED_IN))('%s: %s, on every page', (id, wanted) => {
    expect(new Set(filledIn(id))).toEqual(new Set([wanted]));
  });

  test('a password field is one of those, and the name it is of stands before it', () => {
    for (const { page, id } of fields.filter(({ type }) => type === 'password')) {
      expect(Object.keys(FILLED_IN), page).toContain(id);
      const [first] = fields.filter((field) => field.page === page);
      expect(first, page).toMatchObject({ id: 'account', autocomplete: 'username' });
    }
  });

  test('a code that was sent or that an app shows, and no other field', () => {
    const pages = fields.filter(({ autocomplete }) => autocomplete === 'one-time-code').map(({ page }) => page);
    expect(pages.sort()).toEqual([...ONE_TIME_CODES].sort());
  });

  test('and no field leaves it to be guessed', () => {
    expect(fields.filter(({ autocomplete }) => autocomplete === undefined)).toEqual([]);
  });
});

test('text is shown as it is, not eaten', () => {
  expect(calm.contact).toContain('>calm</textarea>');
  expect(everyPage('<b>').contact).toContain('&lt;b');
});

describe.each(Object.entries(calm))('%s', (_, html) => {
  const tags = tagsOf(html).filter(({ isEnd }) => !isEnd);

  test('carries no style, no handler and no script of its own: the strict CSP holds', () => {
    expect(tags.filter(({ name }) => name === 'style')).toEqual([]);
    for (const { attributes } of tags) {
      for (const attribute of attributes.keys()) expect(attribute).not.toMatch(/^(style|on)/);
      for (const value of attributes.values()) expect(value).not.toMatch(/^\s*javascript:/i);
    }
    for (const { attributes } of startTags(html, 'script')) {
      const isData = attributes.get('type') === 'application/json' && !attributes.has('src');
      const isModule = attributes.get('type') === 'module' && attributes.has('src');
      expect(isData || isModule).toBe(true);
    }
  });

  test('a password field has no name, so that it is never posted', () => {
    for (const { attributes } of startTags(html, 'input')) {
      if (attributes.get('type') === 'password') expect(attributes.has('name')).toBe(false);
    }
  });

  test('every form is posted and carries the token', () => {
    const forms = startTags(html, 'form');
    const tokens = startTags(html, 'input').filter(
      ({ attributes }) => attributes.get('name') === FIELD_NAMES.csrfToken,
    );
    expect(tokens).toHaveLength(forms.length);
    for (const { attributes } of forms) expect(attributes.get('method')).toBe('post');
    for (const { attributes } of tokens) expect(attributes.get('value')).toBe('calm');
  });

  test('has one first heading, and no level is left out', () => {
    const levels = tags.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    });
  });

  test('says its language, and its skip link leads to the main part', () => {
    expect(startTags(html, 'html')[0]?.attributes.get('lang')).toBe('en');
    expect(startTags(html, 'main')[0]?.attributes.get('id')).toBe('content');
    expect(startTags(html, 'a')[0]?.attributes.get('href')).toBe('#content');
  });

  test('every id is there once, and every reference to an id leads to one', () => {
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const references = tags.flatMap(({ name, attributes }) => [
      ...(name === 'label' ? [attributes.get('for') ?? 'label without for'] : []),
      ...['aria-describedby', 'aria-labelledby', 'aria-controls'].flatMap(
        (key) => attributes.get(key)?.split(' ') ?? [],
      ),
      ...(attributes.get('href')?.startsWith('#') ? [attributes.get('href')?.slice(1) ?? ''] : []),
    ]);
    for (const reference of references) expect(ids).toContain(reference);
  });

  test('every field a person fills in has a label', () => {
    const labelled = startTags(html, 'label').map(({ attributes }) => attributes.get('for'));
    const fields = [...startTags(html, 'input'), ...startTags(html, 'textarea')];
    for (const { attributes } of fields) {
      if (attributes.get('type') !== 'hidden') expect(labelled).toContain(attributes.get('id'));
    }
  });

  test('a title begins with "Error:" exactly when something is wrong on the page', () => {
    expect(html.includes('<title>Error: ')).toBe(html.includes('class="error-summary"'));
  });
});
