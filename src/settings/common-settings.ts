// Pieces of settings both programs have: paths, URLs, addresses, log level. Schemas only.

import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { LOG_LEVELS } from '../logging/log.js';

/** A path; a relative one is taken from the folder of the settings file. */
export function pathFrom(folder: string) {
  return z
    .string()
    .min(1)
    .transform((path) => (isAbsolute(path) ? path : resolve(folder, path)));
}

export const logSettings = z.strictObject({ level: z.enum(LOG_LEVELS).default('info') }).prefault({});

/** An https URL without credentials, path, query or fragment. */
export const originUrl = z.string().refine(isOrigin, {
  error: 'must be an https:// address with nothing behind the host and port, as in https://reset.example.com',
});

export const mailAddress = z.email({ error: 'must be an e-mail address' }).max(254);

/** A length of time in milliseconds, within bounds that make sense. */
export function milliseconds(bounds: { readonly min: number; readonly max: number }) {
  return z.int().min(bounds.min).max(bounds.max);
}

/** Whether this machine knows the IANA time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    (text === url.origin || text === `${url.origin}/`)
  );
}
