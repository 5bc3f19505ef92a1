// What the pages for whoever knows their password say in English: signing in, changing the password, security info.

import { pluralsOf } from '../../../languages/plural.js';
import type { EntryProblem, Must, Purpose, SecurityNews, SetupProblem } from '../../page-words.js';

const count = pluralsOf('en-GB');

/** What each way of proving who one is is called. */
const methodNames = {
  'email-code': 'Email address',
  'text-message': 'Phone',
  'authenticator-code': 'Authenticator app',
  passkey: 'Passkey',
  'recovery-code': 'Recovery codes',
  'security-questions': 'Security questions',
};
/** Those that the pages have words for. */
export type MethodName = keyof typeof methodNames;

export const signedInEn = {
  /** Links on the first page of all. */
  door: {
    'security-info': 'Set up how you prove who you are',
    'change-password': 'Change a password you know',
  } satisfies Record<Purpose, string>,

  name: {
    heading: { 'security-info': 'Your security info', 'change-password': 'Change your password' } satisfies Record<
      Purpose,
      string
    >,
    lead: {
      'security-info':
        'Sign in to see and change how you prove who you are, so that you can get back in when your password is gone.',
      'change-password': 'You need the password you have now. If it is gone, get back into your account instead.',
    } satisfies Record<Purpose, string>,
    forgot: 'I forgot my password',
  },

  entry: {
    heading: 'Enter your password',
    lead: 'The one you sign in with at work or school.',
    password: 'Password',
    signIn: 'Sign in',
    other: 'Use another account',
    problems: {
      missing: 'Enter your password.',
      wrong:
        'We couldn’t sign you in with that. Check your email address or username and your password. If you are sure of both, your account may be locked: go back into it with “I forgot my password”.',
      'seal-expired': 'This page was open for too long to be used. Enter your password again.',
      'not-sealed':
        'Your browser did not seal the password, so nothing was sent on. Load this page again; if that does not help, use another browser.',
      away: 'You can’t be signed in just now: your organisation’s directory can’t be reached, or does not take sign-ins from here. Try again in a few minutes.',
    } satisfies Record<EntryProblem, string>,
  },

  change: {
    heading: 'Change your password',
    lead: 'Enter the password you have now once more, and the one you want.',
    must: {
      'must-change': 'Your organisation asks you to choose a new password before you go on.',
      'password-expired': 'Your password has expired. Choose a new one to go on.',
    } satisfies Record<Must, string>,
    current: 'Password you have now',
  },

  info: {
    heading: 'Your security info',
    lead: 'These let you get back into your account when your password is gone. Keep two that do not depend on the same device.',
    notEnabled:
      'Your organisation has not turned this on for you. What you have set up is kept, and can’t be changed here.',
    enough: 'You have set up enough to get back into your account.',
    missing: (kinds: number) =>
      `Set up ${count(kinds, { one: '# more way', other: '# more ways' })}: until then you can’t get back into your account by yourself.`,
    /** What the directory names, and what counts only then. */
    toConfirm: {
      heading: 'Yours to confirm',
      lead: 'Your organisation’s directory names these. We send a code there; once you have entered it, this way helps you back into your account too.',
    },
    yours: 'What you have set up',
    none: 'Nothing yet.',
    directory: 'Kept by your organisation; only they change it.',
    since: (date: string) => `Set up on ${date}`,
    lastUsed: (date: string) => `Last used on ${date}`,
    codesLeft: (codes: number) => `${count(codes, { one: '# code', other: '# codes' })} left`,
    methods: methodNames,
    add: 'Add another way',
    adding: {
      'email-code': 'Add an email address',
      'text-message': 'Add a phone number',
      'authenticator-code': 'Add an authenticator app',
      passkey: 'Add a passkey',
      'recovery-code': 'Make recovery codes',
      'security-questions': 'Choose security questions',
    } satisfies Record<MethodName, string>,
    addHints: {
      'email-code': 'A private one: you must be able to read it without your password at work or school.',
      'text-message': 'It gets a code by text message. Best a phone of your own that you keep with you.',
      'authenticator-code': 'An app on your phone that shows a new code every half minute, without a network.',
      passkey: 'Your fingerprint, your face or a PIN, on this device, your phone or a security key. No code to type.',
      'recovery-code': 'Ten codes to print, each good once. New ones take the place of all you have.',
      'security-questions':
        'Questions that you answer now and again later. Others may guess the answers: any other way is safer.',
    } satisfies Record<MethodName, string>,
    tryIt: 'Try it',
    tryHint: 'Try them now, so that you know that they work when you need them. It changes nothing.',
    trying: 'Trying:',
    back: 'Back to your security info',
    change: 'Change',
    rename: 'Name',
    renameHint: 'Your own name for it, such as “private phone”.',
    save: 'Save name',
    removeHint: 'Once removed, it no longer gets you back into your account.',
    remove: 'Remove',
    confirmFirst: 'To change anything, show once more that it’s you.',
    confirm: 'Show that it’s me',
    stillRight:
      'It is a while since you looked at these. Is all of it still right: can you still read the addresses, and do you still have the devices?',
    allIsRight: 'Yes, all is right',
    signOut: 'Sign out',
    news: {
      added: 'It is set up. We have told your other addresses.',
      'added-untold': 'It is set up.',
      removed: 'It is removed. We have told your addresses.',
      'removed-untold': 'It is removed.',
      renamed: 'The name is saved.',
      confirmed: 'Thank you. We will ask again in a while.',
      works: 'It works:',
    } satisfies Record<SecurityNews, string>,
    changePassword: 'Change your password',
  },

  setup: {
    email: {
      heading: 'Add an email address',
      lead: 'We will send a code there. Choose one you can read without your password at work or school.',
      address: 'Private email address',
      send: 'Send a code',
      codeHeading: 'Check your email',
    },
    phone: {
      heading: 'Add a phone number',
      lead: 'We will send a code there by text message.',
      number: 'Phone number',
      hint: 'With + and the country code, such as +44\u00a07700\u00a0900123. Spaces are fine.',
      codeHeading: 'Check your phone',
    },
    authenticator: {
      heading: 'Add an authenticator app',
      lead: 'Install an authenticator app on your phone if you have none. In the app, add an account and scan this.',
      picture: 'A QR code for your authenticator app. The same key stands below as text.',
      cannotScan: 'If you can’t scan it, open this on the phone, or type the key into the app:',
      open: 'Open in an app on this device',
      key: 'Key',
      codeLead: 'Then enter the six digits that the app shows.',
    },
    code: 'Six-digit code',
    begin: 'Begin again',
    finish: 'Finish',
    cancel: 'Cancel',
    recovery: {
      heading: 'Make recovery codes',
      lead: 'You get ten codes, each good once. Codes you have from before stop working.',
      make: 'Make ten codes',
      shownHeading: 'Your recovery codes',
      shownLead: 'Print them or write them down now: they are not shown again. Keep them where nobody else finds them.',
      later: (address: string, way: string) =>
        `If your password is gone, go to ${address} and choose “${way}”. Cross out each code that you have used.`,
      done: 'I have kept them',
    },
    problems: {
      missing: 'Fill this in.',
      malformed: 'Check what you typed: it does not look complete.',
      'not-served': 'We can’t send text messages to that country. Use another number or another way.',
      wrong: 'That code is not right. Check it and try again.',
      expired: 'That took too long, or there were too many tries. Begin again.',
      'there-already': 'You have set this one up already.',
      'not-private':
        'You read this one with your password at work or school, and it would not help once that is gone. Use a private address.',
      'too-many': 'You have as many of these as there may be. Remove one first.',
      'not-now': 'We can’t send anything just now. Try again in a few minutes.',
      'too-many-sent': 'We can’t send another code just now. Use the latest one, or ask again a little later.',
      blocked: 'Too many codes were sent. Try again tomorrow.',
    } satisfies Record<SetupProblem, string>,
  },

  changed: {
    heading: 'Your password is changed',
    lead: 'Use it from now on, wherever you sign in with this account.',
    unknownHeading: 'We don’t know whether it was changed',
    unknownLead:
      'Your organisation’s directory did not answer in time. Try to sign in with the new password; if that fails, with the old one.',
    notPermittedHeading: 'Your organisation does not let us do this',
    notPermittedLead: 'Nothing was changed. This is not your fault: your administrator has to set something right.',
    again: 'Sign in again',
  },
};

export type SignedInTexts = typeof signedInEn;
