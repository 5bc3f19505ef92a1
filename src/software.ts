// What this build calls itself, on the link, in logs and in --version. Read from package.json once, when asked.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const packageSchema = z.object({ name: z.string(), version: z.string() });

/** As in `drawbridge/0.1.0`. */
export async function softwareName(): Promise<string> {
  for (const path of ['../package.json', '../../package.json']) {
    const text = await readFile(new URL(path, import.meta.url), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const { name, version } = packageSchema.parse(JSON.parse(text));
    return `${name}/${version}`;
  }
  return 'drawbridge';
}
