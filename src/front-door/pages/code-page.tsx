// Entering a six-digit code, from an e-mail or from an authenticator app. One field: it can be pasted and filled in by the phone.

import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from './field-names.js';
import { ActionButton, Button, ErrorSummary, type FormTarget, PageForm, TextField } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import type { CodeProblem, Operation } from './page-words.js';
import { Lead, Notice, Onward } from './prose-parts.js';

export interface CodeView {
  readonly form: FormTarget;
  readonly operation: Operation;
  readonly gate: number;
  readonly gates: number;
  readonly method:
    | { readonly kind: 'email'; readonly maskedAddress: string; readonly validForMinutes: number }
    | { readonly kind: 'authenticator' };
  readonly problem: CodeProblem | undefined;
  /** Shown once something went wrong; undefined before. */
  readonly attemptsLeft: number | undefined;
  readonly wasSentAgain: boolean;
  readonly hasOtherMethod: boolean;
}

const FIELD = 'code';

export function codePage(view: CodeView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.code;
  const problem = view.problem && words.problems[view.problem];
  const isEmail = view.method.kind === 'email';
  return renderPage({
    heading: isEmail ? words.headingEmail : words.headingAuthenticator,
    surroundings,
    hasErrors: problem !== undefined,
    progress: { at: 'identity', operation: view.operation },
    ...(view.gates > 1 ? { eyebrow: texts.method.gate(view.gate, view.gates) } : {}),
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: FIELD, text: problem }]} />
        {view.wasSentAgain && <Notice kind="good">{words.sentAgain}</Notice>}
        <Lead>
          {view.method.kind === 'email' ? words.leadEmail(view.method.maskedAddress) : words.leadAuthenticator}
        </Lead>
        <PageForm target={view.form}>
          <TextField
            id={FIELD}
            texts={texts}
            label={words.code}
            {...(view.method.kind === 'email' ? { hint: words.validFor(view.method.validForMinutes) } : {})}
            problem={joined(
              problem,
              view.attemptsLeft === undefined ? undefined : words.attemptsLeft(view.attemptsLeft),
            )}
            input={{
              name: FIELD_NAMES.code,
              value: '',
              autocomplete: 'one-time-code',
              inputmode: 'numeric',
              maxlength: FIELD_LIMITS.code,
              class: 'code',
              dir: 'ltr',
            }}
          />
          <Onward>
            <Button>{words.verify}</Button>
            {isEmail && <ActionButton action={ACTIONS.resend}>{words.resend}</ActionButton>}
            {view.hasOtherMethod && <ActionButton action={ACTIONS.otherMethod}>{words.otherMethod}</ActionButton>}
          </Onward>
        </PageForm>
      </>
    ),
  });
}

function joined(problem: string | undefined, more: string | undefined): string | undefined {
  return problem === undefined || more === undefined ? problem : `${problem} ${more}`;
}
