// Choosing security questions and answering them. Posts `code` fields in turn: a question's id and its answer. Which questions were
// chosen is shown again after a refusal; answers never are.

import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from '../../pages/field-names.js';
import {
  ActionButton,
  Button,
  ErrorSummary,
  type FormTarget,
  PageForm,
  SelectField,
  TextField,
} from '../../pages/form-parts.js';
import { renderPage, type Surroundings } from '../../pages/layout.js';
import type { QuestionsSetupProblem, SetupProblem } from '../../pages/page-words.js';
import { Lead, Notice, Onward } from '../../pages/prose-parts.js';

export interface QuestionsSetupView {
  readonly form: FormTarget;
  /** Those that may be chosen, as the page's language has them. */
  readonly questions: readonly { readonly id: string; readonly text: string }[];
  /** How many are to be chosen and answered. */
  readonly toRegister: number;
  /** The ids that were chosen, one for each pair of fields; fewer or none before. */
  readonly chosen: readonly string[];
  readonly problem: QuestionsSetupProblem | SetupProblem | undefined;
  /** In which of the posted fields it is, counted from 0; undefined: in none of them. */
  readonly problemAt: number | undefined;
}

const fieldId = (at: number) => `setup-${at}`;

export function questionsSetupPage(view: QuestionsSetupView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.questionsSetup;
  const problem = view.problem && { ...texts.signedIn.setup.problems, ...words.problems }[view.problem];
  const { problemAt } = view;
  const problemOf = (field: number) => (field === problemAt ? problem : undefined);
  const linked = problemAt === undefined ? undefined : fieldId(problemAt);
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: linked, text: problem }]} />
        <Lead>{words.lead(view.toRegister)}</Lead>
        <Notice kind="fact">{words.weaker}</Notice>
        <p>{words.advice}</p>
        <p>{words.replaces}</p>
        <PageForm target={view.form}>
          {Array.from({ length: view.toRegister }, (_, pair) => (
            <div class="pair" key={fieldId(2 * pair)}>
              <SelectField
                id={fieldId(2 * pair)}
                texts={texts}
                label={words.question(pair + 1)}
                problem={problemOf(2 * pair)}
                name={FIELD_NAMES.code}
                none={words.choose}
                options={view.questions.map(({ id, text }) => ({ value: id, label: text }))}
                chosen={view.chosen[pair]}
              />
              <TextField
                id={fieldId(2 * pair + 1)}
                texts={texts}
                label={words.answer(pair + 1)}
                hint={words.answerHint}
                problem={problemOf(2 * pair + 1)}
                input={{
                  name: FIELD_NAMES.code,
                  value: '',
                  autocomplete: 'off',
                  maxlength: FIELD_LIMITS.securityAnswer,
                }}
              />
            </div>
          ))}
          <Onward>
            <Button>{words.save}</Button>
            <ActionButton action={ACTIONS.cancel}>{texts.signedIn.setup.cancel}</ActionButton>
          </Onward>
        </PageForm>
      </>
    ),
  });
}
