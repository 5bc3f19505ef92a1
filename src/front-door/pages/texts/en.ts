// Every word the pages say in English: the one catalogue of this language. Functions where a value stands inside a sentence.
// Values are put in as plain text and escaped where they are rendered: no markup here. The other languages have this shape.

import type { PasswordNotice } from '../../../protocol/password-notices.js';
import type { Language } from '../../languages/language.js';
import { pluralsOf } from '../../languages/plural.js';
import type { PasswordProblem } from '../../passwords/password-problem.js';
import type {
  CodeProblem,
  ContactProblem,
  Disownable,
  Operation,
  PasskeyProblem,
  PasskeySetupProblem,
  PasswordFate,
  Progress,
  QuestionsSetupProblem,
  StartProblem,
  WhyContact,
} from '../page-words.js';
import { signedInEn } from './signed-in/en.js';

const count = pluralsOf('en-GB');

export const en = {
  language: 'en' as Language,
  /** How dates and times are written. */
  locale: 'en-GB',
  direction: 'ltr' as 'ltr' | 'rtl',

  layout: {
    title: (heading: string, organisation: string) => `${heading} – ${organisation}`,
    titleWithErrors: (title: string) => `Error: ${title}`,
    skipToContent: 'Skip to the main content',
    supportId: 'Support id',
    errorSummary: 'There is a problem',
    errorPrefix: 'Error:',
    progressLabel: 'Where you are',
    progressDone: 'done:',
    backToStart: 'Start again',
    contactAdministrator: 'Contact your administrator',
    /** Before the list of languages. */
    languages: 'Language',
  },

  progress: {
    account: () => 'Account',
    identity: () => 'Identity',
    finish: (operation: Operation): string => (operation === 'unlock' ? 'Unlock' : 'Password'),
  } satisfies Record<Progress, (operation: Operation) => string>,

  signIn: {
    heading: (organisation: string) => `Welcome to ${organisation}`,
    lead: 'This is where you get back into your work or school account when the password is gone or the account is locked.',
    cannotAccess: 'Can’t access your account?',
    goToSignIn: 'Go to the sign-in page',
  },

  start: {
    heading: 'Get back into your account',
    lead: 'Tell us who you are, and show us that you are not a robot.',
    /** What was begun before cannot go on. */
    settingsChanged: 'Your organisation has changed its settings in the meantime, so please begin again here.',
    userId: 'Email address or username',
    userIdHint: 'The one you sign in with at work or school, such as ada@example.com.',
    picture: 'Characters in the picture',
    /** What is told of the picture to whoever cannot see it: never what is in it. */
    pictureDescribed: 'A picture of six bent letters and digits. A question in words is offered in its place below.',
    pictureHint: 'Capital or small letters are both fine.',
    newCharacters: 'New characters',
    useWords: 'Answer a question in words instead',
    words: 'A question, to show that you are not a robot',
    wordsHint: 'Type your answer. Capital or small letters are both fine.',
    newQuestion: 'Another question',
    usePicture: 'Use a picture instead',
    next: 'Next',
    problems: {
      'user-id-missing': 'Enter your email address or username.',
      'user-id-too-long': 'This is too long to be an email address or username. Check it and try again.',
      'challenge-missing': 'Enter the characters from the picture, or use a question instead.',
      'challenge-answer-missing': 'Enter your answer to the question.',
      'challenge-wrong': 'That was not what the picture shows. Here are new characters.',
      'challenge-answer-wrong': 'That was not the answer. Here is another question.',
      'challenge-expired': 'You took longer than we can wait for one picture or question. Here is a new one.',
    } satisfies Record<StartProblem, string>,
  },

  trouble: {
    heading: 'Why are you having trouble signing in?',
    legend: 'Choose what fits',
    locked: 'Your account is locked at the moment.',
    forgot: 'I forgot my password',
    forgotHint: 'Choose a new one. If your account is locked, this unlocks it too.',
    unlock: 'I know my password, but still can’t sign in',
    unlockHint: 'Unlock the account and keep the password you have.',
    missing: 'Choose one of the two.',
    next: 'Next',
  },

  method: {
    heading: 'Show that it’s you',
    gate: (gate: number, gates: number) => `Check ${gate} of ${gates}`,
    lead: 'Choose how you want to prove who you are.',
    leadSecond: 'One more check, in a different way from the first.',
    legend: 'Ways you have set up',
    email: 'Send me a code by email',
    emailHint: (address: string) => `To ${address}`,
    emailHintUnseen: 'To your email address',
    emailHintNumbered: (number: string) => `To your email address ${number}`,
    text: 'Send me a code by text message',
    textHint: (number: string) => `To ${number}`,
    textHintUnseen: 'To your phone',
    textHintNumbered: (number: string) => `To your phone ${number}`,
    authenticator: 'Use my authenticator app',
    authenticatorHint: 'You enter the six digits that the app shows.',
    passkey: 'Use a passkey',
    passkeyHint: 'With your fingerprint, your face or a PIN: on this device, your phone or a security key.',
    recovery: 'Use a recovery code',
    recoveryHint: 'One of those you printed or wrote down.',
    questions: 'Answer my security questions',
    questionsHint: 'The ones you chose and answered beforehand.',
    missing: 'Choose one of the ways.',
    notSent: 'We can’t send a code that way just now. Choose another way, or try again in a few minutes.',
    next: 'Next',
    noneOfThese: 'I can’t use any of these',
  },

  code: {
    headingEmail: 'Check your email',
    headingText: 'Check your phone',
    headingAuthenticator: 'Open your authenticator app',
    leadEmail: (address: string) => `We sent a six-digit code to ${address}. It should be there within a minute.`,
    leadText: (number: string) =>
      `We sent a text message with a six-digit code to ${number}. It should be there within a minute.`,
    leadEmailUnseen: 'We sent a six-digit code to the address you chose. It should be there within a minute.',
    leadTextUnseen:
      'We sent a text message with a six-digit code to the phone you chose. It should be there within a minute.',
    leadAuthenticator: 'Find this account in the app and enter the six digits it shows now.',
    validFor: (minutes: number) =>
      `The code works for ${count(minutes, { one: '# minute', other: '# minutes' })}. Look among the junk mail too.`,
    validForText: (minutes: number) => `The code works for ${count(minutes, { one: '# minute', other: '# minutes' })}.`,
    code: 'Six-digit code',
    attemptsLeft: (attempts: number) => `${count(attempts, { one: '# try', other: '# tries' })} left.`,
    sentAgain: 'A new code is on its way. The one before no longer works.',
    verify: 'Verify',
    resend: 'Send a new code',
    otherMethod: 'Use another way',
    problems: {
      missing: 'Enter the six digits.',
      malformed: 'A code is six digits, such as 042\u00a0815.',
      wrong: 'That code is not right. Check it and try again.',
      expired: 'That code is too old. Ask for a new one.',
      'already-used': 'That code was used already. Wait until the app shows another one.',
      'too-many-sent': 'We can’t send another code just now. Use the latest one, or ask again a little later.',
      'not-now': 'So many codes are being checked just now that yours was not. Try again in a minute.',
    } satisfies Record<CodeProblem, string>,
  },

  /** Before a text message is sent. */
  phone: {
    heading: 'Enter your phone number',
    lead: (number: string) =>
      `To get a code at ${number}, type the whole number. This way nobody who only knows your name can have messages sent to you.`,
    leadUnseen:
      'To get a code, type the whole number of the phone you chose. This way nobody who only knows your name can have messages sent to you.',
    number: 'Phone number',
    hint: 'With + and the country code, such as +44\u00a07700\u00a0900123. Spaces are fine.',
    send: 'Send the code',
    problems: {
      missing: 'Enter the whole phone number.',
      malformed: 'A phone number begins with + and the country code, such as +44\u00a07700\u00a0900123.',
      wrong: 'That is not the phone number we know. Check it, or use another way.',
      'too-many-sent': 'We can’t send another code just now. Ask again a little later, or use another way.',
    },
  },

  passkey: {
    heading: 'Use your passkey',
    lead: 'Your browser will ask for your fingerprint, your face or your PIN. None of these leaves your device.',
    use: 'Use your passkey',
    noScript:
      'Passkeys need JavaScript. Turn it on for this site and load the page again, or prove in another way that it’s you.',
    /** What is wrong with what reached us. */
    problems: {
      missing:
        'No passkey reached us. Press the button and do what your browser asks. If it asks nothing, JavaScript may be off.',
      malformed: 'What your browser sent was not a passkey. Try again, or use another browser.',
      wrong: 'This passkey does not belong to your account here. Try again with one that you set up for it.',
      expired: 'That took longer than we can wait. Press the button once more.',
      'counter-back':
        'We did not take this passkey, because there may be a copy of it in somebody else’s hands. Use another way, and tell your administrator.',
    } satisfies Record<PasskeyProblem, string>,
    /** Said by the page itself, before anything is sent. */
    script: {
      waiting: 'Your browser is asking for your passkey.',
      problems: {
        unsupported: 'This browser can’t use passkeys. Take another browser or device, or another way.',
        cancelled: 'No passkey was used. Try again, on the device that has your passkey, or use another way.',
        misplaced: 'Passkeys do not work at this address. Use another way; your administrator can put it right.',
        failed: 'That did not work on this device. Try again, on another device if need be, or use another way.',
      },
    },
    setUp: {
      lead: 'A passkey lets you show that it’s you with your fingerprint, your face or a PIN, and there is no code to type. Your browser helps you to make one.',
      make: 'Make a passkey',
      noScript: 'Passkeys need JavaScript. Turn it on for this site and load the page again.',
      script: {
        waiting: 'Your browser is making your passkey.',
        problems: {
          unsupported: 'This browser can’t make passkeys. Take another browser or device.',
          cancelled: 'No passkey was made. Press the button to try again.',
          misplaced: 'Passkeys do not work at this address. Your administrator can put it right.',
          failed: 'That did not work on this device. Try again, on another device if need be.',
          'there-already': 'There is a passkey for this account on this device already.',
        },
      },
      problems: {
        missing:
          'No passkey reached us. Press the button and do what your browser asks. If it asks nothing, JavaScript may be off.',
        malformed: 'What your browser sent was not a passkey. Try again, or use another browser.',
        wrong: 'This passkey can’t be used here. Try again, on another device if need be.',
        expired: 'That took longer than we can wait. Press the button once more.',
        'there-already': 'You have set up this passkey already.',
        'too-many': 'You have set up as many passkeys as you can. Remove one that you no longer use first.',
      } satisfies Record<PasskeySetupProblem, string>,
    },
  },

  recovery: {
    heading: 'Enter a recovery code',
    lead: 'Take one that you have not used yet. Each works once.',
    code: 'Recovery code',
    hint: 'Sixteen letters and digits. Capital or small, with hyphens or without.',
    problems: {
      missing: 'Enter a recovery code.',
      malformed: 'A recovery code is sixteen letters and digits, such as 7KQ2-M9XD-4TVB-HW83.',
      wrong: 'That recovery code is not right. Check it and try again.',
      'already-used': 'That recovery code was used before. Take another one.',
    },
  },

  securityQuestions: {
    heading: 'Answer your security questions',
    lead: 'Answer each one as you did when you set it up.',
    legend: 'Your answers',
    hint: 'Capital or small letters are both fine. Your answers can be read on the screen, so make sure nobody is watching.',
    verify: 'Check my answers',
    problems: {
      missing: 'Answer all of the questions.',
      malformed: 'Answer all of the questions. Every answer has at least three letters or digits.',
      wrong: 'At least one answer is not right. For your safety we don’t say which one, and ask again.',
      expired: 'These questions were open for too long. Start again.',
      'not-now': 'So many answers are being checked just now that yours were not. Try again in a minute.',
    },
  },

  questionsSetup: {
    heading: 'Choose your security questions',
    lead: (questions: number) =>
      `Choose ${count(questions, { one: '# question', other: '# questions' })} and answer them. When you reset your password, we ask some of them.`,
    advice:
      'Pick answers that nobody who knows you could guess, and that you will still give the same way in a year. An answer need not be true.',
    weaker: 'Security questions are the weakest way to prove who you are. If you can, set up another way too.',
    question: (number: number) => `Question ${number}`,
    choose: 'Choose a question',
    answer: (number: number) => `Answer to question ${number}`,
    answerHint: '3 to 40 characters. Capital or small letters make no difference.',
    save: 'Save my answers',
    replaces: 'If you have set questions up before, these take their place.',
    problems: {
      missing: 'Choose a question and answer it.',
      malformed: 'Choose one of the questions in the list.',
      'question-twice': 'You chose this question already. Choose another one.',
      'answer-too-short': 'This answer is too short. Use at least 3 letters or digits.',
      'answer-too-long': 'This answer is too long. Use 40 characters or fewer.',
      'answer-in-question': 'This answer is part of the question, so it is easily guessed. Choose another answer.',
      'answer-is-name':
        'This is your username or the name of your organisation, which others know. Choose another answer.',
      'answers-alike': 'You gave this answer to another question already. Give each question an answer of its own.',
      'not-now': 'We can’t save your answers just now. Try again in a minute.',
    } satisfies Record<QuestionsSetupProblem, string>,
  },

  newPassword: {
    heading: 'Choose a new password',
    lead: 'You have shown that it’s you. A few unrelated words make a password that is strong and easy to keep in mind.',
    account: 'Account',
    rules: 'Your organisation’s rules',
    rulesNone: 'Your organisation’s directory checks the new password when you finish.',
    password: 'New password',
    again: 'New password again',
    show: 'Show what I type',
    sealedFor: {
      organisation:
        'Your password is sealed in this browser before it is sent. It can be opened inside your organisation only, not by us.',
      'front-door': 'Your password is sealed in this browser before it is sent.',
    },
    finish: 'Change password',
    sending: 'Sealing your password and waiting for your organisation’s answer. This can take a few seconds.',
    noScript:
      'This page needs JavaScript: it is what seals your password before it leaves this device. Turn JavaScript on for this site and load the page again, or use another browser.',
    strength: { weak: 'Strength: weak', fair: 'Strength: fair', strong: 'Strength: strong' },
    strengthAdvice: 'Add a word or two that have nothing to do with each other.',
    notices: {
      'not-on-every-keyboard':
        'This password has a character that not every keyboard has. Make sure that you can type it where you sign in.',
      'blank-at-the-edge': 'This password begins or ends with a blank, which is easily lost.',
      'unusual-blank':
        'This password has a blank that is no ordinary one. Type it with the space bar, or leave it out.',
    } satisfies Record<PasswordNotice, string>,
    marks: { met: 'Met', 'not-yet': 'Not yet', 'checked-later': 'Checked when you finish' },
    announce: (met: number, all: number) => `${met} of ${all} rules met`,
    rule: {
      lengthAtLeast: (units: number) => `At least ${count(units, { one: '# character', other: '# characters' })}`,
      categories: (atLeast: number) =>
        `At least ${count(atLeast, { one: '# kind', other: '# kinds' })} of these: capital letters, small letters, digits, symbols, letters of scripts without capitals, such as Arabic or Chinese`,
      withoutName: 'Does not contain your name or username',
      notRecent: (remembered: number) =>
        remembered === 1 ? 'Not the password you have now' : `Not one of your last ${remembered} passwords`,
      ageAtLeast: (hours: number) =>
        hours % 24 === 0
          ? `Your last change was at least ${count(hours / 24, { one: '# day', other: '# days' })} ago`
          : `Your last change was at least ${count(hours, { one: '# hour', other: '# hours' })} ago`,
      notGuessable: 'No word, phrase or pattern that is easily guessed',
    },
    explained: {
      name: (words: string) => `This password contains ${words}, a name of yours or your organisation’s.`,
      common: (words: string) => `This password is hardly more than ${words}, which many people use.`,
      banned: (words: string) =>
        `This password is hardly more than ${words}, which your organisation does not allow in passwords.`,
      short: 'This password is so short that it can be guessed by trying.',
      advice: 'Choose a few words that have nothing to do with you or each other.',
      quoted: (word: string) => `“${word}”`,
    },
    problems: {
      missing: 'Enter a new password.',
      different: 'The two passwords are not the same. Type them again.',
      'too-short': 'This password is too short. Add a word or two.',
      'too-long': 'This password is too long. Use 127 characters or fewer.',
      'not-complex':
        'This password needs more kinds of characters, such as capital letters, small letters, digits and symbols.',
      'contains-name': 'This password contains your name or username. Choose one without it.',
      'in-history': 'You have used this password before. Choose one you have not used.',
      'too-young':
        'Your password was changed a short while ago, and your organisation asks people to wait before they change it again. If you need a new one now, contact your administrator.',
      'inadmissible-characters':
        'This password contains a character that your organisation’s directory does not take. Leave out what you can’t type on every keyboard.',
      'banned-word':
        'This password contains a word, phrase or pattern that many people use, so it is easily guessed. Choose a few words that have nothing to do with you or each other.',
      breached:
        'This password is in a list of passwords that were stolen elsewhere. Choose one that nobody else knows.',
      'some-directory-rule':
        'Your organisation’s directory refused this password and does not tell which rule it breaks. It may be one you used before. Try one that is quite different.',
      'control-character':
        'This password contains a character that cannot be typed when you sign in, such as a line break. Leave it out.',
      'invisible-character': 'This password contains an invisible character. Type it instead of pasting it.',
      'broken-character': 'This password contains a character that is not whole. Type it again.',
      'not-sealed':
        'Your browser did not seal the password, so nothing was sent on. Load this page again; if that does not help, use another browser.',
      'seal-expired': 'This page was open for too long to be used. Nothing was changed: enter the new password again.',
      'directory-away':
        'Your organisation’s directory could not be reached when you sent the password. Nothing was changed, and it answers again now: enter the new password once more.',
    } satisfies Record<PasswordProblem, string>,
  },

  unlock: {
    heading: 'Unlock your account',
    lead: 'You have shown that it’s you. Your account will be unlocked, and your password stays as it is.',
    account: 'Account',
    confirm: 'Unlock my account',
    away: 'Your organisation’s directory could not be reached when you asked for this. Nothing was changed, and it answers again now: try once more.',
  },

  results: {
    signIn: 'Sign in',
    changed: {
      heading: 'Your password is changed',
      lead: 'Your organisation has taken the new password. You can sign in with it now.',
      unlockedToo: 'Your account was unlocked as well.',
      next: 'Before you go',
      steps: [
        'Put the new password into everything that remembers the old one: the mail on your phone, Wi-Fi, VPN. Otherwise they keep trying the old one, and may lock your account again.',
        'Other servers of your organisation learn of it one after the other. Where the new password is not taken at once, wait a few minutes; until then the old one may still work there.',
        'A computer that is away from the office may ask for the old password until it has been in touch with the network once.',
      ],
      told: 'We are sending you an email about this change. If you ever get one about something that you did not do, press “It wasn’t me” in it at once.',
    },
    unlocked: {
      heading: 'Your account is unlocked',
      lead: 'Sign in with the password you have.',
      next: 'If it locks again',
      steps: [
        'A device that remembers an old password is the usual cause: the mail on a phone, Wi-Fi, VPN.',
        'If you are not sure of your password after all, start again and choose “I forgot my password”.',
      ],
    },
    wasNotLocked: {
      heading: 'Your account was not locked',
      lead: 'There was nothing to unlock, so nothing was changed. If your password is not accepted, choose a new one.',
    },
    unknownReset: {
      heading: 'We could not find out whether your password was changed',
      lead: 'Your new password was sent to your organisation’s directory, but the answer did not come back. We don’t want to guess.',
      next: 'What to do now',
      steps: [
        'Try to sign in with the new password first.',
        'If that does not work, try the old one. If that one works, nothing was changed and you can start again.',
        'If neither works, contact your administrator and quote the support id below.',
      ],
    },
    unknownUnlock: {
      heading: 'We could not find out whether your account was unlocked',
      lead: 'The request was sent to your organisation’s directory, but the answer did not come back. We don’t want to guess.',
      next: 'What to do now',
      steps: [
        'Try to sign in.',
        'If your account is still locked, start again in a few minutes. Unlocking twice does no harm.',
      ],
    },
    expired: {
      heading: 'This took too long',
      lead: 'Your request was too old when your organisation’s directory could have taken it, so nothing was changed. Please start again.',
    },
    notPermitted: {
      heading: 'We may not do this for your account',
      lead: 'This is not your fault. Your organisation’s directory does not let us make this change, and trying again will not help. Nothing was changed.',
      advice: 'Your administrator can put it right: tell them what happened and quote the support id below.',
    },
    refusedAfterReplacing:
      'Your old password was replaced, and the new one was not taken. Choose another password now: until one is taken, none that you know may work.',
    severalRules: 'This password breaks more than one of your organisation’s rules. Choose a quite different one.',
    wrongCurrentPassword: 'That is not the password you have now. Check it and try again, or say that you forgot it.',
    accountLocked: 'Your account is locked, so its password cannot be changed. Unlock it first.',
    mustChange: 'Your password is right. It was set for you, so choose one of your own first.',
    passwordExpired: 'Your password is right, but it has expired. Choose another one first.',
  },

  signedIn: signedInEn,

  contact: {
    heading: 'Contact your administrator',
    lead: 'Your administrator can help you get back into your account.',
    leadNotHere: 'You can’t reset this password here. Your administrator can help you.',
    why: {
      'reset-not-turned-on': 'Your organisation has not turned on resetting passwords here.',
      'person-not-enabled': 'Resetting passwords here is not turned on for your account.',
      'managed-on-premises':
        'The password of your account is managed by your administrator, in your organisation’s own directory.',
      'not-permitted': 'Your organisation’s directory does not let us make this change. This is not your fault.',
      'cannot-use-methods': 'You can’t use any of the ways you have set up to prove who you are.',
      'not-verified':
        'We couldn’t verify your account with what you told us. If the name may have been mistyped, start again first.',
      blocked: 'To keep your account safe, no more attempts are taken for a while.',
    } satisfies Record<WhyContact, string>,
    formLead: 'Write a few lines, and we will mail them to your administrator.',
    account: 'Your email address or username at work or school',
    reply: 'How can they reach you?',
    replyHint: 'A phone number, or an email address you can read now.',
    message: 'What happened? (optional)',
    messageHint: 'Never write a password or a code here. Nobody needs it to help you.',
    send: 'Send to my administrator',
    portalLead: 'Your organisation has a page for this.',
    portal: 'Go to your organisation’s help page',
    noWay: 'Your organisation has not told us how. Ask your manager or the help desk in person or by phone.',
    problems: {
      'account-missing': 'Enter your email address or username.',
      'account-too-long': 'This is too long to be an email address or username.',
      'account-of-nobody':
        'We could not send this to anybody. Check that this is your whole email address or username, or reach your administrator in another way.',
      'reply-missing': 'Say how your administrator can reach you.',
      'reply-too-long': 'Keep this to one phone number or email address.',
      'message-too-long': 'Keep this to 1000 characters or fewer.',
      'not-sent':
        'Your message could not be sent now. Please try again later, or reach your administrator in another way.',
    } satisfies Record<ContactProblem, string>,
    sentHeading: 'Your message is on its way',
    sentLead:
      'It goes to your organisation’s administrators. They will ask you to prove who you are before they change anything.',
    sentAdvice: 'They will never ask for your password.',
  },

  disown: {
    heading: 'Was this not you?',
    lead: {
      'method-added': 'A way to prove who you are was added to your account.',
      'method-removed': 'A way to prove who you are was removed from your account.',
      reset: 'The password of your account was changed.',
      unlock: 'Your account was unlocked.',
    } satisfies Record<Disownable, string>,
    when: 'When',
    ifYou: 'If that was you, close this page. Nothing happens.',
    ifNot: (days: number) =>
      `If it was not you, press the button. Whatever is going on here with your account stops at once, and nobody can reset or unlock it here until your administrator allows it again or ${count(days, { one: '# day has passed', other: '# days have passed' })}.`,
    willInvalidate:
      'Your password is made useless as well, so that nobody who has learnt it can sign in with it. You will need a new one from your administrator.',
    willRemove: (ways: number) =>
      count(ways, {
        one: 'One way to prove who you are that was added then or since is removed again.',
        other: '# ways to prove who you are that were added then or since are removed again.',
      }),
    confirm: 'It wasn’t me – stop this',
    saidHeading: 'We have stopped it',
    saidLead: (days: number) =>
      `Whatever was going on here with your account has ended, and nobody can reset or unlock it here until your administrator allows it again or ${count(days, { one: '# day has passed', other: '# days have passed' })}.`,
    waysRemoved: (ways: number) =>
      count(ways, {
        one: 'We have removed one way to prove who you are that was added then or since. If it was yours, you can set it up again later.',
        other:
          'We have removed # ways to prove who you are that were added then or since. Those that were yours you can set up again later.',
      }),
    isTold: 'We are telling your administrators by email.',
    tellYourself: 'Tell your administrator now, and quote the support id below.',
    password: {
      kept: 'Your password was not touched. If somebody else may know it, ask your administrator for a new one.',
      invalidated:
        'The password of your account has been made useless: nobody can sign in with it any more. Ask your administrator for a new one.',
      'not-invalidated':
        'We wanted to make your password useless, and it could not be done. Ask your administrator to change it at once.',
      unknown:
        'We wanted to make your password useless, and do not know whether that was done. Ask your administrator to change it at once.',
    } satisfies Record<PasswordFate, string>,
    unknownHeading: 'This link is used up or not known',
    unknownLead: 'Each of these links works once, and only for a while.',
    unknownAdvice: 'If something was done to your account that you did not ask for, contact your administrator.',
  },

  stops: {
    cannotVerify: {
      heading: 'We couldn’t verify your account',
      lead: 'With what you have told us we can’t let you go on.',
      reasons: 'This can have several causes:',
      causes: [
        'The email address or username was typed wrongly.',
        'You have not set up enough ways to prove who you are.',
        'Your organisation does not offer this for your account.',
      ],
      tryAgain: 'Try again',
    },
    tryLater: {
      heading: 'Try again later',
      lead: {
        'before-proof':
          'We can’t reach your organisation’s directory just now, so we stop here, before you do any work. Nothing was changed.',
        'at-the-end':
          'Your organisation’s directory could not be reached just now. Nothing was changed: your account is as it was before.',
      },
      advice: 'This is usually over within a few minutes.',
      staysProven:
        'You need not show again that it’s you, as long as you come back within a quarter of an hour after you began.',
      tryAgain: 'Try again',
    },
    blocked: {
      heading: 'Blocked for now',
      lead: 'To keep your account safe, we take no more attempts for a while.',
      until: (time: string) => `You can try again after ${time}.`,
      within: 'You can try again 24 hours after the last attempt.',
      advice: 'If you need your account sooner, or if these attempts were not yours, contact your administrator.',
    },
    sessionOver: {
      heading: 'Your time is up',
      lead: (minutes: number) =>
        `For your safety you have ${count(minutes, { one: '# minute', other: '# minutes' })} from beginning to end, and they have passed. Nothing was changed.`,
      startAgain: 'Start again',
    },
    endedElsewhere: {
      heading: 'This was ended somewhere else',
      lead: 'Meanwhile, something was changed for this account in another window or on another device. So we stopped here, and nothing was changed from this page.',
      advice:
        'If that was you, there is nothing more to do here. If it was not, use “It wasn’t me” in the mail about it, or contact your administrator.',
      startAgain: 'Start again',
    },
    cookiesNeeded: {
      heading: 'We lost track of you',
      lead: 'We could not tell which of your steps comes next. That happens when cookies are blocked, or when a page from another day is sent again. Nothing was changed.',
      advice: 'Allow cookies for this site, and start again.',
    },
    somethingWrong: {
      heading: 'Something went wrong on our side',
      lead: 'This is our mistake, not yours. It has been noted, and we look into such things.',
      advice: 'Please start again. If it happens once more, contact your administrator and quote the support id below.',
    },
    notFound: {
      heading: 'There is no such page',
      lead: 'The address may be mistyped, or the page may have moved.',
    },
  },
};

export type Texts = typeof en;
