// Says beside a refused password which word it was refused for. The agent's explanation comes sealed, for the keys that were kept in this tab
// when the password was sealed; without them the refusal stands as it is. Everything here may fail without harm.

import { fromBase64Url, toBase64Url } from '../../protocol/base64url.js';
import type { KeyId } from '../../protocol/identifiers.js';
import { openExplanation } from '../../protocol/opening-explanations.js';
import type { SealedExplanation } from '../../protocol/sealed-explanation.js';
import {
  type ExplanationWords,
  explanationSentence,
  type RuleExplained,
  ruleExplained,
} from '../passwords/explanation-sentence.js';

export type ExplanationKeys = readonly {
  readonly keyId: KeyId;
  readonly explanationKey: Uint8Array;
}[];

const KEPT = 'drawbridge-explanation-keys';

/** Until the next page of this tab asks for them. They open nothing but an explanation: no password. */
export function keepExplanationKeys(keys: ExplanationKeys): void {
  const kept = keys.map(({ keyId, explanationKey }) => [keyId, toBase64Url(explanationKey)]);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Storage is full or off: then nothing is explained.
  }
}

/** `fieldId`: beside which the refusal stands, in the words of `refusals`; the sentence takes their place. */
export async function explainRefusal(
  fieldId: string,
  words: ExplanationWords,
  refusals: Readonly<Record<RuleExplained, string>>,
): Promise<void> {
  const keys = takeKeys();
  const block = document.getElementById('sealed-explanation')?.textContent;
  if (keys === undefined || !block) return;
  // Our own page wrote this block, in one deployment with this script.
  const sealed: SealedExplanation = JSON.parse(block);
  const key = keys[sealed.keyId];
  const explanation = key === undefined ? undefined : await openExplanation(sealed, fromBase64Url(key));
  if (explanation === undefined) return;
  const said = refusals[ruleExplained(explanation)];
  const sentence = explanationSentence(explanation, words);
  for (const place of document.querySelectorAll(`#${fieldId}-error, .error-summary a[href="#${fieldId}"]`)) {
    for (const node of place.childNodes) if (node instanceof Text) node.data = node.data.replace(said, () => sentence);
  }
}

function takeKeys(): Readonly<Record<string, string>> | undefined {
  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return kept === null ? undefined : JSON.parse(kept);
  } catch {
    return undefined;
  }
}
