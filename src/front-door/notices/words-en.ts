// Every word of our mails in English: the one catalogue of this language. Values are put in as plain text, escaped where rendered.

import type { Disownable, PasswordFate } from '../disowning/disown-store.js';
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
    notYou: 'If this was not you, say so at once: open this page, and press the button there.',
    disown: 'It wasn’t me',
    orTell: 'Tell your administrator as well, and quote the support id.',
    notYouReach: (contact: string) => `You reach them at ${contact}.`,
  },
  disowned: {
    subject: (account: string) => `“It wasn’t me”: ${account}`,
    heading: 'A person says: it wasn’t me',
    lead: {
      'method-added':
        'A way for the person to prove who they are was added to this account here, and the person who was told of it by mail says that it was not them.',
      'method-removed':
        'A way for the person to prove who they are was removed from this account here, and the person who was told of it by mail says that it was not them.',
      reset:
        'The password of this account was reset here, and the person who was told of it by mail says that it was not them.',
      unlock: 'This account was unlocked here, and the person who was told of it by mail says that it was not them.',
    } satisfies Record<Disownable, string>,
    doneAt: 'Done',
    saidAt: 'Disowned',
    outcome: 'Outcome code',
    stopped: (days: number) =>
      `Whatever was under way here for this account has ended, and nobody can reset or unlock it here until you allow it again or ${count(days, { one: '# day has passed', other: '# days have passed' })}.`,
    waysRemoved: (ways: number) =>
      count(ways, {
        one: 'One way for the person to prove who they are was removed: it had been added then or since.',
        other: '# ways for the person to prove who they are were removed: they had been added then or since.',
      }),
    password: {
      kept: 'Its password was not touched: whoever knows it can go on signing in.',
      invalidated:
        'Its password was replaced by one that nobody knows: nobody can sign in with a password until you set a new one.',
      'not-invalidated':
        'Its password was to be replaced by one that nobody knows, and that could not be done: whoever knows it can go on signing in.',
      unknown:
        'Its password was to be replaced by one that nobody knows, and nobody can say whether that was done: take it that whoever knows it can go on signing in.',
    } satisfies Record<PasswordFate, string>,
    now: 'Please do this now: call the person on the number your organisation holds. If it was not them, set a new password, end the sessions that are open for the account, and check which addresses and methods are registered for it.',
    look: 'These commands show which ways to prove who they are the person has set up here, and remove one of them:',
    lift: 'When that is settled, this command lets the person use the page again before the time is over:',
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
    why: 'What our page told them',
    message: 'What they wrote:',
    noMessage: 'They wrote nothing more.',
    caution:
      'Nobody has checked who wrote this. Before you reset a password, make sure of the person in a way you already trust: call the number your organisation holds, not the one given here.',
  },
};

export type NoticeWords = typeof noticesInEnglish;
