// The one script of the flow: ticks the rules while the person types, seals the password for the agents, posts the sealed text.
// The password never leaves this file but sealed, and the fields are emptied once it is. Nothing here can be relied on by others:
// the front door refuses what is unsealed, the agent and the directory judge the password again.

import { admitTypedPassword, type PasswordTextFault } from '../../protocol/password-text.js';
import { sealForAll } from '../../protocol/sealing.js';
import type { NewPasswordWords } from '../passwords/new-password-words.js';
import { markRule } from '../passwords/password-hints.js';
import type { PasswordProblem } from '../passwords/password-problem.js';
import { readSealingBlock } from './sealing-block.js';

const form = element('new-password-form', HTMLFormElement);
const password = element('new-password', HTMLInputElement);
const again = element('new-password-again', HTMLInputElement);
const sealed = element('sealed', HTMLInputElement);
const sending = element('sending', HTMLElement);
const submit = form.querySelector('button[type=submit]');
// Our own page wrote this block, in one deployment with this script.
const words: NewPasswordWords = JSON.parse(element('new-password-words', HTMLElement).textContent);

password.addEventListener('input', showMarks);
element('show-password', HTMLInputElement).addEventListener('change', ({ target }) => {
  const type = target instanceof HTMLInputElement && target.checked ? 'text' : 'password';
  for (const field of [password, again]) field.type = type;
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void sealAndPost();
});
// Going back may bring this page alive again from the browser's memory: ready to use, with empty fields.
window.addEventListener('pageshow', beReady);
window.addEventListener('pagehide', wipe);

function showMarks(): void {
  const typed = password.value.normalize('NFC');
  let met = 0;
  words.rules.forEach((rule, index) => {
    const item = document.getElementById(`rule-${index}`);
    const mark = item?.querySelector('.rule-mark');
    if (!item || !mark) return;
    const state = markRule(rule, typed);
    if (state === 'met') met += 1;
    if (typed === '') delete item.dataset.mark;
    else item.dataset.mark = state;
    mark.textContent = typed === '' ? '' : words.marks[state];
  });
  const status = document.getElementById('rules-status');
  const announcement = typed === '' ? '' : (words.announce[met] ?? '');
  // Written only when it changes, so that a screen reader does not speak at every key.
  if (status && status.textContent !== announcement) status.textContent = announcement;
}

async function sealAndPost(): Promise<void> {
  clearProblems();
  const text = admitTypedPassword(password.value);
  if (text.kind === 'refused') return showProblem(password, PROBLEM_OF_FAULT[text.fault]);
  if (again.value.normalize('NFC') !== text.password) return showProblem(again, 'different');
  beBusy();
  try {
    const sealing = readSealingBlock((await freshSealing()) ?? element('sealing', HTMLElement).textContent);
    sealed.value = JSON.stringify(await sealForAll({ password: text.password, ...sealing }));
  } catch (error) {
    // No detail to the page: what failed is ours or the browser's, and the person can only load the page again.
    console.error(error);
    beReady();
    return showProblem(password, 'not-sealed');
  }
  wipe();
  form.submit();
}

/** The agents' keys and the request as they are now: what the page was made with is too old two minutes later. */
async function freshSealing(): Promise<string | undefined> {
  try {
    const answer = await fetch(`${form.action}/sealing`, { signal: AbortSignal.timeout(FRESH_SEALING_DEADLINE_MS) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    // The page's own block may still do; if it is too old, the front door says so and the person tries again.
    return undefined;
  }
}

const FRESH_SEALING_DEADLINE_MS = 5_000;

const PROBLEM_OF_FAULT = {
  empty: 'missing',
  'too-long': 'too-long',
  'control-character': 'control-character',
  'invisible-character': 'invisible-character',
  'broken-character': 'broken-character',
  'not-normalised': 'broken-character',
} as const satisfies Record<PasswordTextFault, PasswordProblem>;

function showProblem(field: HTMLInputElement, problem: PasswordProblem): void {
  const message = document.createElement('p');
  message.className = 'error';
  message.id = `${field.id}-error`;
  const prefix = document.createElement('span');
  prefix.className = 'visually-hidden';
  prefix.textContent = `${words.errorPrefix} `;
  message.append(prefix, words.problems[problem]);
  field.before(message);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', message.id);
  field.closest('.field')?.setAttribute('data-invalid', 'true');
  field.focus();
}

function clearProblems(): void {
  document.querySelector('.error-summary')?.remove();
  for (const field of [password, again]) {
    document.getElementById(`${field.id}-error`)?.remove();
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
    field.closest('.field')?.removeAttribute('data-invalid');
  }
}

function beBusy(): void {
  submit?.setAttribute('disabled', '');
  sending.textContent = words.sending;
}

function beReady(): void {
  submit?.removeAttribute('disabled');
  sending.textContent = '';
  sealed.value = '';
}

function wipe(): void {
  password.value = '';
  again.value = '';
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`the page has no ${id}`);
  return found;
}
