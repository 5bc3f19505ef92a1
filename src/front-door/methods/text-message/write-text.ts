// Writes the text that carries a code: short, since every part of it is paid for, and with a last line by which phones know which page it
// is for and offer to fill it in there, and on no other (WICG "SMS one-time codes": `@host #code`). Pure.

import type { NoticeWords } from '../../notices/words-en.js';

/** A longer name of an organisation is cut: it would make two messages of one. */
const NAME_SIGNS_MAX = 30;

export function writeCodeText(
  code: string,
  setting: {
    readonly words: NoticeWords;
    readonly organisationName: string;
    /** Of the pages, without a port. */
    readonly host: string;
  },
): string {
  const { words, organisationName, host } = setting;
  return `${words.text.code(code, onOneLine(organisationName))}\n\n@${host} #${code}`;
}

function onOneLine(name: string): string {
  const signs = [...name.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()];
  return signs.length <= NAME_SIGNS_MAX
    ? signs.join('')
    : `${signs
        .slice(0, NAME_SIGNS_MAX - 3)
        .join('')
        .trimEnd()}...`;
}
