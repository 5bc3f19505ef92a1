// The names under which the pages' forms post their fields: read by whoever takes the forms, so that they cannot drift apart.
// There is no name for a password: its fields have none, on purpose, and never leave the browser unsealed.

export const FIELD_NAMES = {
  csrfToken: 'csrf_token',
  userId: 'user_id',
  answer: 'answer',
  trouble: 'trouble',
  method: 'method',
  code: 'code',
  sealed: 'sealed',
  account: 'account',
  reply: 'reply',
  message: 'message',
  /** A way that was set up, and the name its owner gives it. */
  id: 'id',
  name: 'name',
  /** Which kind of way is set up. */
  kind: 'kind',
  /** Which button of a form was pressed; absent means its main one (also when Enter was pressed). */
  action: 'action',
} as const;

/** In a page's address: the language that was chosen. */
export const LANGUAGE_QUERY = 'lang';

/** Values of the `action` field. */
export const ACTIONS = {
  newChallenge: 'new-challenge',
  useWords: 'use-words',
  usePicture: 'use-picture',
  resend: 'resend',
  otherMethod: 'other-method',
  setUp: 'set-up',
  rename: 'rename',
  remove: 'remove',
  confirm: 'confirm',
  confirmNamed: 'confirm-named',
  tryIt: 'try',
  cancel: 'cancel',
  signOut: 'sign-out',
  allIsRight: 'all-is-right',
} as const;

/** Values of the `trouble` field. */
export const TROUBLES = { forgot: 'forgot', unlock: 'unlock' } as const;

/** Longest texts the fields accept, in UTF-16 code units as browsers count; the receiver checks them again. */
export const FIELD_LIMITS = {
  userId: 256,
  answer: 64,
  code: 40,
  /** Forty characters of any script, and what is forgiven around them. */
  securityAnswer: 120,
  account: 256,
  reply: 256,
  message: 1000,
  name: 40,
  setUpAddress: 254,
} as const;
