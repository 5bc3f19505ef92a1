// A way of proving who one is is a folder, a line in one list, and its words: nothing else of the front door knows one from another.
// What has to, all the same, stands here with its reason; the list is to get shorter.

import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { METHOD_KINDS, methodOf } from '../../src/front-door/methods/every-method.js';
import { TEXTS } from '../../src/front-door/pages/texts/catalogues.js';
import { type SourceFile, sourceFilesBelow } from './source-files.js';

const METHODS = 'src/front-door/methods/';
const LIST = `${METHODS}every-method`;
const WORDS = 'src/front-door/pages/texts/';

/** The method whose folder it is in; undefined: in none. */
const folderOf = (path: string) => METHOD_KINDS.find((kind) => path.startsWith(`${METHODS}${kind}/`));

/** Quoted, or as the key of an object. */
const quoted = METHOD_KINDS.join('|');
const unquoted = METHOD_KINDS.filter((kind) => !kind.includes('-')).join('|');
const KIND_NAMED = new RegExp(`(['"\`])(${quoted})\\1|(?<![\\w.'-])(${unquoted})\\??:`);

/** File → why it names a kind. */
const MAY_NAME: Readonly<Record<string, string>> = {
  'src/front-door/methods/ways-to-remove.ts': 'the store keeps recovery codes apart from the rows of all other kinds',
  'src/front-door/tenants/policy-document.ts': 'which policy holds where the settings name none',
  'src/front-door/tenants/choose-policy.ts': 'which policy holds for whoever is in none',
  'src/front-door/tenants/security-questions.ts': 'a setting of the tenant’s own, and the warning about it',
  'src/front-door/sqlite/migrations.ts': 'what was stored before there were kinds',
  'src/front-door/api/openapi-examples.ts': 'examples',
  'src/front-door/api/api-problems.ts': 'prose for callers: what the settings must have for a policy to be taken',
};

/** File → why it imports from a method's folder. */
const MAY_IMPORT: Readonly<Record<string, string>> = {
  'src/front-door/text-settings.ts': 'settings of text messages alone',
  'src/front-door/text-messages.ts': 'wires what is of text messages alone',
  'src/front-door/text-message/http-gateway.ts': 'fulfils the port of the gateway',
  'src/front-door/sqlite/sqlite-spend-store.ts': 'fulfils the port of what texts have cost',
  'src/front-door/sqlite/sqlite-store.ts': 'names that port among all that the store fulfils',
  'src/front-door/events.ts': 'fulfils the port of what is logged of texts',
  'src/front-door/method-commands.ts': 'two ways are made for people by a command of their own',
};

const sources = sourceFilesBelow('src');

describe('a way of proving who one is', () => {
  test('has a folder of its own, and every folder is of one in the list', () => {
    const folders = readdirSync(METHODS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...METHOD_KINDS].sort());
  });

  test('is named by its folder, the words and the exceptions alone', () => {
    const naming = sources.filter((file) => isNamingKind(file)).map(({ path }) => path);
    const why = 'adding a method touches its folder and one list: derive it from methods/every-method.ts';
    expect(
      naming.filter((path) => MAY_NAME[path] === undefined),
      why,
    ).toEqual([]);
    expect(
      Object.keys(MAY_NAME).filter((path) => !naming.includes(path)),
      'an exception that nobody needs any more',
    ).toEqual([]);
  });

  test('is imported by the list and the exceptions alone, and never by another method', () => {
    const reaching = sources.flatMap(({ path, imports }) =>
      imports.filter((to) => isOthers(path, to)).map((to) => ({ path, arrow: `${path} → ${to}` })),
    );
    const why = 'what is known of a method goes through its ports: method.ts, method-face.ts, proof-method.ts';
    expect(
      reaching.filter(({ path }) => MAY_IMPORT[path] === undefined).map(({ arrow }) => arrow),
      why,
    ).toEqual([]);
    expect(
      Object.keys(MAY_IMPORT).filter((exception) => !reaching.some(({ path }) => path === exception)),
      'an exception that nobody needs any more',
    ).toEqual([]);
  });

  test('says that its pages have a script exactly where there is one to build', () => {
    const built = METHOD_KINDS.filter((kind) => existsSync(`${METHODS}${kind}/browser/${kind}.ts`));
    expect(METHOD_KINDS.filter((kind) => methodOf(kind).face.hasScript)).toEqual(built);
  });

  test('rests on nothing that goes by the list', () => {
    const loaded = new Set([LIST]);
    // A set takes what is added while it is walked through.
    for (const path of loaded) for (const to of loadedBy(path)) loaded.add(to);
    const going = [...loaded].filter((path) => loadedBy(path).includes(LIST));
    expect(going, 'what is loaded first would find the list empty').toEqual([]);
    expect([...loaded]).toContain(`${METHODS}passkey/set-up-passkey`);
  });

  test.each(Object.entries(TEXTS))('has its name, its button and its hint in %s, and nothing else has', (_, texts) => {
    const { methods, adding, addHints } = texts.signedIn.info;
    for (const words of [methods, adding, addHints])
      expect(Object.keys(words).sort()).toEqual([...METHOD_KINDS].sort());
  });
});

function isNamingKind({ path, code }: SourceFile): boolean {
  return folderOf(path) === undefined && !path.startsWith(WORDS) && KIND_NAMED.test(code);
}

/** What is imported for more than its types. */
function loadedBy(path: string): readonly string[] {
  const file = sources.find((each) => each.path.replace(/\.tsx?$/, '') === path);
  const typesAlone = [...(file?.code ?? '').matchAll(/import type [^;]*? from '([^']+)'/g)].map((match) => match[1]);
  return file?.imports.filter((to) => !typesAlone.some((name) => isSame(path, name ?? '', to))) ?? [];
}

function isSame(from: string, specifier: string, to: string): boolean {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '') === to;
}

function isOthers(from: string, to: string): boolean {
  const method = folderOf(to);
  return method !== undefined && folderOf(from) !== method && from !== `${LIST}.ts`;
}
