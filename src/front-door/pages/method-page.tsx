// "Show that it's you": one gate's choice among the methods the person has registered. Addresses and numbers arrive masked.

import { FIELD_NAMES } from './field-names.js';
import { Button, type Choice, ErrorSummary, type FormTarget, PageForm, RadioChoices } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import type { Operation } from './page-words.js';
import { Lead, Onward, QuietLink } from './prose-parts.js';
import type { Texts } from './texts/en.js';

/** `value` is posted when this method is chosen. */
export type ShownMethod =
  | { readonly kind: 'email'; readonly value: string; readonly maskedAddress: string }
  | { readonly kind: 'text'; readonly value: string; readonly maskedNumber: string }
  | { readonly kind: 'authenticator'; readonly value: string }
  | { readonly kind: 'passkey'; readonly value: string }
  | { readonly kind: 'recovery'; readonly value: string }
  | { readonly kind: 'questions'; readonly value: string };

export interface MethodView {
  readonly form: FormTarget;
  /** What it leads to; undefined where that is no reset and no unlock, and no line says where the person is. */
  readonly operation: Operation | undefined;
  /** Counted from 1. */
  readonly gate: number;
  readonly gates: number;
  readonly methods: readonly ShownMethod[];
  readonly chosen: string | undefined;
  readonly problem: 'missing' | 'not-sent' | undefined;
}

const FIELD = 'method';

export function methodPage(view: MethodView, surroundings: Surroundings): string {
  const { texts, contactHref } = surroundings;
  const words = texts.method;
  const problem = view.problem && { missing: words.missing, 'not-sent': words.notSent }[view.problem];
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: problem !== undefined,
    ...(view.operation === undefined ? {} : { progress: { at: 'identity', operation: view.operation } }),
    ...(view.gates > 1 ? { eyebrow: words.gate(view.gate, view.gates) } : {}),
    children: (
      <>
        <ErrorSummary
          texts={texts}
          problems={problem === undefined ? [] : [{ fieldId: `${FIELD}-0`, text: problem }]}
        />
        <Lead>{view.gate > 1 ? words.leadSecond : words.lead}</Lead>
        <PageForm target={view.form}>
          <RadioChoices
            id={FIELD}
            texts={texts}
            legend={words.legend}
            name={FIELD_NAMES.method}
            // Somebody with a single way should not have to choose it.
            chosen={view.methods.length === 1 ? view.methods[0]?.value : view.chosen}
            problem={problem}
            choices={view.methods.map((method) => choiceOf(method, texts))}
          />
          <Onward>
            <Button>{words.next}</Button>
            {contactHref !== undefined && <QuietLink href={contactHref}>{words.noneOfThese}</QuietLink>}
          </Onward>
        </PageForm>
      </>
    ),
  });
}

function choiceOf(method: ShownMethod, texts: Texts): Choice {
  const words = texts.method;
  switch (method.kind) {
    case 'email':
      return { value: method.value, label: words.email, hint: words.emailHint(method.maskedAddress) };
    case 'text':
      return { value: method.value, label: words.text, hint: words.textHint(method.maskedNumber) };
    case 'authenticator':
      return { value: method.value, label: words.authenticator, hint: words.authenticatorHint };
    case 'passkey':
      return { value: method.value, label: words.passkey, hint: words.passkeyHint };
    case 'recovery':
      return { value: method.value, label: words.recovery, hint: words.recoveryHint };
    case 'questions':
      return { value: method.value, label: words.questions, hint: words.questionsHint };
  }
}
