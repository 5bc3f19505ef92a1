// What is seen of a code by text message: before anything is sent, the whole number is asked for. A page of proving shows no more of the
// number than its owner needs to recognise it; one of setting it up shows what was typed.

import { type AskedCode, codePage, SIX_DIGITS } from '../../pages/code-page.js';
import { FIELD_LIMITS } from '../../pages/field-names.js';
import type { Surroundings } from '../../pages/layout.js';
import { maskPhoneNumber } from '../../pages/mask-address.js';
import { Lead } from '../../pages/prose-parts.js';
import { Asking, SETUP_CODE, SETUP_FIELD, setupPage, setupProblem } from '../../pages/signed-in/setup-parts.js';
import type { Texts } from '../../pages/texts/en.js';
import type { MethodFace, SetUpView } from '../method-face.js';
import { CODE_LIFETIME_MINUTES } from '../sent-code.js';
import { shownAnswer } from '../shown-answer.js';
import { phonePage } from './phone-page.js';

export const textMessageFace: MethodFace = {
  choice: (address, { method }) => ({ label: method.text, hint: method.textHint(maskPhoneNumber(address)) }),
  proofPage: (view, surroundings) => {
    const maskedNumber = maskPhoneNumber(view.address);
    const shown = shownAnswer(view);
    // Nothing was sent yet: the number comes first.
    if (view.open === undefined) return phonePage({ ...shown, maskedNumber }, surroundings);
    return codePage({ ...shown, asked: askedByText(maskedNumber, surroundings.texts) }, surroundings);
  },
  setUpPage,
  explained: (address, { method, phone, code }) => ({
    choice: `${method.text}: ${method.textHint(address)}`,
    heading: `${phone.heading}, then: ${code.headingText}`,
    says: [phone.lead(address), code.leadText(address)],
  }),
};

export function askedByText(maskedNumber: string, { code }: Texts): AskedCode {
  return {
    heading: code.headingText,
    lead: code.leadText(maskedNumber),
    label: code.code,
    hint: code.validForText(CODE_LIFETIME_MINUTES),
    input: SIX_DIGITS,
    isSent: true,
  };
}

function setUpPage({ form, problem: code, pending }: SetUpView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.signedIn.setup;
  const problem = setupProblem(code, texts);
  const asking = { target: form, texts, problem };
  return setupPage(
    {
      heading: pending === undefined ? words.phone.heading : words.phone.codeHeading,
      problem,
      problemFieldId: SETUP_FIELD,
      children:
        pending === undefined ? (
          <>
            <Lead>{words.phone.lead}</Lead>
            <Asking
              {...asking}
              label={words.phone.number}
              hint={words.phone.hint}
              finish={words.email.send}
              input={NUMBER}
            />
          </>
        ) : (
          <>
            <Lead>{texts.code.leadText(pending.prompt)}</Lead>
            <Asking
              {...asking}
              label={words.code}
              hint={texts.code.validForText(CODE_LIFETIME_MINUTES)}
              finish={words.finish}
              input={SETUP_CODE}
            />
          </>
        ),
    },
    surroundings,
  );
}

const NUMBER = { autocomplete: 'tel', inputmode: 'tel', maxlength: FIELD_LIMITS.code } as const;
