// The script of the new-password page: ticks the rules while the person types and says how hard the password is to guess, seals it for the
// agents, posts the sealed text; with the current password where the page asks for it. Nothing is sent while somebody types. Nothing here can be relied on by others: the front door refuses what is unsealed,
// the agent and the directory judge the password again.

import { noticesOf } from '../../protocol/password-notices.js';
import { admitTypedPassword, type PasswordTextFault } from '../../protocol/password-text.js';
import type { NewPasswordWords } from '../passwords/new-password-words.js';
import { markRule } from '../passwords/password-hints.js';
import type { PasswordProblem } from '../passwords/password-problem.js';
import { strengthOf } from '../passwords/password-strength.js';
import { element } from './page-element.js';
import { explainRefusal, keepExplanationKeys } from './refusal-explanation.js';
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
void explainRefusal(password.id, words.explained, words.problems);
password.addEventListener('input', showHints);
// A page that is left has emptied its fields, and one that comes back may have been filled by the browser.
window.addEventListener('pageshow', showHints);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});

function showHints(): void {
  const typed = password.value.normalize('NFC');
  showMarks(typed);
  showStrength(typed);
  write(
    document.getElementById('notices'),
    noticesOf(typed)
      .map((notice) => words.notices[notice])
      .join(' '),
  );
}

function showMarks(typed: string): void {
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
  const hasNothingToSay = typed === '' || words.rules.length === 0;
  write(document.getElementById('rules-status'), hasNothingToSay ? '' : (words.announce[met] ?? ''));
}

/** A hint like the marks: whatever it says, the password may be sent. */
function showStrength(typed: string): void {
  const line = element('strength', HTMLElement);
  line.hidden = typed === '';
  const strength = strengthOf(typed, words.about);
  line.dataset.strength = strength;
  const word = words.strength[strength];
  const advice = strength === 'weak' ? words.strengthAdvice : '';
  write(line.querySelector('.strength-word'), word);
  write(line.querySelector('.strength-advice'), advice);
  const said = advice === '' ? word : `${word} – ${advice}`;
  write(document.getElementById('strength-status'), typed === '' ? '' : said);
}

/** Only when it changes, so that a screen reader does not speak at every key. */
function write(place: Element | null, text: string): void {
  if (place && place.textContent !== text) place.textContent = text;
}

async function send(): Promise<void> {
  clearProblems(page);
  if (current?.value === '') return showProblem(page, current, words.currentMissing);
  const text = admitTypedPassword(password.value);
  if (text.kind === 'refused') return showProblem(page, password, words.problems[PROBLEM_OF_FAULT[text.fault]]);
  if (again.value.normalize('NFC') !== text.password) return showProblem(page, again, words.problems.different);
  const currentPassword = current?.value.normalize('NFC');
  const isPosted = await sealAndPost(page, { password: text.password, currentPassword }, keepExplanationKeys);
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
