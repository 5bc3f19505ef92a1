// What single pages must say, and must not.

import { describe, expect, test } from 'vitest';
import { askedOfApp } from '../../../../src/front-door/methods/authenticator-code/face.js';
import { methodOf } from '../../../../src/front-door/methods/every-method.js';
import { passkeyPage } from '../../../../src/front-door/methods/passkey/passkey-page.js';
import { securityQuestionsPage } from '../../../../src/front-door/methods/security-questions/security-questions-page.js';
import { phonePage } from '../../../../src/front-door/methods/text-message/phone-page.js';
import { codePage } from '../../../../src/front-door/pages/code-page.js';
import { contactPage } from '../../../../src/front-door/pages/contact-pages.js';
import { jsonForScriptElement } from '../../../../src/front-door/pages/data-block.js';
import { maskEmailAddress } from '../../../../src/front-door/pages/mask-address.js';
import { newPasswordPage } from '../../../../src/front-door/pages/new-password-page.js';
import { unlockedPage } from '../../../../src/front-door/pages/result-pages.js';
import { signInPage } from '../../../../src/front-door/pages/sign-in-page.js';
import { startPage } from '../../../../src/front-door/pages/start-page.js';
import { cannotVerifyPage } from '../../../../src/front-door/pages/stop-pages.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { troublePage } from '../../../../src/front-door/pages/trouble-page.js';
import type { NewPasswordWords } from '../../../../src/front-door/passwords/new-password-words.js';
import type { PasswordRule } from '../../../../src/front-door/passwords/password-hints.js';
import { everyPage, sealingWith, surroundingsWith } from './every-page.js';
import { startTags } from './html-tags.js';

/** Where the links of a page lead, but for the same page in other languages. */
const linksOf = (html: string) =>
  startTags(html, 'a').flatMap(({ attributes }) => {
    const href = attributes.get('href') ?? '';
    return href.startsWith('?lang=') ? [] : [href];
  });

const around = surroundingsWith('calm');
const form = { action: '/post', csrfToken: 'token' };
const picture = { kind: 'picture', src: '/picture' } as const;

test('the start page keeps what was typed and asks the phone for the right keyboard', () => {
  const html = startPage(
    {
      form,
      userId: 'ada@example.com',
      areSettingsOthers: false,
      challenge: picture,
      userIdProblem: undefined,
      challengeProblem: 'challenge-wrong',
    },
    around,
  );
  const field = startTags(html, 'input').find(({ attributes }) => attributes.get('name') === 'user_id')?.attributes;
  expect(field?.get('value')).toBe('ada@example.com');
  expect(field?.get('autocomplete')).toBe('username');
  expect(field?.get('inputmode')).toBe('email');
  expect(field?.get('autocapitalize')).toBe('none');
  expect(html).toContain(en.start.problems['challenge-wrong']);
});

test('Enter goes on: the first button of the start form has no action of its own', () => {
  expect(startTags(everyPage('calm').start ?? '', 'button')[0]?.attributes.has('name')).toBe(false);
});

test('the answer to a challenge is never filled in again', () => {
  const answers = startTags(everyPage('calm').start ?? '', 'input').filter(
    ({ attributes }) => attributes.get('name') === 'answer',
  );
  expect(answers.map(({ attributes }) => attributes.get('value'))).toEqual(['']);
});

test('a code field is one that phones fill in', () => {
  const html = everyPage('calm').code ?? '';
  const field = startTags(html, 'input').find(({ attributes }) => attributes.get('name') === 'code')?.attributes;
  expect(field?.get('autocomplete')).toBe('one-time-code');
  expect(field?.get('inputmode')).toBe('numeric');
});

test('that an account is locked is said only where the view data permits it', () => {
  const view = { form, chosen: undefined, problem: undefined };
  expect(troublePage({ ...view, tellsLocked: true }, around)).toContain(en.trouble.locked);
  expect(troublePage({ ...view, tellsLocked: false }, around)).not.toContain(en.trouble.locked);
});

test('"Contact your administrator" tells no reason unless it is given one', () => {
  const html = contactPage({ why: undefined, way: { kind: 'none' } }, around);
  for (const why of Object.values(en.contact.why)) expect(html).not.toContain(why);
});

test('a rule names kinds of characters that people know', () => {
  // No sample letters: a small Cyrillic one would be wrong, and a Chinese one is a box where the font is missing.
  expect(en.newPassword.rule.categories(3)).toMatch(
    /capital letters, small letters, digits, symbols, .*without capitals/,
  );
});

test('a portal address that is no web address becomes no link', () => {
  for (const href of ['javascript:alert(1)', 'data:text/html,x', 'help', '']) {
    const html = contactPage({ why: undefined, way: { kind: 'portal', href } }, around);
    expect(linksOf(html)).toEqual(['#content', around.startHref]);
  }
});

test('there is no dead link where the organisation gave no address', () => {
  const html = signInPage({ signInHref: undefined, purposes: undefined }, { ...around, contactHref: undefined });
  expect(linksOf(html)).toEqual(['#content', '/start?calm']);
  expect(cannotVerifyPage({ ...around, contactHref: undefined })).not.toContain(en.layout.contactAdministrator);
});

test('every reason for which a password is refused is said beside the field and in the summary', () => {
  for (const problem of Object.keys(en.newPassword.problems) as (keyof typeof en.newPassword.problems)[]) {
    const html = newPasswordPage(
      {
        form,
        account: 'ada',
        rules: [],
        sealing: sealingWith('x'),
        sealedFor: 'organisation',
        problems: [problem],
        scriptSrc: '/new-password.js',
      },
      around,
    );
    const beforeData = html.slice(0, html.indexOf('<script type="application/json"'));
    expect(beforeData.split(en.newPassword.problems[problem])).toHaveLength(3);
  }
});

test('that only the organisation can open a password is not said of an account of our own', () => {
  const view = { form, account: 'ada', rules: [], sealing: sealingWith('x'), problems: [], scriptSrc: '/s.js' };
  const words = en.newPassword.sealedFor.organisation;
  expect(newPasswordPage({ ...view, sealedFor: 'organisation' }, around)).toContain(words);
  expect(newPasswordPage({ ...view, sealedFor: 'front-door' }, around)).not.toContain(words);
});

describe('how strong a password is', () => {
  const view = { form, account: 'ada@example.com', sealing: sealingWith('x'), problems: [], scriptSrc: '/s.js' };
  const rules = [{ kind: 'without-name', names: ['Lovelace'] }] as const;
  const page = (given: readonly PasswordRule[]) =>
    newPasswordPage({ ...view, rules: given, sealedFor: 'organisation' }, around);
  const blockOf = (html: string): NewPasswordWords =>
    JSON.parse(/id="new-password-words">(.*?)<\/script>/.exec(html)?.[1] ?? '');

  test('is not said before anything is typed, and has its place whether rules are known or not', () => {
    for (const html of [page(rules), page([])]) {
      const line = startTags(html, 'p').find(({ attributes }) => attributes.get('id') === 'strength')?.attributes;
      expect(line?.has('hidden')).toBe(true);
      const beforeData = html.slice(0, html.indexOf('<script type="application/json"'));
      for (const words of [...Object.values(en.newPassword.strength), en.newPassword.strengthAdvice])
        expect(beforeData).not.toContain(words);
    }
  });

  test('is said in the page’s words, by a script that is told the names that stand on the page anyway', () => {
    expect(blockOf(page(rules))).toMatchObject({
      about: ['ada@example.com', 'calm', 'Lovelace'],
      strength: en.newPassword.strength,
      strengthAdvice: en.newPassword.strengthAdvice,
    });
    expect(blockOf(page([])).about).toEqual(['ada@example.com', 'calm']);
  });

  test('is spoken apart from the rules, so that one is not said again for the other', () => {
    const [status, ...others] = startTags(page(rules), 'p').filter(
      // What is being sent, and what should be known of the password, each speak for themselves.
      ({ attributes }) =>
        attributes.get('role') === 'status' && !['sending', 'notices'].includes(attributes.get('id') ?? ''),
    );
    expect(status?.attributes.get('aria-atomic')).toBe('false');
    expect(others).toEqual([]);
  });
});

test('JSON for a script element is the same value and can hold no tag', () => {
  const value = { text: '</script><!-- <script> & \u2028\u2029', deep: [1, null, true] };
  const json = jsonForScriptElement(value);
  expect(JSON.parse(json)).toEqual(value);
  expect(json).not.toMatch(/[<>&\u2028\u2029]/);
  expect(jsonForScriptElement(undefined)).toBe('null');
});

test.each([
  ['ada@example.com', 'a•••@e•••.com'],
  ['a@b.example.co.uk', 'a•••@b•••.uk'],
  ['😀x@example.com', '😀•••@e•••.com'],
  ['no address', '•••'],
  ['@example.com', '•••'],
  ['ada@localhost', '•••'],
])('%s is shown as %s', (address, shown) => {
  expect(maskEmailAddress(address)).toBe(shown);
});

test('nobody is left where they must prove who they are with nothing to press but the one way they have', () => {
  const view = { form, operation: 'reset', gate: 1, gates: 1, problem: undefined, attemptsLeft: undefined } as const;
  const pages = (hasOtherMethod: boolean) => [
    codePage({ ...view, asked: askedOfApp(en), wasSentAgain: false, hasOtherMethod }, around),
    phonePage({ ...view, lead: en.phone.lead('+44 ••47'), hasOtherMethod }, around),
    securityQuestionsPage({ ...view, questions: ['Who?'], hasOtherMethod }, around),
    passkeyPage({ ...view, options: {}, scriptSrc: '/passkey.js', hasOtherMethod }, around),
  ];
  for (const html of pages(false)) {
    expect(linksOf(html)).toContain(around.contactHref);
    expect(html).not.toContain(`>${en.code.otherMethod}<`);
  }
  for (const html of pages(true)) {
    expect(html).toContain(`>${en.code.otherMethod}<`);
    expect(linksOf(html)).not.toContain(around.contactHref);
  }
});

test('whoever only tries a way is told so on each of its pages, and finds the way back in place of another', () => {
  const view = { form, operation: undefined, gate: 1, gates: 1, problem: undefined, attemptsLeft: undefined } as const;
  const trying = { ...around, tried: { called: 'work phone', address: '+44 ••47' } };
  const pages = [
    codePage({ ...view, asked: askedOfApp(en), wasSentAgain: false, hasOtherMethod: false }, trying),
    phonePage({ ...view, lead: en.phone.lead('+44 ••47'), hasOtherMethod: false }, trying),
    securityQuestionsPage({ ...view, questions: ['Who?'], hasOtherMethod: false }, trying),
    passkeyPage({ ...view, options: {}, scriptSrc: '/passkey.js', hasOtherMethod: false }, trying),
  ];
  for (const html of pages) {
    expect(html).toContain(`${en.signedIn.info.trying} <strong dir="auto">work phone</strong>`);
    expect(html).toContain(`value="cancel">${en.signedIn.info.back}</button>`);
    expect(linksOf(html)).not.toContain(around.contactHref);
    expect(html).not.toContain(`>${en.code.otherMethod}<`);
  }
});

test('whoever is told to start again finds where', () => {
  const unlocked = unlockedPage({ wasLocked: true, signInHref: undefined }, around);
  const contact = contactPage({ why: 'not-verified', way: { kind: 'none' } }, around);
  for (const html of [unlocked, contact]) expect(linksOf(html)).toContain(around.startHref);
});

test('whoever changes a password is told that the password is wrong, and not that their name may be', () => {
  const html = newPasswordPage(
    {
      form,
      account: 'ada',
      rules: [],
      sealing: sealingWith('x'),
      sealedFor: 'organisation',
      problems: [],
      change: { must: undefined, problem: 'wrong' },
      scriptSrc: '/new-password.js',
    },
    around,
  );
  const beforeData = html.slice(0, html.indexOf('<script type="application/json"'));
  expect(beforeData.split(en.results.wrongCurrentPassword)).toHaveLength(3);
  expect(beforeData).not.toContain(en.signedIn.entry.problems.wrong);
  expect(linksOf(html)).toContain(around.startHref);
});

test('a page of recovery codes says, years later, whose they are, since when and where they are used', () => {
  const html = methodOf('recovery-code').face.toldOncePage?.(
    {
      form,
      texts: ['7KQ2-M9XD-4TVB-HW83'],
      account: 'ada@example.com',
      madeOn: '24 November 2026',
      address: 'https://reset.example.com',
    },
    around,
  );
  for (const part of [
    'ada@example.com',
    '7KQ2-M9XD-4TVB-HW83',
    '24 November 2026',
    'https://reset.example.com',
    en.method.recovery,
  ])
    expect(html).toContain(part);
});
