// Writes each of our mails: the code, the news that a password was changed or an account unlocked, the call for an administrator.
// Pure. No secret is in any of them but the code in the first; who gets them, and how, is decided elsewhere.

import type { Accents } from '../branding/accents.js';
import { composeNotice, type Notice, type NoticeContent, type NoticePart } from './notice.js';
import { strangersText } from './strangers-text.js';
import type { NoticeWords } from './words-en.js';

/** What all mails of one organisation share. */
export interface NoticeSetting {
  readonly words: NoticeWords;
  readonly organisationName: string;
  readonly accents: Accents;
  /** Joins the mail with our audit. */
  readonly supportId: string;
  /** IANA name of the zone that times are written in, such as `Europe/Lisbon`. Times always name their zone. */
  readonly timeZone: string;
}

export type OperationDone = 'reset' | 'unlock';
export type MethodChange = 'added' | 'removed';

/** The code is in the body alone: a subject is shown on locked phones. */
export function writeCodeNotice(
  notice: { readonly code: string; readonly validForMinutes: number; readonly askedAtMs: number },
  setting: NoticeSetting,
): Notice {
  const words = setting.words.code;
  return compose(setting, {
    subject: words.subject(setting.organisationName),
    preview: words.lead,
    heading: words.heading,
    parts: [
      { kind: 'paragraph', text: words.lead },
      { kind: 'code', code: notice.code },
      { kind: 'paragraph', text: words.validFor(notice.validForMinutes) },
      { kind: 'paragraph', text: words.notYou },
      { kind: 'facts', facts: [[setting.words.when, inWords(notice.askedAtMs, setting)], supportFact(setting)] },
    ],
  });
}

/** To the person, after the directory said that it was done. */
export function writeDoneNotice(
  notice: {
    readonly operation: OperationDone;
    readonly account: string;
    readonly doneAtMs: number;
    /** How the person reaches their administrator: an address, a number or a page; undefined where that is not known. */
    readonly administratorContact: string | undefined;
    /** Where the person can say that it was not them. */
    readonly disownHref: string;
  },
  setting: NoticeSetting,
): Notice {
  const words = setting.words.done;
  return compose(setting, {
    subject: setting.words.labelled(setting.organisationName, words.subject[notice.operation]),
    preview: words.notYou,
    heading: words.subject[notice.operation],
    parts: [
      { kind: 'paragraph', text: words.lead[notice.operation] },
      {
        kind: 'facts',
        facts: [
          [setting.words.account, notice.account],
          [setting.words.when, inWords(notice.doneAtMs, setting)],
          supportFact(setting),
        ],
      },
      { kind: 'paragraph', text: words.you },
      ...notYouParts(notice, setting),
    ],
  });
}

/** To the person, after their ways of proving who they are have changed. `method`: as it is called in the words' language. */
export function writeMethodNotice(
  notice: {
    readonly change: MethodChange;
    readonly method: string;
    readonly account: string;
    readonly changedAtMs: number;
    readonly administratorContact: string | undefined;
    readonly disownHref: string;
  },
  setting: NoticeSetting,
): Notice {
  const words = setting.words.method;
  const { change, method } = notice;
  return compose(setting, {
    subject: setting.words.labelled(setting.organisationName, words.subject[change]),
    preview: setting.words.done.notYou,
    heading: words.subject[change],
    parts: [
      { kind: 'paragraph', text: words.lead[change](method) },
      {
        kind: 'facts',
        facts: [
          [setting.words.account, notice.account],
          [setting.words.when, inWords(notice.changedAtMs, setting)],
          supportFact(setting),
        ],
      },
      ...notYouParts(notice, setting),
    ],
  });
}

/** To the administrators. Everything but `why` was typed by somebody who has proved nothing. */
export function writeContactNotice(
  notice: {
    readonly account: string;
    readonly reply: string;
    readonly message: string;
    /** Our own words on why the person was sent to their administrator; undefined when nothing is known. */
    readonly why: string | undefined;
    readonly writtenAtMs: number;
  },
  setting: NoticeSetting,
): Notice {
  const words = setting.words.contact;
  const [account, reply] = [strangersText(notice.account), strangersText(notice.reply)];
  return compose(setting, {
    subject: words.subject(account),
    preview: words.lead,
    heading: words.heading,
    parts: [
      { kind: 'paragraph', text: words.lead },
      {
        kind: 'facts',
        facts: [
          [setting.words.account, account],
          [words.reply, reply],
          ...(notice.why === undefined ? [] : [[words.why, notice.why] as const]),
          [setting.words.when, inWords(notice.writtenAtMs, setting)],
          supportFact(setting),
        ],
      },
      ...(notice.message.trim() === ''
        ? [{ kind: 'paragraph', text: words.noMessage } as const]
        : [{ kind: 'paragraph', text: words.message } as const, { kind: 'quote', text: notice.message } as const]),
      { kind: 'warning', lines: [words.caution] },
    ],
  });
}

/** What to do if it was somebody else: the link that says so, and whom to tell. */
function notYouParts(
  {
    administratorContact,
    disownHref,
  }: { readonly administratorContact: string | undefined; readonly disownHref: string },
  { words: { done: words } }: NoticeSetting,
): readonly NoticePart[] {
  const reach = administratorContact === undefined ? [] : [words.notYouReach(administratorContact)];
  return [
    { kind: 'warning', lines: [words.notYou] },
    { kind: 'link', label: words.disown, href: disownHref },
    { kind: 'paragraph', text: [words.orTell, ...reach].join(' ') },
  ];
}

export function compose(
  { words, organisationName, accents }: NoticeSetting,
  content: Pick<NoticeContent, 'subject' | 'preview' | 'heading' | 'parts'>,
): Notice {
  const { language, automatic, labelled } = words;
  return composeNotice({ ...content, language, organisationName, accents, footer: automatic }, labelled);
}

export function supportFact(setting: NoticeSetting): readonly [string, string] {
  return [setting.words.supportId, setting.supportId];
}

export function inWords(epochMs: number, { words, timeZone }: NoticeSetting): string {
  return formatOf(words.locale, timeZone).format(epochMs);
}

/** The last one is kept: making it costs as much as the rest of a notice, and a front door has one zone and one language. */
let kept: { readonly locale: string; readonly timeZone: string; readonly format: Intl.DateTimeFormat } | undefined;

function formatOf(locale: string, timeZone: string): Intl.DateTimeFormat {
  if (kept?.locale === locale && kept.timeZone === timeZone) return kept.format;
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  });
  kept = { locale, timeZone, format };
  return format;
}
