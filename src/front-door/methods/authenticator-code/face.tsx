// What is seen of an authenticator app: its six digits are asked for, and its secret is shown once, to be scanned or typed.

import { type AskedCode, codePage, SIX_DIGITS } from '../../pages/code-page.js';
import type { Surroundings } from '../../pages/layout.js';
import { Lead } from '../../pages/prose-parts.js';
import { QrCode } from '../../pages/qr-code.js';
import {
  Asking,
  Beginning,
  SETUP_CODE,
  SETUP_FIELD,
  setupPage,
  setupProblem,
} from '../../pages/signed-in/setup-parts.js';
import type { Texts } from '../../pages/texts/en.js';
import type { MethodFace, SetUpView } from '../method-face.js';
import { shownAnswer } from '../shown-answer.js';

export const authenticatorFace: MethodFace = {
  choice: (_address, { method }) => ({ label: method.authenticator, hint: method.authenticatorHint }),
  proofPage: (view, surroundings) =>
    codePage({ ...shownAnswer(view), asked: askedOfApp(surroundings.texts) }, surroundings),
  setUpPage,
  explained: (_address, { method, code }) => ({
    choice: method.authenticator,
    heading: code.headingAuthenticator,
    says: [code.leadAuthenticator],
  }),
};

export function askedOfApp({ code }: Texts): AskedCode {
  return {
    heading: code.headingAuthenticator,
    lead: code.leadAuthenticator,
    label: code.code,
    hint: undefined,
    input: SIX_DIGITS,
    isSent: false,
  };
}

function setUpPage({ form, problem: code, pending }: SetUpView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.signedIn.setup;
  const { heading, lead } = words.authenticator;
  const problem = setupProblem(code, texts);
  // Without a pending one its time is over: the page says so, and beginning again shows another.
  if (pending === undefined) {
    const children = <Beginning target={form} texts={texts} lead={lead} begin={words.begin} />;
    return setupPage({ heading, problem, problemFieldId: undefined, children }, surroundings);
  }
  const children = (
    <>
      <AppSecret uri={pending.prompt} texts={texts} />
      <Asking
        target={form}
        texts={texts}
        problem={problem}
        label={words.code}
        finish={words.finish}
        input={SETUP_CODE}
      />
    </>
  );
  return setupPage({ heading, problem, problemFieldId: SETUP_FIELD, children }, surroundings);
}

/** `uri`: the `otpauth://` address. */
function AppSecret({ uri, texts }: { uri: string; texts: Texts }) {
  const words = texts.signedIn.setup.authenticator;
  return (
    <>
      <Lead>{words.lead}</Lead>
      <QrCode text={uri} description={words.picture} />
      <p>{words.cannotScan}</p>
      <p>
        <a href={uri}>{words.open}</a>
      </p>
      <p>
        {words.key} <code dir="ltr">{keyOf(uri)}</code>
      </p>
      <p>{words.codeLead}</p>
    </>
  );
}

/** The secret of the address, in groups of four as people type it. */
function keyOf(uri: string): string {
  return (new URL(uri).searchParams.get('secret') ?? '').replaceAll(/.{4}(?=.)/g, '$& ');
}
