// Every page of the front door, filled with one text wherever view data takes text: for rules that must hold on all of them.

import { askedOfApp } from '../../../../src/front-door/methods/authenticator-code/face.js';
import { askedByEmail } from '../../../../src/front-door/methods/email-code/face.js';
import { METHOD_KINDS, methodOf } from '../../../../src/front-door/methods/every-method.js';
import { passkeyPage } from '../../../../src/front-door/methods/passkey/passkey-page.js';
import { askedRecoveryCode } from '../../../../src/front-door/methods/recovery-code/face.js';
import { securityQuestionsPage } from '../../../../src/front-door/methods/security-questions/security-questions-page.js';
import { askedByText } from '../../../../src/front-door/methods/text-message/face.js';
import { phonePage } from '../../../../src/front-door/methods/text-message/phone-page.js';
import { codePage } from '../../../../src/front-door/pages/code-page.js';
import { contactPage, contactSentPage } from '../../../../src/front-door/pages/contact-pages.js';
import { disownedPage, disownLinkUnknownPage, disownPage } from '../../../../src/front-door/pages/disown-pages.js';
import type { Surroundings } from '../../../../src/front-door/pages/layout.js';
import { methodPage } from '../../../../src/front-door/pages/method-page.js';
import { newPasswordPage, type SealingBlock } from '../../../../src/front-door/pages/new-password-page.js';
import {
  expiredPage,
  notPermittedPage,
  passwordChangedPage,
  unknownOutcomePage,
  unlockedPage,
} from '../../../../src/front-door/pages/result-pages.js';
import { signInPage } from '../../../../src/front-door/pages/sign-in-page.js';
import { startPage } from '../../../../src/front-door/pages/start-page.js';
import {
  blockedPage,
  cannotVerifyPage,
  cookiesNeededPage,
  endedElsewherePage,
  notFoundPage,
  sessionOverPage,
  somethingWrongPage,
  tryLaterPage,
} from '../../../../src/front-door/pages/stop-pages.js';
import { en, type Texts } from '../../../../src/front-door/pages/texts/en.js';
import { troublePage } from '../../../../src/front-door/pages/trouble-page.js';
import { unlockPage } from '../../../../src/front-door/pages/unlock-page.js';
import { signedInPages } from './signed-in-pages.js';

export function surroundingsWith(text: string, texts: Texts = en): Surroundings {
  return {
    texts,
    organisationName: text,
    brand: {
      stylesheetHref: `/accent.css?${text}`,
      logo: { src: `/logo?${text}`, darkSrc: `/dark?${text}`, widthPx: 100, heightPx: 40, nameBeside: false },
    },
    supportId: text,
    stylesheetHref: `/style.css?${text}`,
    iconHref: `/icon.svg?${text}`,
    startHref: `/start?${text}`,
    contactHref: `/contact?${text}`,
    tried: undefined,
  };
}

export function sealingWith(text: string): SealingBlock {
  return {
    recipients: [{ keyId: text, publicKey: text }],
    context: {
      tenantId: text,
      resetId: text,
      anchor: text,
      operation: 'reset',
      flags: { unlock: true, mustChange: false },
      notAfterMs: 1_795_435_200_000,
    },
  };
}

const ONE = { number: 1 };

/** Name and HTML of each page, in every form it takes. */
export function everyPage(text: string, texts: Texts = en): Record<string, string> {
  const around = surroundingsWith(text, texts);
  const trying = { ...around, tried: { called: text, address: text } };
  const form = { action: `/post?${text}`, csrfToken: text };
  const signInHref = `https://example.com/?${text}`;
  const picture = { kind: 'picture', src: `/picture?${text}` } as const;
  const words = { kind: 'words', question: text } as const;
  const methods = METHOD_KINDS.map((kind) => {
    const { label, hint } = methodOf(kind).face.choice(text, texts);
    // Addresses are masked by then: what a page makes of a whole text shows all the same.
    return { value: `${kind} ${text}`, label, hint: `${hint} ${text}` };
  });
  const unseen = (['email-code', 'text-message'] as const).flatMap((kind) =>
    [undefined, 1].map((number) => ({ value: `${kind} ${text}`, ...methodOf(kind).face.choice({ number }, texts) })),
  );
  const gate = { form, operation: 'reset', gate: 1, gates: 2 } as const;
  const passkey = { ...gate, options: { challenge: text }, scriptSrc: `/passkey.js?${text}` } as const;
  const code = { ...gate, attemptsLeft: 3, wasSentAgain: true, hasOtherMethod: true } as const;
  const answers = { ...gate, questions: [text, `${text}?`], attemptsLeft: 3, hasOtherMethod: true } as const;
  const password = {
    form,
    account: text,
    rules: [{ kind: 'length-at-least', units: 12 }, { kind: 'without-name', names: [text] }, { kind: 'not-guessable' }],
    sealing: sealingWith(text),
    sealedFor: 'organisation',
    scriptSrc: `/script.js?${text}`,
  } as const;
  const purposes = { 'security-info': `/a?${text}`, 'change-password': `/b?${text}` } as const;
  const values = { account: text, reply: text, message: text };
  const fine = { account: undefined, reply: undefined, message: undefined, form: undefined };
  const start = {
    form,
    userId: text,
    areSettingsOthers: false,
    challenge: picture,
    userIdProblem: undefined,
    challengeProblem: undefined,
  };
  const wrong = {
    account: 'account-missing',
    reply: 'reply-missing',
    message: 'message-too-long',
    form: 'not-sent',
  } as const;
  return {
    'sign in': signInPage({ signInHref, purposes }, around),
    ...signedInPages(text, around),
    start: startPage(start, around),
    'start, again': startPage({ ...start, areSettingsOthers: true }, around),
    'start, refused': startPage(
      {
        ...start,
        challenge: words,
        userIdProblem: 'user-id-missing',
        challengeProblem: 'challenge-answer-wrong',
      },
      around,
    ),
    trouble: troublePage({ form, tellsLocked: true, chosen: 'forgot', problem: undefined }, around),
    'trouble, refused': troublePage({ form, tellsLocked: false, chosen: undefined, problem: 'missing' }, around),
    method: methodPage({ ...gate, methods, chosen: undefined, problem: undefined }, around),
    'method, refused': methodPage({ ...gate, methods, chosen: undefined, problem: 'missing' }, around),
    code: codePage({ ...code, asked: askedByEmail(text, texts), problem: undefined }, around),
    'code, by text': codePage({ ...code, asked: askedByText(text, texts), problem: undefined }, around),
    'phone, refused': phonePage(
      { ...gate, lead: texts.phone.lead(text), problem: 'wrong', hasOtherMethod: true },
      around,
    ),
    'method, nothing shown': methodPage({ ...gate, methods: unseen, chosen: undefined, problem: undefined }, around),
    'code, nothing shown': codePage({ ...code, asked: askedByEmail(ONE, texts), problem: undefined }, around),
    'code, by text, nothing shown': codePage({ ...code, asked: askedByText(ONE, texts), problem: undefined }, around),
    'phone, nothing shown': phonePage(
      { ...gate, lead: texts.phone.leadUnseen, problem: undefined, hasOtherMethod: true },
      around,
    ),
    'method, not sent': methodPage({ ...gate, methods, chosen: undefined, problem: 'not-sent' }, around),
    'method, second gate': methodPage({ ...gate, gate: 2, methods, chosen: undefined, problem: undefined }, around),
    'recovery code, refused': codePage({ ...code, asked: askedRecoveryCode(texts), problem: 'malformed' }, around),
    'code, refused': codePage({ ...code, asked: askedOfApp(texts), problem: 'wrong' }, around),
    'security questions': securityQuestionsPage({ ...answers, problem: undefined }, around),
    'security questions, refused': securityQuestionsPage({ ...answers, problem: 'wrong' }, around),
    passkey: passkeyPage({ ...passkey, problem: undefined, hasOtherMethod: true }, around),
    'passkey, tried': passkeyPage({ ...passkey, problem: undefined, hasOtherMethod: false }, trying),
    'passkey, refused': passkeyPage({ ...passkey, problem: 'counter-back', hasOtherMethod: false }, around),
    'new password': newPasswordPage({ ...password, problems: [] }, around),
    'new password, refused': newPasswordPage({ ...password, problems: ['in-history', 'too-short'] }, around),
    'new password, different': newPasswordPage({ ...password, rules: [], problems: ['different'] }, around),
    unlock: unlockPage({ form, account: text, problem: undefined }, around),
    'unlock, away before': unlockPage({ form, account: text, problem: 'directory-away' }, around),
    changed: passwordChangedPage({ signInHref, unlockedToo: true, isTold: true }, around),
    unlocked: unlockedPage({ signInHref, wasLocked: true }, around),
    'was not locked': unlockedPage({ signInHref, wasLocked: false }, around),
    'unknown reset': unknownOutcomePage({ signInHref, operation: 'reset' }, around),
    'unknown unlock': unknownOutcomePage({ signInHref, operation: 'unlock' }, around),
    expired: expiredPage(around),
    'not permitted': notPermittedPage(around),
    contact: contactPage({ why: undefined, way: { kind: 'form', form, values, problems: fine } }, around),
    'contact, refused': contactPage(
      { why: 'managed-on-premises', way: { kind: 'form', form, values, problems: wrong } },
      around,
    ),
    'contact by portal': contactPage({ why: undefined, way: { kind: 'portal', href: signInHref } }, around),
    'contact without a way': contactPage({ why: undefined, way: { kind: 'none' } }, around),
    'contact sent': contactSentPage(around),
    'not me': disownPage(
      { form, what: 'reset', when: text, blockDays: 30, willInvalidate: true, waysToRemove: 2 },
      around,
    ),
    'not me, unlock': disownPage(
      { form, what: 'unlock', when: text, blockDays: 30, willInvalidate: false, waysToRemove: 0 },
      around,
    ),
    ...Object.fromEntries(
      (['method-added', 'method-removed'] as const).map((what) => [
        `not me, ${what}`,
        disownPage({ form, what, when: text, blockDays: 30, willInvalidate: false, waysToRemove: 0 }, around),
      ]),
    ),
    'not me, said': disownedPage(
      { blockDays: 30, password: 'kept', waysRemoved: 0, areAdministratorsTold: true },
      around,
    ),
    ...Object.fromEntries(
      (['invalidated', 'not-invalidated', 'unknown'] as const).map((password) => [
        `not me, said, password ${password}`,
        disownedPage({ blockDays: 30, password, waysRemoved: 1, areAdministratorsTold: false }, around),
      ]),
    ),
    'not me, no such link': disownLinkUnknownPage(around),
    'cannot verify': cannotVerifyPage(around),
    'try later': tryLaterPage({ stage: 'before-proof' }, around),
    'try later, at the end': tryLaterPage({ stage: 'at-the-end', againHref: '/reset/password' }, around),
    'ended elsewhere': endedElsewherePage(around),
    blocked: blockedPage({ until: text }, around),
    'blocked, until nobody knows when': blockedPage({ until: undefined }, around),
    'session over': sessionOverPage({ lifetimeMinutes: 15 }, around),
    'cookies needed': cookiesNeededPage(around),
    'something wrong': somethingWrongPage(around),
    'not found': notFoundPage(around),
  };
}
