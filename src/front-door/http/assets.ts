// The files pages need: style sheet, icon and the built scripts, each under a name made of its content, so that browsers may
// keep it for ever and never keep an old one; compressed once. Pages themselves never are: they hold tokens beside what somebody typed,
// and the length of both together would tell of the tokens (BREACH).

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Failure } from '../../failure/failure.js';
import { METHOD_KINDS, type MethodKind, methodOf } from '../methods/every-method.js';

/** The browser's scripts are not there: they are built by `npm run build`. */
export class AssetsMissing extends Failure {
  readonly code = 'assets-missing';
  readonly retry = { mayRetry: false, why: 'somebody has to build or install the files first' };
}

export interface Asset {
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The same, smaller, by content coding (RFC 9110 §8.4.1), the one to prefer first. None: as small as it gets. */
  readonly compressed: readonly { readonly coding: 'br' | 'gzip'; readonly body: Uint8Array }[];
}

/** A file as it is served. */
export function assetOf(contentType: string, body: Uint8Array): Asset {
  const compressed = [
    { coding: 'br', body: brotliCompressSync(body) } as const,
    { coding: 'gzip', body: gzipSync(body, { level: 9 }) } as const,
  ];
  return { contentType, body, compressed: compressed.filter((smaller) => smaller.body.length < body.length) };
}

/** Where a file is served: `kind` ends its name. */
export function assetPath(name: string, kind: string, body: Uint8Array): string {
  return `/assets/${name}-${createHash('sha256').update(body).digest('hex').slice(0, 16)}.${kind}`;
}

export interface Assets {
  readonly stylesheetHref: string;
  readonly iconHref: string | undefined;
  /** The pages' scripts. */
  readonly newPasswordSrc: string;
  readonly enterPasswordSrc: string;
  /** Of the methods whose pages have one. */
  readonly methodScripts: ReadonlyMap<MethodKind, string>;
  /** By path, as in `/assets/style-1a2b3c.css`. */
  readonly files: ReadonlyMap<string, Asset>;
}

const CONTENT_TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

const KINDS_WITH_SCRIPT = METHOD_KINDS.filter((kind) => methodOf(kind).face.hasScript);

const SCRIPTS_FOLDER = 'src/front-door/browser';
const METHODS_FOLDER = 'src/front-door/methods';
const manifestSchema = z.record(z.string(), z.object({ file: z.string() }));

/** `browserFolder`: what vite built, as in dist/browser. Throws AssetsMissing. */
export async function loadAssets(places: {
  readonly browserFolder: string;
  readonly stylesheetFile: string;
  readonly iconFile: string | undefined;
}): Promise<Assets> {
  try {
    return await load(places);
  } catch (error) {
    throw new AssetsMissing(`cannot read the pages' files (run \`npm run build\`)`, { cause: error });
  }
}

async function load(places: Parameters<typeof loadAssets>[0]): Promise<Assets> {
  const { browserFolder, stylesheetFile, iconFile } = places;
  const manifest = manifestSchema.parse(
    JSON.parse(await readFile(join(browserFolder, '.vite', 'manifest.json'), 'utf8')),
  );
  const srcOf = (script: string) => {
    const entry = manifest[script];
    if (entry === undefined) throw new AssetsMissing(`the manifest does not name the script ${script}`);
    return `/${entry.file}`;
  };
  const files = new Map<string, Asset>();
  for (const name of await readdir(join(browserFolder, 'assets'))) {
    if (!name.endsWith('.js')) continue;
    const body = await readFile(join(browserFolder, 'assets', name));
    files.set(`/assets/${name}`, assetOf(CONTENT_TYPES.js, body));
  }
  const keep = async (file: string, name: string, kind: 'css' | 'svg') => {
    const body = await readFile(file);
    const path = assetPath(name, kind, body);
    files.set(path, assetOf(CONTENT_TYPES[kind], body));
    return path;
  };
  return {
    stylesheetHref: await keep(stylesheetFile, 'style', 'css'),
    iconHref: iconFile === undefined ? undefined : await keep(iconFile, 'icon', 'svg'),
    newPasswordSrc: srcOf(`${SCRIPTS_FOLDER}/new-password.ts`),
    enterPasswordSrc: srcOf(`${SCRIPTS_FOLDER}/enter-password.ts`),
    methodScripts: new Map(
      KINDS_WITH_SCRIPT.map((kind) => [kind, srcOf(`${METHODS_FOLDER}/${kind}/browser/${kind}.ts`)]),
    ),
    files,
  };
}
