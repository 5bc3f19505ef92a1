// base64url without padding (RFC 4648 §5), strict: one text for one value. Runs in the browser too, hence no Buffer.

import { Failure } from '../failure/failure.js';

/** Text is not base64url, or not its only spelling. */
export class MalformedBase64Url extends Failure {
  readonly code = 'malformed-base64url';
  readonly retry = { mayRetry: false, why: 'the same text stays malformed' };
}

export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Throws MalformedBase64Url on any character, padding or trailing bit that does not belong. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new MalformedBase64Url('not base64url text');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (toBase64Url(bytes) !== text) throw new MalformedBase64Url('base64url text with stray trailing bits');
  return bytes;
}
