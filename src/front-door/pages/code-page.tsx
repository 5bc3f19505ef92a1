// Entering a code: six digits from an e-mail, a text message or an authenticator app, or a printed recovery code. One field: it can be pasted and filled
// in by the phone.

import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from './field-names.js';
import { ActionButton, Button, ErrorSummary, type FormTarget, PageForm, TextField } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import { OtherWay } from './other-way.js';
import type { CodeProblem, Operation } from './page-words.js';
import { Lead, Notice, Onward } from './prose-parts.js';
import type { Texts } from './texts/en.js';

export interface CodeView {
  readonly form: FormTarget;
  /** What it leads to; undefined where that is no reset and no unlock, and no line says where the person is. */
  readonly operation: Operation | undefined;
  readonly gate: number;
  readonly gates: number;
  readonly method:
    | { readonly kind: 'email'; readonly maskedAddress: string; readonly validForMinutes: number }
    | { readonly kind: 'text'; readonly maskedNumber: string; readonly validForMinutes: number }
    | { readonly kind: 'authenticator' }
    | { readonly kind: 'recovery' };
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
  const shown = shownFor(view.method, texts);
  const problem = view.problem && { ...words.problems, ...shown.problems }[view.problem];
  const isSent = view.method.kind === 'email' || view.method.kind === 'text';
  return renderPage({
    heading: shown.heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(view.operation === undefined ? {} : { progress: { at: 'identity', operation: view.operation } }),
    ...(view.gates > 1 ? { eyebrow: texts.method.gate(view.gate, view.gates) } : {}),
    children: (
      <>
        <ErrorSummary texts={texts} problems={problem === undefined ? [] : [{ fieldId: FIELD, text: problem }]} />
        {view.wasSentAgain && <Notice kind="good">{words.sentAgain}</Notice>}
        <Lead>{shown.lead}</Lead>
        <PageForm target={view.form}>
          <TextField
            id={FIELD}
            texts={texts}
            label={shown.label}
            {...(shown.hint === undefined ? {} : { hint: shown.hint })}
            problem={joined(
              problem,
              view.attemptsLeft === undefined ? undefined : words.attemptsLeft(view.attemptsLeft),
            )}
            input={{
              name: FIELD_NAMES.code,
              value: '',
              ...shown.input,
              maxlength: FIELD_LIMITS.code,
              dir: 'ltr',
            }}
          />
          <Onward>
            <Button>{words.verify}</Button>
            {isSent && <ActionButton action={ACTIONS.resend}>{words.resend}</ActionButton>}
            <OtherWay isOffered={view.hasOtherMethod} surroundings={surroundings} />
          </Onward>
        </PageForm>
      </>
    ),
  });
}

interface Shown {
  readonly heading: string;
  readonly lead: string;
  readonly label: string;
  readonly hint: string | undefined;
  /** Where six digits have other words. */
  readonly problems?: Partial<Record<CodeProblem, string>>;
  readonly input: { readonly autocomplete: string; readonly inputmode: 'numeric' | 'text'; readonly class: string };
}

const SIX_DIGITS = { autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code' } as const;

function shownFor(method: CodeView['method'], { code, recovery }: Texts): Shown {
  switch (method.kind) {
    case 'email':
      return {
        heading: code.headingEmail,
        lead: code.leadEmail(method.maskedAddress),
        label: code.code,
        hint: code.validFor(method.validForMinutes),
        input: SIX_DIGITS,
      };
    case 'text':
      return {
        heading: code.headingText,
        lead: code.leadText(method.maskedNumber),
        label: code.code,
        hint: code.validForText(method.validForMinutes),
        input: SIX_DIGITS,
      };
    case 'authenticator':
      return {
        heading: code.headingAuthenticator,
        lead: code.leadAuthenticator,
        label: code.code,
        hint: undefined,
        input: SIX_DIGITS,
      };
    case 'recovery':
      return {
        heading: recovery.heading,
        lead: recovery.lead,
        label: recovery.code,
        hint: recovery.hint,
        problems: recovery.problems,
        input: { autocomplete: 'off', inputmode: 'text', class: 'code code-long' },
      };
  }
}

function joined(problem: string | undefined, more: string | undefined): string | undefined {
  return problem === undefined || more === undefined ? problem : `${problem} ${more}`;
}
