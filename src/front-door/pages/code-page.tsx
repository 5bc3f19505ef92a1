// Entering a code, for whichever method takes one: what is asked for, and in which words, is the method's. One field: it can be pasted and
// filled in by the phone.

import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from './field-names.js';
import { ActionButton, Button, ErrorSummary, type FormTarget, PageForm, TextField } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import { OtherWay } from './other-way.js';
import type { CodeProblem, Operation } from './page-words.js';
import { Lead, Notice, Onward } from './prose-parts.js';

export interface CodeView {
  readonly form: FormTarget;
  /** What it leads to; undefined where that is no reset and no unlock, and no line says where the person is. */
  readonly operation: Operation | undefined;
  readonly gate: number;
  readonly gates: number;
  readonly asked: AskedCode;
  readonly problem: CodeProblem | undefined;
  /** Shown once something went wrong; undefined before. */
  readonly attemptsLeft: number | undefined;
  readonly wasSentAgain: boolean;
  readonly hasOtherMethod: boolean;
}

/** Which code, and in which words. */
export interface AskedCode {
  readonly heading: string;
  readonly lead: string;
  readonly label: string;
  readonly hint: string | undefined;
  /** Where six digits have other words. */
  readonly problems?: Partial<Record<CodeProblem, string>>;
  readonly input: { readonly autocomplete: string; readonly inputmode: 'numeric' | 'text'; readonly class: string };
  /** It was sent, and another one may be. */
  readonly isSent: boolean;
}

export const SIX_DIGITS = { autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code' } as const;

const FIELD = 'code';

export function codePage(view: CodeView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const { asked } = view;
  const words = texts.code;
  const problem = view.problem && { ...words.problems, ...asked.problems }[view.problem];
  return renderPage({
    heading: asked.heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(view.operation === undefined ? {} : { progress: { at: 'identity', operation: view.operation } }),
    ...(view.gates > 1 ? { eyebrow: texts.method.gate(view.gate, view.gates) } : {}),
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: FIELD, text: problem }]} />
        {view.wasSentAgain && <Notice kind="good">{words.sentAgain}</Notice>}
        <Lead>{asked.lead}</Lead>
        <PageForm target={view.form}>
          <TextField
            id={FIELD}
            texts={texts}
            label={asked.label}
            {...(asked.hint === undefined ? {} : { hint: asked.hint })}
            problem={joined(
              problem,
              view.attemptsLeft === undefined ? undefined : words.attemptsLeft(view.attemptsLeft),
            )}
            input={{
              name: FIELD_NAMES.code,
              value: '',
              ...asked.input,
              maxlength: FIELD_LIMITS.code,
              dir: 'ltr',
            }}
          />
          <Onward>
            <Button>{words.verify}</Button>
            {asked.isSent && <ActionButton action={ACTIONS.resend}>{words.resend}</ActionButton>}
            <OtherWay isOffered={view.hasOtherMethod} surroundings={surroundings} />
          </Onward>
        </PageForm>
      </>
    ),
  });
}

function joined(problem: string | undefined, more: string | undefined): string | undefined {
  return problem === undefined || more === undefined ? problem : `${problem} ${more}`;
}
