// The one form of every mail we write: a subject of one line, the text, and the same words as HTML (mail-html.tsx).
// Pure. No picture, and no link that tracks.

import type { Accents } from '../branding/accents.js';
import type { Language } from '../languages/language.js';
import { mailHtml } from './mail-html.js';
import { onOneLine, strangersLines } from './strangers-text.js';

export interface Notice {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * What a mail says, in order. `code` is set large; `facts` are label and value; `quote` is what somebody else wrote; `command` is typed
 * into a terminal; `link` shows its whole address, for whoever looks before they follow it and for programs that show no links.
 */
export type NoticePart =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'warning'; readonly lines: readonly string[] }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly href: string };

export interface NoticeContent {
  readonly subject: string;
  readonly language: Language;
  readonly organisationName: string;
  readonly accents: Accents;
  /** What lists of mails show beside the subject, and locked phones: no secret in it. */
  readonly preview: string;
  readonly heading: string;
  readonly parts: readonly NoticePart[];
  readonly footer: string;
}

/** Longest subject, in UTF-16 code units; longer ones are cut. */
export const SUBJECT_UNITS_MAX = 150;
const VALUE_UNITS_MAX = 500;

/** `labelled`: a label and its value on one line, in the language's own way. */
export function composeNotice(content: NoticeContent, labelled: (label: string, value: string) => string): Notice {
  const { subject, organisationName, heading, parts, footer } = content;
  // RFC 3676 §4.3: mail programs know by the space that a signature begins.
  const signature = ['-- ', organisationName, footer].join('\n');
  const text = [heading, ...parts.map((part) => textOf(part, labelled)), signature].join('\n\n');
  return { subject: onOneLine(subject, SUBJECT_UNITS_MAX), text: `${text}\n`, html: mailHtml(content) };
}

function textOf(part: NoticePart, labelled: (label: string, value: string) => string): string {
  switch (part.kind) {
    case 'paragraph':
      return part.text;
    case 'warning':
      return part.lines.join('\n');
    case 'code':
      return `    ${part.code}`;
    case 'command':
      return `    ${onOneLine(part.text, VALUE_UNITS_MAX)}`;
    case 'link':
      return `${part.label}\n${part.href}`;
    case 'facts':
      return part.facts.map(([label, value]) => labelled(label, onOneLine(value, VALUE_UNITS_MAX))).join('\n');
    case 'quote':
      // Marked on every line, so that nothing a stranger wrote can pass for our own words.
      return strangersLines(part.text)
        .map((line) => `> ${line}`)
        .join('\n');
  }
}
