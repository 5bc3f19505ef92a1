// What the documents point at must be there: a link or a path that leads nowhere is a promise broken on the first day.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { outcomesDocument } from '../../scripts/outcomes/outcomes-document.js';

const documents = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
  'test/WISHLIST.md',
];

test.each(documents)('every link of %s leads to a file that is there', (document) => {
  const targets = [...readFileSync(document, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
    (match) => match[1] ?? '',
  );
  const dead = targets.filter((target) => !target.includes('://') && !existsSync(join(dirname(document), target)));
  expect(dead).toEqual([]);
});

test.each(documents)('every path of this repository that %s names is there', (document) => {
  const named = [...readFileSync(document, 'utf8').matchAll(/`((?:src|test|scripts|config|docs)\/[\w./*-]*)`/g)].map(
    (match) => match[1] ?? '',
  );
  const missing = named.filter(
    (path) => !path.includes('*') && !['', '.ts', '.tsx'].some((ending) => existsSync(`${path}${ending}`)),
  );
  expect(missing).toEqual([]);
});

test('no document names a decision that was never written', () => {
  const decisions = readdirSync('docs/decisions').map((name) => name.slice(0, 4));
  const cited = documents.flatMap((document) =>
    [...readFileSync(document, 'utf8').matchAll(/decisions\/(\d{4})/g)].map((match) => match[1] ?? ''),
  );
  expect(cited.filter((number) => !decisions.includes(number))).toEqual([]);
  expect(new Set(decisions).size, 'two decisions with one number').toBe(decisions.length);
});

test.each([
  ['docs/ldap-faults.md', 20],
  ['docs/security-tests.md', 40],
])('every row of the tables in %s names tests that are there', (document, rowsMin) => {
  const rows = readFileSync(document, 'utf8')
    .split('\n')
    .filter((line, at, lines) => /^\| [A-Z]/.test(line) && lines[at + 1]?.startsWith('|---') !== true);
  const unproven = rows.filter((row) => {
    const cited = [...row.matchAll(/`(test\/[\w./-]+)`: “([^”]+)”/g)];
    if (cited.length === 0) return !NOT_TESTABLE.test(row);
    return !cited.every(([, file = '', words = '']) => isNamedIn(readFileSync(file, 'utf8'), words));
  });
  expect(unproven).toEqual([]);
  expect(rows.length).toBeGreaterThan(rowsMin);
});

/** What no test can show says why, in a sentence and not in a word. */
const NOT_TESTABLE = /not testable here: (\S+ ){7}/;
const CITED_WORDS_MIN = 4;

/** A test's whole name, a row's of its table, or so much of one that it is found again: a word or two are in any file. */
function isNamedIn(source: string, words: string): boolean {
  const isWhole = [`'`, '`', '"'].some((quote) =>
    ['(', '[', '\n  '].some((before) => source.includes(`${before}${quote}${words}${quote},`)),
  );
  return isWhole || (words.split(' ').length >= CITED_WORDS_MIN && source.includes(words));
}

test.each([
  ['a word that is in the file', 'door', false],
  ['three words of a name', 'shuts a door', false],
  ['four words of a name', 'shuts a door that', true],
  ['a whole name, however short', 'opens it', true],
  ['what is not there', 'opens a door that is not there', false],
])('a citation is a whole name or several words: %s', (_, words, isNamed) => {
  const source = "test('shuts a door that was left open', async () => {});\ntest('opens it', () => {});";
  expect(isNamedIn(source, words)).toBe(isNamed);
});

test('the document of outcomes says what the code says: `npm run outcomes` writes it anew', () => {
  expect(readFileSync('docs/outcomes.md', 'utf8')).toBe(outcomesDocument());
});
