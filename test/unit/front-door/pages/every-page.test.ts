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
