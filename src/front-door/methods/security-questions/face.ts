// What is seen of security questions: those that are asked, in the page's language where they are there in it and in the organisation's
// otherwise; and those that may be chosen. Answers are never shown.

import type { MethodFace, ProofView } from '../method-face.js';
import { shownAnswer } from '../shown-answer.js';
import { questionsAsked } from './asked-questions.js';
import { questionsOnOffer, type ShownQuestion, shownQuestions } from './question-texts.js';
import { questionsSetupPage } from './questions-setup-page.js';
import { securityQuestionsPage } from './security-questions-page.js';

/** Told to the administrator wherever the way of somebody with questions is explained. */
export const QUESTIONS_ARE_WEAK =
  'weak: others may know or find the answers, and NIST SP 800-63B does not accept them; prefer authenticator-code, email-code or recovery-code';

export const securityQuestionsFace: MethodFace = {
  choice: (_address, { method }) => ({ label: method.questions, hint: method.questionsHint }),
  proofPage: (view, surroundings) => {
    const questions = askedOf(view).map(({ text }) => text);
    return securityQuestionsPage({ ...shownAnswer(view), questions }, surroundings);
  },
  setUpPage: ({ form, problem, problemAt, chosen, tenant, language }, surroundings) => {
    const settings = tenant?.securityQuestions;
    const questions =
      tenant === undefined || settings === undefined ? [] : questionsOnOffer(settings, [language, tenant.language]);
    const toRegister = settings?.toRegister ?? 0;
    return questionsSetupPage({ form, problem, problemAt, chosen, questions, toRegister }, surroundings);
  },
  explained: (_address, { method, securityQuestions }) => ({
    choice: `${method.questions} (${QUESTIONS_ARE_WEAK})`,
    heading: securityQuestions.heading,
    says: [securityQuestions.lead],
  }),
};

function askedOf({ tenant, open, language }: ProofView): readonly ShownQuestion[] {
  if (tenant?.securityQuestions === undefined || open === undefined) return [];
  return shownQuestions(tenant.securityQuestions, questionsAsked(open), [language, tenant.language]);
}
