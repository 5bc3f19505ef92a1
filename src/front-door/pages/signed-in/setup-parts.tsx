// What the pages of setting a way up are made of: the frame, a form that asks for one thing, and one that begins. Which step comes when,
// and in which words, is the method's.

import type { ComponentChildren } from 'preact';
import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from '../field-names.js';
import {
  ActionButton,
  Button,
  ErrorSummary,
  type FormTarget,
  PageForm,
  PressedByEnter,
  TextField,
} from '../form-parts.js';
import { renderPage, type Surroundings } from '../layout.js';
import { Lead, Notice, Onward } from '../prose-parts.js';
import type { Texts } from '../texts/en.js';

export interface SetupPageParts {
  readonly heading: string;
  /** In words; undefined: nothing is wrong. */
  readonly problem: string | undefined;
  /** What the problem is about, where it is about something on the page. */
  readonly problemFieldId: string | undefined;
  /** Address of the page's module script, where it has one. */
  readonly scriptSrc?: string;
  readonly children: ComponentChildren;
}

export function setupPage(parts: SetupPageParts, surroundings: Surroundings): string {
  const { heading, problem, problemFieldId, scriptSrc, children } = parts;
  const { texts } = surroundings;
  return renderPage({
    heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(scriptSrc === undefined ? {} : { scriptSrc }),
    children: (
      <>
        <ErrorSummary
          texts={texts}
          problems={problem === undefined ? [] : [{ fieldId: problemFieldId, text: problem }]}
        />
        {children}
      </>
    ),
  });
}

/** `own`: a method's words where they are others. */
export function setupProblem(
  problem: string | undefined,
  { signedIn }: Texts,
  own: Readonly<Record<string, string>> = {},
): string | undefined {
  const words: Readonly<Record<string, string>> = { ...signedIn.setup.problems, ...own };
  return problem === undefined ? undefined : words[problem];
}

/** Of the only field of a form that asks for one thing. */
export const SETUP_FIELD = 'code';

/** What is typed into it, where that is a code of six digits. */
export const SETUP_CODE = {
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  class: 'code',
  maxlength: FIELD_LIMITS.code,
} as const;

export function Asking(props: {
  target: FormTarget;
  texts: Texts;
  label: string;
  hint?: string;
  problem: string | undefined;
  /** What was typed before; nothing, where that is a secret. */
  value?: string;
  finish: string;
  /** Another button between finishing and leaving. Default: none. */
  more?: ComponentChildren;
  input: {
    readonly autocomplete: string;
    readonly inputmode: 'email' | 'numeric' | 'tel' | 'text';
    readonly class?: string;
    readonly maxlength: number;
  };
}) {
  const { texts, hint } = props;
  return (
    <PageForm target={props.target}>
      <PressedByEnter />
      <TextField
        id={SETUP_FIELD}
        texts={texts}
        label={props.label}
        {...(hint === undefined ? {} : { hint })}
        problem={props.problem}
        input={{ name: FIELD_NAMES.code, value: props.value ?? '', ...props.input, dir: 'ltr' }}
      />
      <Onward>
        <Button>{props.finish}</Button>
        {props.more}
        <ActionButton action={ACTIONS.cancel}>{texts.signedIn.setup.cancel}</ActionButton>
      </Onward>
    </PageForm>
  );
}

interface AskedStep {
  readonly heading: string;
  readonly lead: string;
  readonly label: string;
  readonly hint?: string;
  readonly finish: string;
}

/** Both steps of a way that a code is sent to: its address, and then the code, which is asked for once it was `sent`. */
export function sentCodeSetupPage(
  view: {
    readonly form: FormTarget;
    readonly problem: string | undefined;
    readonly address: AskedStep & {
      /** What was typed before. */
      readonly value: string;
      readonly input: Parameters<typeof Asking>[0]['input'];
    };
    /** Undefined: nothing was sent yet. */
    readonly sent: (Pick<AskedStep, 'heading' | 'lead' | 'hint'> & { readonly isAgain: boolean }) | undefined;
  },
  surroundings: Surroundings,
): string {
  const { form, address, sent } = view;
  const { texts } = surroundings;
  const { code: label, finish } = texts.signedIn.setup;
  const { heading, lead, ...step } =
    sent === undefined ? address : { ...sent, label, finish, value: '', input: SETUP_CODE };
  const { resend, sentAgain } = texts.code;
  const problem = setupProblem(view.problem, texts);
  const more = sent && <ActionButton action={ACTIONS.resend}>{resend}</ActionButton>;
  return setupPage(
    {
      heading,
      problem,
      problemFieldId: SETUP_FIELD,
      children: (
        <>
          {sent?.isAgain && <Notice kind="good">{sentAgain}</Notice>}
          <Lead>{lead}</Lead>
          <Asking target={form} texts={texts} problem={problem} more={more} {...step} />
        </>
      ),
    },
    surroundings,
  );
}

/** Nothing is asked for: the button is the step. */
export function Beginning(props: { target: FormTarget; texts: Texts; lead: string; begin: string }) {
  return (
    <>
      <Lead>{props.lead}</Lead>
      <PageForm target={props.target}>
        <Onward>
          <Button>{props.begin}</Button>
          <ActionButton action={ACTIONS.cancel}>{props.texts.signedIn.setup.cancel}</ActionButton>
        </Onward>
      </PageForm>
    </>
  );
}
