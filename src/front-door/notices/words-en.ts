// Every word of our mails in English: the one catalogue of this language. Values are put in as plain text, escaped where rendered.

import type { Language } from '../languages/language.js';
import { pluralsOf } from '../languages/plural.js';
import type { MethodChange, OperationDone } from './write-notices.js';

const count = pluralsOf('en-GB');

export const noticesInEnglish = {
  language: 'en' as Language,
  locale: 'en-GB',
  /** A name and what it is of, on one line: the colon and the space around it are the language's. */
  labelled: (label: string, value: string) => `${label}: ${value}`,
  supportId: 'Support id',
  when: 'When',
  account: 'Account',
  automatic: 'This mail was sent automatically; answers to it are not read.',
  code: {
    subject: (organisation: string) => `${organisation}: your verification code`,
    heading: 'Your verification code',
    lead: 'Enter this code on the page where you asked for it:',
    validFor: (minutes: number) =>
      `It works once, and for ${count(minutes, { one: '# minute', other: '# minutes' })}. Give it to nobody: no administrator and no help desk will ask for it.`,
    notYou:
      'If you did not ask for a code, somebody typed your name. They cannot go on without this code: you need not do anything. If it happens again, tell your administrator.',
  },
  /** A text message, in as few signs as it takes: see methods/text-message/message-parts.ts. */
  text: {
    code: (code: string, organisation: string) => `${code} is your code for ${organisation}. Give it to nobody.`,
  },
  done: {
    subject: { reset: 'Your password was changed', unlock: 'Your account was unlocked' } satisfies Record<
      OperationDone,
      string
    >,
    lead: {
      reset: 'The password of your account was changed, after the checks your organisation asks for.',
      unlock: 'Your account was unlocked, after the checks your organisation asks for. Its password is as it was.',
    } satisfies Record<OperationDone, string>,
    you: 'If this was you, there is nothing more to do. Devices that remember an old password, such as a phone’s mail or Wi-Fi, need the current one.',
    notYou: 'If this was not you, tell your administrator at once, and quote the support id.',
    notYouReach: (contact: string) => `You reach them at ${contact}.`,
  },
  method: {
    subject: {
      added: 'A way to prove who you are was added',
      removed: 'A way to prove who you are was removed',
    } satisfies Record<MethodChange, string>,
    lead: {
      added: (method: string) => `This was added to your account, and can be used to get back into it: ${method}.`,
      removed: (method: string) =>
        `This was removed from your account, and can’t be used to get back into it any more: ${method}.`,
    } satisfies Record<MethodChange, (method: string) => string>,
  },
  contact: {
    subject: (account: string) => `Help with a password wanted: ${account}`,
    heading: 'Somebody asks for your help with a password',
    lead: 'This person could not reset a password by themselves and wrote to you from the reset page.',
    reply: 'Reach them at',
    why: 'Why they were sent to you',
    message: 'What they wrote:',
    noMessage: 'They wrote nothing more.',
    caution:
      'Nobody has checked who wrote this. Before you reset a password, make sure of the person in a way you already trust: call the number your organisation holds, not the one given here.',
  },
};

export type NoticeWords = typeof noticesInEnglish;
