// The demo's people: between them they reach every screen. Invented; their passwords are for a throw-away domain only.

import { LAB_PASSWORD_RULES, type LabPerson, type LabPopulation } from '../lab/samba-people.js';

export const DEMO_REALM = 'CORP.EXAMPLE.COM';
export const DEMO_DOMAIN = 'corp.example.com';
export const SCOPE_UNIT = 'OU=Staff';
const OUTSIDE_UNIT = 'OU=Partners';
const SERVICE_UNIT = 'OU=Service Accounts';

/** Everybody's password at first. */
export const FIRST_PASSWORD = 'Bridge-Lamp-47';
export const SERVICE_ACCOUNT = 'svc-drawbridge';

/** A cloud-only account of the front door's own: no directory knows it. An administrator, so two gates. */
export const CLOUD_ACCOUNT = {
  userId: 'olga@example.com',
  displayName: 'Olga Cloud',
  resetMail: 'olga.private@example.net',
} as const;

/** Of the directory, and with a policy of two gates. */
export const TWO_GATES_PERSON = `joerg@${DEMO_DOMAIN}`;

/** Has to confirm what the directory names of them before it counts. */
export const CONFIRMING_PERSON = `rosa@${DEMO_DOMAIN}`;

/** Whom the organisation has not turned this on for. */
export const LEFT_OUT_PERSON = `ivan@${DEMO_DOMAIN}`;

/** Has recovery codes printed. */
export const CODES_PERSON = `kim1@${DEMO_DOMAIN}`;

/** Has answered security questions. The cloud-only administrator has too, and is never asked one. */
export const QUESTIONS_PERSON = `tara@${DEMO_DOMAIN}`;

/** By the ids of the questions. */
export const QUESTION_ANSWERS: Readonly<Record<string, string>> = {
  'hiding-place': 'Behind the coal shed',
  'stuffed-toy': 'Admiral Mossbeak',
  'lost-way': 'Lisbon flea market',
  'cooking-mishap': 'Quince jelly',
  'quiet-room': 'Next to the boiler',
};

/** An organisation's own question, as its settings have it. */
export const OWN_QUESTION = { id: 'quiet-room', text: 'Where is our quietest meeting room?' } as const;
/** Has a phone in the directory, and no private mailbox. */
export const PHONE_PERSON = { name: 'otto', number: '+447700900947' } as const;

export interface DemoPerson {
  readonly account: LabPerson;
  /** What they meet, for the table. */
  readonly meets: string;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { account: person('ada', 'Ada Example'), meets: 'an ordinary reset: code by mail, new password' },
  { account: person('bert', 'Bert Bolt', { states: ['locked'] }), meets: 'locked out: unlock alone, or reset' },
  {
    account: person('cleo', 'Cleo Novak', { states: ['must-change'] }),
    meets: 'must change at next logon: a reset clears it',
  },
  {
    account: person('joerg', 'Jörg Müßig-Ærø'),
    meets: 'two gates (mail, authenticator), non-ASCII; try Brücke-über-47',
  },
  {
    account: person('lena', 'Lena Strict', { password: `${FIRST_PASSWORD}-twice-as-long` }),
    meets: 'a fine-grained policy (20 characters) that may not be read: the directory refuses less',
  },
  {
    account: person('tara', 'Tara Quest'),
    meets: 'two gates (mail, security questions): answers below',
  },
  { account: person('dora', 'Dora Gone', { states: ['disabled'] }), meets: 'contact your administrator (disabled)' },
  {
    account: person('emil', 'Emil Past', { states: ['expired'] }),
    meets: 'contact your administrator (account expired)',
  },
  {
    account: person('fred', 'Fred Root', { states: ['protected-administrator'] }),
    meets: 'contact your administrator (adminCount=1)',
  },
  {
    account: person('gina', 'Gina Fixed', { states: ['cannot-change-password'] }),
    meets: 'contact your administrator (cannot change password)',
  },
  {
    account: person('hugo', 'Hugo Card', { states: ['smartcard-required'] }),
    meets: 'contact your administrator (smart card required)',
  },
  {
    account: { ...person('iris', 'Iris Outside'), unit: OUTSIDE_UNIT },
    meets: 'contact your administrator (outside the write-back scope)',
  },
  {
    account: person(PHONE_PERSON.name, 'Otto Onphone', { otherMailboxes: [], mobile: '+44 7700 900947' }),
    meets: `a code by text message, once the whole number was typed: ${PHONE_PERSON.number}`,
  },
  {
    account: person('paul', 'Paul Unasked'),
    meets: 'a reset; then, in the mail about it, "It wasn’t me": blocked, and the password is made useless',
  },
  {
    account: person('nora', 'Nora New', { otherMailboxes: [] }),
    meets: "we couldn't verify your account (no methods)",
  },
  {
    account: person('ivan', 'Ivan Notyet'),
    meets: 'contact your administrator (not turned on for this person); signs in, and can set up nothing',
  },
  {
    account: person('nils', 'Nils Novice', { otherMailboxes: [] }),
    meets: 'signs in, and sets up how to prove who he is: an address, an app, recovery codes',
  },
  {
    account: person('rosa', 'Rosa Unconfirmed', { mobile: '+44 7700 900949' }),
    meets: "we couldn't verify; then signs in, and confirms the address of the directory's with one press: a reset",
  },
  {
    account: person('mona', 'Mona Change', { states: ['must-change'] }),
    meets: 'signs in, and has to choose another password first',
  },
  {
    account: person('edda', 'Edda Aged', { states: ['password-expired'] }),
    meets: 'signs in with a password that has expired, and has to choose another one first',
  },
  {
    account: person('kim1', 'Kim One', { mail: 'kim@corp.example.com' }),
    meets: "by kim@corp.example.com: we couldn't verify; by kim1@corp.example.com: a reset",
  },
  {
    account: person('kim2', 'Kim Two', { mail: 'kim@corp.example.com' }),
    meets: "by kim@corp.example.com: we couldn't verify; by kim2@corp.example.com: a reset",
  },
];

/** A password that is older has expired. */
const DOMAIN_RULES = { ...LAB_PASSWORD_RULES, maximumAgeDays: 365 };

/** Whom `reset` of the organisation's settings names. */
export const ENABLED_PEOPLE: readonly string[] = [
  ...DEMO_PEOPLE.map(({ account }) => `${account.samAccountName}@${DEMO_DOMAIN}`).filter(
    (userId) => userId !== LEFT_OUT_PERSON,
  ),
  CLOUD_ACCOUNT.userId,
];

export function demoPopulation(servicePassword: string): LabPopulation {
  return {
    units: [SCOPE_UNIT, OUTSIDE_UNIT, SERVICE_UNIT],
    policy: DOMAIN_RULES,
    people: DEMO_PEOPLE.map(({ account }) => account),
    serviceAccounts: [
      { samAccountName: SERVICE_ACCOUNT, password: servicePassword, unit: SERVICE_UNIT, delegatedUnits: [SCOPE_UNIT] },
    ],
    passwordSettings: [{ ...DOMAIN_RULES, name: 'Strict', precedence: 10, minimumLength: 20, appliesTo: ['lena'] }],
  };
}

function person(samAccountName: string, displayName: string, rest: Partial<LabPerson> = {}): LabPerson {
  const [givenName = '', surname = ''] = displayName.split(' ');
  return {
    samAccountName,
    displayName,
    givenName,
    surname,
    mail: `${samAccountName}@${DEMO_DOMAIN}`,
    otherMailboxes: [`${samAccountName}.private@example.net`],
    password: FIRST_PASSWORD,
    unit: SCOPE_UNIT,
    ...rest,
  };
}
