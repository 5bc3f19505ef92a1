// The script of the new-password page: ticks the rules while the person types, seals the password for the agents, posts the sealed text;
// with the current password where the page asks for it. Nothing here can be relied on by others: the front door refuses what is unsealed,
// the agent and the directory judge the password again.

import { admitTypedPassword, type PasswordTextFault } from '../../protocol/password-text.js';
import type { NewPasswordWords } from '../passwords/new-password-words.js';
import { markRule } from '../passwords/password-hints.js';
import type { PasswordProblem } from '../passwords/password-problem.js';
import { element } from './page-element.js';
import { clearProblems, guardFields, type SealedForm, sealAndPost, showProblem } from './sealed-form.js';

const form = element('new-password-form', HTMLFormElement);
const password = element('new-password', HTMLInputElement);
const again = element('new-password-again', HTMLInputElement);
/** Absent where nobody knows it. */
const current = document.querySelector<HTMLInputElement>('#current-password');
// Our own page wrote this block, in one deployment with this script.
const words: NewPasswordWords = JSON.parse(element('new-password-words', HTMLElement).textContent);
const page: SealedForm = { form, fields: [...(current === null ? [] : [current]), password, again], words };

guardFields(page);
password.addEventListener('input', showMarks);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});

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

async function send(): Promise<void> {
  clearProblems(page);
  if (current?.value === '') return showProblem(page, current, words.currentMissing);
  const text = admitTypedPassword(password.value);
  if (text.kind === 'refused') return showProblem(page, password, words.problems[PROBLEM_OF_FAULT[text.fault]]);
  if (again.value.normalize('NFC') !== text.password) return showProblem(page, again, words.problems.different);
  const currentPassword = current?.value.normalize('NFC');
  const isPosted = await sealAndPost(page, { password: text.password, currentPassword });
  if (!isPosted) showProblem(page, password, words.problems['not-sealed']);
}

const PROBLEM_OF_FAULT = {
  empty: 'missing',
  'too-long': 'too-long',
  'control-character': 'control-character',
  'invisible-character': 'invisible-character',
  'broken-character': 'broken-character',
  'not-normalised': 'broken-character',
} as const satisfies Record<PasswordTextFault, PasswordProblem>;
