// Files that the settings point at: certificates and authorities as PEM, and others as bytes, read and looked at, or refused in one sentence that
// names the setting, the file and what to do. Reads when asked, keeps nothing; secrets are read by secret-sources.ts.

import { X509Certificate } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { codeOf, OperatorMistake } from '../failure/failure.js';

/** A file that the settings name is not there, cannot be read, or is not what the setting is for. */
export class SettingFileUnusable extends OperatorMistake {
  readonly code = 'setting-file-unusable';
  readonly retry = { mayRetry: false, why: 'somebody has to put the right file in place' };
}

/** A file's bytes; of one that is longer, one byte more than `bytesMax`, so that it can be told. Throws SettingFileUnusable. */
export async function readSettingBytes(setting: string, file: string, bytesMax: number): Promise<Uint8Array> {
  try {
    await using opened = await open(file);
    const { buffer, bytesRead } = await opened.read(new Uint8Array(bytesMax + 1), 0, bytesMax + 1, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw new SettingFileUnusable(`${setting}: cannot read ${file}: ${whyUnreadable(error)}`);
  }
}

/** One certificate or more, as PEM. `setting` is its path, as in `frontDoor.caFile`. Throws SettingFileUnusable. */
export async function readCertificates(setting: string, file: string): Promise<string> {
  // Not given as a cause: the system's message repeats the path, and says less.
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SettingFileUnusable(`${setting}: cannot read ${file}: ${whyUnreadable(error)}`);
  });
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return text;
  const what = blocks.length === 0 ? 'holds no certificate in PEM' : 'holds something that is no certificate';
  throw new SettingFileUnusable(`${setting}: ${file} ${what}: put one there that begins with BEGIN CERTIFICATE`);
}

/** What an administrator has to know of a file that could not be read: the reason, and what to do. */
export function whyUnreadable(error: unknown): string {
  const code = codeOf(error);
  return WHYS.get(code) ?? `${code}; look at the file and its disk`;
}

const WHYS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file; put it there, or correct its path in the settings'],
  ['ENOTDIR', 'there is no such file; put it there, or correct its path in the settings'],
  ['EISDIR', 'it is a folder; give the path of a file'],
  ['EACCES', 'the account this runs as may not read it; let that account, and nobody else who need not, read it'],
  ['EPERM', 'the account this runs as may not read it; let that account, and nobody else who need not, read it'],
]);

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    // What the parser says of the bytes tells an administrator nothing.
    return false;
  }
}
