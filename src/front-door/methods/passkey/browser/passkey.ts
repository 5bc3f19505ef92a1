// The script of the passkey's form: asks the browser for a passkey, or to make one, and posts what it gave. Says in words why there is
// none; only what the browser gave is posted, so that a window that was closed is no attempt.

import { element } from '../../../browser/page-element.js';
import type { PasskeyBlock } from '../passkey-block.js';
import { creationOptions, postedAssertion, postedRegistration, requestOptions } from './passkey-json.js';

const form = element('passkey-form', HTMLFormElement);
const posted = element('passkey-posted', HTMLInputElement);
const button = element('passkey-button', HTMLButtonElement);
const said = element('passkey-said', HTMLElement);
const waiting = element('passkey-waiting', HTMLElement);
// Our own page wrote this block, in one deployment with this script.
const { does, options, words }: PasskeyBlock = JSON.parse(element('passkey', HTMLElement).textContent);

form.addEventListener('submit', (event) => {
  // Another way was chosen.
  if (event.submitter !== null && event.submitter !== button) return;
  event.preventDefault();
  void askAndPost();
});
// Going back may bring this page alive again from the browser's memory.
window.addEventListener('pageshow', beReady);

if (!hasPasskeys()) {
  button.disabled = true;
  say('unsupported');
}

async function askAndPost(): Promise<void> {
  if (button.disabled) return;
  button.disabled = true;
  said.replaceChildren();
  document.querySelector('.error-summary')?.remove();
  waiting.textContent = words.waiting;
  try {
    posted.value = JSON.stringify(await (does === 'use' ? use() : make()));
  } catch (error) {
    beReady();
    say(problemOf(error));
    button.focus();
    return;
  }
  form.submit();
}

async function use(): Promise<object> {
  const credential = await navigator.credentials.get({ publicKey: requestOptions(options) });
  return postedAssertion(credential);
}

async function make(): Promise<object> {
  const credential = await navigator.credentials.create({ publicKey: creationOptions(options) });
  return postedRegistration(credential);
}

/** Browsers tell too little apart, on purpose: who has no fitting passkey, closed the window or waited too long looks alike. */
function problemOf(error: unknown): keyof typeof words.problems {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled';
  if (name === 'SecurityError') return 'misplaced';
  if (name === 'InvalidStateError' && does === 'make') return 'there-already';
  // No detail to the page: the person can only try again, or another way.
  console.error(error);
  return 'failed';
}

function say(problem: keyof typeof words.problems): void {
  const message = document.createElement('p');
  message.className = 'error';
  const prefix = document.createElement('span');
  prefix.className = 'visually-hidden';
  prefix.textContent = `${words.errorPrefix} `;
  message.append(prefix, words.problems[problem]);
  said.replaceChildren(message);
}

function beReady(): void {
  button.disabled = !hasPasskeys();
  waiting.textContent = '';
  posted.value = '';
}

function hasPasskeys(): boolean {
  return 'PublicKeyCredential' in window && 'credentials' in navigator;
}
