// Security questions, as the list of methods has them: weak, and so never for administrators.

import { createDataBox, type DataBox } from '../data-box.js';
import type { Method } from '../method.js';
import { securityQuestionsFace } from './face.js';
import { KIND } from './kept-answers.js';
import { type SecurityQuestionsDeps, securityQuestions } from './security-questions.js';
import { type SecurityQuestionsSetupDeps, securityQuestionsSetup } from './set-up-security-questions.js';

interface Means extends Omit<SecurityQuestionsDeps & SecurityQuestionsSetupDeps, 'box'> {
  /** 32 bytes. */
  readonly dataKey: Uint8Array;
}

export const securityQuestionsMethod: Method<typeof KIND, Means> = {
  kind: KIND,
  mayProveAdministrator: false,
  hasMailbox: false,
  lackOn: (ground) =>
    ground.securityQuestions === undefined
      ? 'takes security-questions, and there are none: set securityQuestions of this tenant as well'
      : undefined,
  tooWeakAloneOn: ({ securityQuestions: questions }) =>
    questions?.mayStandAlone === true
      ? undefined
      : 'takes security-questions and asks one gate, so that answers others may know or find would be all that is asked: set gates: 2, ' +
        'or leave them out; who wants it all the same says securityQuestions.mayStandAlone: true of this tenant',
  proof: (means) => securityQuestions({ ...means, box: questionsBox(means.dataKey) }),
  setup: (means) => securityQuestionsSetup({ ...means, box: questionsBox(means.dataKey) }),
  face: securityQuestionsFace,
};

/** Seals what people answered, for whoever checks it and whoever sets it up. */
export function questionsBox(dataKey: Uint8Array): DataBox {
  return createDataBox(dataKey, KIND);
}
