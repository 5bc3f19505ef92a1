// The pages for whoever knows their password, in every form they take: a part of every-page.ts.

import { METHOD_KINDS, methodOf } from '../../../../src/front-door/methods/every-method.js';
import type { SetUpView } from '../../../../src/front-door/methods/method-face.js';
import { questionsSetupPage } from '../../../../src/front-door/methods/security-questions/questions-setup-page.js';
import type { Surroundings } from '../../../../src/front-door/pages/layout.js';
import { newPasswordPage } from '../../../../src/front-door/pages/new-password-page.js';
import { changedPage } from '../../../../src/front-door/pages/signed-in/changed-page.js';
import { entryPage } from '../../../../src/front-door/pages/signed-in/entry-page.js';
import { namePage } from '../../../../src/front-door/pages/signed-in/name-page.js';
import { securityInfoPage } from '../../../../src/front-door/pages/signed-in/security-info-page.js';
import { sealingWith } from './every-page.js';

/** `text` is a path without blanks where an address is wanted. */
export function signedInPages(text: string, around: Surroundings): Record<string, string> {
  const form = { action: `/post?${text}`, csrfToken: text };
  const entry = {
    form,
    account: text,
    sealing: sealingWith(text),
    otherHref: `/other?${text}`,
    scriptSrc: `/script.js?${text}`,
  } as const;
  const methods = METHOD_KINDS;
  const setUp: SetUpView = {
    form,
    language: 'en',
    tenant: undefined,
    scriptSrc: `/passkey.js?${text}`,
    problem: undefined,
    problemAt: undefined,
    wasSentAgain: false,
    pending: undefined,
    chosen: [],
  };
  const ways = methods.map((method, index) => ({
    method,
    name: index === 0 ? '' : text,
    address: text,
    setUpOn: text,
    lastUsedOn: text,
    codesLeft: method === 'recovery-code' ? index + 1 : undefined,
    id: index === 3 ? undefined : `${index}`,
    tryId: index === 2 ? undefined : `try ${index}`,
  }));
  const told = { ...ways[0], method: 'email-code', codesLeft: undefined, id: undefined, tryId: undefined } as const;
  const info = {
    form,
    isEnabled: true,
    mayChange: true,
    ways,
    toConfirm: [],
    offered: methods,
    missingKinds: 1,
    isToReconfirm: false,
    news: undefined,
    worked: undefined,
    problem: undefined,
    changePasswordHref: `/change?${text}`,
  } as const;
  const change = {
    form,
    account: text,
    rules: [],
    sealing: sealingWith(text),
    sealedFor: 'organisation',
    problems: [],
    scriptSrc: `/script.js?${text}`,
  } as const;
  const questions = { form, questions: [{ id: text, text }], toRegister: 3, chosen: [text] } as const;
  const pages: Record<string, string> = {
    'questions to choose': questionsSetupPage({ ...questions, problem: undefined, problemAt: undefined }, around),
    'questions to choose, refused': questionsSetupPage(
      { ...questions, problem: 'answers-alike', problemAt: 3 },
      around,
    ),
    'questions to choose, not now': questionsSetupPage(
      { ...questions, problem: 'not-now', problemAt: undefined },
      around,
    ),
    'own name': namePage({ form, purpose: 'security-info', userId: text, problem: undefined }, around),
    'own name, refused': namePage(
      { form, purpose: 'change-password', userId: text, problem: 'user-id-missing' },
      around,
    ),
    entry: entryPage({ ...entry, problem: undefined }, around),
    'security info': securityInfoPage(info, around),
    'security info, asked': securityInfoPage({ ...info, isToReconfirm: true }, around),
    'security info, not proved': securityInfoPage({ ...info, mayChange: false, missingKinds: 2 }, around),
    'security info, nothing yet': securityInfoPage({ ...info, ways: [], missingKinds: 0 }, around),
    'security info, to confirm': securityInfoPage(
      { ...info, toConfirm: [{ id: text, method: 'email-code', address: text }] },
      around,
    ),
    'security info, off': securityInfoPage(
      {
        ...info,
        isEnabled: false,
        ways: [{ ...told, name: '', address: text, setUpOn: undefined, lastUsedOn: undefined }],
      },
      around,
    ),
  };
  for (const problem of ['wrong', 'seal-expired', 'not-sealed', 'away'] as const)
    pages[`entry, ${problem}`] = entryPage({ ...entry, problem }, around);
  for (const news of ['added', 'added-untold', 'removed', 'removed-untold', 'renamed', 'confirmed'] as const)
    pages[`security info, ${news}`] = securityInfoPage({ ...info, news }, around);
  const worked = { called: text, address: text };
  pages['security info, works'] = securityInfoPage({ ...info, news: 'works', worked }, around);
  for (const problem of ['not-now', 'expired'] as const)
    pages[`security info, ${problem}`] = securityInfoPage({ ...info, problem }, around);
  for (const must of ['must-change', 'password-expired', undefined] as const)
    pages[`change, ${must}`] = newPasswordPage({ ...change, change: { must, problem: 'wrong' } }, around);
  // What each of them shows of its second step, read as its own page reads it.
  const prompts = {
    'email-code': text,
    'text-message': text,
    'authenticator-code': `otpauth://totp/Example:ada?secret=${encodeURIComponent(text)}`,
    passkey: JSON.stringify({ challenge: text }),
  } as const;
  for (const kind of METHOD_KINDS) pages[`set up, ${kind}`] = methodOf(kind).face.setUpPage(setUp, around);
  for (const kind of ['email-code', 'text-message', 'authenticator-code', 'passkey'] as const)
    pages[`set up, ${kind}, second step`] = methodOf(kind).face.setUpPage(
      { ...setUp, pending: { prompt: prompts[kind] } },
      around,
    );
  const once = { form, texts: [text], account: text, madeOn: text, address: text };
  pages['set up, told once'] = methodOf('recovery-code').face.toldOncePage?.(once, around) ?? '';
  for (const problem of [
    'missing',
    'malformed',
    'not-served',
    'wrong',
    'expired',
    'there-already',
    'not-private',
    'too-many',
    'not-now',
    'blocked',
  ] as const)
    pages[`set up, ${problem}`] = methodOf('email-code').face.setUpPage({ ...setUp, problem }, around);
  pages['set up, passkey, refused'] = methodOf('passkey').face.setUpPage(
    { ...setUp, problem: 'there-already', pending: { prompt: '{}' } },
    around,
  );
  for (const result of ['changed', 'unknown', 'not-permitted'] as const)
    pages[`by the one before, ${result}`] = changedPage(
      { result, signInHref: `https://example.com/?${text}`, isTold: true },
      around,
    );
  return pages;
}
