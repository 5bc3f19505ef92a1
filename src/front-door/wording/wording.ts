// The words of pages and mails as each organisation has them: ours, and its own in their place.
// In the settings both kinds stand in one list: a mail's places begin with `mail.`. Pure.

import type { TenantId } from '../../protocol/identifiers.js';
import { LANGUAGES, type Language } from '../languages/language.js';
import { NOTICE_WORDS } from '../notices/notice-words.js';
import type { NoticeWords } from '../notices/words-en.js';
import { TEXTS } from '../pages/texts/catalogues.js';
import type { Texts } from '../pages/texts/en.js';
import { MAIL_TEXT_RULES, PAGE_TEXT_RULES } from './changeable-texts.js';
import { changeableTexts, type OwnText, type OwnTexts, problemOfOwnText, withOwnTexts } from './own-texts.js';

/** What an organisation wrote, by language. */
export type OwnWords = Readonly<Partial<Record<Language, OwnTexts | undefined>>>;

export interface Wording {
  /** `tenantId` undefined: on nobody's page. */
  pages(tenantId: TenantId | undefined, language: Language): Texts;
  mails(tenantId: TenantId, language: Language): NoticeWords;
  /** What each way of proving who one is is called, for whoever has to name one. */
  methodNames(tenantId: TenantId, language: Language): Texts['signedIn']['info']['methods'];
}

const OF_MAILS = 'mail.';

/** What is wrong with an organisation's text; undefined: nothing. */
export function problemOfOwnWords(language: Language, place: string, own: OwnText): string | undefined {
  return place.startsWith(OF_MAILS)
    ? problemOfOwnText({ catalogue: NOTICE_WORDS[language], rules: MAIL_TEXT_RULES }, place.slice(OF_MAILS.length), own)
    : problemOfOwnText({ catalogue: TEXTS[language], rules: PAGE_TEXT_RULES }, place, own);
}

/** Every text of pages and mails that an organisation may write itself, by place, as it is to be written. */
export function changeableWords(language: Language): readonly (readonly [place: string, text: OwnText])[] {
  const ofMails = changeableTexts(NOTICE_WORDS[language], MAIL_TEXT_RULES);
  return [
    ...changeableTexts(TEXTS[language], PAGE_TEXT_RULES),
    ...ofMails.map(([place, text]) => [`${OF_MAILS}${place}`, text] as const),
  ];
}

/** `own` are words that were found to have no problem. Catalogues are made once, for the languages that somebody wrote in. */
export function wordingOf(tenants: readonly { readonly id: TenantId; readonly texts: OwnWords }[]): Wording {
  const pages = new Map<string, Texts>();
  const mails = new Map<string, NoticeWords>();
  for (const { id, texts } of tenants) {
    for (const language of LANGUAGES) {
      const own = texts[language];
      if (own === undefined) continue;
      const [ofMails, ofPages] = apart(own);
      pages.set(keyOf(id, language), withOwnTexts(TEXTS[language], PAGE_TEXT_RULES, ofPages));
      mails.set(keyOf(id, language), withOwnTexts(NOTICE_WORDS[language], MAIL_TEXT_RULES, ofMails));
    }
  }
  const pagesOf: Wording['pages'] = (tenantId, language) => pages.get(keyOf(tenantId, language)) ?? TEXTS[language];
  return {
    pages: pagesOf,
    methodNames: (tenantId, language) => pagesOf(tenantId, language).signedIn.info.methods,
    mails: (tenantId, language) => mails.get(keyOf(tenantId, language)) ?? NOTICE_WORDS[language],
  };
}

const keyOf = (tenantId: TenantId | undefined, language: Language) => `${language} ${tenantId ?? ''}`;

function apart(own: OwnTexts): readonly [ofMails: OwnTexts, ofPages: OwnTexts] {
  const [ofMails, ofPages]: [[string, OwnText][], [string, OwnText][]] = [[], []];
  for (const [place, text] of Object.entries(own)) {
    if (place.startsWith(OF_MAILS)) ofMails.push([place.slice(OF_MAILS.length), text]);
    else ofPages.push([place, text]);
  }
  return [Object.fromEntries(ofMails), Object.fromEntries(ofPages)];
}
