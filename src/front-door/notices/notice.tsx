// The one form of every mail we write: a subject of one line, the text, and the same words as simple HTML.
// Pure. Styles are inside the tags since mail programs drop style sheets; no picture, no link that tracks, no secret.

import { renderToString } from 'preact-render-to-string';
import { directionOf, type Language } from '../languages/language.js';

export interface Notice {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a mail says, in order. `code` is set large; `facts` are label and value; `quote` is what somebody else wrote. */
export type NoticePart =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'warning'; readonly text: string };

/** Longest subject, in UTF-16 code units; longer ones are cut. */
export const SUBJECT_UNITS_MAX = 150;

export function composeNotice(notice: {
  readonly subject: string;
  readonly language: Language;
  readonly organisationName: string;
  readonly heading: string;
  readonly parts: readonly NoticePart[];
  readonly footer: string;
}): Notice {
  const { organisationName, heading, parts, footer } = notice;
  const text = [heading, ...parts.map(textOf), '--', organisationName, footer].join('\n\n');
  return {
    subject: onOneLine(notice.subject, SUBJECT_UNITS_MAX),
    text: `${text}\n`,
    html: `<!doctype html>\n${renderToString(<Mail {...notice} />)}\n`,
  };
}

/** Text for a header line: control characters and line breaks become spaces, and a cut never leaves half a character. */
export function onOneLine(text: string, unitsMax: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  if (line.length <= unitsMax) return line;
  return `${line.slice(0, unitsMax - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Whatever some reader breaks a line at; and no other sign that is not seen, or turns what stands beside it around. */
function strangersLines(text: string): string[] {
  return text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/u).map(strangersText);
}

/**
 * What somebody typed whom nobody knows: without control characters, and without those by which text runs the other way (UAX #9), so that
 * an address is read as it is.
 */
export function strangersText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function textOf(part: NoticePart): string {
  switch (part.kind) {
    case 'paragraph':
    case 'warning':
      return part.text;
    case 'code':
      return `    ${part.code}`;
    case 'facts':
      return part.facts.map(([label, value]) => `${label}: ${onOneLine(value, 500)}`).join('\n');
    case 'quote':
      // Marked on every line, so that nothing a stranger wrote can pass for our own words.
      return strangersLines(part.text)
        .map((line) => `> ${line}`)
        .join('\n');
  }
}

const INK = '#24211d';
const SOFT = '#5a544b';
const ACCENT = '#1b5e57';

function Mail(props: Parameters<typeof composeNotice>[0]) {
  return (
    <html lang={props.language} dir={directionOf(props.language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{props.heading}</title>
      </head>
      <body style="margin:0;padding:24px 12px;background:#f6f1e9;">
        <div
          style={`max-width:520px;margin:0 auto;padding:28px 24px;background:#fffdfa;border:1px solid #d9cfc1;border-radius:14px;color:${INK};font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;`}
        >
          <p style={`margin:0 0 16px;color:${ACCENT};font-weight:600;`}>{props.organisationName}</p>
          <h1 style="margin:0 0 16px;font:600 24px/1.25 Georgia,serif;">{props.heading}</h1>
          {props.parts.map((part) => (
            <Part key={textOf(part)} part={part} sides={SIDES[directionOf(props.language)]} />
          ))}
          <p style={`margin:28px 0 0;padding-top:16px;border-top:1px solid #d9cfc1;color:${SOFT};font-size:14px;`}>
            {props.footer}
          </p>
        </div>
      </body>
    </html>
  );
}

/** Mail programs know no logical sides. */
const SIDES = { ltr: { start: 'left', end: 'right' }, rtl: { start: 'right', end: 'left' } } as const;

function Part({ part, sides: { start, end } }: { part: NoticePart; sides: (typeof SIDES)['ltr' | 'rtl'] }) {
  switch (part.kind) {
    case 'paragraph':
      return <p style="margin:0 0 16px;">{part.text}</p>;
    case 'warning':
      return (
        <p
          style={`margin:0 0 16px;padding:12px 16px;border-${start}:4px solid ${ACCENT};background:#e3efec;color:${INK};`}
        >
          {part.text}
        </p>
      );
    case 'code':
      return (
        <p style="margin:0 0 16px;font:600 32px/1.3 ui-monospace,Consolas,monospace;letter-spacing:0.2em;">
          {part.code}
        </p>
      );
    case 'facts':
      return (
        <table role="presentation" style="margin:0 0 16px;border-collapse:collapse;">
          <tbody>
            {part.facts.map(([label, value]) => (
              <tr key={label}>
                <td style={`padding:2px 0;padding-${end}:16px;vertical-align:top;color:${SOFT};`}>{label}</td>
                <td dir="auto" style="padding:2px 0;overflow-wrap:anywhere;">
                  {value}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'quote':
      return (
        <blockquote
          style={`margin:0 0 16px;padding:4px 0;padding-${start}:16px;border-${start}:4px solid #d9cfc1;white-space:pre-wrap;overflow-wrap:anywhere;`}
        >
          {strangersLines(part.text).join('\n')}
        </blockquote>
      );
  }
}
