// What is seen of a code by e-mail. A page of proving shows no more of the address than its owner needs to recognise it; one of setting it
// up shows what was typed.

import { type AskedCode, codePage, SIX_DIGITS } from '../../pages/code-page.js';
import { FIELD_LIMITS } from '../../pages/field-names.js';
import type { Surroundings } from '../../pages/layout.js';
import { maskEmailAddress } from '../../pages/mask-address.js';
import { sentCodeSetupPage } from '../../pages/signed-in/setup-parts.js';
import type { Texts } from '../../pages/texts/en.js';
import { type MethodFace, maskedBy, type SetUpView, saidAddress, type UnseenAddress } from '../method-face.js';
import { CODE_LIFETIME_MINUTES } from '../sent-code.js';
import { shownAnswer } from '../shown-answer.js';

export const emailCodeFace: MethodFace = {
  choice: (address, { method }) => ({ label: method.email, hint: hintOf(masked(address), method) }),
  proofPage: (view, surroundings) => {
    const asked = askedByEmail(masked(view.address), surroundings.texts);
    return codePage({ ...shownAnswer(view), asked }, surroundings);
  },
  setUpPage,
  explained: (address, { method, code }) => ({
    choice: `${method.email}: ${hintOf(address, method)}`,
    heading: code.headingEmail,
    says: [leadOf(address, code)],
  }),
};

function masked(address: string | UnseenAddress): string | UnseenAddress {
  return maskedBy(maskEmailAddress, address);
}

function hintOf(address: string | UnseenAddress, words: Texts['method']): string {
  const { emailHint: seen, emailHintUnseen: unseen, emailHintNumbered: numbered } = words;
  return saidAddress(address, { seen, unseen, numbered });
}

function leadOf(address: string | UnseenAddress, { leadEmail: seen, leadEmailUnseen: unseen }: Texts['code']): string {
  return saidAddress(address, { seen, unseen });
}

export function askedByEmail(maskedAddress: string | UnseenAddress, { code }: Texts): AskedCode {
  return {
    heading: code.headingEmail,
    lead: leadOf(maskedAddress, code),
    label: code.code,
    hint: code.validFor(CODE_LIFETIME_MINUTES),
    input: SIX_DIGITS,
    isSent: true,
  };
}

function setUpPage(view: SetUpView, surroundings: Surroundings): string {
  const {
    form,
    problem,
    pending,
    wasSentAgain,
    chosen: [value = ''],
  } = view;
  const { code, signedIn } = surroundings.texts;
  const { heading, codeHeading, lead, address: label, send: finish } = signedIn.setup.email;
  return sentCodeSetupPage(
    {
      form,
      problem,
      address: { heading, lead, label, finish, value, input: ADDRESS },
      sent: pending && {
        isAgain: wasSentAgain,
        heading: codeHeading,
        lead: code.leadEmail(pending.prompt),
        hint: code.validFor(CODE_LIFETIME_MINUTES),
      },
    },
    surroundings,
  );
}

const ADDRESS = { autocomplete: 'email', inputmode: 'email', maxlength: FIELD_LIMITS.setUpAddress } as const;
