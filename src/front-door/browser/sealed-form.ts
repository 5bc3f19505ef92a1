// What the scripts of both password pages share: the elements, fresh keys, sealing and posting, and messages beside fields.
// Knows no rule and no word. The password never leaves a script but sealed.

import { sealForAllKeepingKeys } from '../../protocol/sealing.js';
import { element } from './page-element.js';
import type { ExplanationKeys } from './refusal-explanation.js';
import { readSealingBlock, type Sealing } from './sealing-block.js';

export interface SealedForm {
  readonly form: HTMLFormElement;
  /** In the order of the page. */
  readonly fields: readonly HTMLInputElement[];
  readonly words: { readonly errorPrefix: string; readonly sending: string };
}

/**
 * Seals what is given and posts it; the fields are emptied then. Resolves to false when it could not be sealed. `keep`: takes the keys of
 * what may be said of the password when it is refused.
 */
export async function sealAndPost(
  page: SealedForm,
  passwords: { readonly password: string; readonly currentPassword?: string | undefined },
  keep?: (keys: ExplanationKeys) => void,
): Promise<boolean> {
  const sealed = element('sealed', HTMLInputElement);
  setBusy(page, true);
  try {
    const block = (await freshSealing(page.form)) ?? element('sealing', HTMLElement).textContent;
    const sealing: Sealing = readSealingBlock(block);
    const all = await sealForAllKeepingKeys({ ...passwords, ...sealing });
    sealed.value = JSON.stringify(all.map((each) => each.sealed));
    keep?.(all.map((each) => ({ keyId: each.sealed.keyId, explanationKey: each.explanationKey })));
  } catch (error) {
    // No detail to the page: what failed is ours or the browser's, and the person can only load the page again.
    console.error(error);
    setBusy(page, false);
    return false;
  }
  wipe(page);
  page.form.submit();
  return true;
}

/** Shows what is typed for as long as the box is ticked; empties the fields when the page is left, and is ready when it comes back. */
export function guardFields(page: SealedForm): void {
  element('show-password', HTMLInputElement).addEventListener('change', ({ target }) => {
    const type = target instanceof HTMLInputElement && target.checked ? 'text' : 'password';
    for (const field of page.fields) field.type = type;
  });
  // Going back may bring this page alive again from the browser's memory: ready to use, with empty fields.
  window.addEventListener('pageshow', () => setBusy(page, false));
  window.addEventListener('pagehide', () => wipe(page));
}

export function showProblem({ words }: SealedForm, field: HTMLInputElement, text: string): void {
  const message = document.createElement('p');
  message.className = 'error';
  message.id = `${field.id}-error`;
  const prefix = document.createElement('span');
  prefix.className = 'visually-hidden';
  prefix.textContent = `${words.errorPrefix} `;
  message.append(prefix, text);
  field.before(message);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', message.id);
  field.closest('.field')?.setAttribute('data-invalid', 'true');
  field.focus();
}

export function clearProblems({ fields }: SealedForm): void {
  document.querySelector('.error-summary')?.remove();
  for (const field of fields) {
    document.getElementById(`${field.id}-error`)?.remove();
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
    field.closest('.field')?.removeAttribute('data-invalid');
  }
}

/** The agents' keys and the request as they are now: what the page was made with is too old two minutes later. */
async function freshSealing(form: HTMLFormElement): Promise<string | undefined> {
  try {
    const answer = await fetch(`${form.action}/sealing`, { signal: AbortSignal.timeout(FRESH_SEALING_DEADLINE_MS) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    // The page's own block may still do; if it is too old, the front door says so and the person tries again.
    return undefined;
  }
}

const FRESH_SEALING_DEADLINE_MS = 5_000;

function setBusy({ form, words }: SealedForm, isBusy: boolean): void {
  form.querySelector('button[type=submit]')?.toggleAttribute('disabled', isBusy);
  element('sending', HTMLElement).textContent = isBusy ? words.sending : '';
  if (!isBusy) element('sealed', HTMLInputElement).value = '';
}

function wipe({ fields }: SealedForm): void {
  for (const field of fields) field.value = '';
}
