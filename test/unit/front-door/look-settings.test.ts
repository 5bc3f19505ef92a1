// How an organisation's look and words are taken from the settings, or refused at start in words that say what would do.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { LOGO_BYTES_MAX } from '../../../src/front-door/branding/logo.js';
import { readFrontDoorConfig } from '../../../src/front-door/config.js';
import { loadLooks } from '../../../src/front-door/load-looks.js';
import { parseTenantId } from '../../../src/protocol/identifiers.js';
import { anSvg, aPng } from '../../support/logos.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-look-'));
  await writeFile(join(folder, 'logo.png'), aPng({ width: 320, height: 80 }));
  await writeFile(join(folder, 'dark.svg'), anSvg());
  await writeFile(join(folder, 'script.svg'), anSvg('<script>1</script>'));
  await writeFile(join(folder, 'page.png'), '<!doctype html><p>Hello');
  await writeFile(join(folder, 'long.png'), aPng({ bytes: LOGO_BYTES_MAX * 4 }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const example = parseTenantId('example');

async function read(tenant: { readonly branding?: unknown; readonly texts?: unknown }) {
  const file = join(folder, 'front-door.yaml');
  await writeFile(
    file,
    stringify({
      publicUrl: 'https://reset.example.com',
      tls: { certificateFile: 'c.pem', keyFile: 'c.key' },
      dataFolder: 'data',
      mail: { host: 'mail.example.com', from: 'no-reply@example.com' },
      tenants: [
        { id: 'example', name: 'Example', contact: { kind: 'email', addresses: ['a@example.com'] }, ...tenant },
      ],
    }),
  );
  return readFrontDoorConfig(file);
}

const lookOf = async (branding: unknown) => (await loadLooks((await read({ branding })).tenants)).get(example);
const refusal = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'taken',
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  );

describe('an organisation’s look', () => {
  test('is ours where it has none', async () => {
    expect(await lookOf(undefined)).toBeUndefined();
    expect(await lookOf({})).toBeUndefined();
    expect(await lookOf({ nameBesideLogo: true })).toBeUndefined();
  });

  test('has the colour that was given, in whichever case, and a lighter shade for the dark', async () => {
    const look = await lookOf({ accent: '#7A1F5C' });
    expect(look?.accents?.light.accent).toBe('#7a1f5c');
    expect(look?.accents?.dark.accent).toBe('#ed89c5');
    expect((await lookOf({ accent: '#7a1f5c', accentDark: '#f2a7d6' }))?.accents?.dark.accent).toBe('#f2a7d6');
    expect(look?.logo).toBeUndefined();
  });

  test('has the logos that the settings name, from the settings’ own folder', async () => {
    const look = await lookOf({ logoFile: 'logo.png', logoDarkFile: 'dark.svg', nameBesideLogo: true });
    expect(look?.accents).toBeUndefined();
    expect(look?.logo).toMatchObject({ light: { kind: 'png', width: 320 }, dark: { kind: 'svg' }, nameBeside: true });
  });

  test.each([
    [
      'a colour too faint for light pages',
      { accent: '#5eb3f6' },
      /accent \(line \d+\): .* light pages is 2\.01:1.* 4\.5:1 .*"#1273b2"/,
    ],
    ['a colour that is just too faint', { accent: '#6f6f6f' }, / 4\.4\d:1/],
    [
      'a colour too faint for dark pages',
      { accent: '#7a1f5c', accentDark: '#7a1f5c' },
      /accentDark .* dark pages is 1\.\d\d:1.*"#/,
    ],
    ['a colour by its name', { accent: 'red' }, /accent .*six hexadecimal digits/],
    ['a colour with see-through', { accent: '#7a1f5c80' }, /accent .*six hexadecimal digits/],
    ['a dark colour alone', { accentDark: '#f2a7d6' }, /accentDark .*needs an `accent`/],
    ['a dark logo alone', { logoDarkFile: 'dark.svg' }, /logoDarkFile .*needs a `logoFile`/],
    ['a key that is none', { logo: 'logo.png' }, /branding/],
    [
      'a logo that is not there',
      { logoFile: 'none.png' },
      /^tenants\.0\.branding\.logoFile: .*none\.png: there is no such file/,
    ],
    ['a logo that is a page', { logoFile: 'page.png' }, /^tenants\.0\.branding\.logoFile: .*page\.png is no PNG/],
    ['a logo that is too long', { logoFile: 'long.png' }, /long\.png is .* at most 16 KiB/],
    ['a dark logo that runs', { logoFile: 'logo.png', logoDarkFile: 'script.svg' }, /branding\.logoDarkFile: .*script/],
  ])('is refused at start: %s', async (_, branding, why) => expect(await refusal(lookOf(branding))).toMatch(why));
});

describe('an organisation’s words', () => {
  test('are taken as they are, without the line’s end that YAML leaves', async () => {
    const { tenants } = await read({ texts: { en: { 'start.lead': 'Hello, docker!\n' }, de: {} } });
    expect(tenants[0]?.texts.en).toEqual({ 'start.lead': 'Hello, docker!' });
  });

  test('are refused by language and place, all at once', async () => {
    const said = await refusal(
      read({
        texts: {
          en: { 'start.leed': 'x', 'code.leadEmail': 'We sent it.' },
          fr: { 'mail.code.notYou': 'x', 'start.lead': { a: 'x' } },
          nl: { 'start.lead': 'x' },
        },
      }),
    );
    expect(said).toMatch(/texts\.en\.start\.leed.*: is no text of ours/);
    expect(said).toMatch(/texts\.en\.code\.leadEmail.*: must say \{address\}/);
    expect(said).toMatch(/nl/);
    const other = await refusal(read({ texts: { fr: { 'mail.code.notYou': 'x' } } }));
    expect(other).toMatch(/texts\.fr\.mail\.code\.notYou.*: may not be changed: it warns of/);
  });
});
