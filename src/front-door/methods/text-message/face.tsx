// What is seen of a code by text message: before anything is sent, the whole number is asked for. A page of proving shows no more of the
// number than its owner needs to recognise it; one of setting it up shows what was typed.

import { type AskedCode, codePage, SIX_DIGITS } from '../../pages/code-page.js';
import { FIELD_LIMITS } from '../../pages/field-names.js';
import type { Surroundings } from '../../pages/layout.js';
import { maskPhoneNumber } from '../../pages/mask-address.js';
import { sentCodeSetupPage } from '../../pages/signed-in/setup-parts.js';
import type { Texts } from '../../pages/texts/en.js';
import { type MethodFace, maskedBy, type SetUpView, saidAddress, type UnseenAddress } from '../method-face.js';
import { CODE_LIFETIME_MINUTES } from '../sent-code.js';
import { shownAnswer } from '../shown-answer.js';
import { phonePage } from './phone-page.js';

export const textMessageFace: MethodFace = {
  choice: (address, { method }) => ({ label: method.text, hint: hintOf(masked(address), method) }),
  proofPage: (view, surroundings) => {
    const maskedNumber = masked(view.address);
    const shown = shownAnswer(view);
    // Nothing was sent yet: the number comes first.
    if (view.open === undefined)
      return phonePage({ ...shown, lead: phoneLead(maskedNumber, surroundings.texts.phone) }, surroundings);
    return codePage({ ...shown, asked: askedByText(maskedNumber, surroundings.texts) }, surroundings);
  },
  setUpPage,
  explained: (address, { method, phone, code }) => ({
    choice: `${method.text}: ${hintOf(address, method)}`,
    heading: `${phone.heading}, then: ${code.headingText}`,
    says: [phoneLead(address, phone), leadOf(address, code)],
  }),
};

function masked(number: string | UnseenAddress): string | UnseenAddress {
  return maskedBy(maskPhoneNumber, number);
}

function hintOf(number: string | UnseenAddress, words: Texts['method']): string {
  const { textHint: seen, textHintUnseen: unseen, textHintNumbered: numbered } = words;
  return saidAddress(number, { seen, unseen, numbered });
}

function phoneLead(number: string | UnseenAddress, { lead: seen, leadUnseen: unseen }: Texts['phone']): string {
  return saidAddress(number, { seen, unseen });
}

function leadOf(number: string | UnseenAddress, { leadText: seen, leadTextUnseen: unseen }: Texts['code']): string {
  return saidAddress(number, { seen, unseen });
}

export function askedByText(maskedNumber: string | UnseenAddress, { code }: Texts): AskedCode {
  return {
    heading: code.headingText,
    lead: leadOf(maskedNumber, code),
    label: code.code,
    hint: code.validForText(CODE_LIFETIME_MINUTES),
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
  const { heading, codeHeading, lead, number: label, hint } = signedIn.setup.phone;
  return sentCodeSetupPage(
    {
      form,
      problem,
      address: { heading, lead, label, hint, finish: signedIn.setup.email.send, value, input: NUMBER },
      sent: pending && {
        isAgain: wasSentAgain,
        heading: codeHeading,
        lead: code.leadText(pending.prompt),
        hint: code.validForText(CODE_LIFETIME_MINUTES),
      },
    },
    surroundings,
  );
}

const NUMBER = { autocomplete: 'tel', inputmode: 'tel', maxlength: FIELD_LIMITS.code } as const;
