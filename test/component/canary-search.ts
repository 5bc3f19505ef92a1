// Looks for a secret in bytes, in every form a program may have turned it into on the way: other character sets, base64 at
// any alignment, hexadecimal, and the escapes of URLs and JSON. Says which secret was seen, in which form.

export interface Canary {
  readonly name: string;
  readonly value: string | Uint8Array;
}

export interface Sighting {
  readonly canary: string;
  readonly form: string;
}

/** Every sighting of every canary, each form once. */
export function sightingsIn(haystack: Uint8Array, canaries: readonly Canary[]): readonly Sighting[] {
  const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  return canaries.flatMap(({ name, value }) =>
    formsOf(value).flatMap(({ form, needle }) => (bytes.includes(needle) ? [{ canary: name, form }] : [])),
  );
}

/** A code of digits only, standing alone: six digits inside a longer number are somebody else's. */
export function holdsCode(haystack: Uint8Array, code: string): boolean {
  const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  const alone = new RegExp(`(?<!\\d)${code}(?!\\d)`);
  return alone.test(bytes.toString('latin1')) || alone.test(bytes.toString('utf16le'));
}

export interface Form {
  readonly form: string;
  readonly needle: Buffer;
}

export function formsOf(value: string | Uint8Array): readonly Form[] {
  return typeof value === 'string' ? formsOfText(value) : formsOfBytes('raw', Buffer.from(value));
}

function formsOfText(text: string): readonly Form[] {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  const ascii = (form: string, needle: string) => ({ form, needle: Buffer.from(needle, 'latin1') });
  const percent = encodeURIComponent(text);
  return [
    ...formsOfBytes('UTF-8', utf8),
    ...formsOfBytes('UTF-16LE', utf16),
    { form: 'UTF-16BE', needle: Buffer.from(utf16).swap16() },
    { form: 'Latin-1', needle: Buffer.from(text, 'latin1') },
    ascii('URL', percent),
    ascii(
      'URL in lower case',
      percent.replaceAll(/%../g, (escaped) => escaped.toLowerCase()),
    ),
    ascii('URL, every byte', utf8.toString('hex').replaceAll(/../g, '%$&')),
    ascii('JSON', text.replaceAll(/[^ -~]/g, jsonEscape)),
  ];
}

function formsOfBytes(charset: string, bytes: Buffer): readonly Form[] {
  const text = (form: string, needle: string) => ({ form: `${charset}, ${form}`, needle: Buffer.from(needle) });
  return [
    { form: charset, needle: bytes },
    text('hexadecimal', bytes.toString('hex')),
    text('HEXADECIMAL', bytes.toString('hex').toUpperCase()),
    ...[0, 1, 2].flatMap((alignment) => {
      const needle = base64At(bytes, alignment);
      return [
        text(`base64 at ${alignment}`, needle),
        text(`base64url at ${alignment}`, needle.replaceAll('+', '-').replaceAll('/', '_')),
      ];
    }),
  ];
}

/** The characters that are the same whatever stands before and after, when `alignment` bytes came before. */
function base64At(bytes: Buffer, alignment: number): string {
  const encoded = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
  const firstWhole = Math.ceil((alignment * 8) / 6);
  const lastWhole = Math.floor(((alignment + bytes.length) * 8) / 6);
  return encoded.slice(firstWhole, lastWhole);
}

function jsonEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
