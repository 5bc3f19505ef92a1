// What is seen of a passkey: one button, which asks the browser, for using one and for making one.

import { assert } from '../../../failure/assert.js';
import { ACTIONS } from '../../pages/field-names.js';
import { ActionButton } from '../../pages/form-parts.js';
import type { Surroundings } from '../../pages/layout.js';
import type { PasskeyProblem } from '../../pages/page-words.js';
import { Lead } from '../../pages/prose-parts.js';
import { Beginning, setupPage, setupProblem } from '../../pages/signed-in/setup-parts.js';
import type { MethodFace, ProofNotice, ProofView, SetUpView } from '../method-face.js';
import { PASSKEY_BUTTON, PasskeyForm } from './passkey-form.js';
import { passkeyPage } from './passkey-page.js';

export const passkeyFace: MethodFace = {
  hasScript: true,
  choice: (_address, { method }) => ({ label: method.passkey, hint: method.passkeyHint }),
  proofPage: (view, surroundings) => {
    const { form, operation, gate, gates, hasOtherMethod, open, notice } = view;
    const options: unknown = open && JSON.parse(open.prompt);
    const shown = { form, operation, gate, gates, hasOtherMethod, scriptSrc: scriptOf(view) };
    return passkeyPage({ ...shown, options, problem: problemOf(notice) }, surroundings);
  },
  setUpPage,
  explained: (_address, { method, passkey }) => ({
    choice: method.passkey,
    heading: passkey.heading,
    says: [passkey.lead],
  }),
};

function problemOf(notice: ProofNotice | undefined): PasskeyProblem | undefined {
  switch (notice) {
    // Nothing is sent for a passkey, nobody waits for a turn, and a challenge that was used is another one by then.
    case 'sent-again':
    case 'too-many-sent':
    case 'already-used':
    case 'not-now':
      return undefined;
    default:
      return notice;
  }
}

function setUpPage(view: SetUpView, surroundings: Surroundings): string {
  const { form, pending } = view;
  const { texts } = surroundings;
  const words = texts.passkey.setUp;
  const heading = texts.signedIn.info.adding.passkey;
  const problem = setupProblem(view.problem, texts, words.problems);
  // Its time is over: it begins again.
  if (pending === undefined) {
    const children = <Beginning target={form} texts={texts} lead={words.lead} begin={texts.signedIn.setup.begin} />;
    return setupPage({ heading, problem, problemFieldId: undefined, children }, surroundings);
  }
  const options: unknown = JSON.parse(pending.prompt);
  const children = (
    <>
      <Lead>{words.lead}</Lead>
      <PasskeyForm texts={texts} target={form} does="make" options={options} problem={problem} button={words.make}>
        <ActionButton action={ACTIONS.cancel}>{texts.signedIn.setup.cancel}</ActionButton>
      </PasskeyForm>
    </>
  );
  const parts = { heading, problem, problemFieldId: PASSKEY_BUTTON, scriptSrc: scriptOf(view), children };
  return setupPage(parts, surroundings);
}

function scriptOf({ scriptSrc }: Pick<ProofView, 'scriptSrc'>): string {
  assert(scriptSrc !== undefined, 'whoever says that a page has a script is given it');
  return scriptSrc;
}
