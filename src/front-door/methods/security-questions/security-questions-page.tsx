// Answering security questions: each with its field, all in one form. Answers are readable while they are typed: fields that hide what
// is typed take no Japanese and mistyped words in any language. What was typed is never shown again, and no field is called wrong.

import { FIELD_LIMITS, FIELD_NAMES } from '../../pages/field-names.js';
import { Button, ErrorSummary, FieldNotes, type FormTarget, PageForm, TextField } from '../../pages/form-parts.js';
import { renderPage, type Surroundings } from '../../pages/layout.js';
import { OtherWay } from '../../pages/other-way.js';
import type { CodeProblem, Operation } from '../../pages/page-words.js';
import { Lead, Onward } from '../../pages/prose-parts.js';

export interface SecurityQuestionsView {
  readonly form: FormTarget;
  /** What it leads to; undefined as on the page of a code. */
  readonly operation: Operation | undefined;
  readonly gate: number;
  readonly gates: number;
  /** In the order of the fields. */
  readonly questions: readonly string[];
  readonly problem: CodeProblem | undefined;
  /** Shown once something went wrong; undefined before. */
  readonly attemptsLeft: number | undefined;
  readonly hasOtherMethod: boolean;
}

const GROUP = 'answers';

export function securityQuestionsPage(view: SecurityQuestionsView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const { code } = texts;
  const words = texts.securityQuestions;
  const problem = view.problem && { ...code.problems, ...words.problems }[view.problem];
  const attempts = view.attemptsLeft === undefined ? undefined : code.attemptsLeft(view.attemptsLeft);
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(view.operation === undefined ? {} : { progress: { at: 'identity', operation: view.operation } }),
    ...(view.gates > 1 ? { eyebrow: texts.method.gate(view.gate, view.gates) } : {}),
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: GROUP, text: problem }]} />
        <Lead>{words.lead}</Lead>
        <PageForm target={view.form}>
          <fieldset
            id={GROUP}
            class="fields"
            tabindex={-1}
            aria-describedby={problem === undefined ? `${GROUP}-hint` : `${GROUP}-hint ${GROUP}-error`}
          >
            <legend class="visually-hidden">{words.legend}</legend>
            <FieldNotes
              id={GROUP}
              texts={texts}
              hint={words.hint}
              problem={problem && attempts ? `${problem} ${attempts}` : problem}
            />
            {view.questions.map((question, index) => (
              <TextField
                key={question}
                id={`answer-${index}`}
                texts={texts}
                // An organisation's own question may be in another language than the page.
                label={<bdi>{question}</bdi>}
                problem={undefined}
                input={{
                  name: FIELD_NAMES.code,
                  value: '',
                  autocomplete: 'off',
                  maxlength: FIELD_LIMITS.securityAnswer,
                }}
              />
            ))}
          </fieldset>
          <Onward>
            <Button>{words.verify}</Button>
            <OtherWay isOffered={view.hasOtherMethod} surroundings={surroundings} />
          </Onward>
        </PageForm>
      </>
    ),
  });
}
