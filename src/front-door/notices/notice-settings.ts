// What a mail needs beside what it tells: the organisation's words and colours, and the zone of its times.
// Knows neither where they come from nor what is written.

import type { TenantId } from '../../protocol/identifiers.js';
import { type Accents, HOUSE_ACCENTS } from '../branding/accents.js';
import type { Language } from '../languages/language.js';
import type { NoticeWords } from './words-en.js';
import type { NoticeSetting } from './write-notices.js';

export interface NoticeAbout {
  readonly tenantId: TenantId;
  readonly organisationName: string;
  readonly supportId: string;
  readonly language: Language;
}

export type NoticeSettings = (about: NoticeAbout) => NoticeSetting;

export function noticeSettingsOf(deps: {
  readonly wording: { mails(tenantId: TenantId, language: Language): NoticeWords };
  /** Of the organisations that have one of their own. */
  readonly looks: ReadonlyMap<TenantId, { readonly accents: Accents | undefined }>;
  /** IANA name of the zone times are written in. */
  readonly timeZone: string;
}): NoticeSettings {
  const { wording, looks, timeZone } = deps;
  return ({ tenantId, organisationName, supportId, language }) => ({
    words: wording.mails(tenantId, language),
    accents: looks.get(tenantId)?.accents ?? HOUSE_ACCENTS,
    organisationName,
    supportId,
    timeZone,
  });
}
