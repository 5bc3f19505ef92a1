// Typing the whole number of the phone that a code shall go to, of which the page shows no more than its owner needs to recognise it.

import { FIELD_LIMITS, FIELD_NAMES } from '../../pages/field-names.js';
import { Button, ErrorSummary, type FormTarget, PageForm, TextField } from '../../pages/form-parts.js';
import { renderPage, type Surroundings } from '../../pages/layout.js';
import { OtherWay } from '../../pages/other-way.js';
import type { CodeProblem, Operation } from '../../pages/page-words.js';
import { Lead, Onward } from '../../pages/prose-parts.js';

export interface PhoneView {
  readonly form: FormTarget;
  /** Undefined: the way leads elsewhere than to a reset. */
  readonly operation: Operation | undefined;
  readonly gate: number;
  readonly gates: number;
  /** Which phone, as far as it may be shown. */
  readonly lead: string;
  readonly problem: CodeProblem | undefined;
  readonly hasOtherMethod: boolean;
}

const FIELD = 'number';

export function phonePage(view: PhoneView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.phone;
  const problem = view.problem && { ...texts.code.problems, ...words.problems }[view.problem];
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(view.operation === undefined ? {} : { progress: { at: 'identity', operation: view.operation } }),
    ...(view.gates > 1 ? { eyebrow: texts.method.gate(view.gate, view.gates) } : {}),
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: FIELD, text: problem }]} />
        <Lead>{view.lead}</Lead>
        <PageForm target={view.form}>
          <TextField
            id={FIELD}
            texts={texts}
            label={words.number}
            hint={words.hint}
            problem={problem}
            input={{
              name: FIELD_NAMES.code,
              value: '',
              autocomplete: 'tel',
              inputmode: 'tel',
              maxlength: FIELD_LIMITS.code,
              dir: 'ltr',
            }}
          />
          <Onward>
            <Button>{words.send}</Button>
            <OtherWay isOffered={view.hasOtherMethod} surroundings={surroundings} />
          </Onward>
        </PageForm>
      </>
    ),
  });
}
