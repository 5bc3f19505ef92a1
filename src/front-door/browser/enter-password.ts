// The script of the page that asks for the password somebody has: seals it and posts the sealed text. Judges nothing: whether it is right
// is the directory's to say, and what it may look like was decided when it was set.

import type { EntryWords } from '../passwords/new-password-words.js';
import { element } from './page-element.js';
import { clearProblems, guardFields, type SealedForm, sealAndPost, showProblem } from './sealed-form.js';

const form = element('password-form', HTMLFormElement);
const password = element('current-password', HTMLInputElement);
// Our own page wrote this block, in one deployment with this script.
const words: EntryWords = JSON.parse(element('form-words', HTMLElement).textContent);
const page: SealedForm = { form, fields: [password], words };

guardFields(page);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});

async function send(): Promise<void> {
  clearProblems(page);
  if (password.value === '') return showProblem(page, password, words.problems.missing);
  const isPosted = await sealAndPost(page, { password: password.value.normalize('NFC') });
  if (!isPosted) showProblem(page, password, words.problems['not-sealed']);
}
