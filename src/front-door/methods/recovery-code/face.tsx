// What is seen of recovery codes: one is asked for; ten are made at once, and shown this once, to be printed.

import { type AskedCode, codePage } from '../../pages/code-page.js';
import { ACTIONS, FIELD_NAMES } from '../../pages/field-names.js';
import { PageForm } from '../../pages/form-parts.js';
import type { Surroundings } from '../../pages/layout.js';
import { Lead, Onward } from '../../pages/prose-parts.js';
import { Beginning, setupPage, setupProblem } from '../../pages/signed-in/setup-parts.js';
import type { Texts } from '../../pages/texts/en.js';
import type { MethodFace, SetUpView, ToldOnceView } from '../method-face.js';
import { shownAnswer } from '../shown-answer.js';

export const recoveryCodeFace: MethodFace = {
  choice: (_address, { method }) => ({ label: method.recovery, hint: method.recoveryHint }),
  proofPage: (view, surroundings) =>
    codePage({ ...shownAnswer(view), asked: askedRecoveryCode(surroundings.texts) }, surroundings),
  setUpPage,
  toldOncePage,
  explained: (_address, { method, recovery }) => ({
    choice: method.recovery,
    heading: recovery.heading,
    says: [recovery.lead],
  }),
};

export function askedRecoveryCode({ recovery }: Texts): AskedCode {
  return {
    heading: recovery.heading,
    lead: recovery.lead,
    label: recovery.code,
    hint: recovery.hint,
    problems: recovery.problems,
    input: { autocomplete: 'off', inputmode: 'text', class: 'code code-long' },
    isSent: false,
  };
}

function setUpPage({ form, problem: code }: SetUpView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const { heading, lead, make } = texts.signedIn.setup.recovery;
  const problem = setupProblem(code, texts);
  const children = <Beginning target={form} texts={texts} lead={lead} begin={make} />;
  return setupPage({ heading, problem, problemFieldId: undefined, children }, surroundings);
}

function toldOncePage(
  { form, texts: codes, account, madeOn, address }: ToldOnceView,
  surroundings: Surroundings,
): string {
  const { texts } = surroundings;
  const { info, setup } = texts.signedIn;
  const words = setup.recovery;
  const children = (
    <>
      <div class="not-printed">
        <Lead>{words.shownLead}</Lead>
      </div>
      <dl class="facts">
        <dt>{texts.newPassword.account}</dt>
        <dd>
          <bdi>{account}</bdi>
        </dd>
      </dl>
      <ol class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code dir="ltr">{code}</code>
          </li>
        ))}
      </ol>
      <p>{words.later(address, texts.method.recovery)}</p>
      <p class="hint">{info.since(madeOn)}</p>
      <PageForm target={form}>
        <Onward>
          <button type="submit" class="button" name={FIELD_NAMES.action} value={ACTIONS.cancel}>
            {words.done}
          </button>
        </Onward>
      </PageForm>
    </>
  );
  return setupPage(
    { heading: words.shownHeading, problem: undefined, problemFieldId: undefined, children },
    surroundings,
  );
}
