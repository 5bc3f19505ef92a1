// Which texts of the pages and mails an organisation may write itself, and which values each has. A text with values that has no row
// here does not compile.
// Ours alone stay the words by which people are kept from being deceived: what happened to their account, what is done with their
// password, what nobody will ever ask them for, and what an administrator must do before believing a mail.

import type { NoticeWords } from '../notices/words-en.js';
import type { Texts } from '../pages/texts/en.js';
import type { Place, PlaceWithValues, TextRules } from './own-texts.js';

interface RulesOf<Words> extends TextRules {
  readonly values: Readonly<Record<PlaceWithValues<Words>, readonly string[]>>;
  readonly fixed: Readonly<Record<string, string>>;
}

/** The beginnings of places, too: `results.expired` is all that it has. */
type BeginningOf<Path extends string> =
  | Path
  | (Path extends `${infer Head}.${infer Rest}` ? Head | `${Head}.${BeginningOf<Rest>}` : never);
type Fixed<Words> = Readonly<Partial<Record<BeginningOf<Place<Words>>, string>>>;

const OF_LANGUAGE = 'it says how the language is written';
const OF_OUTCOME = 'it says what happened to the account, which must be true';
const OF_PASSWORD = 'it says what is done with the password';
const OF_WEAKNESS = 'it warns of a way that others may get through';
const OF_SECRETS = 'it says what nobody may ask for';
const OF_STRANGERS = 'it warns of whoever pretends to be somebody else';

const OF_STRANGER = 'it is the same for several reasons, and must not tell a stranger which it is';

export const PAGE_TEXT_RULES = {
  values: {
    'layout.title': ['heading', 'organisation'],
    'layout.titleWithErrors': ['title'],
    'progress.account': [],
    'progress.identity': [],
    'progress.finish': ['operation'],
    'signIn.heading': ['organisation'],
    'method.gate': ['gate', 'gates'],
    'method.emailHint': ['address'],
    'method.emailHintNumbered': ['number'],
    'method.textHint': ['number'],
    'method.textHintNumbered': ['number'],
    'code.leadEmail': ['address'],
    'code.leadText': ['number'],
    'code.validFor': ['minutes'],
    'code.validForText': ['minutes'],
    'code.attemptsLeft': ['attempts'],
    'phone.lead': ['number'],
    'newPassword.announce': ['met', 'all'],
    'newPassword.explained.name': ['words'],
    'newPassword.explained.common': ['words'],
    'newPassword.explained.banned': ['words'],
    'newPassword.explained.quoted': ['word'],
    'newPassword.rule.lengthAtLeast': ['characters'],
    'newPassword.rule.categories': ['kinds'],
    'newPassword.rule.notRecent': ['passwords'],
    'newPassword.rule.ageAtLeast': ['hours'],
    'questionsSetup.lead': ['questions'],
    'questionsSetup.question': ['number'],
    'questionsSetup.answer': ['number'],
    'signedIn.info.missing': ['ways'],
    'signedIn.info.since': ['date'],
    'signedIn.info.lastUsed': ['date'],
    'signedIn.info.codesLeft': ['codes'],
    'signedIn.setup.recovery.later': ['address', 'way'],
    'disown.ifNot': ['days'],
    'disown.saidLead': ['days'],
    'disown.willRemove': ['ways'],
    'disown.waysRemoved': ['ways'],
    'stops.blocked.until': ['time'],
    'stops.sessionOver.lead': ['minutes'],
  },
  fixed: {
    language: OF_LANGUAGE,
    locale: OF_LANGUAGE,
    direction: OF_LANGUAGE,
    'layout.languages': OF_LANGUAGE,
    'progress.finish': 'it is another word for each thing that can be done',
    'questionsSetup.weaker': OF_WEAKNESS,
    'signedIn.info.addHints.security-questions': OF_WEAKNESS,
    'newPassword.sealedFor': OF_PASSWORD,
    'newPassword.noScript': OF_PASSWORD,
    'newPassword.sending': OF_PASSWORD,
    'newPassword.problems.not-sealed': OF_PASSWORD,
    'newPassword.problems.seal-expired': OF_OUTCOME,
    'newPassword.problems.directory-away': OF_OUTCOME,
    'unlock.lead': OF_OUTCOME,
    'unlock.away': OF_OUTCOME,
    'results.changed.heading': OF_OUTCOME,
    'results.changed.lead': OF_OUTCOME,
    'results.changed.unlockedToo': OF_OUTCOME,
    'results.changed.told': OF_OUTCOME,
    'results.unlocked.heading': OF_OUTCOME,
    'results.unlocked.lead': OF_OUTCOME,
    'results.wasNotLocked': OF_OUTCOME,
    'results.unknownReset': OF_OUTCOME,
    'results.unknownUnlock': OF_OUTCOME,
    'results.expired': OF_OUTCOME,
    'results.notPermitted.heading': OF_OUTCOME,
    'results.notPermitted.lead': OF_OUTCOME,
    'results.refusedAfterReplacing': OF_OUTCOME,
    'signedIn.entry.problems.wrong': OF_STRANGER,
    'signedIn.entry.problems.away': OF_STRANGER,
    'signedIn.entry.problems.not-sealed': OF_PASSWORD,
    'signedIn.info.news': OF_OUTCOME,
    'signedIn.setup.recovery.lead': OF_OUTCOME,
    'signedIn.changed': OF_OUTCOME,
    'contact.messageHint': OF_SECRETS,
    'contact.sentLead': OF_STRANGERS,
    'contact.sentAdvice': OF_SECRETS,
    disown: OF_OUTCOME,
    'stops.cannotVerify': OF_STRANGER,
  } satisfies Fixed<Texts>,
} satisfies RulesOf<Texts>;

export const MAIL_TEXT_RULES = {
  values: {
    labelled: ['label', 'value'],
    'code.subject': ['organisation'],
    'code.validFor': ['minutes'],
    'text.code': ['code', 'organisation'],
    'done.notYouReach': ['contact'],
    'method.lead.added': ['method'],
    'method.lead.removed': ['method'],
    'disowned.subject': ['account'],
    'disowned.stopped': ['days'],
    'disowned.waysRemoved': ['ways'],
    'contact.subject': ['account'],
  },
  fixed: {
    language: OF_LANGUAGE,
    locale: OF_LANGUAGE,
    labelled: OF_LANGUAGE,
    'code.validFor': OF_SECRETS,
    'code.notYou': OF_STRANGERS,
    text: 'every sign of it is paid for, and phones read the code out of it',
    'done.subject': OF_OUTCOME,
    'done.lead': OF_OUTCOME,
    'done.notYou': OF_STRANGERS,
    'done.notYouReach': OF_STRANGERS,
    'done.disown': OF_STRANGERS,
    'done.orTell': OF_STRANGERS,
    method: OF_OUTCOME,
    disowned: OF_OUTCOME,
    'contact.lead': OF_STRANGERS,
    'contact.message': OF_STRANGERS,
    'contact.caution': OF_STRANGERS,
  } satisfies Fixed<NoticeWords>,
} satisfies RulesOf<NoticeWords>;
